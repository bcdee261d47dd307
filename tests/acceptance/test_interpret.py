"""GET /search/interpret: what a text is understood to ask for."""

from typing import Any

import pytest

from api.platform.database import Database
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_credit, add_item, add_person
from tests.chips import understood


def _interpret(service: Service, text: str) -> dict[str, Any]:
    answer = service.http.get("/search/interpret", params={"q": text})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _chips(service: Service, text: str) -> list[tuple[str, str, str]]:
    found = _interpret(service, text)["interpreted"]
    return [(chip["field"], chip["label"], chip["text"]) for chip in found]


def test_shows_every_part_with_the_words_it_came_from(sample: Service) -> None:
    text = "90s crime thrillers under two hours, not too gory, on Netflix, like Heat"
    assert _chips(sample, text) == [
        ("year", "1990–1999", "90s"),
        ("genre", "Crime", "crime"),
        ("genre", "Thriller", "thrillers"),
        ("runtime", "At most 119 minutes", "under two hours"),
        ("exclude_content", "No gore", "gory"),
        ("service", "Netflix", "Netflix"),
        ("seed", "Heat", "Heat"),
    ]


def test_links_to_the_catalogue(database: Database, start: ServiceFactory) -> None:
    item = add_item(database, "Harbour Lights", tmdb_id=1, release_year=2011)
    other = add_item(database, "Harbour Lights", tmdb_id=2, release_year=1999)
    person = add_person(database, "Ida Márquez")
    add_credit(database, item, person)
    service = start()
    (seed,) = _interpret(service, "like Harbor Lights")["interpreted"]
    assert seed["value"] in (item, other)
    (seed,) = _interpret(service, "like Harbour Lights (1999)")["interpreted"]
    assert seed["value"] == other
    (part,) = _interpret(service, "with ida marquez")["interpreted"]
    assert (part["field"], part["value"], part["label"]) == ("person", [person], "Ida Márquez")


def test_an_original_title_and_an_alternative_one_name_the_title(
    database: Database, start: ServiceFactory
) -> None:
    item = add_item(
        database,
        "Winter Ferry",
        original_title="Vinterfærgen",
        alternative_titles=["El barco de invierno"],
    )
    service = start()
    for text in ("like Vinterfaergen", "como El barco de invierno"):
        (seed,) = _interpret(service, text)["interpreted"]
        assert seed["value"] == item


def test_tells_what_is_left_to_search_with(sample: Service) -> None:
    found = _interpret(sample, "a heist with a clever crew from the 90s")
    assert found["free_text"] == "a heist with a clever crew"


def test_says_what_is_unsupported(sample: Service) -> None:
    (chip,) = _interpret(sample, "on showtime")["interpreted"]
    assert (chip["status"], chip["note"]) == (
        "unsupported",
        "No service called showtime is known here.",
    )


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": " \t "}, "q"),
        ({"q": "x" * 501}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "heist", "viewer": "dana"}, "viewer"),
    ],
    ids=str,
)
def test_names_what_is_wrong(sample: Service, query: dict[str, str], named: str) -> None:
    answer = sample.http.get("/search/interpret", params=query)
    assert answer.status_code == 422, answer.text
    assert named in answer.json()["detail"]


@pytest.mark.parametrize(
    "text",
    ["x" * 500, "'; DROP TABLE items; --", "{{7*7}}", "\u202eolleh", "שלום", "🍿", "no no no"],
    ids=ascii,
)
def test_noise_is_answered(sample: Service, text: str) -> None:
    assert understood(_interpret(sample, text)) == []


def test_needs_a_credential_where_there_are_some(start_sample: ServiceFactory) -> None:
    service = start_sample(API_KEYS="client-key-of-the-test")
    assert service.http.get("/search/interpret", params={"q": "heist"}).status_code == 401
