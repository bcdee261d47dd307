"""GET /tonight on the wire."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from api.platform.wire.inputs import ProfileQuery, Text
from api.platform.wire.storable import LONGEST_NAME, UNNAMED
from api.recommend.constraints.parameters import split
from api.recommend.schemas import ListShape, Words
from api.viewers.events import ProfileKey

_MOST_OTHERS = 7


def _are_profiles(written: str) -> str:
    names = split(written)
    if len(set(names)) < len(names) or len(names) > _MOST_OTHERS:
        raise ValueError(f"must be at most {_MOST_OTHERS} different profiles")
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
        description='Other profiles of the user who watch along; "~": the one without a name.',
        examples=["kids,~"],
    )
    query: Words | None = Field(default=None, description="What to watch, in words.")

    @model_validator(mode="after")
    def _is_nobody_twice(self) -> Self:
        if len(set(self.viewers)) < len(self.viewers):
            raise ValueError("members must not name the profile that asks")
        return self

    @property
    def viewers(self) -> tuple[ProfileKey, ...]:
        """Everybody who watches, the one who asks first."""
        others = (None if name == UNNAMED else name for name in split(self.members))
        return tuple(ProfileKey(self.user_id, name) for name in (self.profile, *others))

    @property
    def longest(self) -> int | None:
        """Minutes; None for any."""
        return min(filter(None, (self.minutes, self.runtime_max)), default=None)
