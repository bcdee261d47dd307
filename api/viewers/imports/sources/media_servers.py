"""Plex, Tautulli, Jellyfin, Emby and Kodi: histories, libraries, and the bodies of their webhooks.

Ids of an episode are the episode's, so its show is found by name. What was stopped early is not
seen; a library keeps the last viewing alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from api.domain.items import MediaType
from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import rating_of
from api.viewers.imports.row import FEWEST_MINUTES, NO_IDS, Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, entries, text
from api.viewers.imports.sources.records import imdb_id, number, year_of
from api.viewers.imports.sources.source import Source

_UTC = Dates("ymd", zone_is_utc=True)
_LOCAL = Dates("ymd")
_STOPPED = "stopped before its end"
_OTHER = "not a film or an episode"
_TYPES: dict[str, MediaType] = {"movie": "movie", "episode": "tv", "show": "tv", "series": "tv"}
_GUID = re.compile(r"(?:com\.plexapp\.agents\.)?(imdb|tmdb|themoviedb)://(tt\d+|\d+)")
_PLAYBACK_COLUMNS = 9
_PLAYBACK_DAY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_PLAYBACK_EPISODE = re.compile(r"(.+) - s(\d+)e(\d+)(?: - .*)?", re.IGNORECASE)


def row_of(
    place: int, path: str, *, kind: str, title: str, show: str, year: str, ids: Ids, **seen: Any
) -> Row:
    """A row of a film or an episode; of anything else, one that is passed over."""
    media_type = _TYPES.get(kind.casefold())
    is_episode = kind.casefold() == "episode"
    named = show if is_episode else title
    return Row(
        place,
        path,
        title=named or title,
        names=(Name(named, media_type),) if named else (),
        media_type=media_type,
        year=None if is_episode else year_of(year),
        ids=NO_IDS if is_episode else ids,
        **({"skipped": None if media_type else _OTHER} | seen),
    )


# --- Plex ----------------------------------------------------------------------------------------


def _knows_plex(document: Document) -> bool:
    root = document.xml
    if root is not None:
        return root.tag == "MediaContainer"
    return text(document.json, "event").startswith(("media.", "library.")) and bool(
        at(document.json, "Metadata")
    )


def _read_plex(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if document.xml is None:
            yield plex_event(document.json, document.path)
            continue
        listed = [one for one in document.xml if one.tag in ("Video", "Directory")]
        for place, video in enumerate(listed, 1):
            yield _video(place, document.path, video)


def _video(place: int, path: str, video: Element) -> Row:
    def told(name: str) -> str:
        return video.get(name, "")

    is_history = "viewedAt" in video.attrib
    rating = rating_of(told("userRating"), 10)
    seen = bool(told("viewedAt") or number(told("viewCount")))
    kind: Kind = "rated" if rating is not None else "watched" if seen else "owned"
    row = row_of(
        place,
        path,
        kind=told("type"),
        title=told("title"),
        show=told("grandparentTitle"),
        year=told("year") or (told("originallyAvailableAt") if is_history else ""),
        ids=_guids([told("guid"), *(one.get("id", "") for one in video.iter("Guid"))]),
        watched_at=_UTC.read(told("viewedAt") or told("lastViewedAt")),
        season=number(told("parentIndex")),
        episode=told("index") or None if told("type") == "episode" else None,
        account=told("accountID") or None,
    )
    names = row.names
    if told("originalTitle"):
        names = (*names, Name(told("originalTitle"), row.media_type))
    scale = None if rating is None else 10.0
    return replace(row, kind=kind, rating=rating, scale=scale, names=names)


def plex_event(body: Any, path: str) -> Row:
    """What one webhook says."""
    about, event = at(body, "Metadata"), text(body, "event")
    row = row_of(
        1,
        path,
        kind=text(about, "type"),
        title=text(about, "title"),
        show=text(about, "grandparentTitle"),
        year=text(about, "year"),
        ids=_guids([text(one, "id") for _, one in entries(about, "Guid")]),
        season=number(at(about, "parentIndex")),
        episode=text(about, "index") if text(about, "type") == "episode" else None,
        account=text(body, "Account", "title") or None,
    )
    if event == "media.rate" and not row.is_of_a_part:
        rating = rating_of(text(about, "userRating"), 10)
        logged = _UTC.read(text(about, "lastRatedAt"))
        skipped = row.skipped or ("a rating taken back" if rating is None else None)
        return replace(
            row, kind="rated", rating=rating, scale=10.0, logged_at=logged, skipped=skipped
        )
    watched = _UTC.read(text(about, "lastViewedAt"))
    skipped = row.skipped or (None if event == "media.scrobble" else _STOPPED)
    return replace(row, watched_at=watched, skipped=skipped)


def _guids(texts: Sequence[str]) -> Ids:
    found = {one[1].replace("themoviedb", "tmdb"): one[2] for one in map(_GUID.match, texts) if one}
    return Ids(imdb_id(found.get("imdb")), number(found.get("tmdb")))


# --- Tautulli ------------------------------------------------------------------------------------


def _knows_tautulli(document: Document) -> bool:
    listed = list(entries(document.json, "response", "data", "data"))
    return any("watched_status" in entry for _, entry in listed)


def _read_tautulli(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        for place, entry in entries(document.json, "response", "data", "data"):
            stopped = None if entry.get("watched_status") == 1 else _STOPPED
            row = row_of(
                place,
                document.path,
                kind=text(entry, "media_type"),
                title=text(entry, "title"),
                show=text(entry, "grandparent_title"),
                year=text(entry, "year"),
                ids=_guids([text(entry, "guid")]),
                watched_at=_UTC.read(text(entry, "stopped") or text(entry, "date")),
                season=number(entry.get("parent_media_index")),
                episode=text(entry, "media_index") or None,
                account=text(entry, "user") or None,
            )
            yield replace(row, skipped=row.skipped or stopped)


# --- Jellyfin and Emby ---------------------------------------------------------------------------


def _knows_jellyfin(document: Document) -> bool:
    table = document.table
    if table is not None:
        return len(table.columns) == _PLAYBACK_COLUMNS and bool(
            _PLAYBACK_DAY.match(table.columns[0])
        )
    held = document.json
    if text(held, "NotificationType"):
        return True
    return any("ProviderIds" in one or "UserData" in one for _, one in entries(held, "Items"))


def _read_jellyfin(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if document.table is not None:
            yield from _playback(document)
        elif text(document.json, "NotificationType"):
            yield jellyfin_event(document.json, document.path)
        else:
            for place, entry in entries(document.json, "Items"):
                yield _jellyfin_item(place, document.path, entry)


def _jellyfin_item(place: int, path: str, entry: dict[str, Any]) -> Row:
    played = at(entry, "UserData", "Played") is True
    is_favourite = at(entry, "UserData", "IsFavorite") is True
    row = _item(place, path, entry)
    kind: Kind = "liked" if is_favourite else "watched" if played else "owned"
    watched = _UTC.read(_short(text(entry, "UserData", "LastPlayedDate"))) if played else None
    return replace(row, kind=kind, watched_at=watched)


def _item(place: int, path: str, entry: dict[str, Any]) -> Row:
    """Emby writes the keys of ids in any case."""
    given = at(entry, "ProviderIds")
    told = given if isinstance(given, dict) else {}
    ids = {str(key).casefold(): value for key, value in told.items()}
    return row_of(
        place,
        path,
        kind=text(entry, "Type"),
        title=text(entry, "Name"),
        show=text(entry, "SeriesName"),
        year=text(entry, "ProductionYear"),
        ids=Ids(imdb_id(text(ids, "imdb")), number(ids.get("tmdb"))),
        season=number(entry.get("ParentIndexNumber")),
        episode=text(entry, "IndexNumber") or None,
    )


def jellyfin_event(body: Any, path: str) -> Row:
    """What one webhook of Jellyfin's says; its template writes truth as a word or a text."""
    finished = text(body, "PlayedToCompletion").casefold() == "true"
    saved = text(body, "NotificationType") == "UserDataSaved" and body.get("Played") is True
    row = row_of(
        1,
        path,
        kind=text(body, "ItemType"),
        title=text(body, "Name"),
        show=text(body, "SeriesName"),
        year=text(body, "Year"),
        ids=Ids(imdb_id(text(body, "Provider_imdb")), number(body.get("Provider_tmdb"))),
        watched_at=_UTC.read(_short(text(body, "UtcTimestamp"))),
        season=number(body.get("SeasonNumber")),
        episode=text(body, "EpisodeNumber") or None,
        account=text(body, "NotificationUsername") or None,
    )
    return row if finished or saved else replace(row, skipped=row.skipped or _STOPPED)


