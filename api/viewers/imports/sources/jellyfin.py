"""Jellyfin and Emby: items, Jellyfin's Playback Reporting, and the bodies of webhooks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from api.viewers.imports.reading.dates import UTC_DATES, Dates
from api.viewers.imports.reading.document import Document
from api.viewers.imports.row import NO_IDS, Ids, Kind, Row, only_looked_at
from api.viewers.imports.sources.json_values import at, entries, text
from api.viewers.imports.sources.media_servers import no_viewing, row_of
from api.viewers.imports.sources.records import imdb_id, number
from api.viewers.imports.sources.source import Source

_LOCAL = Dates("ymd")
_SAVES = frozenset({"TogglePlayed", "PlaybackFinished", ""})
_PLAYBACK_COLUMNS = 9
_PLAYBACK_DAY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_PLAYBACK_EPISODE = re.compile(r"(.+) - s(\d+)e(\d+)(?: - .*)?", re.IGNORECASE)


def _knows_jellyfin(document: Document) -> bool:
    table = document.table
    if table is not None:
        return len(table.columns) == _PLAYBACK_COLUMNS and bool(
            _PLAYBACK_DAY.match(table.columns[0])
        )
    held = document.json
    if text(held, "NotificationType"):
        return True
    return any("ProviderIds" in one or "UserData" in one for _, one in _items(held))


def _items(held: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    return entries(held) if isinstance(held, list) else entries(held, "Items")


def _read_jellyfin(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        if document.table is not None:
            yield from _playback(document)
        elif text(document.json, "NotificationType"):
            yield jellyfin_event(document.json, document.path)
        else:
            for place, entry in _items(document.json):
                yield replace(jellyfin_item(place, document.path, entry), is_owned=True)


def jellyfin_item(place: int, path: str, entry: dict[str, Any]) -> Row:
    """An item with what its user has done with it."""
    played = at(entry, "UserData", "Played") is True
    is_favourite = at(entry, "UserData", "IsFavorite") is True
    row = _item(place, path, entry)
    kind: Kind = "liked" if is_favourite else "watched" if played else "owned"
    watched = UTC_DATES.read(_short(text(entry, "UserData", "LastPlayedDate"))) if played else None
    return replace(row, kind=kind, watched_at=watched)


def _item(place: int, path: str, entry: dict[str, Any]) -> Row:
    """Emby writes the keys of ids in any case."""
    given = at(entry, "ProviderIds")
    by_source = given if isinstance(given, dict) else {}
    ids = {str(key).casefold(): value for key, value in by_source.items()}
    return row_of(
        place,
        path,
        kind=text(entry, "Type"),
        title=text(entry, "Name"),
        show=text(entry, "SeriesName"),
        year=text(entry, "ProductionYear"),
        ids=Ids(imdb_id(text(ids, "imdb")), number(ids.get("tmdb")), number(ids.get("tvdb"))),
        season=number(entry.get("ParentIndexNumber")),
        episode=text(entry, "IndexNumber") or None,
    )


def jellyfin_event(body: Any, path: str) -> Row:
    """What one webhook of Jellyfin's says."""
    stopped = text(body, "NotificationType") in ("PlaybackStop", "")
    finished = stopped and _is_true(text(body, "PlayedToCompletion"))
    saved = text(body, "NotificationType") == "UserDataSaved" and _is_true(text(body, "Played"))
    # Whatever else is saved of a title that was seen, such as a liking, is no viewing.
    saved = saved and text(body, "SaveReason") in _SAVES
    row = row_of(
        1,
        path,
        kind=text(body, "ItemType"),
        title=text(body, "Name"),
        show=text(body, "SeriesName"),
        year=text(body, "Year"),
        ids=Ids(
            imdb_id(text(body, "Provider_imdb")),
            number(body.get("Provider_tmdb")),
            number(body.get("Provider_tvdb")),
        ),
        watched_at=UTC_DATES.read(_short(text(body, "UtcTimestamp"))),
        season=number(body.get("SeasonNumber")),
        episode=text(body, "EpisodeNumber") or None,
        account=text(body, "NotificationUsername") or None,
    )
    event = text(body, "NotificationType")
    return row if finished or saved else replace(row, skipped=no_viewing(event))


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
    return replace(row, skipped=row.skipped or only_looked_at(minutes))


def _is_true(written: str) -> bool:
    """Templates write truth as a word or a text."""
    return written.casefold() == "true"


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
    stopped = text(body, "Event") == "playback.stop"
    finished = stopped and _is_true(text(body, "PlaybackInfo", "PlayedToCompletion"))
    marked = text(body, "Event") == "item.markplayed"
    row = replace(
        _item(1, path, at(body, "Item") or {}),
        watched_at=UTC_DATES.read(_short(text(body, "Date"))),
        account=text(body, "User", "Name") or None,
    )
    event = text(body, "Event")
    return row if finished or marked else replace(row, skipped=no_viewing(event))


JELLYFIN = Source("jellyfin", "Jellyfin", _knows_jellyfin, _read_jellyfin)
EMBY = Source("emby", "Emby", _knows_emby, _read_emby)
