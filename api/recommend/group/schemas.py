"""POST /recommend/group on the wire."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.platform.wire.card_fields import WRITTEN, Fields, among
from api.platform.wire.inputs import Cursor, ProfileQuery
from api.recommend.schemas import ListShape, ReasonOut, RecommendedItem, RecommendPage
from api.viewers.events import ProfileKey


class Member(ProfileQuery):
    """One of those who watch together."""


def _are_different(members: list[Member]) -> list[Member]:
    if len({(one.user_id, one.profile) for one in members}) < len(members):
        raise ValueError("nobody can be in a group twice")
    return members


class MemberFit(BaseModel):
    """What a title is to one of them."""

    user_id: str
    profile: str | None
    fit: float | None = Field(
        description="Its score by their own taste, as a share of the best one's; 0 for what "
        "nothing in it speaks for, null where nothing is known of it."
    )
    explanation: str
    reasons: list[ReasonOut]


class GroupItem(RecommendedItem):
    """A title, with what it is to each of them."""

    members: list[MemberFit] = Field(description="In the order of the request.")


class GroupRequest(ListShape):
    """Who watches together, and how their wishes are weighed; the filters of any list beside."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "members": [{"user_id": "dana"}, {"user_id": "dana", "profile": "kids"}],
                "seen": "all",
                "limit": 10,
            }
        },
    )

    members: Annotated[
        list[Member],
        Field(min_length=2, max_length=8, description="Two to eight, each once."),
        AfterValidator(_are_different),
    ]
    strategy: Literal["fair", "average", "least_misery"] = Field(
        default="fair",
        description="`fair` goes by the places in each one's own list and makes up for evenings "
        "before, `average` by the mean of how well a title fits, `least_misery` by the one whom "
        "it fits least.",
    )
    seen: Literal["any", "all"] = Field(
        default="any",
        description="Titles that `any` of them has seen are left out, or those that `all` have.",
    )
    cursor: Cursor | None = None
    fields: Annotated[Fields, among(GroupItem), WRITTEN] | None = None

    @property
    def viewers(self) -> tuple[ProfileKey, ...]:
        """The members, as they were named."""
        return tuple(ProfileKey(one.user_id, one.profile) for one in self.members)


class GroupPage(RecommendPage):
    """One page of a list for several."""

    model_config = ConfigDict(json_schema_extra={"example": None})

    items: list[GroupItem]  # type: ignore[assignment]  # a list of more than RecommendPage's
