"""The bounded types that requests are made of. Whatever passes here, Postgres can keep."""

from datetime import UTC, datetime
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StrictInt,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from api.platform.country_codes import country_of
from api.platform.cursors import LONGEST_CURSOR
from api.platform.wire.json_types import refuse_other_type
from api.platform.wire.path_segments import has_control_characters
from api.platform.wire.storable import DOT_SEGMENTS, LONGEST_NAME, UNNAMED, is_storable
from api.platform.wire.unknown_names import with_known


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not contain NUL characters")
    if not is_storable(text):
        raise ValueError("must not contain half of a surrogate pair")
    return text


def _visible(text: str) -> str:
    if has_control_characters(text):
        raise ValueError("must not contain control characters")
    return text


def _no_step(text: str) -> str:
    if text in DOT_SEGMENTS:
        raise ValueError("must not be . or .., which no path can name")
    return text


def _named(text: str) -> str:
    if text == UNNAMED:
        raise ValueError("is the profile without a name: leave it out")
    return text


def _in_utc(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not _EARLIEST <= aware <= _LATEST:  # the last hours of 9999 are 10000 in UTC
        raise ValueError("must be between 1900 and 9999")
    return aware.astimezone(UTC)


def _in_bounds(moment: datetime) -> datetime:
    return _in_utc(moment) if moment.tzinfo else _in_utc(moment).replace(tzinfo=None)


_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)

Text = Annotated[str, AfterValidator(_storable)]
UserId = Annotated[
    Text,
    AfterValidator(_visible),
    AfterValidator(_no_step),
    Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description="A user, by the client's own id.",
        examples=["dana"],
    ),
]
ProfileName = Annotated[
    Text,
    AfterValidator(_visible),
    AfterValidator(_no_step),
    AfterValidator(_named),
    Field(
        min_length=1,
        max_length=LONGEST_NAME,
        description="A named profile of the user; none: the user's own.",
    ),
]
UserInPath = Annotated[UserId, Path()]
ProfileInPath = Annotated[
    ProfileName | None,
    BeforeValidator(lambda name: None if name == UNNAMED else name, json_schema_input_type=str),
    Path(
        description='A profile of the user by its name; "~": the one without a name.',
        examples=["~"],
    ),
]
Reference = Annotated[
    StrictInt | Annotated[Text, Field(max_length=100)],
    Field(
        description='An item: our id, "movie:603", "tv:1399" (TMDB), "imdb:tt0133093", or '
        "another source's: tvdb:81189, archive:reel-7.",
        examples=["movie:603"],
    ),
]
ReferenceInPath = Annotated[
    Text,
    Field(
        max_length=100,
        description='An item: our id, "movie:603", "tv:1399" (TMDB), "imdb:tt0133093", or '
        "another source's: tvdb:81189, archive:reel-7.",
        examples=["movie:603"],
    ),
]
Cursor = Annotated[
    str, Field(max_length=LONGEST_CURSOR, description="next_cursor of the page before.")
]
CountryCode = Annotated[
    str,
    Field(
        json_schema_extra={"pattern": "^[A-Za-z]{2}$"},
        description="ISO 3166-1, or UK for GB; JUSTWATCH_COUNTRY unless given.",
        examples=["IL"],
    ),
    AfterValidator(country_of),
]
Instant = Annotated[
    datetime,
    AfterValidator(_in_utc),
    Field(description="ISO 8601; without a zone it is UTC.", examples=["2026-03-01T20:15:00Z"]),
]


StatedTime = Annotated[
    datetime,
    AfterValidator(_in_bounds),
    Field(
        description="ISO 8601. Without a zone it is the viewer's own time, which may be up to 14 "
        "hours ahead of UTC.",
        examples=["2026-03-01T20:15:00Z"],
    ),
]


class Strict(BaseModel):
    """A request model: an unknown field or parameter is an error that names it."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _tells_what_was_meant(cls, value: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(value)
        except ValidationError as error:
            known = [field.alias or name for name, field in cls.model_fields.items()]
            raise with_known(error, known) from error

    @field_validator("*", mode="before")
    @classmethod
    def _is_of_its_type(cls, value: Any, info: ValidationInfo) -> Any:
        assert info.field_name is not None  # noqa: S101 - of a field
        refuse_other_type(value, cls.model_fields[info.field_name].annotation)
        return value


class ProfileOnly(Strict):
    """The query parameter of routes whose path names the user."""

    profile: ProfileName | None = None


class MaybeProfileQuery(Strict):
    """Query parameters of routes that answer everybody, and a profile within its limits."""

    user_id: Annotated[
        UserId | None, Field(description="For whom; what the caller speaks for unless given.")
    ] = None
    profile: ProfileName | None = None


class ProfileQuery(Strict):
    """Query parameters of routes that concern one profile."""

    user_id: UserId
    profile: ProfileName | None = None
