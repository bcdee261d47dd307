"""Imports and their rows, by the tables of the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from psycopg import Cursor

from api.domain.items import MediaType
from api.platform.errors import InvalidInput
from api.viewers.events import ProfileKey
from api.viewers.imports.matching.match import Status, left_early
from api.viewers.imports.row import Kind
from api.viewers.imports.sources.plain_table import Guessed
from api.viewers.newest_first import Place

# Rows are matched while they are copied: 100,000 take ten seconds on a machine that does nothing
# else. Nobody waits for them but whoever sent them.
_PATIENCE = "SET LOCAL statement_timeout = '600s'"
_CREATE = """
    INSERT INTO imports (
        user_id, profile, source, file_name, columns, columns_left, rating_scale, accounts,
        created_at
    )
    VALUES (
        %(user_id)s, %(profile)s, %(source)s, %(file_name)s, %(columns)s, %(left)s, %(scale)s,
        %(accounts)s, %(now)s
    )
    RETURNING id
"""
# By ix_imports_user_id. Nobody needs more at once, and each may have 200,000 rows. One that is
# applied meanwhile is held until then, and is none any more: hence the state outside, too.
_DROP_PREVIEWS = """
    DELETE FROM imports WHERE state = 'previewed' AND id IN (
        SELECT id FROM imports WHERE user_id = %s AND state = 'previewed'
        ORDER BY id DESC OFFSET 10
    )
"""
_STORE_ROWS = """
    COPY import_rows (
        import_id, position, number, file, says, title_key, kind, watched_at, is_day, logged_at,
        rating, scale, season, episode, episodes, is_part, is_owned, reached, sought, status,
        item_id, certainty, candidates, reason
    ) FROM STDIN
"""
# By its primary key.
_READ = """
    SELECT id, user_id, profile, source, file_name, columns, columns_left, rating_scale, accounts,
        state, created_at, applied_at
    FROM imports WHERE id = %s
"""
_HOLD = _READ + " FOR NO KEY UPDATE"
# By ix_imports_user_id: a user has few.
_LIST = """
    SELECT id, user_id, profile, source, file_name, columns, columns_left, rating_scale, accounts,
        state, created_at, applied_at, via
    FROM imports
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
        AND (created_at, id) < (%(at)s, %(id)s)
    ORDER BY created_at DESC, id DESC LIMIT %(limit)s
"""
_COUNTS_OF = """
    SELECT import_id, status, count(*)::int FROM import_rows
    WHERE import_id = ANY(%s) GROUP BY import_id, status
"""
# By the indexes on import_id of the three.
_ADDED_OF = """
    SELECT asked.id,
        (SELECT count(*) FROM interactions WHERE import_id = asked.id),
        (SELECT count(*) FROM interactions WHERE import_id = asked.id AND event_type = 'rated'),
        (SELECT count(*) FROM watchlist WHERE import_id = asked.id),
        (SELECT count(*) FROM library WHERE import_id = asked.id)
    FROM unnest(%s::bigint[]) AS asked(id)
"""
# By the primary key of import_rows, as are all that follow.
_COUNTS = """
    SELECT status, kind, count(*) FROM import_rows WHERE import_id = %s GROUP BY status, kind
"""
_ADDED = """
    SELECT (SELECT count(*) FROM interactions WHERE import_id = %(id)s),
        (SELECT count(*) FROM interactions WHERE import_id = %(id)s AND event_type = 'rated'),
        (SELECT count(*) FROM watchlist WHERE import_id = %(id)s),
        (SELECT count(*) FROM library WHERE import_id = %(id)s)
"""
_ITEMS_NAMED = """
    SELECT DISTINCT unnest(candidates || item_id) FROM import_rows WHERE import_id = %s
"""
_PAGE = """
    SELECT position, number, file, says, kind, watched_at, is_day, rating, status, item_id,
        certainty, candidates, reason
    FROM import_rows
    WHERE import_id = %(id)s AND position > %(after)s
        AND (%(status)s::text IS NULL OR status = %(status)s)
    ORDER BY position LIMIT %(limit)s
