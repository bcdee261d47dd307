"""Plex and Tautulli: histories, libraries, and the bodies of Plex's webhooks.

Ids of an episode are the episode's, so its show is found by name. A library keeps the last viewing
alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.viewers.imports.reading.dates import UTC_DATES
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import number_of, rating_of
from api.viewers.imports.row import Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, entries, text
from api.viewers.imports.sources.media_servers import STOPPED, no_viewing, row_of
from api.viewers.imports.sources.records import imdb_id, number
from api.viewers.imports.sources.source import Source

_WATCHED = frozenset({"watched", "scrobble"})
_STOPPED = frozenset({"stop", "stopped"})
_SEEN = ("1", "1.0")
_NEARLY = 90.0  # percent: where Plex calls it seen
_SOURCES = {"themoviedb": "tmdb", "thetvdb": "tvdb"}
_TAKEN_BACK = "a rating taken back there, which changes nothing here"
_OF_A_PART = "a rating of an episode or season, not of its show"
_GUID = re.compile(
    r"(?:com\.plexapp\.agents\.)?(imdb|tmdb|themoviedb|tvdb|thetvdb)://(tt\d+|\d+)(?=$|\?)"
)
# Of the agents of before: the show's id, then the season and the episode.
_GUID_OF_SHOW = re.compile(r"com\.plexapp\.agents\.(themoviedb|thetvdb)://(\d+)/\d+/\d+")


def _knows_plex(document: Document) -> bool:
    root = document.xml
    if root is not None:
        return root.tag == "MediaContainer"
    if at(document.json, "MediaContainer") is not None:
        return True
    return text(document.json, "event").startswith(("media.", "library.")) and bool(
        at(document.json, "Metadata")
    )


def _read_plex(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if at(document.json, "MediaContainer") is not None:
            for place, entry in entries(document.json, "MediaContainer", "Metadata"):
                yield plex_entry(place, document.path, entry)
            continue
        if document.xml is None:
            yield plex_event(document.json, document.path)
            continue
        listed = [one for one in document.xml if one.tag in ("Video", "Directory")]
        for place, video in enumerate(listed, 1):
            guids = [one.get("id", "") for one in video.iter("Guid")]
            yield _video(place, document.path, video.attrib, guids)


def plex_entry(place: int, path: str, entry: dict[str, Any]) -> Row:
    """The same of a server that answers in JSON."""
    fields = {name: text(entry, name) for name in entry}
    return _video(place, path, fields, [text(one, "id") for _, one in entries(entry, "Guid")])


def _video(place: int, path: str, video: Mapping[str, str], guids: Sequence[str]) -> Row:
    def field(name: str) -> str:
        return video.get(name, "")

    is_history = "viewedAt" in video
    rating = rating_of(field("userRating"), 10)
    seen = bool(field("viewedAt") or number(field("viewCount")))
    kind: Kind = "rated" if rating is not None else "watched" if seen else "owned"
    row = row_of(
        place,
        path,
        kind=field("type"),
        title=field("title"),
        show=field("grandparentTitle"),
        year=field("year") or (field("originallyAvailableAt") if is_history else ""),
        ids=_guids([field("guid"), *guids]),
        watched_at=UTC_DATES.read(field("viewedAt") or field("lastViewedAt")),
        season=number(field("parentIndex")),
        episode=field("index") or None if field("type") == "episode" else None,
        account=field("accountID") or None,
    )
    names = row.names
    if field("originalTitle"):
        names = (*names, Name(field("originalTitle"), row.media_type))
    scale = None if rating is None else 10.0
    ids = _of_show([field("guid")]) if row.is_of_a_part else row.ids
    return replace(
        row,
        kind=kind,
        rating=rating,
        scale=scale,
        names=names,
        ids=ids,
        is_owned=not is_history,
    )


def plex_event(body: Any, path: str) -> Row:
    """What one webhook says."""
    about, event = at(body, "Metadata"), text(body, "event")
    guids = [text(about, "guid"), *(text(one, "id") for _, one in entries(about, "Guid"))]
    row = row_of(
        1,
        path,
        kind=text(about, "type"),
        title=text(about, "title"),
        show=text(about, "grandparentTitle"),
        year=text(about, "year"),
        ids=_guids(guids),
        season=_place(at(about, "parentIndex")),
        episode=text(about, "index") if text(about, "type") == "episode" else None,
        account=text(body, "Account", "title") or None,
    )
    if row.is_of_a_part:
        row = replace(row, ids=_of_show(guids))
    if event == "media.rate":
        return _rated(row, about)
    watched = UTC_DATES.read(text(about, "lastViewedAt"))
    no_end = None if event == "media.scrobble" else no_viewing(event)
    return replace(row, watched_at=watched, skipped=no_end or row.skipped)


def _rated(row: Row, about: Any) -> Row:
    """Of an episode it is not the show's, and says no more than that it was seen at some time."""
    rating = rating_of(text(about, "userRating"), 10)
    skipped = row.skipped or (_OF_A_PART if row.is_of_a_part else None)
    skipped = skipped or (_no_rating(about) if rating is None else None)
    logged = UTC_DATES.read(text(about, "lastRatedAt"))
    return replace(row, kind="rated", rating=rating, scale=10.0, logged_at=logged, skipped=skipped)


