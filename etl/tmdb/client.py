"""TMDB's v3 API: details, lists, discovery and changes."""

from collections.abc import Callable, Iterator
from datetime import date
from types import TracebackType
from typing import Self

from api.domain.items import MediaType
from api.errors import ConfigurationError, UpstreamUnavailable
from api.storage.list_writes import ListName
from config.settings import Settings
from etl.http_source import HttpSource
from etl.tmdb.parse import Page, parse_page

CONNECTIONS = 8  # enough for 40 requests a second at 200 ms each; TMDB allows 20 per address
_LAST_PAGE = 500  # TMDB refuses pages beyond it
_APPENDED = {
    "movie": "credits,keywords,release_dates,external_ids,watch/providers",
    "tv": "credits,keywords,content_ratings,external_ids,watch/providers",
}
_LIST_PATHS: dict[ListName, str] = {
    "popular": "{media_type}/popular",
    "top_rated": "{media_type}/top_rated",
    "trending_day": "trending/{media_type}/day",
    "trending_week": "trending/{media_type}/week",
}
_UNAUTHORISED = (
    "TMDB refuses the key; check TMDB_BEARER_TOKEN (or TMDB_API_KEY) against "
    "https://www.themoviedb.org/settings/api."
)


class TmdbClient:
    """Asks TMDB; `connect` gives it its credentials."""

    def __init__(self, source: HttpSource) -> None:
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._source.__exit__(kind, error, traceback)

    def details(self, media_type: MediaType, tmdb_id: int) -> object | None:
        """The detail document with all it can append, or None for a title that is gone."""
        query = {"append_to_response": _APPENDED[media_type]}
        return self._source.get_json(f"{media_type}/{tmdb_id}", query)

    def list_ids(self, name: ListName, media_type: MediaType, *, pages: int) -> list[int]:
        """The ids of a list's first pages, best first, none twice."""
        path = _LIST_PATHS[name].format(media_type=media_type)
        # Titles move between pages while they are read.
        return list(dict.fromkeys(entry.id for entry in self._entries(path, {}, pages=pages)))

    def discover(self, media_type: MediaType, *, min_popularity: float) -> Iterator[int]:
        """Ids by falling popularity down to the floor: 10,000 at most, as TMDB has it."""
        query = {"sort_by": "popularity.desc", "include_adult": "false"}
        for entry in self._entries(f"discover/{media_type}", query, pages=_LAST_PAGE):
            if entry.popularity < min_popularity:
                return
            yield entry.id

    def changed_ids(self, media_type: MediaType, *, first: date, last: date) -> set[int]:
        """Ids of titles that changed between two days, at most 14 apart, both included."""
        query = {"start_date": first.isoformat(), "end_date": last.isoformat()}
        entries = self._entries(f"{media_type}/changes", query, pages=_LAST_PAGE)
        return {entry.id for entry in entries}

    def _entries(self, path: str, query: dict[str, str], *, pages: int) -> "Iterator[Page.Entry]":
        for number in range(1, pages + 1):
            page = self._page(path, query | {"page": str(number)})
            yield from page.results
            if number >= page.total_pages:
                return

    def _page(self, path: str, query: dict[str, str]) -> Page:
        document = self._source.get_json(path, query)
        if document is None:
            raise UpstreamUnavailable(f"TMDB has no {path}; check TMDB_BASE_URL.")
        return parse_page(document)


def connect(settings: Settings, *, source: Callable[..., HttpSource] = HttpSource) -> TmdbClient:
    """A client with the bearer token in a header or, without one, the v3 key in the query.

    Raises ConfigurationError when neither is set.
    """
    headers, query = {}, {}
    if settings.tmdb_bearer_token is not None:
        headers["Authorization"] = f"Bearer {settings.tmdb_bearer_token.get_secret_value()}"
    elif settings.tmdb_api_key is not None:
        query["api_key"] = settings.tmdb_api_key.get_secret_value()
    else:
        raise ConfigurationError(
            "TMDB needs a key: set TMDB_BEARER_TOKEN (or TMDB_API_KEY) from "
            "https://www.themoviedb.org/settings/api."
        )
    return TmdbClient(
        source(
            "TMDB",
            settings.tmdb_base_url,
            rate_per_second=settings.tmdb_rate_per_second,
            unauthorised=_UNAUTHORISED,
            headers=headers,
            query=query,
            connections=CONNECTIONS,
        )
    )