"""
# Two hundred episodes of a show that the catalogue lacks are one title to tell of.
_BY_TITLE = """
    SELECT min(number), (array_agg(says ORDER BY position))[1], count(*)::int,
        (array_agg(reason ORDER BY position))[1], count(*) OVER ()::int
    FROM import_rows WHERE import_id = %(id)s AND status = %(status)s
    GROUP BY title_key ORDER BY min(position) LIMIT %(limit)s
"""
_REASONS = """
    SELECT reason, count(*)::int FROM import_rows WHERE import_id = %(id)s AND status = %(status)s
    GROUP BY reason ORDER BY count(*) DESC, reason LIMIT %(limit)s
"""
# A title that moved is the one that it moved to.
_TITLES = """
    SELECT asked.id, items.id, items.media_type, items.tmdb_id, items.title, items.release_year,
        items.runtime
    FROM unnest(%s::int[]) AS asked(id)
    JOIN items AS stored ON stored.id = asked.id
    JOIN items ON items.id = coalesce(stored.moved_to, stored.id)
"""
_FILES_WITH_ROW = """
    SELECT DISTINCT file FROM import_rows WHERE import_id = %(id)s AND number = %(number)s
"""
# The rows of one title share a choice, whichever of them was named: also those that were left early
# where it is another film, which are skipped and have their title. Of what is applied, the title is
# kept that it was applied as: see take_back_statements.py.
_CHOOSE = """
    UPDATE import_rows
    SET status = CASE WHEN %(item)s::int IS NULL THEN 'skipped' ELSE 'matched' END,
        left_item_id = CASE
            WHEN %(is_applied)s AND status = 'matched' AND item_id IS DISTINCT FROM %(item)s::int
                THEN coalesce(left_item_id, item_id)
            ELSE left_item_id
        END,
        item_id = %(item)s::int, certainty = 1, candidates = '{}', reason = %(reason)s,
        is_part = %(is_show)s AND (season IS NOT NULL OR episode IS NOT NULL)
    WHERE import_id = %(id)s AND title_key = (
        SELECT title_key FROM import_rows
        WHERE import_id = %(id)s AND number = %(number)s
            AND (%(file)s::text IS NULL OR file = %(file)s)
        ORDER BY position LIMIT 1
    ) AND (status <> 'skipped' OR item_id IS NOT NULL OR reason = %(left_out)s)
    RETURNING title_key, position, reached
"""
_LEFT_EARLY = """
    UPDATE import_rows SET status = 'skipped', is_part = false, reason = left_early.reason
    FROM unnest(%(positions)s::int[], %(reasons)s::text[]) AS left_early(position, reason)
    WHERE import_id = %(id)s AND import_rows.position = left_early.position
"""
_REMEMBER = """
    INSERT INTO import_choices AS known (user_id, profile, source, title_key, item_id)
    VALUES (%(user_id)s, %(profile)s, %(source)s, %(title_key)s, %(item)s)
    ON CONFLICT (user_id, profile, source, title_key) DO UPDATE SET item_id = excluded.item_id
"""
# By uq_import_choices_user_id_profile_source_title_key.
_REMEMBERED = """
    SELECT title_key, coalesce(items.moved_to, import_choices.item_id)
    FROM import_choices LEFT JOIN items ON items.id = import_choices.item_id
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
        AND import_choices.source = %(source)s
"""

State = Literal["previewed", "applied"]
Origin = Literal["file", "hook", "sync"]
LONGEST = 500  # letters of what a row says that are kept
CHOSEN = "chosen"
LEFT_OUT = "left out by choice"


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import as it stands."""

    id: int
    user_id: str
    profile: str | None
    source: str
    file_name: str
    columns: dict[str, str]
    columns_left: list[str]
    rating_scale: float | None
    accounts: list[str]
    state: State
    created_at: datetime
    applied_at: datetime | None

    @property
    def viewer(self) -> ProfileKey:
        """Whose it is."""
        return ProfileKey(self.user_id, self.profile)