def _no_rating(about: Any) -> str:
    """One that is taken back comes as none or less."""
    rating = number_of(text(about, "userRating"))
    return _TAKEN_BACK if rating is not None and rating <= 0 else "tells no rating from 0 to 10"


def _place(season: Any) -> int | None:
    """The number of a season; that of specials is 0."""
    return 0 if season in (0, "0") else number(season)


def _guids(texts: Sequence[str]) -> Ids:
    return _ids(one for one in map(_GUID.match, texts) if one)


def _of_show(texts: Sequence[str]) -> Ids:
    return _ids(one for one in map(_GUID_OF_SHOW.match, texts) if one)


def _ids(guids: Iterable[re.Match[str]]) -> Ids:
    found = {_SOURCES.get(one[1], one[1]): one[2] for one in guids}
    return Ids(imdb_id(found.get("imdb")), number(found.get("tmdb")), number(found.get("tvdb")))


def _knows_tautulli(document: Document) -> bool:
    return any("watched_status" in entry for _, entry in _plays(document))


def _plays(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """What its API answers, or a table with the same names."""
    if document.has_columns("watched status", "media type"):
        for place, record in document.table or ():
            yield place, {name.replace(" ", "_"): cell for name, cell in record.items()}
    else:
        yield from entries(document.json, "response", "data", "data")


def _read_tautulli(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        for place, entry in _plays(document):
            stopped = None if text(entry, "watched_status") in _SEEN else STOPPED
            row = row_of(
                place,
                document.path,
                kind=text(entry, "media_type"),
                title=text(entry, "title"),
                show=text(entry, "grandparent_title"),
                year=text(entry, "year"),
                ids=_guids([text(entry, "guid")]),
                watched_at=UTC_DATES.read(text(entry, "stopped") or text(entry, "date")),
                season=number(entry.get("parent_media_index")),
                episode=text(entry, "media_index") or None,
                account=text(entry, "user") or None,
            )
            yield replace(row, skipped=row.skipped or stopped)


def tautulli_event(body: Any, path: str) -> Row:
    """What one webhook says, whose template is its operator's: see docs/how-to/live-sources.md.

    Ids beside an episode may be its own, so its show is found by name.
    """
    status, action = text(body, "watched_status"), text(body, "action").casefold()
    percent = _percent(_first(body, "progress_percent", "percent_complete", "progress"))
    finished = action in _WATCHED or status == "1" or (action in _STOPPED and percent >= _NEARLY)
    episode = _first(body, "episode_num", "media_index", "episode")
    is_episode = _first(body, "media_type", "type") == "episode"
    row = row_of(
        1,
        path,
        kind=_first(body, "media_type", "type"),
        title=_first(body, "title", "movie", "movie_name"),
        show=_first(body, "show_name", "grandparent_title", "show", "series"),
        year=_first(body, "year", "release_year"),
        ids=Ids(imdb_id(_first(body, "imdb_id")), number(_first(body, "themoviedb_id", "tmdb_id"))),
        watched_at=UTC_DATES.read(_first(body, "unixtime", "timestamp", "stopped", "date")),
        season=_place(_first(body, "season_num", "parent_media_index", "season")),
        episode=episode.lstrip("0") or episode or None if is_episode else None,
        account=_first(body, "user", "username", "friendly_name") or None,
    )
    return row if finished else replace(row, skipped=no_viewing(action))


def _first(body: Any, *names: str) -> str:
    return next((found for name in names if (found := text(body, name).strip())), "")


def _percent(written: str) -> float:
    try:
        return float(written.rstrip("% "))
    except ValueError:
        return 0.0


PLEX = Source("plex", "Plex", _knows_plex, _read_plex)
TAUTULLI = Source("tautulli", "Tautulli", _knows_tautulli, _read_tautulli)
