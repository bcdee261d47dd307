"""TMDB's v3 API and its daily exports, on one pace: details, seasons, lists, discovery, changes."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import BinaryIO
from urllib.parse import quote

from api.catalogue.writing.list_writes import ListName
from api.domain.items import MediaType
from api.platform.errors import ConfigurationError, UpstreamUnavailable
from config.settings import Settings
from config.tmdb_credentials import TMDB_REFUSES_THE_KEY, tmdb_credentials
from etl.http_source import HttpSource
from etl.tmdb.parse import Page, parse_page

log = logging.getLogger(__name__)

# Enough for 40 requests a second at 200 ms each while some wait to be tried again; TMDB allows 20.
CONNECTIONS = 12
LAST_PAGE = 500  # TMDB refuses pages beyond it
_A_DAY = timedelta(days=1)
_LONGEST_WINDOW = timedelta(days=13)  # with both of its ends 14 days, the most TMDB takes
_APPENDED = {
    "movie": "credits,keywords,release_dates,external_ids,watch/providers,"
    "alternative_titles,similar,recommendations",
    "tv": "credits,keywords,content_ratings,external_ids,watch/providers,"
    "alternative_titles,similar,recommendations",
}
_LIST_PATHS: dict[ListName, str] = {
    "popular": "{media_type}/popular",
    "top_rated": "{media_type}/top_rated",
    "trending_day": "trending/{media_type}/day",
    "trending_week": "trending/{media_type}/week",
}


class TmdbClient:
    """Asks TMDB; `connect` gives it its credentials."""

    def __init__(self, source: HttpSource, exports: HttpSource) -> None:
        self._source = source
        self._exports = exports
        self.dropped: Counter[str] = Counter()  # entries of lists that name no title, by reason
        exports.keep_pace_of(source)

    @property
    def requests(self) -> int:
        """Requests sent so far, tries again included."""
        return self._source.requests

    def download_export(self, name: str, into: BinaryIO) -> bool:
        """Writes the export file of that name to `into`; False where there is none."""
        return self._exports.download(name, into)

    def details(self, media_type: MediaType, tmdb_id: int) -> object | None:
        """The detail document with all that is appended, or None for a title that is gone."""
        query = {"append_to_response": _APPENDED[media_type]}
        return self._source.get_json(f"{media_type}/{tmdb_id}", query)

    def season(self, tmdb_id: int, number: int) -> object | None:
        """A season of a show with its episodes, or None where there is none."""
        return self._source.get_json(f"tv/{tmdb_id}/season/{number}")

    def find(self, source: str, written: str) -> object | None:
        """What TMDB knows by an id elsewhere, `imdb_id` or `tvdb_id`; None for nothing."""
        return self._source.get_json(f"find/{quote(written, safe='')}", {"external_source": source})

    def search(self, media_type: MediaType, name: str, year: int | None) -> object | None:
        """The first page of titles that are called so, of that year if one is given."""
        query = {"query": name, "include_adult": "false"}
        if year is not None:
            query["year" if media_type == "movie" else "first_air_date_year"] = str(year)
        return self._source.get_json(f"search/{media_type}", query)

    def list_ids(self, name: ListName, media_type: MediaType, *, pages: int) -> list[int]:
        """The ids of a list's first pages, best first, none twice."""
        path = _LIST_PATHS[name].format(media_type=media_type)
        # Titles move between pages while they are read.
        return list(dict.fromkeys(entry.id for entry in self._entries(path, {}, pages=pages)))

    def discover(
        self, media_type: MediaType, *, min_popularity: float
    ) -> Iterator[tuple[int, float]]:
        """Ids with their popularity, falling down to the floor: 10,000 at most, as TMDB has it."""
        query = {"sort_by": "popularity.desc", "include_adult": "false"}
        for entry in self._entries(f"discover/{media_type}", query, pages=LAST_PAGE):
            if entry.popularity < min_popularity:
                return
            yield entry.id, entry.popularity

    def changed_ids(self, media_type: MediaType, *, first: date, last: date) -> Iterator[int]:
        """Ids of titles that changed from the day `first` to the day `last`; some come twice."""
        while True:
            end = min(first + _LONGEST_WINDOW, last)
            yield from self._changes(media_type, first, end)
            if end == last:
                return
            # Asked for twice: TMDB does not say whether a window's last day is part of it.
            first = end

    def _changes(self, media_type: MediaType, first: date, last: date) -> Iterator[int]:
        path = f"{media_type}/changes"
        query = {"start_date": first.isoformat(), "end_date": last.isoformat()}
        page = self._page(path, query | {"page": "1"})
        if page.total_pages > LAST_PAGE and first < last:
            middle = first + (last - first) // 2
            yield from self._changes(media_type, first, middle)
            yield from self._changes(media_type, max(middle, first + _A_DAY), last)
            return
        if page.total_pages > LAST_PAGE:
            log.warning("tmdb shows only %d pages of what changed on %s", LAST_PAGE, first)
        yield from (entry.id for entry in page.results)
        for number in range(2, min(page.total_pages, LAST_PAGE) + 1):
            yield from (one.id for one in self._page(path, query | {"page": str(number)}).results)

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
        page = parse_page(document, path)
        self.dropped.update(page.dropped)
        return page.content


@contextmanager
def connect(
    settings: Settings, *, source: Callable[..., HttpSource] = HttpSource
) -> Iterator[TmdbClient]:
    """A client with the bearer token in a header or, without one, the v3 key in the query.

    Raises ConfigurationError when neither is set.
    """
    credentials = tmdb_credentials(settings)
    if credentials is None:
        raise ConfigurationError(
            "TMDB needs a key: set TMDB_BEARER_TOKEN (or TMDB_API_KEY) from "
            "https://www.themoviedb.org/settings/api."
        )
    rate_per_second = settings.tmdb_rate_per_second
    tmdb = source(
        "TMDB",
        settings.tmdb_base_url,
        rate_per_second=rate_per_second,
        unauthorised=TMDB_REFUSES_THE_KEY,
        headers=credentials.headers,
        query=credentials.query,
        connections=CONNECTIONS,
    )
    exports = source("TMDB's export", settings.tmdb_export_url, rate_per_second=rate_per_second)
    with closing(tmdb), closing(exports):
        yield TmdbClient(tmdb, exports)
