"""A Plex server: the history of an account, and what its libraries hold.

The history names no ids beside its own, so those of the library are looked up for it.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

from api.platform.errors import ConfigurationError, InvalidInput
from api.viewers.imports.row import NO_IDS, Ids, Row
from api.viewers.imports.sources.json_values import entries, text
from api.viewers.imports.sources.plex import plex_entry
from config.settings import Settings
from etl.http_source import HttpSource
from etl.sync.pulled import MOST_PAGES, Asked

_PAGE = 500
_PACE = 10.0  # requests a second, of a server at home
_TYPES = {"movie": "1", "show": "2"}
_REFUSED = "Plex refuses the token; check PLEX_TOKEN."


class Plex:
    """Asks the server of the settings."""

    def __init__(self, settings: Settings) -> None:
        if settings.plex_url is None or settings.plex_token is None:
            raise ConfigurationError("Plex needs an address and a token: PLEX_URL and PLEX_TOKEN.")
        self._url = str(settings.plex_url)
        self._token = settings.plex_token.get_secret_value()

    def rows(self, asked: Asked) -> Iterator[Row]:
        """What the libraries hold, then what the account watched."""
        with closing(self._source()) as source:
            account = _account(source, asked.account)
            ids: dict[str, Ids] = {}
            for entry, row in _library(source):
                ids[text(entry, "ratingKey")] = row.ids
                yield row
            yield from _history(source, account, asked, ids)

    def _source(self) -> HttpSource:
        headers = {"Accept": "application/json", "X-Plex-Token": self._token}
        return HttpSource(
            "Plex", self._url, rate_per_second=_PACE, unauthorised=_REFUSED, headers=headers
        )


def _account(source: HttpSource, wanted: str | None) -> str:
    listed = source.get_json("accounts")
    accounts = {
        text(one, "id"): text(one, "name")
        for _, one in entries(listed, "MediaContainer", "Account")
    }
    for key, name in accounts.items():
        if wanted is not None and wanted.casefold() in (key, name.casefold()):
            return key
    known = ", ".join(name for name in accounts.values() if name)
    raise InvalidInput(f"Plex has no account {wanted!r}; it has {known or 'none'}.")


def _library(source: HttpSource) -> Iterator[tuple[dict[str, Any], Row]]:
    sections = source.get_json("library/sections")
    place = 0
    for _, section in entries(sections, "MediaContainer", "Directory"):
        if (kind := _TYPES.get(text(section, "type"))) is None:
            continue
        path = f"library/sections/{text(section, 'key')}/all"
        for entry in _pages(source, path, {"type": kind, "includeGuids": "1"}):
            place += 1
            row = plex_entry(place, "library", entry)
            yield entry, replace(row, kind="owned", watched_at=None, rating=None, scale=None)


def _history(
    source: HttpSource, account: str, asked: Asked, ids: Mapping[str, Ids]
) -> Iterator[Row]:
    query = {"sort": "viewedAt:asc", "accountID": account}
    if asked.since is not None:
        query["viewedAt>"] = str(int(asked.since.timestamp()))
    entries_ = _pages(source, "status/sessions/history/all", query)
    for place, entry in enumerate(entries_, 1):
        if text(entry, "accountID") not in ("", account):
            continue
        key = text(entry, "grandparentKey").rpartition("/")[2] or text(entry, "ratingKey")
        yield replace(plex_entry(place, "history", entry), ids=ids.get(key, NO_IDS), account=None)


def _pages(source: HttpSource, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for page in range(MOST_PAGES):
        bounds = {
            "X-Plex-Container-Start": str(page * _PAGE),
            "X-Plex-Container-Size": str(_PAGE),
        }
        answer = source.get_json(path, {**query, **bounds})
        listed = [entry for _, entry in entries(answer, "MediaContainer", "Metadata")]
        yield from listed
        if len(listed) < _PAGE:
            return
