"""Trakt: its export in a zip, JSON of its API, ratings of VIPs as CSV, and its import's format.

`watched-movies` and `watched-shows` count what the history has one by one, so they are read only
without a history. Ids of episodes and seasons are left out: they name no title.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.dates import UTC_DATES
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import to_ten
from api.viewers.imports.reading.table import Record
from api.viewers.imports.row import Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import Columns, imdb_id, number, read_records, year_of
from api.viewers.imports.sources.source import Source

_RATINGS_CSV = {"rated at", "trakt id", "rating"}
_IMPORT_CSV = {"watched at", "watchlisted at"}
_ACCOUNT = {"username", "vip", "ids"}
_MOMENTS = {"watched at", "listed at", "collected at"}
_SECTIONS = ("history", "watched", "ratings", "watchlist", "collection", "favorites", "lists")
_TABLE = Columns(
    title="title",
    year="year",
    media_type="type",
    imdb="imdb id",
    tmdb="tmdb id",
    tvdb="tvdb id",
    watched="watched at",
    logged="rated at",
    rating="rating",
    season="season number",
    episode="episode number",
)


def _knows(document: Document) -> bool:
    if document.has_columns(*_RATINGS_CSV) or document.has_columns(*_IMPORT_CSV):
        return True
    if (
        document.has_columns("trakt id", "title")
        and document.table
        and document.table.has & _MOMENTS
    ):
        return True
    if _in_export(document) and document.json == []:
        return True
    entry = first(document.json)
    if any(_is_entry(first(listed)) for _, listed in _sections(document)):
        return True
    return _is_entry(entry) or _is_other(entry)


def _sections(document: Document) -> Iterator[tuple[str, Any]]:
    """What tools that save an account keep in one file: (path, entries) of each part."""
    held = document.json
    for name, listed in held.items() if isinstance(held, dict) else ():
        if name.casefold().startswith(_SECTIONS) and isinstance(listed, list):
            yield f"{document.path}/{name}", listed


def _is_entry(entry: dict[str, Any]) -> bool:
    about = at(entry, "movie") or at(entry, "show")
    has_ids = at(about, "ids", "trakt") is not None or at(about, "ids", "slug") is not None
    return has_ids and not {"status", "user_rating"} & entry.keys()


def _is_other(entry: dict[str, Any]) -> bool:
    """Names of lists, and who the export is of."""
    is_list = at(entry, "ids", "trakt") is not None and "item_count" in entry
    return is_list or entry.keys() >= _ACCOUNT


def _in_export(document: Document) -> bool:
    beginnings = ("watched", "ratings", "lists", "collection", "hidden", "comments")
    return document.name.startswith(beginnings)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    listed = [part for one in documents if one.table is None for part in _parts(one)]
    has_history = any(at(first(held), "watched_at") for _, held in listed)
    for document in documents:
        if document.table is not None:
            yield from _of_table(document)
    for path, held in listed:
        for place, entry in entries(held):
            if _is_entry(entry):
                yield trakt_row(path, place, entry, has_history=has_history)


def _parts(document: Document) -> list[tuple[str, Any]]:
    return list(_sections(document)) or [(document.path, document.json)]


def _of_table(document: Document) -> Iterator[Row]:
    table = document.table
    assert table is not None  # noqa: S101 - told by the caller
    columns = replace(_TABLE, kind=_kind_of_record)
    if "season" in table.has:
        columns = replace(columns, season="season", episode="episode")
    if "rated at" not in table.has and "listed at" in table.has:
        columns = replace(columns, logged="listed at")
    for row in read_records(table, columns):
        yield _without_ids_of_parts(row)


def _kind_of_record(record: Record) -> str:
    if record.get("type") == "episode" and not record.get("title"):
        return "an episode whose show is not named"
    if record.get("watched at") or record.get("rating"):
        return "watched"
    if record.get("collected at"):
        return "owned"
    return "watchlist" if record.get("watchlisted at") or record.get("listed at") else "watched"


def _without_ids_of_parts(row: Row) -> Row:
    """The ids beside a rating of an episode are its show's; the rating is not."""
    if row.is_of_a_part and row.kind == "rated":
        return replace(row, kind="watched", rating=None, scale=None)
    return row


def trakt_row(path: str, place: int, entry: dict[str, Any], *, has_history: bool) -> Row:
    """An entry of the export or of the API; the path tells what it is listed for."""
    about = at(entry, "movie") or at(entry, "show")
    media_type: MediaType = "movie" if at(entry, "movie") else "tv"
    part = text(entry, "type") in ("episode", "season")
    title = text(about, "title")
    kind, skipped = _kind(path, entry, has_history=has_history)
    rating = None
    if kind == "rated" and part:
        kind = "watched"  # of an episode or season: not the show's
    elif kind == "rated":
        rating, skipped = _rating(entry)
    season = at(entry, "episode", "season")
    season = at(entry, "season", "number") if season is None else season
    return Row(
        place,
        path,
        kind,
        title,
        names=(Name(title, media_type),),
        media_type=media_type,
        year=year_of(text(about, "year")),
        ids=Ids(
            imdb_id(text(about, "ids", "imdb")),
            number(at(about, "ids", "tmdb")),
            number(at(about, "ids", "tvdb")),
        ),
        watched_at=UTC_DATES.read(text(entry, "watched_at") or text(entry, "last_watched_at")),
        logged_at=UTC_DATES.read(text(entry, "rated_at") or text(entry, "listed_at")),
        rating=rating,
        scale=None if rating is None else 10,
        season=0 if season == 0 else number(season),
        episode=text(entry, "episode", "number") or None,
        skipped=skipped,
    )


def _rating(entry: dict[str, Any]) -> tuple[float | None, str | None]:
    try:
        return to_ten(text(entry, "rating"), 10), None
    except ValueError as error:
        return None, str(error)


def _kind(path: str, entry: dict[str, Any], *, has_history: bool) -> tuple[Kind, str | None]:
    name = path.casefold()
    if "rated_at" in entry:
        return "rated", None
    if "watched_at" in entry:
        return "watched", None
    if "last_watched_at" in entry:
        return "watched", "counted in the history already" if has_history else None
    if "collected_at" in entry or "last_collected_at" in entry:
        return "owned", None
    if "hidden_at" in entry or "comment" in entry:
        return "watched", "hidden or commented on, which is no viewing"
    if "watchlist" in name:
        return "watchlist", None
    if "favorites" in name:
        return "liked", None
    return "watched", "on a list, which says neither that it was seen nor that it is wanted"


TRAKT = Source(
    "trakt",
    "Trakt",
    _knows,
    _read,
    history_in="watched-history-1.json, its ratings or lists-watchlist.json",
)