@dataclass(frozen=True, slots=True)
class ListedImport:
    """An import in a list of them, with what became of its rows and what it wrote."""

    stored: StoredImport
    via: Origin
    counts: Mapping[Status, int]
    added: "Added"

    @property
    def place(self) -> Place:
        """Where it is in the list."""
        return self.stored.created_at, self.stored.id


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is to be stored, in the order of its columns."""

    position: int
    number: int
    file: str
    says: str
    title_key: str
    kind: Kind
    watched_at: datetime | None
    is_day: bool
    logged_at: datetime | None
    rating: float | None
    scale: float | None
    season: int | None
    episode: str | None
    episodes: int | None
    is_part: bool
    is_owned: bool
    reached: float | None
    sought: str | None  # JSON
    status: Status
    item_id: int | None
    certainty: float
    candidates: list[int]
    reason: str | None


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as it is shown."""

    position: int
    number: int
    file: str
    says: str
    kind: Kind
    watched_at: datetime | None
    is_day: bool
    rating: float | None
    status: Status
    item_id: int | None
    certainty: float
    candidates: list[int]
    reason: str | None


@dataclass(frozen=True, slots=True)
class RowsOfTitle:
    """What an export says of one title, told by the first of its rows."""

    number: int
    says: str
    rows: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """What names a title in a row."""

    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    year: int | None
    runtime: int | None


@dataclass(frozen=True, slots=True)
class Added:
    """What an import wrote and nobody has changed since."""

    events: int
    ratings: int  # of the events
    watchlist: int
    library: int


def create(
    cursor: Cursor[Any],
    viewer: ProfileKey,
    *,
    source: str,
    file_name: str,
    guessed: Guessed,
    accounts: Sequence[str],
    now: datetime,
) -> int:
    """A new import, without its rows; its id. Of the user's previews the ten newest stay."""
    cursor.execute(_PATIENCE)
    row = cursor.execute(
        _CREATE,
        {
            "user_id": viewer.user_id,
            "profile": viewer.profile,
            "source": source,
            "file_name": file_name,
            "columns": orjson.dumps(guessed.columns).decode(),
            "left": list(guessed.left),
            "scale": guessed.scale,
            "accounts": list(accounts),
            "now": now,
        },
    ).fetchone()
    assert row is not None  # noqa: S101 - an insert returns its row
    cursor.execute(_DROP_PREVIEWS, (viewer.user_id,))
    return int(row[0])


def store_rows(cursor: Cursor[Any], import_id: int, rows: Iterable[NewRow]) -> None:
    """Copies the rows as they come, so that they are never held twice."""
    with cursor.copy(_STORE_ROWS) as copy:
        for row in rows:
            copy.write_row(
                (import_id, *(getattr(row, name) for name in NewRow.__dataclass_fields__))
            )


def read(cursor: Cursor[Any], import_id: int, *, hold: bool = False) -> StoredImport | None:
    """The import, with `hold` kept as it is until the transaction ends."""
    row = cursor.execute(_HOLD if hold else _READ, (import_id,)).fetchone()
    return None if row is None else StoredImport(*row)


def page_of_imports(
    cursor: Cursor[Any], viewer: ProfileKey, *, before: Place, limit: int
) -> list[ListedImport]:
    """Up to `limit` imports of the profile before a place, the newest first."""
    key = {"user_id": viewer.user_id, "profile": viewer.profile}
    place = {"at": before[0], "id": before[1], "limit": limit}
    found = cursor.execute(_LIST, key | place).fetchall()
    ids = [row[0] for row in found]
    by_status: dict[int, dict[Status, int]] = {import_id: {} for import_id in ids}
    for import_id, status, count in cursor.execute(_COUNTS_OF, (ids,)):
        by_status[import_id][status] = count
    wrote = {row[0]: Added(*row[1:]) for row in cursor.execute(_ADDED_OF, (ids,))}
    return [
        ListedImport(StoredImport(*row), via, by_status[row[0]], wrote[row[0]])
        for *row, via in found
    ]


def counts(cursor: Cursor[Any], import_id: int) -> dict[tuple[Status, Kind], int]:
    """How many rows there are of each status and kind."""
    return {(status, kind): count for status, kind, count in cursor.execute(_COUNTS, (import_id,))}


