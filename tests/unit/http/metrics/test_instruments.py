"""Counters and histograms tell what was counted, as the library's own would."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client import Histogram as OfLibrary

from api.http.metrics.instruments import Counter, Histogram
from tests.scrapes import Scrape

_BOUNDS = (0.1, 0.5, 1.0)


def _told(one: Counter | Histogram) -> Scrape:
    return Scrape.of(generate_latest(one).decode())


@given(st.lists(st.sampled_from([0.0, 0.05, 0.1, 0.3, 0.5, 0.99, 1.0, 1.5, 60.0])))
def test_a_histogram_tells_what_the_librarys_tells(seen: list[float]) -> None:
    registry = CollectorRegistry()
    theirs = OfLibrary("waits", "Waits.", ["who"], buckets=_BOUNDS, registry=registry)
    ours = Histogram("waits", "Waits.", ["who"], bounds=_BOUNDS)
    for value in seen:
        theirs.labels("a").observe(value)
    ours.observe((("a",), value) for value in seen)
    expected = Scrape.of(generate_latest(registry).decode()).values
    assert _told(ours).values == {
        key: value for key, value in expected.items() if not key[0].endswith("_created")
    }


def test_a_counter_without_labels_is_told_from_the_start() -> None:
    lists = Counter("lists", "Lists.")
    assert _told(lists).value("lists_total") == 0
    lists.add(count=2)
    lists.add()
    assert _told(lists).value("lists_total") == 3


def test_a_counter_with_labels_tells_what_was_seen() -> None:
    answers = Counter("answers", "Answers.", ["route", "status"])
    assert _told(answers).names == {"answers_total"}
    answers.add("/genres", "200")
    assert _told(answers).values == {
        ("answers_total", frozenset({("route", "/genres"), ("status", "200")})): 1
    }


def test_threads_lose_nothing() -> None:
    lists, waits = Counter("lists", "Lists."), Histogram("waits", "Waits.", bounds=_BOUNDS)

    def count(_: int) -> None:
        lists.add()
        waits.observe([((), 0.3), ((), 2.0)])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(2000)))
    assert _told(lists).value("lists_total") == 2000
    assert _told(waits).value("waits_count") == 4000
    assert _told(waits).value("waits_bucket", le="1.0") == 2000
