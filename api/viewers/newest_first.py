"""Lists of a viewer's own that are read page by page, the newest first."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from api.platform.cursors import Cursors
from api.platform.errors import InvalidCursor
from api.platform.fingerprint import fingerprint
from api.viewers.events import ProfileKey

Row = TypeVar("Row")
Place = tuple[datetime, int]  # when, and the row's id among those of one moment

_FIRST_PAGE = (datetime(9999, 1, 1, tzinfo=UTC), 2**63 - 1)


class NewestFirst:
    """The cursors of one kind of list; each is bound to the viewer whose list it is."""

    def __init__(self, cursors: Cursors, *, kind: str) -> None:
        self._cursors = cursors
        self._kind = kind

    def before(self, cursor: str | None, viewer: ProfileKey) -> Place:
        """What the page begins behind; raises InvalidCursor for a cursor of another list."""
        if cursor is None:
            return _FIRST_PAGE
        position = self._cursors.read(cursor, kind=self._kind)
        if position.get("viewer") != _of_viewer(viewer):
            raise InvalidCursor(["user_id or profile"])
        return datetime.fromisoformat(position["at"]), int(position["id"])

    def page(
        self,
        found: Sequence[Row],
        viewer: ProfileKey,
        *,
        limit: int,
        place: Callable[[Row], Place],
    ) -> tuple[list[Row], str | None]:
        """The page out of the rows read, one more than `limit`, and the cursor of the next."""
        page = list(found[:limit])
        if len(found) <= limit:
            return page, None
        at, row_id = place(page[-1])
        position = {"viewer": _of_viewer(viewer), "at": at.isoformat(), "id": row_id}
        return page, self._cursors.sign(position, kind=self._kind)


def _of_viewer(viewer: ProfileKey) -> str:
    # A length prefix keeps profile "a::b" apart from every other pair.
    text = f"{len(viewer.user_id)}:{viewer.user_id}{viewer.profile is None}{viewer.profile or ''}"
    return fingerprint(text)
