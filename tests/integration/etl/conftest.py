"""A TMDB double and the job that asks it, with a clock that nobody waits for."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from config.settings import Settings
from etl.http_source import HttpSource
from etl.tmdb.client import connect
from etl.tmdb.ingest import Ingest
from tests.doubles.clock import FakeClock
from tests.doubles.tmdb import KEY, TmdbDouble

IngestFactory = Callable[..., Ingest]


@pytest.fixture
def tmdb() -> Iterator[TmdbDouble]:
    """A TMDB without titles."""
    with TmdbDouble() as double:
        yield double


@pytest.fixture
def clock() -> FakeClock:
    """What the clients under test sleep on."""
    return FakeClock()


@pytest.fixture
def source(clock: FakeClock) -> Callable[..., HttpSource]:
    """Makes HTTP sources on the fake clock."""
    return partial(HttpSource, clock=clock, sleep=clock.sleep)


@pytest.fixture
def ingest(tmdb: TmdbDouble, source: Callable[..., HttpSource]) -> Iterator[IngestFactory]:
    """Makes the `tmdb` job against the double."""
    settings = Settings.load(
        {
            "tmdb_api_key": KEY,
            "tmdb_base_url": tmdb.api_url,
            "tmdb_export_url": tmdb.export_url,
        }
    )
    with connect(settings, source=source) as client:
        yield lambda *, min_popularity=0.0: Ingest(client, min_popularity, {8: "nfx"})
