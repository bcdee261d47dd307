"""What comes row by row from a live source: a hook that is called, or a server that is asked.

Each profile has one import for it that goes on, so that what came is shown, waits for its title and
is taken back as a file's rows are. What came before, be it twice or late, adds nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from psycopg import Cursor

from api.platform.database import Database
from api.platform.errors import UnusableImport
from api.platform.retried import retried
from api.viewers.events import ProfileKey
from api.viewers.imports import apply_statements, live_statements, statements
from api.viewers.imports.live_statements import EarlierRow, Via
from api.viewers.imports.matching.known_titles import KnownTitles, known_by_ids, known_titles
from api.viewers.imports.matching.match import Match, match
from api.viewers.imports.new_rows import Chosen, Found, moment, new_rows, title_key
from api.viewers.imports.read_export import title_of
from api.viewers.imports.row import Row
from api.viewers.imports.statements import NewRow

# One viewing is told several times: when its end nears, when it is over, when it is marked.
_ONE_VIEWING = timedelta(hours=4)
MOST_ROWS = 500_000  # of one import: beyond it something repeats itself
_BEFORE = "as before"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of rows.

    `recorded` changed the history, `known` did not; `waiting` wait for their title or for a choice.
    """

    import_id: int | None = None
    recorded: int = 0
    waiting: int = 0
    known: int = 0
    skipped: int = 0


class _Earlier:
    """Rows that came before, by what they are called and by what they were taken for."""

    def __init__(self, rows: Sequence[EarlierRow]) -> None:
        self.by_key: dict[str, list[EarlierRow]] = {}
        self.by_item: dict[int, list[EarlierRow]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: EarlierRow) -> None:
        """One that came after them."""
        self.by_key.setdefault(row.title_key, []).append(row)
        if row.item_id is not None:
            self.by_item.setdefault(row.item_id, []).append(row)

    def like(self, key: str, item_id: int | None) -> list[EarlierRow]:
        """Those of one title, in the order in which they came."""
        found = {row.position: row for row in self.by_key.get(key, ())}
        if item_id is not None:
            found |= {row.position: row for row in self.by_item.get(item_id, ())}
        return [found[position] for position in sorted(found)]


