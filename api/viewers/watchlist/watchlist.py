"""A viewer's watchlist: reading it, putting titles on it and taking them off."""

from collections.abc import Callable
from typing import Any

from psycopg import Cursor

from api.catalogue.items.named_items import require_found_items, unknown_among
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import NotFound
from api.platform.retried import retried
from api.viewers.added_titles.added_title import AddedTitle
from api.viewers.events import ProfileKey
from api.viewers.hold_profiles import hold
from api.viewers.newest_first import NewestFirst
from api.viewers.watchlist import statements as storage

_CURSOR = "watchlist"


class Watchlist:
    """The use cases of /users/{user_id}/watchlist."""

    def __init__(self, database: Database, cursors: Cursors) -> None:
        self._database = database
        self._pages = NewestFirst(cursors, kind=_CURSOR)

    def page(
        self, viewer: ProfileKey, *, cursor: str | None, limit: int, limits: Limits
    ) -> tuple[list[AddedTitle], str | None]:
        """One page, the newest first, and the cursor of the next; raises InvalidCursor.

        What the limits forbid is left out.
        """
        before = self._pages.before(cursor, viewer)
        with self._database.autocommit() as reader:
            found = storage.page(reader, viewer, before=before, limit=limit + 1, limits=limits)
        return self._pages.page(found, viewer, limit=limit, place=lambda one: one.place)

    def add(
        self, viewer: ProfileKey, reference: str, limits: Limits, *, names_within: Limits
    ) -> bool:
        """Whether the title was not on the list; makes the profile where there is none.

        Raises NotFound for a title that is unknown or above the limits of the profile. Which of
        them it is, is told of titles that whoever puts it there may name.
        """
        item = self._item(reference, names_within)
        if names_within != limits and unknown_among(self._database, [reference], limits):
            raise NotFound(f"{reference} is above the limits of this profile.")

        def put(cursor: Cursor[Any]) -> bool:
            storage.create(cursor, viewer)
            hold(cursor, [viewer])
            return storage.add(cursor, viewer, item)

        return self._write(put)

    def remove(self, viewer: ProfileKey, reference: str, limits: Limits) -> bool:
        """Whether the title was on the list; raises NotFound for one that is unknown or above the
        limits. Without limits what was put on before they were set can be taken off."""
        item = self._item(reference, limits)

        def take_off(cursor: Cursor[Any]) -> bool:
            hold(cursor, [viewer])
            return storage.remove(cursor, viewer, item)

        return self._write(take_off)

    def _write(self, change: Callable[[Cursor[Any]], bool]) -> bool:
        def write() -> bool:
            with self._database.transaction() as cursor:
                return change(cursor)

        return retried(write)

    def _item(self, reference: str, limits: Limits) -> int:
        # One that has left the catalogue may come back.
        (item,) = require_found_items(self._database, [reference], limits, retired_too=True)
        return item
