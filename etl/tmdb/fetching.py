"""Asking TMDB for many titles at once, and handing them over in groups as they come."""

from collections import Counter
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue

from api.catalogue.writing.title import TitleKey
from api.platform.errors import UpstreamUnavailable
from etl.tmdb.client import CONNECTIONS, TmdbClient
from etl.tmdb.titles import Described, Misshapen, ServiceNames, Unfit, read_details, season_runtime

# Titles asked for and not yet stored, at most: what a kill may cost, 5 s at TMDB's pace.
BATCH = 200
# Titles to a transaction: half of them, so that the other half is on its way meanwhile.
GROUP = BATCH // 2
_HOPELESS = 10  # failures in a row mean that TMDB is down, not that the titles fail


@dataclass(frozen=True, slots=True)
class Fetched:
    """One title as it came, or why it did not."""

    key: TitleKey
    described: Described | None = None
    refused: str | None = None  # TMDB answered, and there is no title for us
    misshapen: str | None = None  # the same, but by a fault that may be gone at the next asking
    failed: str | None = None  # TMDB did not deliver


def fetched(
    client: TmdbClient, wanted: Iterable[TitleKey], names: ServiceNames
) -> Generator[list[Fetched]]:
    """Groups of titles in the order of their arrival; the caller stores one before the next.

    Raises UpstreamUnavailable when TMDB is down; titles of the group at hand are then not counted
    as failures.
    """
    pool = ThreadPoolExecutor(max_workers=CONNECTIONS, thread_name_prefix="tmdb")
    arrived: SimpleQueue[Future[Fetched]] = SimpleQueue()
    in_a_row = 0

    def group(size: int) -> list[Fetched]:
        nonlocal in_a_row
        titles = []
        for _ in range(size):
            title = arrived.get().result()
            titles.append(title)
            in_a_row = in_a_row + 1 if title.failed is not None else 0
            if in_a_row >= _HOPELESS:
                raise UpstreamUnavailable(
                    f"TMDB gave no answer to {in_a_row} titles in a row; "
                    "the next run continues from there."
                )
        return titles

    outstanding = 0
    try:
        for key in wanted:
            pool.submit(_fetch, client, key, names).add_done_callback(arrived.put)
            outstanding += 1
            if outstanding == BATCH:
                yield group(GROUP)
                outstanding -= GROUP
        while outstanding:
            size = min(GROUP, outstanding)
            yield group(size)
            outstanding -= size
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(client: TmdbClient, key: TitleKey, names: ServiceNames) -> Fetched:
    try:
        document = client.details(*key)
        if document is None:
            return Fetched(key, refused="gone")
        described = read_details(document, key, names)
        return Fetched(key, described=_with_runtime(client, described))
    except Misshapen as error:
        return Fetched(key, misshapen=str(error))
    except Unfit as error:
        return Fetched(key, refused=str(error))
    except UpstreamUnavailable as error:
        return Fetched(key, failed=str(error))


def _with_runtime(client: TmdbClient, described: Described) -> Described:
    """With the typical length of an episode, where only a season's own page has it."""
    if described.runtime_in_season is None:
        return described
    title = described.title
    try:
        season = client.season(title.tmdb_key[1], described.runtime_in_season)
        if season is None:
            return described
        return replace(described, title=replace(title, runtime=season_runtime(season)))
    except Misshapen as error:
        # The page costs the runtime that it was asked for, not the show.
        return replace(described, dropped=described.dropped + Counter({f"season: {error}": 1}))
