"""What every answer of JustWatch's GraphQL has in common, and the error for one that is different.

The API is not an official one: nobody promises its shape, so each question reads strictly what it
needs, and whatever does not fit leaves the catalogue as it is.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from api.platform.errors import UpstreamUnavailable

M = TypeVar("M", bound=BaseModel)

_LONGEST_REASON = 160


class Misunderstood(UpstreamUnavailable):
    """An answer in a form that this version does not know, a refusal among them."""

    def __init__(self, question: str, reason: str) -> None:
        shown = "".join(filter(str.isprintable, reason))[:_LONGEST_REASON]
        super().__init__(
            f"JustWatch answered in a form this version does not know ({question}: {shown})."
        )


def _cleaned(value: Any) -> Any:
    # Postgres refuses NUL in a text.
    return value.replace("\x00", "").strip() or None if isinstance(value, str) else value


Cleaned = Annotated[str | None, BeforeValidator(_cleaned)]


class _Problem(BaseModel):
    message: str = "no reason given"


class _Envelope(BaseModel):
    data: dict[str, Any] | None = None
    errors: list[_Problem] | None = None


def read_answer(document: object, model: type[M], *, question: str) -> M:
    """The answer's data as `model`; raises Misunderstood for errors and for another shape."""
    try:
        envelope = _Envelope.model_validate(document)
        if envelope.errors:
            raise Misunderstood(question, envelope.errors[0].message)
        return model.model_validate(envelope.data)
    except ValidationError as error:
        raise Misunderstood(question, _first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{_path(first['loc'])} {first['msg'].lower()}".strip()


def _path(location: Sequence[int | str]) -> str:
    return ".".join(map(str, location))
