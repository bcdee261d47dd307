"""Trakt's API: a history page by page, ratings and the watchlist, and tokens that are renewed."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

from api.viewers.connections.sealing import Tokens
from api.viewers.connections.trakt_device import client_of, tokens_of
from api.viewers.imports.row import Row
from api.viewers.imports.sources.json_values import entries
from api.viewers.imports.sources.trakt import trakt_row
from config.settings import Settings
from etl.http_source import HttpSource
from etl.sync.pulled import MOST_PAGES, Asked

_PAGE = 100
_PACE = 3.0  # requests a second; Trakt allows 1,000 in five minutes
_SOON = 3600  # seconds: a token that ends within them is renewed first
_REFUSED = "Trakt refuses the account's token; connect it again: seenemall connections add trakt."
_NO_REDIRECT = "urn:ietf:wg:oauth:2.0:oob"


class Trakt:
    """Asks with an account's tokens; `renewed` is told of new ones before they are used."""

    def __init__(
        self, settings: Settings, tokens: Tokens, renewed: Callable[[Tokens], None]
    ) -> None:
        self._settings = settings
        self._tokens = tokens
        self._renewed = renewed

    def rows(self, asked: Asked) -> Iterator[Row]:
        """The history since then; the ratings and the watchlist whole, as they are short."""
        if self._tokens.expires_at < time.time() + _SOON:
            self._renew()
        headers = {"Authorization": f"Bearer {self._tokens.access}"}
        with closing(trakt_source(self._settings, headers)) as source:
            since = {"start_at": f"{asked.since:%Y-%m-%dT%H:%M:%S.000Z}"} if asked.since else {}
            yield from _pages(source, "sync/history", since)
            yield from _pages(source, "sync/ratings", {})
            yield from _pages(source, "sync/watchlist", {})

    def _renew(self) -> None:
        with closing(trakt_source(self._settings, {})) as source:
            answer = source.post_json(
                "oauth/token",
                {
                    "refresh_token": self._tokens.refresh,
                    "grant_type": "refresh_token",
                    "redirect_uri": _NO_REDIRECT,
                    **client_of(self._settings),
                },
            )
        self._tokens = tokens_of(answer)
        self._renewed(self._tokens)


def trakt_source(settings: Settings, headers: Mapping[str, str]) -> HttpSource:
    """A polite client of Trakt's; raises ConfigurationError without the operator's key."""
    client = client_of(settings)
    return HttpSource(
        "Trakt",
        str(settings.trakt_url),
        rate_per_second=_PACE,
        unauthorised=_REFUSED,
        headers={
            "trakt-api-version": "2",
            "trakt-api-key": client["client_id"],
            **headers,
        },
    )


def _pages(source: HttpSource, path: str, query: Mapping[str, str]) -> Iterator[Row]:
    """Pages move while they are read, so some entries come twice and none is left out."""
    place = 0
    before: list[Any] = []
    for page in range(1, MOST_PAGES + 1):
        listed = source.get_list(path, {**query, "page": str(page), "limit": str(_PAGE)})
        if not listed or listed == before:  # a list that has no pages is the same on each
            return
        for _, entry in entries(listed):
            place += 1
            yield trakt_row(path.replace("/", "-"), place, entry, has_history=True)
        if len(listed) != _PAGE:
            return
        before = listed