def _playback(document: Document) -> Iterator[Row]:
    """No header, the server's own clock, a row for every sitting however short."""
    lines = [line for line in document.text.split("\n") if line.strip()]
    for place, line in enumerate(lines, 1):
        cells = line.split("\t")
        if len(cells) != _PLAYBACK_COLUMNS:
            yield Row(place, document.path, title=line[:100], skipped="not of nine columns")
            continue
        yield _sitting(place, document.path, cells)


def _sitting(place: int, path: str, cells: list[str]) -> Row:
    began, user, _, kind, name, *_, seconds = cells
    found = _PLAYBACK_EPISODE.fullmatch(name)
    minutes = (number(seconds) or 0) / 60
    row = row_of(
        place,
        path,
        kind=kind,
        title=name,
        show=found[1] if found else "",
        year="",
        ids=NO_IDS,
        watched_at=_LOCAL.read(began),
        season=number(found[2]) if found else None,
        episode=found[3].lstrip("0") if found else None,
        reached=minutes,
        account=user,
    )
    left = f"no viewing: left after {minutes:.0f} minutes" if minutes < FEWEST_MINUTES else None
    return replace(row, skipped=row.skipped or left)


def _short(moment: str) -> str:
    """Seven decimals of a second are more than a clock here reads."""
    return re.sub(r"(\.\d{1,6})\d*", r"\1", moment)


