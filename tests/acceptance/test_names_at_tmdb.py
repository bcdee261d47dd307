"""Names that the catalogue does not know, with TMDB's search behind it: better with it, and the
usual answer without it."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import update

from api.platform import tables
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.chips import understood
from tests.doubles.llm import closed_port_url
from tests.doubles.tmdb import GARBAGE, HANG, KEY, SERVER_ERROR, Fault, TmdbDouble


@pytest.fixture(scope="module")
def double() -> Iterator[TmdbDouble]:
    with TmdbDouble() as server:
        yield server


@pytest.fixture(scope="module")
def service(start_sample: ServiceFactory, double: TmdbDouble) -> Service:
    """One on the sample catalogue, with a key. Each test asks for names of its own: what TMDB said
    of one is remembered."""
    return _start(start_sample, double)


def _start(start: ServiceFactory, double: TmdbDouble, **environment: Any) -> Service:
    usual = {
        "TMDB_BEARER_TOKEN": KEY,
        "TMDB_BASE_URL": double.api_url,
        "TMDB_RATE_PER_SECOND": 1000,
        "ENTITY_SEARCH_TIMEOUT": 10,
    }
    return start(**usual | environment)


def _interpret(service: Service, text: str) -> dict[str, Any]:
    answer = service.http.get("/search/interpret", params={"q": text})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _sample_title(service: Service, title: str) -> tuple[int, int, str]:
    """(id, TMDB id, overview) of a film."""
    ((item, tmdb_id, overview),) = rows_of(
        service.database,
        "SELECT id, tmdb_id, overview FROM items WHERE title = %(title)s AND media_type = 'movie'",
        title=title,
    )
    return item, tmdb_id, overview


def test_a_title_of_the_catalogue_is_a_seed_by_a_name_that_only_tmdb_knows(
    service: Service, double: TmdbDouble
) -> None:
    heat, tmdb_id, _ = _sample_title(service, "Heat")
    names = {"titles": [{"title": "Die Glut der Stadt"}]}
    double.add_film(tmdb_id, "Heat", vote_count=8000, alternative_titles=names)
    page = service.recommend("resembler", query="like Die Glut der Stadt", diversify=False)
    assert understood(page) == [
        {
            "field": "seed",
            "value": heat,
            "label": "Heat",
            "text": "Die Glut der Stadt",
            "status": "enforced",
            "note": "Found through TMDB's search.",
            "source": "words",
        }
    ]
    by_its_name = service.recommend("resembler", query="like Heat", diversify=False)
    assert [item["id"] for item in page["items"]] == [item["id"] for item in by_its_name["items"]]
    assert "degraded" not in page


def test_a_title_of_no_catalogue_brings_titles_near_its_story(
    service: Service, double: TmdbDouble
) -> None:
    _, _, overview = _sample_title(service, "Heat")
    double.add_film(990_001, "The Salt Ledger", release_date="1998-01-01", overview=overview)
    page = service.recommend("resembler", query="like The Salt Ledger", diversify=False)
    (chip,) = page["interpreted"]
    assert (chip["value"], chip["label"], chip["status"]) == (
        "movie:990001",
        "The Salt Ledger (1998)",
        "enforced",
    )
    assert chip["note"].startswith("Found through TMDB's search; not in this catalogue")
    assert "Heat" in [item["title"] for item in page["items"][:10]]
    assert "query_ann" in page["items"][0]["sources"]
    later = service.recommend(
        "resembler", query="like The Salt Ledger", diversify=False, cursor=page["next_cursor"]
    )
    assert later["interpreted"] == page["interpreted"]


def test_a_person_of_the_catalogue_is_a_filter_by_another_name(
    service: Service, double: TmdbDouble
) -> None:
    name = "Christopher Nolan"
    with service.database.engine.begin() as connection:  # the sample knows people by name alone
        statement = update(tables.people).where(tables.people.c.name == name)
        connection.execute(statement.values(tmdb_id=990_010))
    ((person,),) = rows_of(
        service.database, "SELECT id FROM people WHERE name = %(name)s", name=name
    )
    double.add_person(990_010, name, also_known_as=["Odo Varnhagen"])
    page = service.recommend("admirer", query="directed by Odo Varnhagen", limit=2)
    (chip,) = page["interpreted"]
    assert (chip["field"], chip["value"], chip["label"]) == ("person", [person], name)
    theirs = rows_of(
        service.database,
        "SELECT item_id FROM credits WHERE person_id = %(person)s AND role = 'director'",
        person=person,
    )
    assert page["items"]
    assert {item["id"] for item in page["items"]} <= {row[0] for row in theirs}


def test_of_a_person_without_a_title_here_there_is_nothing_to_show(
    service: Service, double: TmdbDouble
) -> None:
    double.add_person(990_002, "Ida Lindqvist", known_for_department="Directing")
    page = service.recommend("admirer", query="directed by Ida Lindqvist")
    (chip,) = page["interpreted"]
    assert (chip["label"], chip["value"], chip["status"]) == ("Ida Lindqvist", [], "enforced")
    assert "no title of this catalogue" in chip["note"]
    assert page["items"] == []
    both = service.recommend("admirer", query="starring Tom Hanks and Ida Lindqvist", limit=3)
    assert both["relaxed"] == ["people"]
    assert {chip["status"] for chip in both["interpreted"]} == {"relaxed"}
    assert len(both["items"]) == 3


def test_what_nobody_knows_is_searched_for_as_text(service: Service, double: TmdbDouble) -> None:
    before = len(double.searches)
    page = service.recommend("asker", query="like Quillon Vane")
    assert understood(page) == []
    assert len(page["items"]) == 20
    assert "degraded" not in page
    assert len(double.searches) == before + 2


def test_interpret_takes_the_same_step(service: Service, double: TmdbDouble) -> None:
    double.add_film(990_003, "Brine Harbour", overview="A quay at night.")
    found = _interpret(service, "90s comedies like Brine Harbour")
    assert [chip["label"] for chip in understood(found)] == [
        "1990–1999",
        "Comedy",
        "Brine Harbour",
    ]
    assert found["degraded"] == []


def test_a_name_is_asked_for_once_whoever_wants_it(service: Service, double: TmdbDouble) -> None:
    before = len(double.requests)
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda user: service.recommend(user, query="like Ember Vale"), "abcd")
        )
    _interpret(service, "similar to Ember Vale")
    assert all("degraded" not in page for page in answers)
    assert len(double.requests) == before + 2


def test_nothing_of_the_viewer_or_of_other_words_leaves(
    service: Service, double: TmdbDouble
) -> None:
    before = len(double.searches)
    service.recommend(
        "viewer-canary-17", query="my secret wish, like Tallow Road", profile="profile-canary"
    )
    assert double.searches[before:] == [{"query": "Tallow Road", "include_adult": "false"}] * 2


_FAULTS = {
    "500": SERVER_ERROR,
    "429": Fault(429, headers={"Retry-After": "30"}),
    "not JSON": GARBAGE,
    "401": Fault(401),
    "silence": HANG,
}


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_failure_leaves_the_usual_answer_and_says_so(
    start_sample: ServiceFactory, sample: Service, fault: str
) -> None:
    with TmdbDouble() as failing:
        timeout = 0.05 if fault == "silence" else 10
        service = _start(start_sample, failing, ENTITY_SEARCH_TIMEOUT=timeout)
        failing.fail("search/movie", *[_FAULTS[fault]] * 2)
        request = {"query": "thrillers like Cinder Quay", "diversify": False, "limit": 5}
        page, usual = (one.recommend("unlucky", **request) for one in (service, sample))
        assert page["degraded"] == ["entity_search"]
        for answer in (page, usual):
            assert [chip["label"] for chip in understood(answer)] == ["Thriller"]
        assert [item["id"] for item in page["items"]] == [item["id"] for item in usual["items"]]
        assert _interpret(service, "like Cinder Quay")["degraded"] == ["entity_search"]
        failing.release()


def test_a_dead_tmdb_costs_nobody_the_page(start_sample: ServiceFactory) -> None:
    service = start_sample(TMDB_API_KEY=KEY, TMDB_BASE_URL=closed_port_url())
    for number in range(5):
        page = service.recommend(f"patient-{number}", query="like Cinder Quay", limit=5)
        assert page["degraded"] == ["entity_search"]
        assert len(page["items"]) == 5
    assert "degraded" not in service.recommend("patient-0", query="like Heat", limit=5)


@pytest.mark.parametrize(
    "environment",
    [{"TMDB_BEARER_TOKEN": ""}, {"ENTITY_SEARCH": "0"}],
    ids=["no key", "switched off"],
)
def test_without_a_key_or_switched_off_nobody_is_asked(
    start_sample: ServiceFactory, double: TmdbDouble, environment: dict[str, str]
) -> None:
    before = len(double.requests)
    usual = {"TMDB_BEARER_TOKEN": KEY} | environment
    given = {name: value for name, value in usual.items() if value}
    service = start_sample(TMDB_BASE_URL=double.api_url, **given)
    page = service.recommend("keyless", query="like Wharf Nine, directed by Ida Lindqvist")
    assert understood(page) == []
    assert "degraded" not in page
    assert understood(_interpret(service, "like Wharf Nine")) == []
    assert len(double.requests) == before


def test_the_key_and_the_words_are_in_no_log(
    service: Service, double: TmdbDouble, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.recommend("discreet", query="like Lantern Weir")
    double.fail("search/movie", SERVER_ERROR)
    service.recommend("discreet", query="like Lantern Shoal")
    # The server's access log, which the service runs without, and the test's own client know them.
    ours = [record for record in caplog.records if record.name.startswith("api.")]
    written = "".join(str(record.__dict__) for record in ours)
    assert "entity search failed" in written
    for secret in (KEY, "Lantern"):
        assert secret not in written
