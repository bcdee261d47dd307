"""Radarr and Sonarr: what a household owns, which says nothing of what it has seen."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.document import Document
from api.viewers.imports.row import Ids, Name, Row
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import imdb_id, number, year_of
from api.viewers.imports.sources.source import Source

_Reader = Callable[[int, str, dict[str, Any]], Row]

_NO_FILE = "wanted there, without a file yet"


def _row(place: int, path: str, about: Any, media_type: MediaType, *, has_file: bool) -> Row:
    title = text(about, "title")
    return Row(
        place,
        path,
        "owned",
        title,
        names=(Name(title, media_type),),
        media_type=media_type,
        year=year_of(text(about, "year")),
        ids=Ids(
            imdb_id(text(about, "imdbId")),
            number(at(about, "tmdbId")),
            number(at(about, "tvdbId")),
        ),
        skipped=None if has_file else _NO_FILE,
    )


def radarr_entry(place: int, path: str, entry: dict[str, Any]) -> Row:
    """A film, passed over while there is no file of it."""
    return _row(place, path, entry, "movie", has_file=entry.get("hasFile") is True)


def sonarr_entry(place: int, path: str, entry: dict[str, Any]) -> Row:
    """A show, passed over while there is no file of an episode of it."""
    seasons = (at(one, "statistics", "episodeFileCount") for _, one in entries(entry, "seasons"))
    whole = at(entry, "statistics", "episodeFileCount") or entry.get("episodeFileCount")
    has_file = any(isinstance(one, int) and one > 0 for one in (whole, *seasons))
    return _row(place, path, entry, "tv", has_file=has_file)


def _source(name: str, title: str, media_type: MediaType, event: str, of_entry: _Reader) -> Source:
    def knows(document: Document) -> bool:
        if text(document.json, "eventType"):
            return at(document.json, event, "title") is not None
        entry = first(document.json)
        if media_type == "movie":
            return "hasFile" in entry and "tmdbId" in entry
        return "tvdbId" in entry and "seasons" in entry

    def read(documents: Sequence[Document]) -> Iterator[Row]:
        for document in documents:
            if text(document.json, "eventType"):
                done = text(document.json, "eventType") == "Download"
                yield _row(1, document.path, at(document.json, event), media_type, has_file=done)
                continue
            held = document.json if isinstance(document.json, list) else [document.json]
            for place, entry in entries(held):
                yield of_entry(place, document.path, entry)

    return Source(name, title, knows, read)


RADARR = _source("radarr", "Radarr", "movie", "movie", radarr_entry)
SONARR = _source("sonarr", "Sonarr", "tv", "series", sonarr_entry)
