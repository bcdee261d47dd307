"""Titles are asked for ahead of the writing, but never more than a batch of them."""

from collections.abc import Callable, Iterator

import pytest

from api.catalogue.writing.title import TitleKey
from api.platform.errors import UpstreamUnavailable
from config.settings import Settings
from etl.http_source import HttpSource
from etl.tmdb.client import TmdbClient, connect
from etl.tmdb.fetching import BATCH, GROUP, fetched
from etl.tmdb.titles import ServiceNames
from tests.doubles.tmdb import KEY, SERVER_ERROR, TmdbDouble

_NAMES = ServiceNames({})


@pytest.fixture
def client(tmdb: TmdbDouble, source: Callable[..., HttpSource]) -> Iterator[TmdbClient]:
    settings = Settings.load({"tmdb_api_key": KEY, "tmdb_base_url": tmdb.api_url})
    with connect(settings, source=source) as connected:
        yield connected


def test_no_more_than_a_batch_is_asked_for_and_not_handed_over(
    tmdb: TmdbDouble, client: TmdbClient
) -> None:
    asked = stored = 0

    def wanted() -> Iterator[TitleKey]:
        nonlocal asked
        for tmdb_id in range(1, 2 * BATCH + 8):
            asked += 1
            yield ("movie", tmdb_id)

    tmdb.add_film(1, "The Lantern Keeper")
    sizes = []
    for group in fetched(client, wanted(), _NAMES):
        assert asked - stored <= BATCH
        sizes.append(len(group))
        stored += len(group)
    assert sizes == [GROUP] * 4 + [7]
    assert len(tmdb.requests) == len(set(tmdb.requests)) == stored


def test_one_stubborn_title_does_not_hold_up_the_others(
    tmdb: TmdbDouble, client: TmdbClient
) -> None:
    tmdb.fail("movie/1", *[SERVER_ERROR] * 7)
    keys: list[TitleKey] = [("movie", tmdb_id) for tmdb_id in range(1, 20)]
    (group,) = fetched(client, keys, _NAMES)
    assert {one.key for one in group} == set(keys)
    assert [one.key for one in group if one.failed is not None] == [("movie", 1)]


def test_ten_failures_in_a_row_mean_that_tmdb_is_down(tmdb: TmdbDouble, client: TmdbClient) -> None:
    keys: list[TitleKey] = [("movie", tmdb_id) for tmdb_id in range(1, 12)]
    for _, tmdb_id in keys:
        tmdb.fail(f"movie/{tmdb_id}", *[SERVER_ERROR] * 7)
    with pytest.raises(UpstreamUnavailable, match="10 titles in a row"):
        list(fetched(client, keys, _NAMES))
