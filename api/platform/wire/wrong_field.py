"""What validators say of a request: which field is wrong, and what it would have to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from re import compile as pattern
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class WrongField(ValueError):
    """Of one field, raised by the validator of a whole model, for which pydantic has no place.

    The path begins in that model: `WrongField("needs a rating", "items", 3)`.
    """

    def __init__(self, message: str, *path: str | int) -> None:
        self.path = path
        super().__init__(message)


def place_of(error: Mapping[str, Any]) -> tuple[int | str, ...]:
    """Where an error of pydantic's is, as a validator of the whole model says it."""
    place: tuple[int | str, ...] = error["loc"]
    raised = error.get("ctx", {}).get("error")
    return (*place, *raised.path) if isinstance(raised, WrongField) else place


@dataclass(frozen=True, slots=True)
class Shaped:
    """Marks a text of this pattern; a text of another shape is told in words what is needed."""

    pattern: str  # as JSON Schema writes it, and so without what only Python knows
    needed: str  # goes on after "must be"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        fits = pattern(self.pattern.removeprefix("^").removesuffix("$")).fullmatch

        def check(written: str) -> str:
            if fits(written) is None:
                raise ValueError(f"must be {self.needed}")
            return written

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        written = handler(schema)
        written["pattern"] = self.pattern
        return written
