"""GET /path on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.platform.largest_integer import LARGEST_INTEGER
from api.platform.wire.inputs import MaybeProfileQuery, Text
from api.recommend.schemas import CardFields, ListShape, RecommendPage

_Title = Annotated[
    Text,
    Field(
        max_length=100,
        description='A title: our id, "movie:603", "tv:1399", "imdb:tt0133093".',
        examples=["movie:603"],
    ),
]


class PathParams(MaybeProfileQuery, ListShape):
    """Which two titles; the filters of any list hold for what is between them."""

    limit: int = Field(default=100, ge=100, le=100, description="The whole chain, always.")
    from_: Annotated[_Title, Field(alias="from")]
    to: Annotated[_Title, Field(examples=["movie:13"])]
    steps: int = Field(
        default=6, ge=3, le=8, description="Titles of the chain at most, both ends included."
    )
    seed: int | None = Field(
        default=None, ge=0, le=LARGEST_INTEGER, description="Another number, another chain."
    )
    fields: CardFields | None = None


class Shared(BaseModel):
    """What two titles have in common."""

    genres: list[str]
    keywords: list[str] = Field(description="At most five, the rarest first.")
    people: list[str] = Field(description="At most five: makers, then leads.")


class Link(BaseModel):
    """Two neighbours of the chain."""

    from_id: int
    to_id: int
    strength: float = Field(
        description="How much of what the two are made of they share, in [0, 1]."
    )
    shared: Shared


class PathPage(RecommendPage):
    """A chain of titles, the first and the last those that were named."""

    links: list[Link] = Field(description="One less than there are titles, in their order.")
