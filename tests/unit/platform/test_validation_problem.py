"""What is wrong with a request is told in words for people, whatever pydantic calls it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from api.platform.wire.validation_problem import describe


class _Asked(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100)] = 1
    share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] = 0.5
    is_on: bool = False
    name: Annotated[str, Field(min_length=2, max_length=3)] = "abc"
    code: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "DE"
    kind: Literal["movie", "tv"] = "tv"
    day: date = date(2026, 3, 1)
    at: datetime = datetime(2026, 3, 1)  # noqa: DTZ001 - a default that is not asked for
    when: AwareDatetime | None = None
    one: UUID | None = None
    many: list[int] = []
    taste: dict[str, int] = {}


def _told(asked: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as raised:
        _Asked.model_validate(asked)
    found = [{**error, "loc": ("query", *error["loc"])} for error in raised.value.errors()]
    return describe(found).errors[0]["message"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"limit": "many"}, "must be a whole number"),
        ({"limit": "1.5"}, "must be a whole number"),
        ({"limit": 1.5}, "must be a whole number"),
        ({"limit": None}, "must be a whole number"),
        ({"limit": "9" * 5000}, "must be a whole number"),
        ({"limit": "0"}, "must be at least 1"),
        ({"limit": 101}, "must be at most 100"),
        ({"share": "half"}, "must be a number"),
        ({"share": "nan"}, "must be a number"),
        ({"share": 0}, "must be more than 0"),
        ({"share": 1}, "must be less than 1"),
        ({"is_on": "perhaps"}, "must be true or false"),
        ({"is_on": []}, "must be true or false"),
        ({"name": 7}, "must be a text"),
        ({"name": "a"}, "must have at least 2 characters"),
        ({"name": "abcd"}, "must have at most 3 characters"),
        ({"code": "de"}, "must match the pattern ^[A-Z]{2}$"),
        ({"kind": "film"}, "must be 'movie' or 'tv'"),
        ({"day": "tomorrow"}, "must be a date as ISO 8601 writes it, such as 2026-03-01"),
        ({"day": "2026-02-30"}, "must be a date as ISO 8601 writes it, such as 2026-03-01"),
        ({"at": "noon"}, "must be a moment as ISO 8601 writes it, such as 2026-03-01T20:15:00Z"),
        ({"when": "2026-03-01T20:15:00"}, "must have a time zone"),
        ({"one": "mine"}, "must be a UUID"),
        ({"many": 1}, "must be a list"),
        ({"many": ["x"]}, "must be a whole number"),
        ({"taste": []}, "must be an object"),
    ],
    ids=str,
)
def test_errors_are_told_in_words(asked: dict[str, Any], told: str) -> None:
    assert _told(asked) == told


def test_what_is_not_retold_goes_on_after_the_name_of_the_field() -> None:
    error = {"type": "decimal_max_digits", "loc": ("query", "sum"), "msg": "Decimal should have no"}
    assert describe([error | {"input": 1}]).detail == "sum: must have no."
    ours = {"type": "value_error", "loc": ("query", "q"), "msg": "Value error, it should be short"}
    assert describe([ours | {"input": 1}]).detail == "q: it should be short."
