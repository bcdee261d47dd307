"""A title that somebody put on a list of theirs: a watchlist, a library."""

from dataclasses import dataclass
from datetime import datetime

from api.domain.items import MediaType


@dataclass(frozen=True, slots=True)
class AddedTitle:
    """When it was added, and what names it."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands among others, the newest first."""
        return self.added_at, self.item_id
