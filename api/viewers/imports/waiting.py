"""Rows of applied imports that wait for their titles: they join the history when these arrive.

What is kept of such a row is enough to take it for what it would have been taken for at first: see
`Sought`. What is above the limits of its profile waits as long as they hold, whoever brought it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast, get_args

from psycopg import Cursor

from api.access.households import Households
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import MediaType
from api.platform.database import Database
from api.platform.service_state import catalogue_version
from api.viewers.imports import apply_statements, statements
from api.viewers.imports.matching.known_titles import known_titles
from api.viewers.imports.matching.match import Match, match
from api.viewers.imports.row import Ids, Name, Row
from api.viewers.imports.sought import Sought
from api.viewers.imports.statements import StoredImport

# By the primary key of import_rows. Asked when the catalogue has changed, once an hour at most.
_WAITING = """
    SELECT import_id, position, title_key, watched_at, season, episode, reached, sought
    FROM import_rows JOIN imports ON imports.id = import_id
    WHERE state = 'applied' AND status = 'unmatched'
        AND (import_id, position) > (%(import_id)s, %(position)s)
    ORDER BY import_id, position LIMIT %(most)s
"""
_FOUND = """
    UPDATE import_rows SET status = found.status, item_id = found.item_id,
        certainty = found.certainty, reason = found.reason, is_part = found.is_part
    FROM unnest(
        %(positions)s::int[], %(statuses)s::text[], %(items)s::int[], %(certainties)s::real[],
        %(reasons)s::text[], %(parts)s::boolean[]
    ) AS found(position, status, item_id, certainty, reason, is_part)
    WHERE import_id = %(import_id)s AND import_rows.position = found.position
        AND import_rows.status = 'unmatched'
    RETURNING import_rows.position, import_rows.status
"""
_AT_ONCE = 200_000  # rows in memory


@dataclass(frozen=True, slots=True)
class _Waiting:
    import_id: int
    position: int
    row: Row


class WaitingRows:
    """Looks again in every process that serves; two at once only find less to do."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, at_once: int = _AT_ONCE
    ) -> None:
        self._database = database
        self._at_once = at_once
        self._clock = clock
        self._households = Households(database)
        self._shown = ShownTitles(database)
        self._looked_at: int | None = None  # the version of the catalogue

    def look_again(self) -> int:
        """How many rows joined their viewers' histories; 0 while the catalogue is unchanged."""
        version = catalogue_version(self._database)
        if version == self._looked_at:
            return 0
        joined = sum(
            self._join(one, found)
            for waiting in self._waiting()
            for one, found in self._found(waiting)
        )
        self._looked_at = version
        return joined

    def _waiting(self) -> Iterator[Sequence[_Waiting]]:
        """All rows that wait, so many at once."""
        place = {"import_id": 0, "position": 0, "most": self._at_once}
        while True:
            with self._database.autocommit() as cursor:
                waiting = [_read(*row) for row in cursor.execute(_WAITING, place)]
            if not waiting:
                return
            yield waiting
            place |= {"import_id": waiting[-1].import_id, "position": waiting[-1].position}

    def _found(self, waiting: Sequence[_Waiting]) -> Iterator[tuple[int, Mapping[int, Match]]]:
        """Of each import the positions whose title is known now."""
        known = known_titles(self._database, [one.row for one in waiting])
        by_import: dict[int, dict[int, Match]] = defaultdict(dict)
        for one in waiting:
            found = match(one.row, known)
            if found.item is not None:
                by_import[one.import_id][one.position] = found
        yield from by_import.items()

    def _join(self, import_id: int, found: Mapping[int, Match]) -> int:
        with self._database.transaction() as cursor:
            stored = statements.read(cursor, import_id, hold=True)
            if stored is None:
                return 0
            profile_id = apply_statements.hold_profile(cursor, stored.user_id, stored.profile)
            positions = _mark(cursor, import_id, self._within_limits(stored, found))
            if profile_id is not None and positions:
                # Those rows alone: what a viewer has since taken back stays so.
                apply_statements.apply(
                    cursor,
                    import_id,
                    profile_id=profile_id,
                    user_id=stored.user_id,
                    source=stored.source,
                    now=self._clock(),
                    positions=positions,
                )
        return len(positions)

    def _within_limits(
        self, stored: StoredImport, found: Mapping[int, Match]
    ) -> Mapping[int, Match]:
        limits = self._households.of(stored.user_id, stored.profile).limits
        items = {one.item.id for one in found.values() if one.item is not None}
        shown = self._shown.among(items, limits)
        return {at: one for at, one in found.items() if one.item and one.item.id in shown}


def _read(
    import_id: int,
    position: int,
    title_key: str,
    watched_at: datetime | None,
    season: int | None,
    episode: str | None,
    reached: float | None,
    sought: dict[str, Any] | None,
) -> _Waiting:
    known = row_of_key(title_key)
    if sought is not None:
        known = Sought.read(sought).told_to(known)
    elif season is not None:  # brought before more was kept: no film has seasons
        known = replace(known, names=tuple(replace(one, media_type="tv") for one in known.names))
    row = replace(
        known,
        number=position,
        watched_at=watched_at,
        season=season,
        episode=episode,
        reached=reached,
    )
    return _Waiting(import_id, position, row)


def row_of_key(title_key: str) -> Row:
    """A row as far as its key tells of it; see `title_key`."""
    kind, year, written, name = title_key.split("|", 3)
    media_type = cast(MediaType, kind) if kind in get_args(MediaType) else None
    return Row(
        0,
        "",
        title=name,
        names=(Name(name, media_type),) if name else (),
        media_type=media_type,
        year=int(year) if year else None,
        ids=Ids.read(written),
    )


def _mark(cursor: Cursor[Any], import_id: int, found: Mapping[int, Match]) -> list[int]:
    """The positions that are matched; what was left early is none of them."""
    matched = {position: one for position, one in found.items() if one.item is not None}
    rows = cursor.execute(
        _FOUND,
        {
            "import_id": import_id,
            "positions": list(matched),
            "statuses": [one.status for one in matched.values()],
            "items": [one.item.id for one in matched.values() if one.item],
            "certainties": [one.certainty for one in matched.values()],
            "reasons": [one.reason for one in matched.values()],
            "parts": [one.is_part for one in matched.values()],
        },
    )
    return [position for position, status in rows if status == "matched"]
