"""Faults of a server are borne for a while, and no message shows a key."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest

from api.platform.errors import ConfigurationError, UpstreamUnavailable
from config.settings import Settings
from etl.http_source import HttpSource
from etl.tmdb.client import TmdbClient, connect
from tests.doubles.clock import FakeClock
from tests.doubles.tmdb import GARBAGE, KEY, SERVER_ERROR, TOO_MANY, TRUNCATED, Fault, TmdbDouble

SourceFactory = Callable[..., HttpSource]
_DAMAGED = Fault(body=b"no gzip at all", headers={"Content-Encoding": "gzip"})


def client_of(
    tmdb: TmdbDouble, source: SourceFactory, **settings: str
) -> AbstractContextManager[TmdbClient]:
    chosen = settings or {"tmdb_bearer_token": KEY}
    return connect(Settings.load({"tmdb_base_url": tmdb.api_url, **chosen}), source=source)


@pytest.mark.parametrize("fault", [SERVER_ERROR, TRUNCATED, GARBAGE, Fault(body=b"[]"), _DAMAGED])
def test_one_fault_is_asked_again(tmdb: TmdbDouble, source: SourceFactory, fault: Fault) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.fail("movie/1", fault)
    with client_of(tmdb, source) as client:
        assert client.details("movie", 1) == tmdb.titles["movie", 1]
    assert len(tmdb.asked_for("movie/1")) == 2


def test_retry_after_is_waited_out(
    tmdb: TmdbDouble, source: SourceFactory, clock: FakeClock
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.fail("movie/1", TOO_MANY)
    with client_of(tmdb, source) as client:
        client.details("movie", 1)
    assert clock.now >= 7


def test_too_many_requests_hold_everybody_and_another_fault_only_its_own_request(
    tmdb: TmdbDouble, source: SourceFactory, clock: FakeClock
) -> None:
    with client_of(tmdb, source) as client:
        tmdb.fail("movie/1", *[Fault(429, headers={"Retry-After": "7"})] * 7)
        with pytest.raises(UpstreamUnavailable):
            client.details("movie", 1)
        held_until = clock.now + 7
        client.details("movie", 2)
        assert clock.now >= held_until
        tmdb.fail("movie/1", *[Fault(503, headers={"Retry-After": "7"})] * 7)
        with pytest.raises(UpstreamUnavailable):
            client.details("movie", 1)
        asked_at = clock.now
        client.details("movie", 2)
        assert clock.now < asked_at + 7


def test_exports_count_among_the_requests_of_the_rate(
    tmdb: TmdbDouble, source: SourceFactory, clock: FakeClock
) -> None:
    settings = {"tmdb_export_url": tmdb.export_url, "tmdb_rate_per_second": "0.5"}
    with client_of(tmdb, source, tmdb_bearer_token=KEY, **settings) as client:
        for _ in range(2):
            client.details("movie", 1)
            client.download_export("movie_ids_none.json.gz", BytesIO())
    assert clock.now == pytest.approx(6)
    assert client.requests == 4


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 21 Nov 2026 12:00:00"])
def test_an_answer_without_a_usable_date_says_nothing_of_the_clock(
    tmdb: TmdbDouble, source: SourceFactory, date: str
) -> None:
    tmdb.date = date
    with client_of(tmdb, source) as client:
        assert client.details("movie", 404) is None
        tmdb.add_film(1, "The Lantern Keeper")
        assert client.details("movie", 1) is not None


def test_an_absurd_retry_after_is_not_obeyed(
    tmdb: TmdbDouble, source: SourceFactory, clock: FakeClock
) -> None:
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.fail("movie/1", Fault(429, headers={"Retry-After": "86400"}))
    with client_of(tmdb, source) as client:
        client.details("movie", 1)
    assert clock.now < 130


def test_waits_grow_and_end(tmdb: TmdbDouble, source: SourceFactory, clock: FakeClock) -> None:
    tmdb.fail("movie/1", *[SERVER_ERROR] * 20)
    with (
        client_of(tmdb, source) as client,
        pytest.raises(UpstreamUnavailable, match=r"^TMDB gave no answer to movie/1: status 500\.$"),
    ):
        client.details("movie", 1)
    backoffs = [nap for nap in clock.naps if nap > 0.2]
    assert backoffs[-1] > 4 * backoffs[0]
    assert len(tmdb.requests) == 7


def test_an_unknown_title_is_none(tmdb: TmdbDouble, source: SourceFactory) -> None:
    with client_of(tmdb, source) as client:
        assert client.details("movie", 404) is None


def test_a_refused_key_names_the_settings_and_is_not_tried_again(
    tmdb: TmdbDouble, source: SourceFactory
) -> None:
    wrong = "wrong-key-nobody-may-see"
    with (
        client_of(tmdb, source, tmdb_api_key=wrong) as client,
        pytest.raises(ConfigurationError, match=r"TMDB_BEARER_TOKEN.*TMDB_API_KEY") as caught,
    ):
        client.details("movie", 1)
    assert wrong not in str(caught.value)
    assert len(tmdb.requests) == 1


def test_without_a_key_nothing_is_asked(tmdb: TmdbDouble, source: SourceFactory) -> None:
    with (
        pytest.raises(ConfigurationError, match="TMDB_BEARER_TOKEN"),
        connect(Settings.load({"tmdb_base_url": tmdb.api_url}), source=source),
    ):
        raise AssertionError


@pytest.mark.parametrize("setting", ["tmdb_api_key", "tmdb_bearer_token"])
def test_no_log_line_or_error_shows_the_key(
    tmdb: TmdbDouble, source: SourceFactory, setting: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tmdb.add_film(1, "The Lantern Keeper")
    tmdb.fail("movie/1", SERVER_ERROR, TRUNCATED)
    tmdb.fail("movie/2", *[GARBAGE] * 20)
    with client_of(tmdb, source, **{setting: KEY}) as client:
        assert client.details("movie", 1) is not None
        with pytest.raises(UpstreamUnavailable) as caught:
            client.details("movie", 2)
    assert KEY not in caplog.text + str(caught.value) + repr(caught.value.__cause__)


def test_nobody_listening_is_one_sentence(source: SourceFactory) -> None:
    settings = {"tmdb_base_url": "http://127.0.0.1:9/3", "tmdb_api_key": KEY}
    with (
        connect(Settings.load(settings), source=source) as client,
        pytest.raises(UpstreamUnavailable, match=r"^TMDB gave no answer to movie/1: ConnectError"),
    ):
        client.details("movie", 1)
