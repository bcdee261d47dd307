"""GET /tonight on the wire."""

import csv
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from api.platform.wire.inputs import ProfileQuery, Text
from api.platform.wire.storable import LONGEST_NAME, UNNAMED
from api.platform.wire.wrong_field import WrongField
from api.recommend.schemas import CardFields, ListShape, Words
from api.viewers.events import ProfileKey

_MOST_OTHERS = 7


def _named(written: str | None) -> list[str]:
    """The names of a list with commas; one that has a comma stands in double quotes."""
    cells = next(csv.reader([written or ""], skipinitialspace=True, strict=True), [])
    return [name for cell in cells if (name := cell.strip())]


def _are_profiles(written: str) -> str:
    try:
        names = _named(written)
    except csv.Error as error:
        raise ValueError("has a double quote that does not end") from error
    if len(names) > _MOST_OTHERS:
        raise ValueError(f"must name at most {_MOST_OTHERS} profiles, not {len(names)}")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"must not name {twice} twice")
    if any(len(name) > LONGEST_NAME for name in names):
        raise ValueError(f"a profile's name has at most {LONGEST_NAME} characters")
    return written


class TonightParams(ProfileQuery, ListShape):
    """Who watches, where and how long; beside it the filters of any list."""

    limit: int = Field(default=3, ge=3, le=3, description="One and two others, always.")
    minutes: int | None = Field(
        default=None, ge=1, le=1000, description="How long there is; the same as `runtime_max`."
    )
    members: Annotated[Text, Field(max_length=2000), AfterValidator(_are_profiles)] | None = Field(
        default=None,
        description='Other profiles of the user who watch along; "~": the one without a name. A '
        "name with a comma stands in double quotes.",
        examples=["kids,~"],
    )
    query: Words | None = Field(default=None, description="What to watch, in words.")
    fields: CardFields | None = None

    @model_validator(mode="after")
    def _is_nobody_twice(self) -> Self:
        if len(set(self.viewers)) < len(self.viewers):
            raise WrongField("must not name the profile that asks", "members")
        return self

    @property
    def viewers(self) -> tuple[ProfileKey, ...]:
        """Everybody who watches, the one who asks first."""
        others = (None if name == UNNAMED else name for name in _named(self.members))
        return tuple(ProfileKey(self.user_id, name) for name in (self.profile, *others))

    @property
    def longest(self) -> int | None:
        """Minutes; None for any."""
        return min(filter(None, (self.minutes, self.runtime_max)), default=None)