class LiveIntake:
    """Takes rows into the import of their profile, source and way."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def take(
        self,
        viewer: ProfileKey,
        source: str,
        via: Via,
        rows: Sequence[Row],
        *,
        require: Callable[[Cursor[Any]], None] = lambda _: None,
    ) -> Taken:
        """Writes what is new in one transaction; makes the profile where there is none.

        `require` is called first in that transaction, and raises where nothing may be written any
        more. Raises NotFound for a profile that a household with limits does not have, and
        UnusableImport where the import has as many rows as one may have.
        """
        kept = [row for row in rows if row.skipped is None]
        new = self._not_known(viewer, source, via, kept)
        taken = Taken()
        if new:
            found = self._found(viewer, source, new)
            taken = retried(lambda: self._write(viewer, source, via, found, require))
        known = taken.known + len(kept) - len(new)
        return replace(taken, known=known, skipped=len(rows) - len(kept))

    def _not_known(
        self, viewer: ProfileKey, source: str, via: Via, rows: Sequence[Row]
    ) -> list[Row]:
        """A look without a lock: most of what is told again need not be matched."""
        with self._database.autocommit() as cursor:
            keys = {title_key(row) for row in rows}
            came = live_statements.earlier_of(cursor, viewer, source, via, sorted(keys))
        earlier = _Earlier(came)
        return [row for row in rows if not _came(row, earlier.like(title_key(row), None))]

    def _write(
        self,
        viewer: ProfileKey,
        source: str,
        via: Via,
        found: Sequence[tuple[Row, Found]],
        require: Callable[[Cursor[Any]], None],
    ) -> Taken:
        now = self._clock()
        with self._database.transaction() as cursor:
            require(cursor)
            import_id = live_statements.hold(cursor, viewer, source, via, now=now)
            last = live_statements.last_position(cursor, import_id)
            keys = [one.key for _, one in found]
            items = [one.item_id for _, one in found if one.item_id is not None]
            earlier = _Earlier(live_statements.earlier(cursor, import_id, keys, items))
            new = list(_new(found, earlier, last))
            if not new:
                return Taken(import_id, known=len(found))
            if last + len(new) > MOST_ROWS:
                raise UnusableImport(
                    f"What {title_of(source)} told of this profile has {MOST_ROWS:,} rows, the "
                    f"most that are kept; once import {import_id} is taken back it begins anew."
                )
            stored = [_behind(last, row) for row in new_rows(iter(new))]
            statements.store_rows(cursor, import_id, stored)
            profile_id = apply_statements.make_profile(cursor, viewer.user_id, viewer.profile)
            written = apply_statements.apply(
                cursor,
                import_id,
                profile_id=profile_id,
                user_id=viewer.user_id,
                source=source,
                now=now,
                positions=[row.position for row in stored],
            )
        matched = [row for row in stored if row.status == "matched"]
        recorded = sum(row.item_id in written for row in matched)
        waiting = sum(row.status in ("unmatched", "uncertain") for row in stored)
        return Taken(import_id, recorded, waiting, len(found) - len(new) + len(matched) - recorded)

    def _found(
        self, viewer: ProfileKey, source: str, rows: Sequence[Row]
    ) -> list[tuple[Row, Found]]:
        """By ids, by what the title was taken for before, and last by a walk over all names."""
        with self._database.transaction() as cursor:
            chosen = Chosen.read(cursor, viewer, source)
            keys = [title_key(row) for row in rows]
            before = live_statements.taken_for(cursor, viewer, source, keys)
        by_ids = known_by_ids(self._database, rows)
        matches = [match(row, by_ids) for row in rows]
        unknown = [
            row
            for row, one in zip(rows, matches, strict=True)
            if one.status == "unmatched" and title_key(row) not in before
        ]
        known = known_titles(self._database, unknown) if unknown else KnownTitles()
        return [
            (row, _as_before(chosen.instead_of(row, one), row, before))
            for row, one in _matched_at_last(rows, matches, known)
        ]


def _matched_at_last(
    rows: Sequence[Row], matches: Sequence[Match], known: KnownTitles
) -> Iterator[tuple[Row, Match]]:
    for row, found in zip(rows, matches, strict=True):
        yield row, match(row, known) if found.status == "unmatched" else found


def _as_before(found: Found, row: Row, before: Mapping[str, int]) -> Found:
    if found.status != "unmatched" or found.key not in before:
        return found
    is_part = row.is_of_a_part and row.media_type == "tv"
    item = before[found.key]
    return replace(
        found, status="matched", item_id=item, certainty=1.0, reason=_BEFORE, is_part=is_part
    )


def _new(
    found: Sequence[tuple[Row, Found]], earlier: _Earlier, last: int
) -> Iterator[tuple[Row, Found]]:
    """What did not come before, be it in this very batch."""
    for position, (row, one) in enumerate(found, last + 1):
        if _came(row, earlier.like(one.key, one.item_id)):
            continue
        earlier.add(
            EarlierRow(
                position,
                one.key,
                row.kind,
                row.season,
                row.episode,
                moment(row.watched_at),
                moment(row.logged_at),
                row.rating,
                one.item_id,
            )
        )
        yield row, one


def _came(row: Row, earlier: Sequence[EarlierRow]) -> bool:
    alike = [
        one
        for one in earlier
        if (one.kind, one.season, one.episode) == (row.kind, row.season, row.episode)
    ]
    if row.kind == "rated":
        return _was_reported(row, alike)
    if row.kind != "watched":
        return bool(alike)
    return any(_is_one_viewing(row, one) for one in alike)


def _was_reported(row: Row, earlier: Sequence[EarlierRow]) -> bool:
    """An opinion is new unless it is the last one, or an older one that comes again."""
    if earlier and earlier[-1].rating == row.rating:
        return True
    return row.logged_at is not None and any(
        (one.rating, one.logged_at) == (row.rating, row.logged_at) for one in earlier
    )


def _is_one_viewing(row: Row, known: EarlierRow) -> bool:
    if row.watched_at is None or known.watched_at is None:
        return row.watched_at is None
    if not isinstance(row.watched_at, datetime):
        return row.watched_at == known.watched_at.date()
    return abs(row.watched_at - known.watched_at) <= _ONE_VIEWING


def _behind(last: int, row: NewRow) -> NewRow:
    return replace(row, position=last + row.position, number=last + row.position)
