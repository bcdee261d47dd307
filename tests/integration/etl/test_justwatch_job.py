"""JustWatch's offers in the catalogue: matching, replacing, going on, and every way of failing."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from api.catalogue.writing.title import Offer, Title
from api.platform.database import Database
from config.settings import Settings
from etl.http_source import HttpSource
from etl.justwatch.check import BATCH, CheckOffers
from etl.justwatch.client import connect
from etl.justwatch.patience import HOPELESS
from tests.doubles.clock import FakeClock
from tests.doubles.jobs import Outcome, run
from tests.doubles.justwatch import MUBI, JustWatchDouble, package, refusal, wire_offer
from tests.doubles.titles import film, id_of, show, store
from tests.doubles.tmdb import GARBAGE, SERVER_ERROR, TOO_MANY, TRUNCATED, Fault

CheckFactory = Callable[..., CheckOffers]
IN_IL = Offer("IL", "netflix", "subscription", "https://tmdb.example/1")
TRIES = 7  # of HttpSource


@pytest.fixture
def justwatch() -> Iterator[JustWatchDouble]:
    with JustWatchDouble() as double:
        yield double


@pytest.fixture
def check(justwatch: JustWatchDouble, source: Callable[..., HttpSource]) -> Iterator[CheckFactory]:
    """Makes the job against the double."""
    with connect(Settings.load({"justwatch_url": justwatch.url}), source=source) as client:
        yield lambda *countries: CheckOffers(client, countries or ("IL",))


def rows(database: Database, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), parameters)]


def change(database: Database, statement: str, **parameters: Any) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement), parameters)


def check_run(database: Database, work: CheckOffers, **options: Any) -> Outcome:
    return run(database, work, job="justwatch", **options)


def offers(database: Database) -> list[tuple[Any, ...]]:
    return rows(
        database,
        "SELECT country, service, offer_type, url, source FROM availability ORDER BY 1, 2, 3",
    )


def make_due(database: Database) -> None:
    change(database, "UPDATE justwatch_checks SET checked_at = checked_at - interval '1 day'")


def in_il(tmdb_id: int = 1, title: str = "The Lantern Keeper", **more: Any) -> Title:
    return film(tmdb_id, title, **{"release_year": 2021, "offers": (IN_IL,)} | more)


# --- what is stored ----------------------------------------------------------------------------


def test_offers_replace_those_of_tmdb_with_links(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(deep_link="nflx://title/1"), wire_offer("RENT", MUBI))
    outcome = check_run(database, check())
    assert outcome.out.startswith("justwatch: read 1, written 1, unchanged 0, rejected 0 in ")
    assert offers(database) == [
        ("IL", "mbi", "rent", "https://watch.example/1", "justwatch"),
        ("IL", "nfx", "subscription", "https://watch.example/1", "justwatch"),
    ]
    assert rows(database, "SELECT deep_link FROM availability WHERE service = 'nfx'") == [
        ("nflx://title/1",)
    ]
    assert rows(database, "SELECT node_id, matched_by, score FROM justwatch_titles") == [
        ("tm1", "tmdb_id", None)
    ]


def test_several_countries_are_one_question_and_other_countries_stay(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    elsewhere = Offer("FR", "canal", "subscription")
    store(database, in_il(offers=(IN_IL, elsewhere)))
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    justwatch.offer("tm1", "GB", wire_offer(service=MUBI, url="https://watch.example/gb"))
    check_run(database, check("IL", "GB"))
    assert [(country, service) for country, service, *_ in offers(database)] == [
        ("FR", "canal"),
        ("GB", "mbi"),
        ("IL", "nfx"),
    ]
    assert justwatch.asked("Offers") == [
        {"n0": "tm1", "IL": "IL", "GB": "GB", "platform": "WEB"},
    ]
    assert rows(database, "SELECT country FROM justwatch_checks ORDER BY 1") == [("GB",), ("IL",)]


def test_countries_of_the_run_come_before_those_of_the_settings(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il(offers=(Offer("GB", "mubi", "subscription"),)))
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    check_run(database, check(), countries=("GB", "GB"))
    assert rows(database, "SELECT country FROM justwatch_checks") == [("GB",)]


def test_offers_that_ended_vanish(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(), wire_offer("RENT"))
    check_run(database, check())
    justwatch.offer("tm1", "IL", wire_offer("RENT"), wire_offer(until="2020-01-01"))
    make_due(database)
    assert "written 1" in check_run(database, check()).out
    assert [kind for _, _, kind, _, _ in offers(database)] == ["rent"]
    justwatch.offer("tm1", "IL")
    make_due(database)
    check_run(database, check())
    assert offers(database) == []


def test_an_answer_that_says_nothing_new_writes_the_check_alone(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(), wire_offer(quality="_4K"))
    check_run(database, check())
    make_due(database)
    state = (
        "SELECT availability.xmin, items.updated_at, catalogue_version, searched_at "
        "FROM availability, items, service_state, justwatch_titles"
    )
    before, checked = rows(database, state), rows(database, "SELECT * FROM justwatch_checks")
    outcome = check_run(database, check())
    assert "read 1, written 0, unchanged 1" in outcome.out
    assert "Nothing changed." in outcome.out
    assert rows(database, state) == before
    assert rows(database, "SELECT * FROM justwatch_checks") != checked


def test_a_change_moves_the_catalogues_version_and_the_titles_time(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il(), in_il(2, "Harbour Lights"))
    for number, title in ((1, "The Lantern Keeper"), (2, "Harbour Lights")):
        justwatch.add(f"tm{number}", title, tmdb_id=number)
        justwatch.offer(f"tm{number}", "IL", wire_offer())
    check_run(database, check())
    make_due(database)
    version = rows(database, "SELECT catalogue_version FROM service_state")
    times = dict(rows(database, "SELECT tmdb_id, updated_at FROM items"))
    justwatch.offer("tm2", "IL", wire_offer(url="https://watch.example/moved"))
    check_run(database, check())
    after = dict(rows(database, "SELECT tmdb_id, updated_at FROM items"))
    assert after[1] == times[1]
    assert after[2] > times[2]
    assert rows(database, "SELECT catalogue_version FROM service_state") == [(version[0][0] + 1,)]


def test_kinds_of_tomorrow_are_counted_and_not_stored(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(), wire_offer("BARTER"))
    outcome = check_run(database, check())
    assert outcome.status == 0
    assert "offer of unknown kind 1" in outcome.out
    assert [kind for _, _, kind, _, _ in offers(database)] == ["subscription"]


def test_a_service_that_only_an_offer_names_is_added(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(service=MUBI))
    outcome = check_run(database, check())
    assert "1 service added." in outcome.out
    assert rows(database, "SELECT short_name, name, tmdb_id FROM providers ORDER BY 1") == [
        ("mbi", "MUBI", 11),
        ("nfx", "Netflix", 8),
    ]


def test_a_service_that_shares_its_number_does_not_take_the_others_name(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer(service=package("nfk", 8, "Netflix Kids", "kids")))
    check_run(database, check())
    assert rows(database, "SELECT short_name FROM providers ORDER BY 1") == [("nfk",), ("nfx",)]


# --- matching ----------------------------------------------------------------------------------


def test_a_known_node_is_not_searched_for_again(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    check_run(database, check())
    make_due(database)
    check_run(database, check())
    assert len(justwatch.asked("Search")) == 1
    assert len(justwatch.asked("Offers")) == 2


def test_a_search_names_title_type_country_and_language(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, show(1, "Harbour Lights", offers=(Offer("GB", "mubi", "subscription"),)))
    check_run(database, check("IL", "GB"))
    assert justwatch.asked("Search") == [
        {
            "country": "GB",
            "language": "en",
            "first": 10,
            "filter": {"searchQuery": "Harbour Lights", "objectTypes": ["SHOW"]},
        }
    ]


def test_a_title_without_ids_at_justwatch_is_matched_by_title_year_and_type(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", 1950)
    justwatch.add("tm2", "The Lantern Keeper", 2022)
    justwatch.offer("tm2", "IL", wire_offer())
    check_run(database, check())
    assert rows(database, "SELECT node_id, matched_by, score FROM justwatch_titles") == [
        ("tm2", "title", pytest.approx(0.95))
    ]
    assert [service for _, service, *_ in offers(database)] == ["nfx"]


def test_alternative_titles_count(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    change(database, "UPDATE items SET alternative_titles = '{Keeper of Lanterns}'")
    justwatch.add("tm1", "Keeper of Lanterns")
    justwatch.offer("tm1", "IL", wire_offer())
    check_run(database, check())
    assert rows(database, "SELECT matched_by FROM justwatch_titles") == [("title",)]


def test_a_near_miss_is_logged_counted_and_leaves_tmdbs_offers(
    database: Database,
    justwatch: JustWatchDouble,
    check: CheckFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keepers' Daughter")
    outcome = check_run(database, check())
    assert outcome.status == 0
    assert "rejected 1 (near miss 1)" in outcome.out
    assert (
        "near miss: movie:1 'The Lantern Keeper' (2021), "
        'nearest "The Lantern Keepers\' Daughter" (2021), score 0.78'
    ) in caplog.text
    assert [source for *_, source in offers(database)] == ["tmdb"]
    assert rows(database, "SELECT count(*) FROM justwatch_checks") == [(0,)]


def test_what_was_not_found_is_searched_again_after_a_month(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    assert "no match 1" in check_run(database, check()).out
    assert "read 0" in check_run(database, check()).out
    change(database, "UPDATE justwatch_titles SET searched_at = now() - interval '31 days'")
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    assert "read 1, written 1" in check_run(database, check()).out


def test_a_node_that_is_no_more_is_searched_for_by_the_next_run(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    check_run(database, check())
    justwatch.titles.clear()
    justwatch.add("tm9", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm9", "IL", wire_offer("RENT"))
    make_due(database)
    assert "gone at JustWatch 1" in check_run(database, check()).out
    assert [kind for _, _, kind, _, _ in offers(database)] == ["subscription"]
    assert "written 1" in check_run(database, check()).out
    assert [kind for _, _, kind, _, _ in offers(database)] == ["rent"]


# --- which titles ------------------------------------------------------------------------------


def test_only_titles_that_can_be_watched_in_a_wanted_country_are_asked_about(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(
        database,
        in_il(1, "Wanted"),
        in_il(2, "Nowhere", offers=()),
        in_il(3, "Elsewhere", offers=(Offer("FR", "canal", "rent"),)),
        in_il(4, "Retired"),
        in_il(5, "Sample"),
    )
    change(database, "UPDATE items SET retired_at = now() WHERE tmdb_id = 4")
    change(
        database,
        "UPDATE availability SET source = 'sample' WHERE item_id = :id",
        id=id_of(database, 5),
    )
    check_run(database, check())
    assert [one["filter"]["searchQuery"] for one in justwatch.asked("Search")] == ["Wanted"]


def test_a_title_is_not_asked_about_twice_a_day(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    check_run(database, check())
    outcome = check_run(database, check())
    assert "read 0" in outcome.out
    assert "Nothing changed." in outcome.out
    # A country that was not asked about makes it due again.
    assert "read 1" in check_run(database, check("IL", "GB")).out


def test_the_longest_unchecked_come_first_then_the_most_popular(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    names = {1: "Alpha", 2: "Beta", 3: "Gamma", 4: "Delta"}
    store(database, *(in_il(one, name, popularity=0.1 * one) for one, name in names.items()))
    for days, tmdb_id in ((2, 3), (5, 4)):
        change(
            database,
            "INSERT INTO justwatch_checks (item_id, country, checked_at) "
            "VALUES (:id, 'IL', now() - make_interval(days => :days))",
            id=id_of(database, tmdb_id),
            days=days,
        )
    check_run(database, check())
    asked = [one["filter"]["searchQuery"] for one in justwatch.asked("Search")]
    assert asked == ["Beta", "Alpha", "Delta", "Gamma"]


def test_what_a_clock_that_ran_ahead_has_noted_does_not_count(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il(1, "Alpha"), in_il(2, "Beta"))
    justwatch.add("tm1", "Alpha", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    assert "written 1, unchanged 0, rejected 1" in check_run(database, check()).out
    change(database, "UPDATE justwatch_checks SET checked_at = now() + interval '9 years'")
    change(database, "UPDATE justwatch_titles SET searched_at = now() + interval '9 years'")
    assert "read 2, written 0, unchanged 1, rejected 1" in check_run(database, check()).out
    assert "read 0" in check_run(database, check()).out


def test_a_limited_run_is_continued_by_the_next(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    for number in range(1, 4):
        store(database, in_il(number, f"Film {number}"))
        justwatch.add(f"tm{number}", f"Film {number}", tmdb_id=number)
        justwatch.offer(f"tm{number}", "IL", wire_offer())
    assert "read 2, written 2" in check_run(database, check(), limit=2).out
    assert "read 1, written 1" in check_run(database, check()).out


def test_batches_are_committed_one_by_one(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    numbers = range(1, BATCH + 11)
    store(database, *(in_il(one, f"Film {one}", popularity=1000.0 - one) for one in numbers))
    for number in numbers:
        justwatch.add(f"tm{number}", f"Film {number}", tmdb_id=number)
        justwatch.offer(f"tm{number}", "IL", wire_offer())
    change(
        database,
        "INSERT INTO justwatch_titles (item_id, node_id, matched_by) "
        "SELECT id, 'tm' || tmdb_id, 'tmdb_id' FROM items",
    )
    justwatch.spoilt = {f"tm{number}" for number in numbers if number > BATCH}
    assert check_run(database, check()).status == 1
    assert rows(database, "SELECT count(*) FROM justwatch_checks") == [(BATCH,)]
    assert rows(database, "SELECT source, count(*) FROM availability GROUP BY 1 ORDER BY 1") == [
        ("justwatch", BATCH),
        ("tmdb", 10),
    ]
    justwatch.spoilt.clear()
    assert "read 10, written 10" in check_run(database, check()).out


def test_a_dry_run_reports_and_keeps_nothing(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    before = offers(database)
    assert "written 1" in check_run(database, check(), dry_run=True).out
    assert offers(database) == before
    for table in ("providers", "justwatch_titles", "justwatch_checks", "job_runs"):
        assert rows(database, f"SELECT count(*) FROM {table}") == [(0,)]


# --- failures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [SERVER_ERROR, TOO_MANY, TRUNCATED, GARBAGE])
def test_one_fault_is_asked_again(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory, fault: Fault
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.fail("Services", fault)
    assert "written 1" in check_run(database, check()).out


@pytest.mark.parametrize("country", ["ZZ", "US"])
def test_a_country_that_does_not_exist_is_one_sentence(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory, country: str
) -> None:
    justwatch.services["US"] = []
    justwatch.services["GB"] = []
    if country == "ZZ":
        justwatch.services["US"] = [MUBI]
    store(database, in_il())
    before = offers(database)
    outcome = check_run(database, check(), countries=("IL", country))
    assert outcome.status == 1
    assert outcome.err == (
        f"justwatch: JustWatch knows no country '{country}'; no offer was touched.\n"
    )
    assert offers(database) == before
    assert rows(database, "SELECT count(*) FROM providers") == [(0,)]


@pytest.mark.parametrize("country", ["il", "Israel", "I", "I1", "", "IL\n"])
def test_a_country_that_is_none_is_never_sent(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory, country: str
) -> None:
    outcome = check_run(database, check(), countries=(country,))
    assert (outcome.status, justwatch.questions) == (1, [])
    assert outcome.err == (
        f"justwatch: A country is two capital letters, such as IL, not {country!r}.\n"
    )


def test_services_refused_everywhere_are_not_the_countrys_fault(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    justwatch.fail("Services", *[refusal("Cannot query field 'packages' on type 'Query'.")] * 2)
    outcome = check_run(database, check())
    assert outcome.status == 1
    assert outcome.err == (
        "justwatch: JustWatch answered in a form this version does not know (services: Cannot "
        "query field 'packages' on type 'Query'.); TMDB's offers stay in service.\n"
    )


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(403), "JustWatch answered 403 to graphql; TMDB's offers stay in service."),
        (Fault(404), "There is no JustWatch at JUSTWATCH_URL; TMDB's offers stay in service."),
        (Fault(401), "JustWatch refuses to answer; TMDB's offers stay in service."),
        (Fault(500), "JustWatch gave no answer to graphql: status 500; TMDB's offers stay in"),
        (GARBAGE, "JustWatch gave no answer to graphql: the answer is not JSON; TMDB's offers"),
        (Fault(body=b'{"d": 1}'), "in a form this version does not know (services: input should"),
    ],
)
def test_a_source_that_refuses_from_the_start_is_one_sentence(
    database: Database,
    justwatch: JustWatchDouble,
    check: CheckFactory,
    fault: Fault,
    sentence: str,
) -> None:
    store(database, in_il())
    before = offers(database)
    justwatch.fail("Services", *[fault] * TRIES)
    outcome = check_run(database, check())
    assert outcome.status == 1
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert offers(database) == before
    assert rows(database, "SELECT state, report ->> 'error' FROM job_runs") == [
        ("failure", outcome.err.removeprefix("justwatch: ").removesuffix("\n"))
    ]


def test_a_source_that_dies_on_the_way_ends_the_run_with_nothing_half_written(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, *(in_il(number, f"Film {number}") for number in range(1, 9)))
    before = offers(database)
    justwatch.fail("Search", *[Fault(503)] * TRIES * HOPELESS)
    outcome = check_run(database, check())
    assert outcome.status == 1
    assert outcome.err == (
        f"justwatch: JustWatch failed {HOPELESS} questions in a row, the last time so: JustWatch "
        "gave no answer to graphql: status 503; TMDB's offers stay in service.\n"
    )
    assert len(justwatch.asked("Search")) == TRIES * HOPELESS
    assert offers(database) == before
    # It was not the titles' fault.
    assert rows(database, "SELECT count(*) FROM job_failures") == [(0,)]


def test_one_title_that_fails_does_not_spoil_its_group(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    for number in (1, 2, 3):
        store(database, in_il(number, f"Film {number}"))
        justwatch.add(f"tm{number}", f"Film {number}", tmdb_id=number)
        justwatch.offer(f"tm{number}", "IL", wire_offer())
    justwatch.spoilt = {"tm2"}
    outcome = check_run(database, check())
    assert outcome.status == 0
    assert "written 2, unchanged 0, rejected 1 (no answer 1)" in outcome.out
    assert rows(database, "SELECT job, reference, failures, reason FROM job_failures") == [
        (
            "justwatch",
            "movie:2",
            1,
            "JustWatch answered in a form this version does not know "
            "(offers: internal server error).",
        )
    ]
    # The node may be at fault: the next try begins with a search.
    assert rows(database, "SELECT node_id FROM justwatch_titles ORDER BY 1") == [("tm1",), ("tm3",)]


def test_a_failed_title_waits_for_its_next_try_and_success_clears_it(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory
) -> None:
    store(database, in_il())
    justwatch.add("tm1", "The Lantern Keeper", tmdb_id=1)
    justwatch.offer("tm1", "IL", wire_offer())
    change(
        database,
        "INSERT INTO job_failures (job, reference, failures, reason, next_try_at) "
        "VALUES ('justwatch', 'movie:1', 1, 'status 500', now() + interval '1 hour'), "
        "('tmdb', 'movie:1', 1, 'status 500', NULL)",
    )
    assert "read 0" in check_run(database, check()).out
    change(database, "UPDATE job_failures SET next_try_at = now() - interval '1 hour'")
    assert "written 1" in check_run(database, check()).out
    assert rows(database, "SELECT job FROM job_failures") == [("tmdb",)]


def test_the_rate_is_kept(
    database: Database, justwatch: JustWatchDouble, check: CheckFactory, clock: FakeClock
) -> None:
    store(database, *(in_il(number, f"Film {number}") for number in range(1, 8)))
    check_run(database, check())
    assert len(justwatch.questions) == 8
    assert clock.now >= 7 / 2  # two a second, the first at once
