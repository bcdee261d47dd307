"""GET /search: titles and people by name, as one types."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.acceptance.conftest import Service
from tests.builders import add_item, add_items, add_person, rows_of


def _titles(service: Service, q: str, **query: Any) -> list[str]:
    answer = service.http.get("/search", params={"q": q} | query)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    "q", ["inter", "interstellar", "INTERSTELLAR", "Ínterstellar", "interstelar", "intrestel"]
)
def test_finds_a_title_by_its_beginning_or_with_a_slip(service: Service, q: str) -> None:
    add_item(service.database, "Interstellar", tmdb_id=1)
    add_item(service.database, "Heat", tmdb_id=2)
    assert _titles(service, q) == ["Interstellar"]


@pytest.mark.parametrize(
    ("q", "guessed"),
    [
        ("octo", []),
        ("the last octopus", []),
        ("octopus last", []),
        ("the last octopsu", ["items"]),
        ("the last octopus teacher", ["items"]),
        ("denis villeneuve", []),
        ("denis vileneuve", ["people"]),
        ("quokka", []),
    ],
)
def test_says_of_which_no_name_has_every_word(service: Service, q: str, guessed: list[str]) -> None:
    add_item(service.database, "The Last Octopus", tmdb_id=1)
    add_item(service.database, "Heat", tmdb_id=2)
    add_person(service.database, "Denis Villeneuve")
    page = service.http.get("/search", params={"q": q}).json()
    assert page["guessed"] == guessed
    assert bool(page["items"] or page["people"]) is (q != "quokka")


@pytest.mark.parametrize("q", ["amelie", "poulain ameli", "Amélie"])
def test_folds_accents_on_both_sides_and_takes_words_in_any_order(service: Service, q: str) -> None:
    add_item(service.database, "Le Fabuleux Destin d'Amélie Poulain")
    assert _titles(service, q) == ["Le Fabuleux Destin d'Amélie Poulain"]


def test_the_very_name_comes_before_more_popular_beginnings(service: Service) -> None:
    add_item(service.database, "Heathers", tmdb_id=1, popularity=90)
    add_item(service.database, "Dead Heat", tmdb_id=2, popularity=99)
    add_item(service.database, "Heat", tmdb_id=3, popularity=1)
    add_item(service.database, "Heat and Dust", tmdb_id=4, popularity=95)
    assert _titles(service, "heat") == ["Heat", "Heat and Dust", "Heathers", "Dead Heat"]


@pytest.mark.parametrize(
    "q", ["das kartell", "kart", "Kártell", "kartel", "karetll", "ledger kartell", "Ψυχρός"]
)
def test_finds_a_title_by_its_alternative_titles(service: Service, q: str) -> None:
    names = ["Das Kartell", "Ψυχρός ιδρώτας"]
    add_item(service.database, "Cold Ledger", tmdb_id=1, alternatives=names)
    add_item(service.database, "Heat", tmdb_id=2)
    assert _titles(service, q) == ["Cold Ledger"]


def test_every_name_counts_alike_and_fame_decides(service: Service) -> None:
    add_item(service.database, "Cold Ledger", tmdb_id=1, popularity=90, alternatives=["Kartell"])
    add_item(service.database, "The Kartell Years", tmdb_id=2, popularity=1)
    add_item(service.database, "Kartell", tmdb_id=3, popularity=1)
    add_item(service.database, "Warm Ledger", tmdb_id=4, popularity=95, alternatives=["Kartelle"])
    found = ["Cold Ledger", "Kartell", "Warm Ledger", "The Kartell Years"]
    assert _titles(service, "kartell") == found
    paged = []
    query: dict[str, Any] = {"q": "kartell", "limit": 1}
    while True:
        page = service.http.get("/search", params=query).json()
        paged += [item["title"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert paged == found


def test_leaves_out_what_is_gone_by_its_alternative_titles_too(service: Service) -> None:
    gone: dict[str, Any] = {"retired_at": "2026-01-01"}
    add_item(service.database, "Cold Ledger", alternatives=["Das Kartell"], **gone)
    assert _titles(service, "kartell") == []
    assert _titles(service, "kartlel") == []


def test_every_word_must_match(service: Service) -> None:
    add_item(service.database, "The Dark Knight", tmdb_id=1)
    add_item(service.database, "Dark City", tmdb_id=2)
    assert _titles(service, "dark kni") == ["The Dark Knight"]
    assert _titles(service, "drak knigth") == ["The Dark Knight"]


@pytest.mark.parametrize("q", ["al pac", "pacino", "Pachino"])
def test_finds_people_by_any_part_of_their_name(service: Service, q: str) -> None:
    person = add_person(service.database, "Al Pacino", tmdb_id=1158)
    add_person(service.database, "Tom Hanks")
    answer = service.http.get("/search", params={"q": q})
    assert answer.json()["people"] == [{"id": person, "tmdb_id": 1158, "name": "Al Pacino"}]


def test_learns_new_words_when_the_catalogue_changes(service: Service) -> None:
    add_item(service.database, "Heat", tmdb_id=1)
    assert _titles(service, "opennheimer") == []
    add_item(service.database, "Oppenheimer", tmdb_id=2)
    with service.database.engine.begin() as connection:
        connection.execute(text("UPDATE service_state SET catalogue_version = 2"))
    assert _titles(service, "opennheimer") == ["Oppenheimer"]


def test_keeps_to_one_medium_when_told(service: Service) -> None:
    add_item(service.database, "Fargo", media_type="movie")
    add_item(service.database, "Fargo", media_type="tv")
    assert len(_titles(service, "fargo")) == 2
    assert len(_titles(service, "fargo", media_type="tv")) == 1


def test_leaves_out_what_is_gone(service: Service) -> None:
    add_item(service.database, "Heat", retired_at="2026-01-01")
    assert _titles(service, "heat") == []


def test_pages_hold_every_title_once(service: Service) -> None:
    add_items(service.database, 23)
    seen: list[str] = []
    query: dict[str, Any] = {"q": "fiml" if seen else "film", "limit": 5}
    while True:
        page = service.http.get("/search", params=query).json()
        seen += [item["title"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 23


def test_a_corrected_search_has_further_pages(service: Service) -> None:
    add_items(service.database, 8)
    first = service.http.get("/search", params={"q": "flim", "limit": 5}).json()
    query = {"q": "flim", "limit": 5, "cursor": first["next_cursor"]}
    second = service.http.get("/search", params=query).json()
    assert len(first["items"]) + len(second["items"]) == 8


def test_a_cursor_continues_its_own_search_only(service: Service) -> None:
    add_items(service.database, 3)
    cursor = service.http.get("/search", params={"q": "film", "limit": 1}).json()["next_cursor"]
    for other, differing in (
        ({"q": "heat"}, "q"),
        ({"q": "film", "media_type": "tv"}, "media_type"),
    ):
        answer = service.http.get("/search", params={**other, "cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
        assert answer.json()["detail"].endswith(f" What differs: {differing}.")


@pytest.mark.parametrize(
    "q",
    [
        "'; DROP TABLE items; --",
        "' | 'x':* & !(a",
        "%",
        "\\",
        "_" * 200,
        "🍿",
        "((((",
        "<-> heat",
        "heat:*A",
        "\u0301",
    ],
)
def test_no_text_is_taken_for_sql_or_a_query(service: Service, q: str) -> None:
    add_item(service.database, "Heat")
    assert set(_titles(service, q)) <= {"Heat"}
    assert len(rows_of(service.database, "SELECT 1 FROM items")) == 1


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "a", "limit": "51"}, "limit"),
        ({"q": "a", "media_type": "book"}, "media_type"),
        ({"q": "a", "page": "2"}, "page: unknown query parameter"),
    ],
)
def test_names_what_is_wrong(quiet: Service, query: dict[str, str], named: str) -> None:
    answer = quiet.http.get("/search", params=query)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(named)
