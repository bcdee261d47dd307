"""Amazon Prime Video: the data request, and a userscript's table in the page's language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.table import Table
from api.viewers.imports.row import Name, Row
from api.viewers.imports.sources.records import (
    number,
)
from api.viewers.imports.sources.source import Source

_REQUEST = {"playback hour", "title", "video type"}
# Of a userscript, whose headers are in the language of the page: the first columns are these.
_SCRIPT = ("date watched", "type", "title", "episode title")
_ID = "amzn1.dv.gti."
_SEASON = re.compile(
    r"(?P<show>.+?)(?:\s*[-–,]\s*|\s+)"
    r"(?:season|staffel|saison|temporada|stagione|series|シーズン)\s*(?P<number>\d+)",
    re.IGNORECASE,
)
# "Dune - Official Trailer 2", "Trailer: Dune", but not "Trailer Park Boys".
_TRAILER = re.compile(r"\btrailer\b(?=\s*\d*\s*(?:$|[-–:|()\[\]]))|\bbonus\b", re.IGNORECASE)


def _knows_amazon(document: Document) -> bool:
    if document.table is None:
        return False
    return document.has_columns(*_REQUEST) or _is_of_script(document.table)


def _is_of_script(table: Table) -> bool:
    if table.has.issuperset(_SCRIPT):
        return True
    _, first = next(iter(table), (0, {}))
    return len(table.columns) > len(_SCRIPT) and any(_ID in cell for cell in first.values())


def _read_amazon(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows_amazon` asked for it
        is_request = table.has >= _REQUEST
        names = dict(zip(_SCRIPT, table.columns, strict=False))
        day_of = "playback hour" if is_request else names["date watched"]
        title_of = "title" if is_request else names["title"]
        dates = Dates.of((record[day_of] for _, record in table), zone_is_utc=not is_request)
        before: set[tuple[str, object]] = set()
        for place, record in table:
            # Its last column is not quoted, and titles have commas.
            title = ",".join(part for part in (record[title_of], record.get("", "")) if part)
            row = Row(place, table.path, title=title, watched_at=dates.read(record[day_of]))
            if is_request:
                row = _of_request(row)
            else:
                row = _of_script(row, record[names["episode title"]])
            if _TRAILER.search(title) or record.get("video type") == "Trailer":
                row = replace(row, skipped="no viewing: a trailer")
            day = str(row.watched_at)[:10]
            if (title + (row.episode or ""), day) in before:
                row = replace(row, skipped=row.skipped or "an earlier sitting of the same viewing")
            before.add((title + (row.episode or ""), day))
            yield row


def _of_request(row: Row) -> Row:
    """ "Episode-Show - Season 1"; a film is its title, hyphens and all."""
    season = _SEASON.fullmatch(row.title)
    if season is None:
        return replace(row, names=(Name(row.title),))
    parts = season["show"].split("-")
    shows = ["-".join(parts[place:]).strip() for place in range(1, len(parts))] or parts
    episode = row.title.removesuffix(row.title[row.title.find(shows[0]) :]).strip("- ")
    names = tuple(Name(show, "tv") for show in shows)  # a hyphen may be the episode's
    return _part(row, names, season["number"], episode)


def _of_script(row: Row, episode: str) -> Row:
    season = _SEASON.fullmatch(row.title)
    if season is None:
        return replace(
            row, names=(Name(row.title, "tv" if episode else None),), episode=episode or None
        )
    return _part(row, (Name(season["show"], "tv"),), season["number"], episode)


def _part(row: Row, names: tuple[Name, ...], season: str, episode: str) -> Row:
    return replace(
        row, names=names, media_type="tv", season=number(season), episode=episode or None
    )


AMAZON = Source("amazon", "Amazon Prime Video", _knows_amazon, _read_amazon)
