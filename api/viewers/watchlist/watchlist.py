"""A viewer's watchlist: reading it, putting titles on it and taking them off."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from psycopg import Cursor

from api.catalogue.items.item_references import resolve
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor, NotFound
from api.platform.retried import retried
from api.viewers.events import ProfileKey
from api.viewers.history.interactions import FIRST_PAGE
from api.viewers.hold_profiles import hold
from api.viewers.watchlist import statements as storage
from api.viewers.watchlist.statements import WatchlistEntry

_CURSOR = "watchlist"


class Watchlist:
    """The use cases of /users/{user_id}/watchlist."""

    def __init__(self, database: Database, cursors: Cursors, shown: ShownTitles) -> None:
        self._database = database
        self._cursors = cursors
        self._shown = shown

    def page(
        self, viewer: ProfileKey, *, cursor: str | None, limit: int, limits: Limits
    ) -> tuple[list[WatchlistEntry], str | None]:
        """One page, the newest first, and the cursor of the next; raises InvalidCursor.

        What the limits forbid is left out.
        """
        before = FIRST_PAGE if cursor is None else self._read_cursor(cursor, viewer)
        with self._database.autocommit() as reader:
            found = storage.page(reader, viewer, before=before, limit=limit + 1, limits=limits)
        if len(found) <= limit:
            return found, None
        last = found[limit - 1]
        position = {
            "viewer": [viewer.user_id, viewer.profile],
            "at": last.added_at.isoformat(),
            "id": last.item_id,
        }
        return found[:limit], self._cursors.sign(position, kind=_CURSOR)

    def add(self, viewer: ProfileKey, reference: str, limits: Limits) -> bool:
        """Whether the title was not on the list; makes the profile where there is none.

        Raises NotFound for a title that is unknown or above the limits.
        """
        item = self._item(reference)
        if item not in self._shown.among([item], limits):
            raise NotFound("No such title.")

        def put(cursor: Cursor[Any]) -> bool:
            storage.create(cursor, viewer)
            hold(cursor, [viewer])
            return storage.add(cursor, viewer, item)

        return self._write(put)

    def remove(self, viewer: ProfileKey, reference: str) -> bool:
        """Whether the title was on the list; raises NotFound for one that is unknown."""
        item = self._item(reference)

        def take_off(cursor: Cursor[Any]) -> bool:
            hold(cursor, [viewer])
            return storage.remove(cursor, viewer, item)

        return self._write(take_off)

    def _write(self, change: Callable[[Cursor[Any]], bool]) -> bool:
        def write() -> bool:
            with self._database.transaction() as cursor:
                return change(cursor)

        return retried(write)

    def _item(self, reference: str) -> int:
        with self._database.autocommit() as cursor:
            (item,) = resolve(cursor, [ItemRef.parse(reference)])
        if item is None:
            raise NotFound("No such title.")
        return item

    def _read_cursor(self, text: str, viewer: ProfileKey) -> tuple[datetime, int]:
        position = self._cursors.read(text, kind=_CURSOR)
        if position["viewer"] != [viewer.user_id, viewer.profile]:
            raise InvalidCursor
        return datetime.fromisoformat(position["at"]), int(position["id"])
