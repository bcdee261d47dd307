"""TV Time, which is gone: the data request's tables, and what browser tools saved before the end.

Columns are in another order in each data request, and empty ones are missing. Films have no id
there, and a slug in English beside the local name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from api.viewers.imports.reading.dates import UTC_DATES
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import (
    Columns,
    imdb_id,
    number,
    read_record,
    year_of,
)
from api.viewers.imports.sources.source import Source

_TABLES: tuple[set[str], ...] = (
    {"series tvdb id", "title", "is watched"},
    {"uuid", "tvdb id", "title", "is watched"},
    {"uuid", "tvdb id", "title", "status"},
    {"tvdb id", "type", "is watched", "is watchlisted"},
    {"show name", "episode season number", "ts"},
    {"key", "series name"},
    {"key", "ep id"},
    {"type-uuid-n", "movie name"},
    {"vote key", "uuid"},
    {"tv show id", "tv show name"},
    {"tv show name", "episode number"},
    {"s key", "objects"},
    {"list id", "item type", "tvdb id"},
)
_EPOCH = re.compile(r"\d{9,}")
_VIEWINGS = ("watch-episode", "rewatch")
_IS_TRUE = {"true", "1"}
_UNSEEN = "not seen yet"


def _knows(document: Document) -> bool:
    if document.table is not None:
        return any(columns <= document.table.has for columns in _TABLES)
    entry = first(document.json)
    return at(entry, "id", "tvdb") is not None and ("is_watched" in entry or "seasons" in entry)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    has_episodes = any(one.has_columns("key") for one in documents)
    for document in documents:
        if document.table is not None:
            yield from _of_table(document.table, has_episodes=has_episodes)
        else:
            yield from _of_json(document)


def _of_table(table: Table, *, has_episodes: bool) -> Iterator[Row]:
    for place, record in table:
        row = Row(place, table.path)
        if "key" in table.has:
            yield _tracked_episode(row, record)
        elif "type-uuid-n" in table.has:
            yield _tracked_film(row, record, has_episodes=has_episodes)
        elif "ts" in table.has or table.has >= {"tv show name", "episode number"}:
            yield _native(row, record)
        elif "is watched" in table.has or "status" in table.has:
            yield _saved(row, record)
        else:
            yield replace(row, title=_named(record), skipped=_other(table))


def _tracked_episode(row: Row, record: Record) -> Row:
    show = record.get("series name", "")
    row = replace(
        row,
        title=show,
        names=(Name(show, "tv"),),
        media_type="tv",
        ids=Ids(tvdb=number(record.get("s id"))),
        season=number(record.get("season number") or record.get("s no")),
        episode=record.get("episode number") or record.get("ep no") or None,
        watched_at=UTC_DATES.read(record.get("created at", "")),
    )
    if not record.get("key", "").startswith(_VIEWINGS):
        return replace(row, skipped="followed or counted, which is no viewing")
    if not show and row.ids.tvdb is None:
        return replace(row, skipped="an episode whose show is not named")
    return row


def _tracked_film(row: Row, record: Record, *, has_episodes: bool) -> Row:
    if record.get("entity type") != "movie":
        seen = "told by the other file" if has_episodes else "an episode without its show"
        return replace(row, title=record.get("series name", ""), skipped=seen)
    kind: Kind = "watchlist" if record.get("type") in ("towatch", "follow") else "watched"
    slug = record.get("alpha range key", "").removeprefix(f"{record.get('type')}-alpha-")
    title = record.get("movie name", "")
    names = dict.fromkeys((title, slug.replace("-", " ")))
    epoch = _EPOCH.search(record.get("watch date range key", ""))
    day = epoch[0] if epoch else record.get("created at", "")
    return replace(
        row,
        kind=kind,
        title=title,
        names=tuple(Name(name, "movie") for name in names if name),
        media_type="movie",
        year=year_of(record.get("release date")),
        watched_at=UTC_DATES.read(day) if kind == "watched" else None,
    )


def _native(row: Row, record: Record) -> Row:
    """Older data requests call their columns otherwise."""
    show = record.get("show name") or record.get("tv show name", "")
    season = record.get("episode season number") or record.get("season number")
    return replace(
        row,
        title=show,
        names=(Name(show, "tv"),),
        media_type="tv",
        ids=Ids(tvdb=number(record.get("tv show id"))),
        season=0 if season == "0" else number(season),
        episode=record.get("episode number") or None,
        watched_at=UTC_DATES.read(record.get("ts") or record.get("created at", "")),
    )


_SAVED = Columns(
    title="title",
    year="year",
    imdb="imdb id",
    media_type="type",
    watched="watched at",
    logged="created at",
    rating="rating",
    season="season",
    episode="episode",
)


def _saved(row: Row, record: Record) -> Row:
    """What tools wrote of films, shows and episodes. An episode's `imdb id` is its show's."""
    read = read_record(row.file, row.number, record, _SAVED, UTC_DATES)
    is_film = "is watched" in record and not record.get("season") and "type" not in record
    media_type = read.media_type or ("movie" if is_film else "tv")
    is_wish = record.get("is watchlisted", "").casefold() in _IS_TRUE
    seen = record.get("is watched", "").casefold() in _IS_TRUE or read.rating is not None
    skipped = read.skipped
    if "status" in record and "is watched" not in record:
        skipped = "followed, which is no viewing"
    elif not seen and not is_wish:
        skipped = _UNSEEN
    return replace(
        read,
        kind="watchlist" if is_wish and not seen else read.kind,
        media_type=media_type,
        names=tuple(Name(name.title, media_type) for name in read.names),
        ids=Ids(
            imdb_id(record.get("imdb id") or record.get("series imdb id")),
            tvdb=number(_tvdb(record, is_part=read.is_of_a_part)),
        ),
        skipped=skipped,
    )


def _tvdb(record: Record, *, is_part: bool) -> str | None:
    """The title's: beside an episode a plain one is the episode's."""
    return record.get("series tvdb id") or (None if is_part else record.get("tvdb id"))


def _of_json(document: Document) -> Iterator[Row]:
    place = 0
    for _, entry in entries(document.json):
        if "seasons" not in entry:
            place += 1
            yield _entry(document.path, place, entry, entry, None, None)
        for _, season in entries(entry, "seasons"):
            for _, episode in entries(season, "episodes"):
                place += 1
                yield _entry(document.path, place, entry, episode, season, text(episode, "number"))


def _entry(
    path: str,
    place: int,
    about: dict[str, Any],
    seen: dict[str, Any],
    season: dict[str, Any] | None,
    episode: str | None,
) -> Row:
    title = text(about, "title")
    return Row(
        place,
        path,
        "watched",
        title,
        names=(Name(title, "movie" if season is None else "tv"),),
        media_type="movie" if season is None else "tv",
        year=year_of(text(about, "year")),
        ids=Ids(imdb_id(text(about, "id", "imdb")), tvdb=number(at(about, "id", "tvdb"))),
        watched_at=UTC_DATES.read(text(seen, "watched_at")),
        season=None if season is None else number(at(season, "number")),
        episode=episode,
        skipped=None if seen.get("is_watched") else _UNSEEN,
    )


def _named(record: Record) -> str:
    return record.get("movie name") or record.get("tv show name") or record.get("name", "")


def _other(table: Table) -> str:
    if "vote key" in table.has:
        return "a vote on a scale that nobody explained"
    if "tv show name" in table.has:
        return "followed, which is no viewing"
    return "on a list, which says neither that it was seen nor that it is wanted"


TVTIME = Source("tvtime", "TV Time", _knows, _read)
