"""What a household owns: its titles, read page by page, added and taken out in bulk."""

from collections.abc import Callable, Sequence
from typing import Any

from psycopg import Cursor

from api.catalogue.items.named_items import require_known_items
from api.domain.limits import NO_LIMITS, Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.retried import retried
from api.viewers.added_titles.added_title import AddedTitle
from api.viewers.events import ProfileKey
from api.viewers.library import statements as storage
from api.viewers.newest_first import NewestFirst

_CURSOR = "library"


class Library:
    """The use cases of /users/{user_id}/library. Owned is never watched."""

    def __init__(self, database: Database, cursors: Cursors) -> None:
        self._database = database
        self._pages = NewestFirst(cursors, kind=_CURSOR)

    def page(
        self, user_id: str, *, cursor: str | None, limit: int, limits: Limits
    ) -> tuple[list[AddedTitle], str | None]:
        """One page, the newest first, and the cursor of the next; raises InvalidCursor.

        What the limits forbid is left out.
        """
        household = ProfileKey(user_id, None)
        before = self._pages.before(cursor, household)
        with self._database.autocommit() as reader:
            found = storage.page(reader, user_id, before=before, limit=limit + 1, limits=limits)
        return self._pages.page(found, household, limit=limit, place=lambda one: one.place)

    def add(self, user_id: str, references: Sequence[int | str]) -> int:
        """How many of the titles were new. Raises UnknownItems; nothing is added then."""
        return self._change(user_id, references, storage.add)

    def remove(self, user_id: str, references: Sequence[int | str]) -> int:
        """How many of the titles were in it. Raises as `add`."""
        return self._change(user_id, references, storage.remove)

    def _change(
        self,
        user_id: str,
        references: Sequence[int | str],
        change: Callable[[Cursor[Any], str, Sequence[int]], int],
    ) -> int:
        # No child changes it, and what was bought stays in the house when its source drops it.
        items = require_known_items(self._database, references, NO_LIMITS, retired_too=True)

        def write() -> int:
            with self._database.transaction() as cursor:
                return change(cursor, user_id, items)

        return retried(write)
