"""Radarr and Sonarr: what a household owns, which says nothing of what it has seen."""

from collections.abc import Iterator, Sequence
from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.document import Document
from api.viewers.imports.row import Ids, Name, Row
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import imdb_id, number, year_of
from api.viewers.imports.sources.source import Source

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
        ids=Ids(imdb_id(text(about, "imdbId")), number(at(about, "tmdbId"))),
        skipped=None if has_file else _NO_FILE,
    )


def _source(name: str, title: str, media_type: MediaType, event: str) -> Source:
    def has_file(entry: dict[str, Any]) -> bool:
        if media_type == "movie":
            return entry.get("hasFile") is True
        of_seasons = (
            at(one, "statistics", "episodeFileCount") for _, one in entries(entry, "seasons")
        )
        whole = at(entry, "statistics", "episodeFileCount") or entry.get("episodeFileCount")
        return any(isinstance(one, int) and one > 0 for one in (whole, *of_seasons))

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
                yield _row(place, document.path, entry, media_type, has_file=has_file(entry))

    return Source(name, title, knows, read)


RADARR = _source("radarr", "Radarr", "movie", "movie")
SONARR = _source("sonarr", "Sonarr", "tv", "series")
