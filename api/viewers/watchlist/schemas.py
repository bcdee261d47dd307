"""/users/{user_id}/watchlist on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import MediaType
from api.platform.wire.inputs import Cursor, ProfileOnly
from api.viewers.watchlist.statements import WatchlistEntry


class WatchlistQuery(ProfileOnly):
    """Which profile's list, and which page of it."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class WatchlistEntryOut(BaseModel):
    """A title on the list."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime


class WatchlistPage(BaseModel):
    """The newest first."""

    items: list[WatchlistEntryOut]
    next_cursor: Annotated[str | None, Field(description="Absent on the last page.")] = None

    @classmethod
    def of(cls, found: list[WatchlistEntry], next_cursor: str | None) -> "WatchlistPage":
        """The same as the client sees it."""
        items = [
            WatchlistEntryOut(
                item_id=entry.item_id,
                media_type=entry.media_type,
                tmdb_id=entry.tmdb_id,
                title=entry.title,
                added_at=entry.added_at,
            )
            for entry in found
        ]
        return cls(items=items, next_cursor=next_cursor)


class WatchlistAdded(BaseModel):
    """The title is on the list now."""

    ok: bool = True
    added: Annotated[bool, Field(description="Whether it was not on it before.")]


class WatchlistRemoved(BaseModel):
    """The title is not on the list now."""

    ok: bool = True
    removed: Annotated[bool, Field(description="Whether it was on it before.")]
