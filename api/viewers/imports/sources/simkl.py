"""Simkl: the JSON backup, in the shape of its API, and the tables of its export and import."""

from collections.abc import Iterator, Sequence
from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.dates import UTC_DATES
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import rating_of
from api.viewers.imports.row import Ids, Kind, Name, Row
from api.viewers.imports.sources.by_columns import SIMKL_TABLES
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import GIVEN_UP, as_rated, imdb_id, number, year_of
from api.viewers.imports.sources.source import Source

_PARTS: dict[str, MediaType] = {"movies": "movie", "shows": "tv", "anime": "tv"}
_STATES = {"completed": "watched", "watching": "watched", "hold": "watched"}


def _knows(document: Document) -> bool:
    if SIMKL_TABLES.knows(document):
        return True
    held = document.json
    if isinstance(held, list):
        return at(_about(first(held)), "ids", "simkl") is not None and "status" in first(held)
    if not isinstance(held, dict) or not _PARTS.keys() & held.keys():
        return False
    listed = [entry for part in _PARTS for _, entry in entries(held, part)]
    return not listed or any("status" in entry and _about(entry) for entry in listed)


def _about(entry: dict[str, Any]) -> Any:
    return at(entry, "movie") or at(entry, "show") or at(entry, "anime")


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    yield from SIMKL_TABLES.read([one for one in documents if one.table is not None])
    for document in documents:
        if document.table is not None:
            continue
        for place, (media_type, entry) in enumerate(_entries(document.json), 1):
            yield _row(document.path, place, entry, media_type)


def _entries(held: Any) -> Iterator[tuple[MediaType, dict[str, Any]]]:
    """Of a whole backup, or of the list of one part."""
    for _, entry in entries(held):
        yield "movie" if at(entry, "movie") else "tv", entry
    for part, media_type in _PARTS.items():
        for _, entry in entries(held, part):
            yield media_type, entry


def _row(path: str, place: int, entry: dict[str, Any], media_type: MediaType) -> Row:
    about = _about(entry)
    state, title = text(entry, "status"), text(about, "title")
    if text(entry, "anime_type") == "movie":
        media_type = "movie"
    kind: Kind = "watchlist" if state == "plantowatch" else "watched"
    skipped = None
    if kind == "watched" and state not in _STATES:
        skipped = GIVEN_UP
    rating = rating_of(text(entry, "user_rating"), 10)
    seen = number(entry.get("watched_episodes_count"))
    return Row(
        place,
        path,
        as_rated(kind, rating),
        title,
        names=(Name(title, media_type),),
        media_type=media_type,
        year=year_of(text(about, "year")),
        ids=Ids(
            imdb_id(text(about, "ids", "imdb")),
            number(at(about, "ids", "tmdb")),
            # Of anime each season is an entry of its own, whose TVDB id is the show's.
            number(at(about, "ids", "tvdb")),
            number(at(about, "ids", "mal")),
        ),
        watched_at=UTC_DATES.read(text(entry, "last_watched_at")) if kind == "watched" else None,
        logged_at=UTC_DATES.read(
            text(entry, "user_rated_at") or text(entry, "added_to_watchlist_at")
        ),
        rating=rating,
        scale=None if rating is None else 10,
        episodes=seen if media_type == "tv" else None,
        skipped=skipped,
    )


SIMKL = Source("simkl", "Simkl", _knows, _read)
