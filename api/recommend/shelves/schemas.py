"""GET /shelves on the wire."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.language.schemas import Chip
from api.platform.wire.inputs import Cursor, ProfileQuery
from api.recommend.lists.why_empty import EmptyCode
from api.recommend.schemas import CardFields, ListShape, RecommendPage

RowCode = Literal[
    "for_you",
    "co_liked",
    "similar_to_liked",
    "with_person",
    "genre",
    "decade",
    "language",
    "series",
    "little_known",
    "on_watchlist",
    "service",
    "region",
    "country",
    "new",
    "surprise",
]


class ShelvesParams(ProfileQuery, ListShape):
    """Who looks, and the filters of any list."""

    limit: int = Field(default=10, ge=4, le=20, description="Titles of a row at once.")
    rows: int = Field(default=8, ge=1, le=12, description="Rows at once.")
    cursor: Cursor | None = None
    fields: CardFields | None = None


class ShelfRow(RecommendPage):
    """A row, in the shape of a list; its `next_cursor` goes on with this row alone."""

    code: RowCode
    title: str = Field(description="What all titles of the row have in common, in English.")
    evidence: dict[str, Any] = Field(description="What the title of the row says, for programs.")


class ShelvesPage(BaseModel):
    """Rows, the best first; no title stands in two of them."""

    rows: list[ShelfRow]
    recommendation_id: str = Field(description="All rows are one list; feedback may name it.")
    next_cursor: str | None = Field(default=None, description="More rows; absent after the last.")
    degraded: list[str] = Field(default=[], description="Optional parts that failed.")
    relaxed: list[str] = Field(default=[], description="Constraints that gave way.")
    interpreted: list[Chip] | None = Field(default=None, description="The filters as they hold.")
    empty_because: str | None = None
    empty_code: EmptyCode | None = None
