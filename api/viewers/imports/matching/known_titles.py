"""The titles of the catalogue that an export could mean: by its ids, and by any of their names.

The one place that looks names up. The catalogue is walked once for a whole export and only what it
names is kept: 30,000 titles take a second, and memory does not depend on their number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from psycopg import Cursor

from api.catalogue.items.item_references import resolve
from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import ItemRef, MediaType
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.viewers.imports.matching.title_keys import exact_key, loose_key
from api.viewers.imports.row import Row

# Walks items once, by a cursor of the server's.
_COLUMNS = """
    id, media_type, tmdb_id, title, release_year, release_date, runtime, vote_count, original_title,
    alternative_titles
"""
_OPEN = f"""
    DECLARE titles NO SCROLL CURSOR FOR
    SELECT {_COLUMNS} FROM items WHERE retired_at IS NULL AND {{shown}}
"""  # noqa: S608
_FETCH = "FETCH FORWARD 2000 FROM titles"
# By the primary key of external_ids; a title that moved is the one that it moved to.
_ELSEWHERE = """
    SELECT external_ids.source, external_ids.id, external_ids.media_type,
        coalesce(items.moved_to, items.id)
    FROM unnest(%s::text[], %s::text[]) AS asked(source, id)
    JOIN external_ids USING (source, id) JOIN items ON items.id = item_id
    ORDER BY items.retired_at IS NULL
"""
# By the primary key of credits.
_PEOPLE = """
    SELECT item_id, name FROM credits JOIN people ON people.id = person_id
    WHERE item_id = ANY(%s::int[]) AND role IN ('director', 'creator', 'cast') AND position < 20
"""
# By the primary key of items.
_BY_ID = f"SELECT {_COLUMNS} FROM items WHERE id = ANY(%(ids)s::int[]) AND {{shown}}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """What of a title tells it from others."""

    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    year: int | None
    released: date | None
    runtime: int | None  # minutes; of an episode for shows
    votes: int


@dataclass(slots=True)
class KnownTitles:
    """The titles that an export could mean."""

    by_imdb: dict[str, KnownTitle] = field(default_factory=dict)
    by_tmdb: dict[tuple[MediaType, int], KnownTitle] = field(default_factory=dict)
    by_id_elsewhere: dict[tuple[str, str, str], KnownTitle] = field(default_factory=dict)
    people: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # of namesakes
    by_name: dict[str, list[KnownTitle]] = field(default_factory=lambda: defaultdict(list))
    by_loose_name: dict[str, list[KnownTitle]] = field(default_factory=lambda: defaultdict(list))
    limits: Limits = NO_LIMITS  # within which titles are known at all

    def named(self, title: str) -> Sequence[KnownTitle]:
        """Those with exactly this name."""
        return self.by_name.get(exact_key(title), ())

    def named_alike(self, title: str) -> Sequence[KnownTitle]:
        """Those whose name is the same, put another way."""
        return self.by_loose_name.get(loose_key(title), ())


def known_titles(
    database: Database, rows: Iterable[Row], limits: Limits = NO_LIMITS
) -> KnownTitles:
    """What the catalogue has of what these rows name, and the limits do not forbid."""
    rows = [row for row in rows if row.skipped is None]
    found = KnownTitles(limits=limits)
    with database.transaction() as cursor:
        _add_by_ids(cursor, rows, found)
        _add_by_names(cursor, rows, found)
        _add_people(cursor, rows, found)
    return found


def known_by_ids(database: Database, rows: Iterable[Row]) -> KnownTitles:
    """What the catalogue has of what their ids name, without a walk."""
    found = KnownTitles()
    with database.transaction() as cursor:
        _add_by_ids(cursor, [row for row in rows if row.skipped is None], found)
    return found


def _add_by_ids(cursor: Cursor[Any], rows: Sequence[Row], found: KnownTitles) -> None:
    imdb = sorted({row.ids.imdb for row in rows if row.ids.imdb})
    tmdb = sorted({reference for row in rows for reference in _tmdb_references(row)})
    references = [*(ItemRef(imdb=one) for one in imdb), *(ItemRef(tmdb=one) for one in tmdb)]
    ids = resolve(cursor, references) if references else []
    titles = _by_ids(cursor, [one for one in ids if one is not None], found.limits)
    for reference, item in zip(references, ids, strict=True):
        if item not in titles:
            continue
        if reference.imdb:
            found.by_imdb[reference.imdb] = titles[item]
        elif reference.tmdb:
            found.by_tmdb[reference.tmdb] = titles[item]
    _add_by_ids_elsewhere(cursor, rows, found)


def _add_by_ids_elsewhere(cursor: Cursor[Any], rows: Sequence[Row], found: KnownTitles) -> None:
    asked = sorted({one for row in rows for one in row.ids.elsewhere})
    if not asked:
        return
    sources, ids = zip(*asked, strict=True)
    rows_ = cursor.execute(_ELSEWHERE, (list(sources), list(ids))).fetchall()
    titles = _by_ids(cursor, [item for *_, item in rows_], found.limits)
    for source, one, media_type, item in rows_:
        if item in titles:
            found.by_id_elsewhere[source, one, media_type] = titles[item]


def _add_people(cursor: Cursor[Any], rows: Sequence[Row], found: KnownTitles) -> None:
    """Of namesakes alone, where a row names somebody."""
    named = [name.title for row in rows if row.people for name in row.names]
    namesakes = [titles for title in named if len(titles := found.named(title)) > 1]
    ids = sorted({title.id for titles in namesakes for title in titles})
    for item, name in cursor.execute(_PEOPLE, (ids,)) if ids else ():
        found.people[item].add(exact_key(name))


def _tmdb_references(row: Row) -> list[tuple[MediaType, int]]:
    """An id is one of its media type; where a row tells none, it could be of either."""
    if row.ids.tmdb is None:
        return []
    either: tuple[MediaType, ...] = ("movie", "tv")
    return [(one, row.ids.tmdb) for one in ((row.media_type,) if row.media_type else either)]


def _by_ids(
    cursor: Cursor[Any], ids: Sequence[int], limits: Limits
) -> Mapping[int | None, KnownTitle]:
    if not ids:
        return {}
    shown, own = shown_clause(limits)
    rows = cursor.execute(_BY_ID.format(shown=shown), {"ids": list(ids), **own})
    return {row[0]: KnownTitle(*row[:8]) for row in rows}


def _add_by_names(cursor: Cursor[Any], rows: Sequence[Row], found: KnownTitles) -> None:
    names = {name.title for row in rows for name in row.names}
    exact = {key for key in map(exact_key, names) if key}
    loose = {key for key in map(loose_key, names) if key}
    if not exact:
        return
    for title, all_names in _walk(cursor, found.limits):
        for key in {exact_key(name) for name in all_names} & exact:
            found.by_name[key].append(title)
        for key in {loose_key(name) for name in all_names} & loose:
            found.by_loose_name[key].append(title)


def _walk(cursor: Cursor[Any], limits: Limits) -> Iterator[tuple[KnownTitle, list[str]]]:
    shown, own = shown_clause(limits)
    cursor.execute(_OPEN.format(shown=shown), own)
    while rows := cursor.execute(_FETCH).fetchall():
        for row in rows:
            *columns, original, alternatives = row
            yield KnownTitle(*columns), [row[3], *([original] if original else ()), *alternatives]