def _knows_emby(document: Document) -> bool:
    held = document.json
    return bool(text(held, "Event")) and at(held, "Item", "Type") is not None


def _read_emby(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        yield emby_event(document.json, document.path)


def emby_event(body: Any, path: str) -> Row:
    """What one webhook of Emby's says."""
    finished = at(body, "PlaybackInfo", "PlayedToCompletion") is True
    marked = text(body, "Event") == "item.markplayed"
    row = replace(
        _item(1, path, at(body, "Item") or {}),
        watched_at=_UTC.read(_short(text(body, "Date"))),
        account=text(body, "User", "Name") or None,
    )
    return row if finished or marked else replace(row, skipped=row.skipped or _STOPPED)


# --- Kodi ----------------------------------------------------------------------------------------


def _knows_kodi(document: Document) -> bool:
    if document.xml is not None:
        return document.xml.tag in ("movie", "episodedetails", "tvshow")
    return at(document.json, "uniqueIds") is not None and "mediaType" in document.json


def _read_kodi(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if document.xml is not None:
            yield _nfo(document.path, document.xml)
        else:
            yield kodi_event(document.json, document.path)


def _nfo(path: str, root: Element) -> Row:
    def told(name: str) -> str:
        return (root.findtext(name) or "").strip()

    ids = {one.get("type", ""): (one.text or "").strip() for one in root.iter("uniqueid")}
    imdb = ids.get("imdb") or next((one for one in ids.values() if one.startswith("tt")), "")
    rating = rating_of(told("userrating"), 10)
    played = number(told("playcount")) is not None
    kind: Kind = "rated" if rating is not None else "watched" if played else "owned"
    row = row_of(
        1,
        path,
        kind={"episodedetails": "episode", "tvshow": "show"}.get(root.tag, root.tag),
        title=told("title"),
        show=told("showtitle"),
        year=told("premiered") or told("year"),
        ids=Ids(imdb_id(imdb), number(ids.get("tmdb"))),
        watched_at=_LOCAL.read(told("lastplayed")) if played else None,
        season=number(told("season")),
        episode=told("episode") or None,
    )
    original = told("originaltitle")
    names = (*row.names, Name(original, row.media_type)) if original else row.names
    if row.is_of_a_part and rating is not None:
        kind, rating = "watched", None
    scale = None if rating is None else 10.0
    return replace(row, kind=kind, rating=rating, scale=scale, names=names)


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
    row = replace(row, ids=Ids(imdb_id(text(given, "imdb")), number(at(given, "tmdb"))))
    percent = at(body, "progress", "percent")
    finished = isinstance(percent, int | float) and percent >= 90
    return row if finished else replace(row, skipped=row.skipped or _STOPPED)


PLEX = Source("plex", "Plex", _knows_plex, _read_plex)
TAUTULLI = Source("tautulli", "Tautulli", _knows_tautulli, _read_tautulli)
JELLYFIN = Source("jellyfin", "Jellyfin", _knows_jellyfin, _read_jellyfin)
EMBY = Source("emby", "Emby", _knows_emby, _read_emby)
KODI = Source("kodi", "Kodi", _knows_kodi, _read_kodi)
SERVERS = (PLEX, TAUTULLI, JELLYFIN, EMBY, KODI)
