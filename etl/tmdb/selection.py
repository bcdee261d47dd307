"""Which titles a run asks TMDB for.

The first pass takes every exported title above the popularity floor. Later passes take what
changed since the last one, and what is new. A pass that was interrupted is continued: titles
fetched since it began are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from api.domain.items import ItemRef, MediaType
from api.storage.catalogue_writes import TitleKey
from api.storage.job_state import clear_watermark, read_failures, read_watermark, write_watermark
from etl.http_source import HttpSource
from etl.tmdb.client import TmdbClient
from etl.tmdb.export import exported_ids

MEDIA_TYPES: tuple[MediaType, ...] = ("movie", "tv")
_COMPLETE_UNTIL = "tmdb:complete-until"  # the day from which changes are still to be read
_BEGAN_AT = "tmdb:began-at"
_LONGEST_CHANGES = timedelta(days=14)  # TMDB keeps no longer record of changes

_KNOWN = text("SELECT media_type, tmdb_id FROM items WHERE source = 'tmdb'")
_FETCHED_SINCE = text(
    "SELECT media_type, tmdb_id FROM items WHERE source = 'tmdb' AND fetched_at >= :since"
)


@dataclass(frozen=True, slots=True)
class Pass:
    """A walk over TMDB that one or more runs complete."""

    began_at: datetime
    changes_since: date | None  # None: everything is asked for


def begin_pass(connection: Connection, *, now: datetime, full: bool) -> Pass:
    """The pass that was interrupted, or a new one: over everything at first and when `full`."""
    began = read_watermark(connection, _BEGAN_AT)
    complete_until = read_watermark(connection, _COMPLETE_UNTIL)
    if full and complete_until is not None:
        # Forgotten, so that whoever continues this pass knows that it is over everything.
        clear_watermark(connection, _COMPLETE_UNTIL)
        began = complete_until = None
    since = date.fromisoformat(complete_until) if complete_until else None
    if since is not None and now.date() - since > _LONGEST_CHANGES:
        since = None
    if began is not None:
        return Pass(datetime.fromisoformat(began), since)
    write_watermark(connection, _BEGAN_AT, now.isoformat())
    return Pass(now, since)


def complete_pass(connection: Connection, finished: Pass) -> None:
    """The next pass reads changes from the day this one began."""
    write_watermark(connection, _COMPLETE_UNTIL, finished.began_at.date().isoformat())
    clear_watermark(connection, _BEGAN_AT)


def popular_titles(
    client: TmdbClient, exports: HttpSource, *, min_popularity: float, today: date
) -> list[TitleKey]:
    """Every title at or above the floor, films first, each medium by falling popularity."""
    titles: list[TitleKey] = []
    for media_type in MEDIA_TYPES:
        ids = exported_ids(exports, media_type, today=today, min_popularity=min_popularity)
        if ids is None:  # no export this week: discovery reaches the 10,000 most popular
            ids = list(client.discover(media_type, min_popularity=min_popularity))
        titles += [(media_type, tmdb_id) for tmdb_id in ids]
    return titles


def changed_titles(client: TmdbClient, *, since: date, today: date) -> set[TitleKey]:
    """Every title that TMDB says changed from `since` on."""
    return {
        (media_type, tmdb_id)
        for media_type in MEDIA_TYPES
        for tmdb_id in client.changed_ids(media_type, first=since, last=today)
    }


def select(
    connection: Connection,
    this_pass: Pass,
    *,
    listed: Sequence[TitleKey],
    popular: Sequence[TitleKey],
    changed: set[TitleKey],
) -> list[TitleKey]:
    """Titles to fetch, none twice: listed ones, earlier failures, popular ones, then known ones.

    `listed` are the titles of the popular, top-rated and trending lists, which are wanted whatever
    their popularity; `changed` counts only in a pass over changes.
    """
    known = _keys(connection.execute(_KNOWN))
    fresh = _keys(connection.execute(_FETCHED_SINCE, {"since": this_pass.began_at}))
    failed = _failed(connection)
    wanted = dict.fromkeys([*listed, *failed, *popular, *sorted(known)])
    if this_pass.changes_since is not None:
        again = changed.union(failed)
        wanted = {key: None for key in wanted if key in again or key not in known}
    return [key for key in wanted if key not in fresh]


def _keys(rows: Iterable[Row[Any]]) -> set[TitleKey]:
    return {(row.media_type, row.tmdb_id) for row in rows}


def _failed(connection: Connection) -> list[TitleKey]:
    references = map(ItemRef.parse, read_failures(connection, "tmdb"))
    return [ref.tmdb for ref in references if ref is not None and ref.tmdb is not None]
