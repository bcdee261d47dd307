"""TMDB's search against a double on loopback: what a name stands for, or one sentence."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.language.entities import EntityAtTmdb, UnknownName
from api.language.entity_search.entity_search import (
    KEEP_FOUND_SECONDS,
    KEEP_NOTHING_SECONDS,
    EntitySearch,
    open_entity_search,
)
from api.platform.errors import EntitySearchUnavailable
from config.settings import Settings
from tests.doubles.clock import FakeClock
from tests.doubles.llm import closed_port_url
from tests.doubles.tmdb import GARBAGE, HANG, KEY, SERVER_ERROR, TRUNCATED, Fault, TmdbDouble


@pytest.fixture
def double() -> Iterator[TmdbDouble]:
    with TmdbDouble() as server:
        yield server


class Asking:
    """A search, its clock, and short words for asking it."""

    def __init__(self, double: TmdbDouble, **settings: Any) -> None:
        usual = {
            "TMDB_BEARER_TOKEN": KEY,
            "TMDB_BASE_URL": double.api_url,
            "ENTITY_SEARCH_TIMEOUT": 10,
        }
        self.clock = FakeClock()
        search = open_entity_search(Settings.load(usual | settings), monotonic=self.clock)
        assert search is not None
        self.search: EntitySearch = search

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self.search.close()

    def one(self, name: UnknownName) -> EntityAtTmdb | None:
        return self.search.ask([name]).get(name)

    def id_of(self, name: UnknownName) -> int | None:
        found = self.one(name)
        return None if found is None else found.tmdb_id

    def complaint(self, name: UnknownName) -> str:
        with pytest.raises(EntitySearchUnavailable) as caught:
            self.one(name)
        return str(caught.value)


@pytest.fixture
def asking(double: TmdbDouble) -> Iterator[Asking]:
    with Asking(double) as one:
        yield one


def _title(name: str, *, is_sure: bool = True, **more: Any) -> UnknownName:
    return UnknownName("title", name, is_sure, **more)


def _person(name: str, *, is_sure: bool = True, **more: Any) -> UnknownName:
    return UnknownName("person", name, is_sure, **more)


def _films(*titles: str) -> dict[str, Any]:
    return {"titles": [{"title": title} for title in titles]}


def test_a_title_is_found_by_its_own_name(asking: Asking, double: TmdbDouble) -> None:
    double.add_film(
        7, "The Salt Ledger", release_date="1998-05-01", overview="Two clerks keep a secret."
    )
    found = asking.one(_title("salt ledger"))
    assert found is not None
    assert (found.tmdb_id, found.id) == (7, None)
    assert getattr(found, "label", None) == "The Salt Ledger (1998)"
    assert getattr(found, "story", None) == "The Salt Ledger: Two clerks keep a secret."


def test_a_title_is_found_by_an_alternative_title(asking: Asking, double: TmdbDouble) -> None:
    double.add_film(7, "The Salt Ledger", alternative_titles=_films("Het zoutboek"))
    assert asking.id_of(_title("Het Zoutboek")) == 7
    assert double.requests[-1] == "movie/7"


def test_a_show_is_found_by_a_translated_name(asking: Asking, double: TmdbDouble) -> None:
    names = {"translations": [{"data": {"name": "Das Salzbuch"}}]}
    double.add_show(8, "The Salt Ledger", translations=names)
    assert asking.id_of(_title("das salzbuch", is_sure=False)) == 8


def test_a_better_known_title_with_the_name_elsewhere_wins_over_an_obscure_one(
    asking: Asking, double: TmdbDouble
) -> None:
    double.add_film(6, "Het Zoutboek", vote_count=2)
    double.add_film(7, "The Salt Ledger", alternative_titles=_films("Het Zoutboek"))
    assert asking.id_of(_title("Het Zoutboek")) == 7


def test_a_first_hit_of_another_name_is_refused(asking: Asking, double: TmdbDouble) -> None:
    double.add_film(7, "Salt Ledger Lane", popularity=500, vote_count=90_000)
    assert asking.id_of(_title("Salt Ledger")) is None
    double.add_film(8, "Salt Ledger II", popularity=500, vote_count=90_000)
    assert asking.id_of(_title("Ledger")) is None


def test_words_that_nothing_marks_as_a_name_want_a_known_title(
    asking: Asking, double: TmdbDouble
) -> None:
    double.add_film(7, "Crying Loud", vote_count=3)
    assert asking.id_of(_title("crying loud", is_sure=False)) is None
    assert asking.id_of(_title("Crying Loud")) == 7


@pytest.mark.parametrize(
    ("year", "expected"), [(1971, 1), (1972, 1), (2014, 2), (1990, None), (None, 2)]
)
def test_a_year_decides_between_titles_of_one_name(
    asking: Asking, double: TmdbDouble, year: int | None, expected: int | None
) -> None:
    # Shown abroad a year later, as TMDB's search knows.
    double.add_film(1, "Ledger", release_date="1971-02-03", vote_count=100, also_released="1972")
    double.add_film(2, "Ledger", release_date="2014-02-03", vote_count=900)
    assert asking.id_of(_title("Ledger", year=year)) == expected


def test_the_medium_decides_whom_to_ask(asking: Asking, double: TmdbDouble) -> None:
    double.add_film(1, "Ledger", vote_count=9000)
    double.add_show(2, "Ledger", vote_count=60)
    assert asking.id_of(_title("Ledger")) == 1
    assert asking.id_of(_title("Ledger", media_type="tv")) == 2
    assert sorted(double.requests) == ["search/movie", "search/tv", "search/tv"]


def test_people_by_name_and_line_of_work(asking: Asking, double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist", known_for_department="Acting", popularity=9)
    double.add_person(2, "Ida Lindqvist", known_for_department="Directing", popularity=2)
    assert asking.id_of(_person("ida lindqvist", roles=frozenset({"cast"}))) == 1
    assert asking.id_of(_person("Ida Lindqvist", roles=frozenset({"director"}))) == 2
    assert asking.id_of(_person("Ida Lindquist")) is None


def test_a_person_by_another_name(asking: Asking, double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist", also_known_as=["Ada Linden"])
    assert asking.id_of(_person("Ada Linden")) == 1
    assert double.requests == ["search/person", "person/1"]


@pytest.mark.parametrize("more", [{"known_for": []}, {"adult": True}], ids=str)
def test_nobody_in_particular_is_refused(
    asking: Asking, double: TmdbDouble, more: dict[str, Any]
) -> None:
    double.add_person(1, "Harry Gutter", **more)
    assert asking.id_of(_person("Harry Gutter")) is None


def test_what_was_found_is_not_asked_again_for_hours(asking: Asking, double: TmdbDouble) -> None:
    double.add_film(1, "Ledger")
    first = asking.one(_title("Ledger"))
    asking.clock.now = KEEP_FOUND_SECONDS - 1
    assert asking.one(_title("LEDGER")) == first
    assert len(double.requests) == 2
    asking.clock.now = KEEP_FOUND_SECONDS
    assert asking.one(_title("Ledger")) == first
    assert len(double.requests) == 4


def test_that_there_is_nothing_is_remembered_briefly(asking: Asking, double: TmdbDouble) -> None:
    assert asking.one(_title("Ledger")) is None
    double.add_film(1, "Ledger")
    asking.clock.now = KEEP_NOTHING_SECONDS - 1
    assert asking.one(_title("Ledger")) is None
    assert len(double.requests) == 2
    asking.clock.now = KEEP_NOTHING_SECONDS
    assert asking.id_of(_title("Ledger")) == 1


def test_two_threads_share_one_look_up(asking: Asking, double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist")
    double.fail("search/person", HANG)
    name = _person("Ida Lindqvist")
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(asking.one, name)
        double.wait_for(1)
        second = threads.submit(asking.one, name)
        double.release()
        assert first.result() == second.result()
    assert len(double.requests) == 1


def test_three_names_of_a_request_are_asked_at_most(asking: Asking, double: TmdbDouble) -> None:
    names = [_person(f"Ida {letter}") for letter in "ABCD"]
    assert asking.search.ask(names) == {}
    assert sorted(search["query"] for search in double.searches) == ["Ida A", "Ida B", "Ida C"]


def test_a_name_as_long_as_a_text_is_not_asked_for(asking: Asking, double: TmdbDouble) -> None:
    assert asking.one(_title("x" * 101)) is None
    assert double.requests == []


_FAULTS = {
    "500": (SERVER_ERROR, "TMDB answered 500."),
    "404": (Fault(404), None),
    "401": (Fault(401), "TMDB refuses the key; check TMDB_BEARER_TOKEN"),
    "redirect": (Fault(307, headers={"Location": "/3/elsewhere"}), "TMDB answered 307."),
    "not JSON": (GARBAGE, "TMDB gave an unreadable answer."),
    "other JSON": (Fault(body=b'{"results": 3}'), "TMDB gave an unreadable answer."),
    "a wrong id": (Fault(body=b'{"results": [{"id": "../1"}]}'), "TMDB gave an unreadable answer."),
    "too large": (Fault(body=b" " * 2**20 + b"{}"), "TMDB sent too much."),
    "compressed": (
        Fault(headers={"Content-Encoding": "gzip"}),
        "TMDB compressed its answer though asked not to.",
    ),
    "429": (Fault(429, headers={"Retry-After": "7"}), "TMDB is asked too often (429)."),
    "429 without a time": (Fault(429), "TMDB is asked too often (429)."),
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_failure_is_one_sentence_and_not_remembered(
    asking: Asking, double: TmdbDouble, fault: str
) -> None:
    double.add_person(1, "Ida Lindqvist")
    sent, sentence = _FAULTS[fault]
    double.fail("search/person", sent)
    if sentence is None:
        assert asking.one(_person("Ida Lindqvist")) is None
        return
    assert asking.complaint(_person("Ida Lindqvist")).startswith(sentence)
    asking.clock.now = 10
    assert asking.id_of(_person("Ida Lindqvist")) == 1


def test_a_broken_connection_is_tried_once_more(asking: Asking, double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist")
    double.fail("search/person", TRUNCATED)
    assert asking.id_of(_person("Ida Lindqvist")) == 1
    double.fail("search/person", TRUNCATED, TRUNCATED)
    assert asking.complaint(_person("Bo Ek")).startswith("TMDB cannot be reached (")


def test_after_429_nobody_asks_for_as_long_as_it_says(asking: Asking, double: TmdbDouble) -> None:
    double.fail("search/person", Fault(429, headers={"Retry-After": "60"}))
    asking.complaint(_person("Ida Lindqvist"))
    asking.clock.now = 59
    left_alone = "TMDB failed of late and is left alone for a while."
    assert asking.complaint(_person("Bo Ek")) == left_alone
    asking.clock.now = 61
    assert asking.one(_person("Bo Ek")) is None
    assert len(double.requests) == 2


def test_a_slow_tmdb_is_waited_for_no_longer_than_set(double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist")
    double.fail("search/person", HANG)
    with Asking(double, ENTITY_SEARCH_TIMEOUT=0.05) as asking:
        complaint = asking.complaint(_person("Ida Lindqvist"))
    assert complaint == "TMDB did not answer within 0.05 s."


def test_a_dead_tmdb_is_left_alone_for_a_while(double: TmdbDouble) -> None:
    with Asking(double, TMDB_BASE_URL=closed_port_url()) as asking:
        for name in ("A", "B", "C"):
            assert asking.complaint(_person(name)) == "TMDB cannot be reached (ConnectError)."
        left_alone = "TMDB failed of late and is left alone for a while."
        asking.clock.now = 29
        assert asking.complaint(_person("D")) == left_alone
        asking.clock.now = 30
        assert asking.complaint(_person("E")) == "TMDB cannot be reached (ConnectError)."
        assert asking.complaint(_person("F")) == left_alone


def test_a_tmdb_that_is_back_is_asked_again(asking: Asking, double: TmdbDouble) -> None:
    double.add_person(1, "Ida Lindqvist")
    double.fail("search/person", SERVER_ERROR, SERVER_ERROR, SERVER_ERROR)
    for _ in range(3):
        asking.complaint(_person("Ida Lindqvist"))
    assert len(double.requests) == 3
    asking.clock.now = 30
    assert asking.id_of(_person("Ida Lindqvist")) == 1
    assert asking.id_of(_person("Ida Lindqvist")) == 1


def test_a_process_asks_only_so_often(double: TmdbDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    wall_clock = FakeClock()
    monkeypatch.setattr("time.time", wall_clock)
    with Asking(double, TMDB_RATE_PER_SECOND=8) as asking:
        for number in range(6):
            assert asking.one(_person(f"Ida {number}")) is None
        assert asking.complaint(_person("Bo Ek")) == "TMDB is asked as often as this process may."
        wall_clock.now = 6
        assert asking.complaint(_person("Bo Ek")) == "TMDB is asked as often as this process may."
        wall_clock.now = 6.1
        assert asking.one(_person("Bo Ek")) is None
    assert len(double.requests) == 7


@pytest.mark.parametrize(
    "name",
    ["../person/1", "x?api_key=1&query=y", "a/../../b", "%2e%2e%2f", "#", "Ledger\r\nX: 1", "ל🍿"],
    ids=ascii,
)
def test_whatever_a_name_is_it_is_data(asking: Asking, double: TmdbDouble, name: str) -> None:
    assert asking.one(_title(name)) is None
    assert set(double.requests) == {"search/movie", "search/tv"}
    assert double.searches == [{"query": name, "include_adult": "false"}] * 2


@pytest.mark.parametrize("kind", ["TMDB_BEARER_TOKEN", "TMDB_API_KEY"])
def test_the_key_and_the_name_are_in_no_log(
    double: TmdbDouble, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG)
    keys = {"TMDB_BEARER_TOKEN": "", "TMDB_API_KEY": ""} | {kind: KEY}
    double.add_person(1, "Ida Lindqvist")
    with Asking(double, **{name: key for name, key in keys.items() if key}) as asking:
        assert asking.id_of(_person("Ida Lindqvist")) == 1
        double.fail("search/person", SERVER_ERROR)
        asking.complaint(_person("Bo Ekelund"))
    written = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    for secret in (KEY, "Lindqvist", "Ekelund"):
        assert secret not in written
    assert "entity search answered" in written
    assert "entity search failed" in written


@pytest.mark.parametrize(
    "settings",
    [{}, {"TMDB_API_KEY": ""}, {"TMDB_BEARER_TOKEN": KEY, "ENTITY_SEARCH": "0"}],
    ids=str,
)
def test_without_a_key_or_switched_off_there_is_no_search(settings: dict[str, str]) -> None:
    given = {name: value for name, value in settings.items() if value}
    assert open_entity_search(Settings.load(given)) is None
