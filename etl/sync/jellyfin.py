"""A Jellyfin server: what a user of it played, and what its libraries hold."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from api.platform.errors import ConfigurationError, InvalidInput
from api.viewers.imports.row import NO_IDS, Ids, Row
from api.viewers.imports.sources.jellyfin import jellyfin_item
from api.viewers.imports.sources.json_values import at, entries, text
from config.settings import Settings
from etl.http_source import HttpSource
from etl.sync.pulled import MOST_PAGES, Asked

_PAGE = 500
_PACE = 10.0  # requests a second, of a server at home
_REFUSED = "Jellyfin refuses the key; check JELLYFIN_API_KEY."


class Jellyfin:
    """Asks the server of the settings."""

    def __init__(self, settings: Settings) -> None:
        if settings.jellyfin_url is None or settings.jellyfin_api_key is None:
            raise ConfigurationError(
                "Jellyfin needs an address and a key: JELLYFIN_URL and JELLYFIN_API_KEY."
            )
        self._url = str(settings.jellyfin_url)
        self._key = settings.jellyfin_api_key.get_secret_value()

    def rows(self, asked: Asked) -> Iterator[Row]:
        """What the libraries hold, then what the user played, the newest first."""
        headers = {"Authorization": f'MediaBrowser Token="{self._key}"'}
        source = HttpSource(
            "Jellyfin", self._url, rate_per_second=_PACE, unauthorised=_REFUSED, headers=headers
        )
        with closing(source):
            user = _user(source, asked.account)
            ids: dict[str, Ids] = {}
            for place, entry in enumerate(_pages(source, _query(user, "Movie,Series")), 1):
                row = jellyfin_item(place, "library", entry)
                ids[text(entry, "Id")] = row.ids
                yield replace(row, kind="owned", watched_at=None)
                if at(entry, "UserData", "IsFavorite") is True:
                    yield replace(row, kind="liked", watched_at=None)
            yield from _played(source, user, asked, ids)


def _user(source: HttpSource, wanted: str | None) -> str:
    users = {text(one, "Id"): text(one, "Name") for _, one in entries(source.get_list("Users", {}))}
    for key, name in users.items():
        if wanted is not None and wanted.casefold() in (key.casefold(), name.casefold()):
            return key
    known = ", ".join(name for name in users.values() if name)
    raise InvalidInput(f"Jellyfin has no user {wanted!r}; it has {known or 'none'}.")


def _query(user: str, kinds: str) -> dict[str, str]:
    fields = {"Fields": "ProviderIds", "Recursive": "true", "EnableUserData": "true"}
    return {"userId": user, "IncludeItemTypes": kinds, **fields}


def _played(source: HttpSource, user: str, asked: Asked, ids: Mapping[str, Ids]) -> Iterator[Row]:
    order = {"Filters": "IsPlayed", "SortBy": "DatePlayed", "SortOrder": "Descending"}
    pages = _pages(source, _query(user, "Movie,Episode") | order)
    for place, entry in enumerate(pages, 1):
        row = replace(jellyfin_item(place, "history", entry), kind="watched")
        if row.is_of_a_part:
            row = replace(row, ids=ids.get(text(entry, "SeriesId"), NO_IDS))
        when = row.watched_at
        if isinstance(when, datetime) and asked.since is not None and when < asked.since:
            return
        yield row


def _pages(source: HttpSource, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for page in range(MOST_PAGES):
        bounds = {"StartIndex": str(page * _PAGE), "Limit": str(_PAGE)}
        answer = source.get_json("Items", {**query, **bounds})
        listed = [entry for _, entry in entries(answer, "Items")]
        yield from listed
        if len(listed) < _PAGE:
            return
