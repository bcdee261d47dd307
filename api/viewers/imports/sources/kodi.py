"""Kodi: nfo files of its library, and what add-ons send."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.document import SEVERAL, Document
from api.viewers.imports.reading.ratings import rating_of
from api.viewers.imports.row import NO_IDS, Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, text
from api.viewers.imports.sources.media_servers import no_viewing, row_of
from api.viewers.imports.sources.records import imdb_id, number
from api.viewers.imports.sources.source import Source

_KINDS = {"movie": "movie", "episodedetails": "episode", "tvshow": "show"}
_HOLDERS = ("videodb", SEVERAL)
_DEEPEST = 4  # several files, a library, its shows, their episodes
_LOCAL = Dates("ymd")
_NEARLY = 90  # percent
_ENDS = frozenset({"end", "stop", "scrobble", ""})


def _knows_kodi(document: Document) -> bool:
    if document.xml is not None:
        return document.xml.tag in (*_KINDS, *_HOLDERS)
    return at(document.json, "uniqueIds") is not None and "mediaType" in document.json


def _read_kodi(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if document.xml is not None:
            for place, about in enumerate(_described(document.xml), 1):
                yield _nfo(place, document.path, about)
        else:
            yield kodi_event(document.json, document.path)


def _described(root: Element, deepest: int = _DEEPEST) -> Iterator[Element]:
    """Films, shows and episodes: of a whole library too, where shows hold their episodes."""
    if root.tag in _KINDS:
        yield root
    for one in root if deepest else ():
        if one.tag in (*_KINDS, *_HOLDERS):
            yield from _described(one, deepest - 1)


def _nfo(place: int, path: str, root: Element) -> Row:
    def field(name: str) -> str:
        return (root.findtext(name) or "").strip()

    ids = {one.get("type", ""): (one.text or "").strip() for one in root.findall("uniqueid")}
    imdb = ids.get("imdb") or next((one for one in ids.values() if one.startswith("tt")), "")
    rating = rating_of(field("userrating"), 10)
    played = number(field("playcount")) is not None
    kind: Kind = "rated" if rating is not None else "watched" if played else "owned"
    row = row_of(
        place,
        path,
        kind=_KINDS[root.tag],
        title=field("title"),
        show=field("showtitle"),
        year=field("premiered") or field("year"),
        ids=Ids(imdb_id(imdb), number(ids.get("tmdb")), number(ids.get("tvdb"))),
        watched_at=_LOCAL.read(field("lastplayed")) if played else None,
        season=number(field("season")),
        episode=field("episode") or None,
    )
    original = field("originaltitle")
    names = (*row.names, Name(original, row.media_type)) if original else row.names
    if row.is_of_a_part and rating is not None:
        kind, rating = "watched", None
    scale = None if rating is None else 10.0
    return replace(row, kind=kind, rating=rating, scale=scale, names=names, is_owned=True)


def kodi_event(body: Any, path: str) -> Row:
    """What one webhook of Kodi's says, as add-ons send it. It tells its shows' ids."""
    is_episode = text(body, "mediaType") == "episode"
    given = at(body, "tvShowUniqueIds" if is_episode else "uniqueIds")
    row = row_of(
        1,
        path,
        kind=text(body, "mediaType"),
        title=text(body, "title"),
        show=text(body, "tvShowTitle"),
        year=text(body, "year"),
        ids=NO_IDS,
        season=number(body.get("season")),
        episode=text(body, "episode") or None,
    )
    imdb, tmdb, tvdb = (text(given, source) for source in ("imdb", "tmdb", "tvdb"))
    row = replace(row, ids=Ids(imdb_id(imdb), number(tmdb), number(tvdb)))
    event, percent = text(body, "event"), at(body, "progress", "percent")
    if event.casefold() not in _ENDS:
        return replace(row, skipped=no_viewing(event))
    if not isinstance(percent, int | float):
        return replace(row, skipped="tells not how far it came")
    return row if percent >= _NEARLY else replace(row, skipped=no_viewing("stop"))


KODI = Source("kodi", "Kodi", _knows_kodi, _read_kodi)
