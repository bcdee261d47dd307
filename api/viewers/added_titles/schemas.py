"""Lists of added titles on the wire, whichever list it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import MediaType
from api.platform.wire.inputs import Cursor, ProfileOnly
from api.viewers.added_titles.added_title import AddedTitle


class AddedTitlesQuery(ProfileOnly):
    """Within which profile's limits, and which page."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100, description="Titles on a page.")] = 50


class AddedTitleOut(BaseModel):
    """A title of the list."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime


class AddedTitlesPage(BaseModel):
    """The newest first."""

    items: list[AddedTitleOut]
    next_cursor: Annotated[str | None, Field(description="Absent on the last page.")] = None

    @classmethod
    def of(cls, found: Sequence[AddedTitle], next_cursor: str | None) -> "AddedTitlesPage":
        """The same as the client sees it."""
        items = [
            AddedTitleOut(
                item_id=one.item_id,
                media_type=one.media_type,
                tmdb_id=one.tmdb_id,
                title=one.title,
                added_at=one.added_at,
            )
            for one in found
        ]
        return cls(items=items, next_cursor=next_cursor)
