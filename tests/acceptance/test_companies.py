"""Companies and networks: in a title's record, found by their names, and filters of lists."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_company, add_credit, add_item, add_person


@pytest.fixture(scope="module")
def made(start_quiet: ServiceFactory) -> Service:
    database = start_quiet().database
    titles = [
        add_item(database, f"Title {number}", tmdb_id=number, media_type=kind)
        for number, kind in enumerate(["movie", "movie", "movie", "tv", "tv"], start=1)
    ]
    add_company(database, "Studio Ghibli", titles[:2], tmdb_id=10342)
    add_company(database, "A24", titles[2:4], tmdb_id=41077)
    add_company(database, "Ghibli Art", titles[:1], tmdb_id=9)
    add_company(database, "HBO", titles[4:], tmdb_id=49, kind="network")
    add_company(database, "HBO", titles[2:3], tmdb_id=3268)
    for number in range(11, 15):
        bond = add_item(
            database,
            f"Agent {number}",
            tmdb_id=number,
            collection_id=645,
            collection_name="James Bond Collection",
        )
        actor = add_person(database, f"Actor {number}", tmdb_id=number)
        add_credit(database, bond, actor)
        add_credit(database, titles[number % 5], actor, character="Hercule Poirot")
    return start_quiet()  # which reads the names as it starts


def _titles(service: Service, **asked: str) -> list[str]:
    return sorted(item["title"] for item in service.recommend("dana", limit=20, **asked)["items"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"companies": "studio ghibli"}, ["Title 1", "Title 2"]),
        ({"companies": "A24, Studio Ghibli"}, ["Title 1", "Title 2", "Title 3", "Title 4"]),
        ({"companies": "a24", "media_type": "tv"}, ["Title 4"]),
        ({"companies": "HBO"}, ["Title 3"]),
        ({"networks": "hbo"}, ["Title 5"]),
        ({"companies": "a24", "networks": "hbo"}, []),
    ],
)
def test_only_titles_of_the_companies_come(
    made: Service, asked: dict[str, str], expected: list[str]
) -> None:
    assert _titles(made, **asked) == expected


def test_a_company_may_be_named_by_id_and_is_shown(made: Service) -> None:
    found = made.http.get("/search", params={"q": "a24"}).json()["companies"]
    page = made.recommend("dana", companies=str(found[0]["id"]))
    assert {item["title"] for item in page["items"]} == {"Title 3", "Title 4"}
    (chip,) = page["interpreted"]
    assert (chip["field"], chip["label"], chip["value"]) == ("company", "A24", [found[0]["id"]])


def test_who_is_unknown_is_named(made: Service) -> None:
    answer = made.http.get("/recommend", params={"user_id": "dana", "networks": "HBO,Sprocket"})
    assert answer.status_code == 422
    told = "none is known as 'Sprocket'; GET /search finds companies by parts of their names"
    assert answer.json()["detail"] == f"networks: {told}."
    assert answer.json()["errors"] == [{"in": "query", "field": "networks", "message": told}]


@pytest.mark.parametrize("written", ["A42", "Nobody at all"])  # short names are not guessed
def test_what_is_far_from_every_company_gets_no_guess(made: Service, written: str) -> None:
    answer = made.http.get("/recommend", params={"user_id": "dana", "companies": written})
    assert "did you mean" not in answer.json()["detail"]


@pytest.mark.parametrize("parameter", ["companies", "networks"])
def test_a_slip_in_a_company_is_told_among_those_of_its_kind(made: Service, parameter: str) -> None:
    answer = made.http.get("/recommend", params={"user_id": "dana", parameter: "Studio Gibli"})
    assert ("did you mean Studio Ghibli?" in answer.text) is (parameter == "companies")


def test_search_finds_companies_that_begin_so_before_others(made: Service) -> None:
    found = made.http.get("/search", params={"q": "ghibli"}).json()
    assert [(one["kind"], one["name"]) for one in found["companies"]] == [
        ("production", "Ghibli Art"),
        ("production", "Studio Ghibli"),
    ]
    both = made.http.get("/search", params={"q": "hbo"}).json()["companies"]
    assert {(one["kind"], one["tmdb_id"]) for one in both} == {
        ("production", 3268),
        ("network", 49),
    }


def test_a_title_says_who_made_it(made: Service) -> None:
    companies = made.http.get("/items/movie:3").json()["companies"]
    assert [(one["kind"], one["name"]) for one in companies] == [
        ("production", "A24"),
        ("production", "HBO"),
    ]


def test_a_preview_tells_whose_a_title_is(made: Service) -> None:
    answer = made.http.post(
        "/recommend/preview", json={"user_id": "dana", "companies": "A24", "item": "movie:1"}
    )
    assert answer.status_code == 200, answer.text
    why = answer.json()["reasons"][0]
    assert why["code"] == "of_another_company"
    assert why["evidence"]["companies"] == ["Ghibli Art", "Studio Ghibli"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("james bond", ["Agent 11", "Agent 12", "Agent 13", "Agent 14"]),
        ("james bond movies", ["Agent 11", "Agent 12", "Agent 13", "Agent 14"]),
        ("hercule poirot", ["Title 2", "Title 3", "Title 4", "Title 5"]),
        ("anything but james bond", ["Title 1", "Title 2", "Title 3", "Title 4", "Title 5"]),
    ],
)
def test_a_text_that_is_a_name_brings_its_titles(
    made: Service, words: str, expected: list[str]
) -> None:
    assert _titles(made, query=words) == expected


@pytest.mark.parametrize(
    ("words", "title", "code", "evidence"),
    [
        ("james bond", "movie:1", "of_another_franchise",
         {"by": "request", "franchise": None, "needed": ["James Bond Collection"]}),
        ("tired of james bond", "movie:11", "of_an_excluded_franchise",
         {"by": "request", "franchise": "James Bond Collection"}),
        ("hercule poirot", "movie:1", "without_character",
         {"by": "request", "characters": ["Hercule Poirot"]}),
    ],
)  # fmt: skip
def test_a_preview_tells_what_the_name_asks_for(
    made: Service, words: str, title: str, code: str, evidence: dict[str, Any]
) -> None:
    asked = {"user_id": "dana", "query": words, "item": title}
    why = made.http.post("/recommend/preview", json=asked).json()["reasons"][0]
    assert (why["code"], why["evidence"]) == (code, evidence)
