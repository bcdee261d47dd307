"""/users/{user_id}/library on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.domain.items import MediaType
from api.platform.wire.inputs import Cursor, ProfileOnly, Reference, Strict
from api.viewers.library.statements import OwnedTitle

_MOST_ITEMS = 1000


class LibraryQuery(ProfileOnly):
    """Within which profile's limits, and which page."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class LibraryChange(Strict):
    """Titles of a library."""

    items: Annotated[
        list[Reference],
        Field(min_length=1, max_length=_MOST_ITEMS, description="Up to 1,000."),
    ]


class OwnedTitleOut(BaseModel):
    """A title of the library."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime


class LibraryPage(BaseModel):
    """The newest first."""

    items: list[OwnedTitleOut]
    next_cursor: Annotated[str | None, Field(description="Absent on the last page.")] = None

    @classmethod
    def of(cls, found: list[OwnedTitle], next_cursor: str | None) -> "LibraryPage":
        """The same as the client sees it."""
        items = [
            OwnedTitleOut(
                item_id=one.item_id,
                media_type=one.media_type,
                tmdb_id=one.tmdb_id,
                title=one.title,
                added_at=one.added_at,
            )
            for one in found
        ]
        return cls(items=items, next_cursor=next_cursor)


class LibraryAdded(BaseModel):
    """The titles are in the library now."""

    ok: bool = True
    added: Annotated[int, Field(description="How many were not in it before.")]


class LibraryRemoved(BaseModel):
    """The titles are not in the library now."""

    ok: bool = True
    removed: Annotated[int, Field(description="How many were in it before.")]