def added(cursor: Cursor[Any], import_id: int) -> Added:
    """What the import wrote so far."""
    row = cursor.execute(_ADDED, {"id": import_id}).fetchone()
    return Added(*(row or (0, 0, 0, 0)))


def items_named(cursor: Cursor[Any], import_id: int) -> frozenset[int]:
    """The titles that any row was taken for, or could be."""
    rows = cursor.execute(_ITEMS_NAMED, (import_id,))
    return frozenset(item for (item,) in rows if item is not None)


def page(
    cursor: Cursor[Any], import_id: int, *, status: Status | None, after: int, limit: int
) -> list[StoredRow]:
    """Up to `limit` rows behind a position, in the order of the export."""
    asked = {"id": import_id, "status": status, "after": after, "limit": limit}
    return [StoredRow(*row) for row in cursor.execute(_PAGE, asked)]


def by_title(
    cursor: Cursor[Any], import_id: int, *, status: Status, limit: int
) -> tuple[list[RowsOfTitle], int]:
    """The first titles whose rows have a status, in the order of the export, and how many titles
    there are."""
    rows = cursor.execute(_BY_TITLE, {"id": import_id, "status": status, "limit": limit}).fetchall()
    return [RowsOfTitle(*row[:4]) for row in rows], rows[0][4] if rows else 0


def reasons(
    cursor: Cursor[Any], import_id: int, *, status: Status, limit: int
) -> list[tuple[str, int]]:
    """The reasons of the rows of a status with how many each has, the commonest first."""
    return cursor.execute(_REASONS, {"id": import_id, "status": status, "limit": limit}).fetchall()


def titles(cursor: Cursor[Any], ids: Iterable[int]) -> dict[int, NamedTitle]:
    """The titles of these ids, by them."""
    rows = cursor.execute(_TITLES, (sorted(set(ids)),))
    return {asked: NamedTitle(*columns) for asked, *columns in rows}


def choose(
    cursor: Cursor[Any],
    chosen: StoredImport,
    *,
    number: int,
    file: str | None,
    item: NamedTitle | None,
) -> int:
    """Takes a choice for all rows of one title and remembers it; how many there were.

    Raises InvalidInput for a row that several files have, where none of them is named.
    """
    if file is None:
        files = cursor.execute(_FILES_WITH_ROW, {"id": chosen.id, "number": number}).fetchall()
        if len(files) > 1:
            raise InvalidInput(
                f"{len(files)} files have a row {number}: name the file of yours", field="choices"
            )
    rows = cursor.execute(
        _CHOOSE,
        {
            "id": chosen.id,
            "number": number,
            "file": file,
            "item": item.id if item else None,
            "is_show": item is not None and item.media_type == "tv",
            "reason": CHOSEN if item else LEFT_OUT,
            "left_out": LEFT_OUT,
            "is_applied": chosen.state == "applied",
        },
    ).fetchall()
    if item is not None:
        _pass_over_left_early(cursor, chosen.id, item, rows)
    if rows:
        key = {"user_id": chosen.user_id, "profile": chosen.profile, "source": chosen.source}
        choice = {"title_key": rows[0][0], "item": item.id if item else None}
        cursor.execute(_REMEMBER, key | choice)
    return len(rows)


def _pass_over_left_early(
    cursor: Cursor[Any],
    import_id: int,
    item: NamedTitle,
    rows: Sequence[tuple[str, int, float | None]],
) -> None:
    reasons = {at: left_early(reached, item.media_type, item.runtime) for _, at, reached in rows}
    left = {position: reason for position, reason in reasons.items() if reason is not None}
    parameters = {"id": import_id, "positions": list(left), "reasons": list(left.values())}
    if left:
        cursor.execute(_LEFT_EARLY, parameters)


def remembered(cursor: Cursor[Any], viewer: ProfileKey, source: str) -> dict[str, int | None]:
    """What was chosen for titles of this source before; None: none of them."""
    key = {"user_id": viewer.user_id, "profile": viewer.profile, "source": source}
    return dict(cursor.execute(_REMEMBERED, key).fetchall())
