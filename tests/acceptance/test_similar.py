"""GET /items/{item}/similar: titles like a title."""

from itertools import pairwise
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_credit, add_item, add_person, announce_catalogue, rows_of

_HEAT = "movie:949"


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def similar(service: Service, item: str = _HEAT, **params: Any) -> dict[str, Any]:
    answer = service.http.get(f"/items/{item}/similar", params=params)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def names(page: dict[str, Any]) -> list[str]:
    return [item["title"] for item in page["items"]]


def test_it_is_a_list_as_recommend_makes_them(sample: Service) -> None:
    page = similar(sample, limit=10)
    assert len(page["items"]) == 10
    scores = [item["score"] for item in page["items"]]
    assert all(one >= other for one, other in pairwise(scores))
    first = page["items"][0]
    assert "likeness" in first["sources"]
    assert first["reasons"][0]["code"] in ("like_named", "something_of_named")
    assert first["reasons"][0]["evidence"]["title"] == "Heat"
    assert "Heat" in first["explanation"]


def test_the_title_itself_is_no_part_of_it(sample: Service) -> None:
    every: list[str] = []
    page = similar(sample, limit=100)
    while True:
        every += names(page)
        if "next_cursor" not in page:
            break
        page = similar(sample, limit=100, cursor=page["next_cursor"])
    assert len(every) > 50
    assert "Heat" not in every


def test_a_cursor_is_of_its_title_and_its_kind_of_likeness(sample: Service) -> None:
    cursor = similar(sample, limit=5)["next_cursor"]
    for item, params, differing in (
        ("movie:603", {}, "like (of similar titles the item in the path)"),
        (_HEAT, {"by": "story"}, "by"),
    ):
        answer = sample.http.get(
            f"/items/{item}/similar", params={"limit": 5, "cursor": cursor, **params}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
        assert answer.json()["detail"].endswith(f" What differs: {differing}.")


def test_what_a_viewer_has_seen_is_left_out(sample: Service) -> None:
    first = similar(sample, limit=1)["items"][0]
    body = {"user_id": "ann", "items": [first["id"]]}
    sample.http.post("/user/history", json=body).raise_for_status()
    assert first["title"] not in names(similar(sample, limit=50, user_id="ann"))
    assert first["title"] in names(similar(sample, limit=50))


def test_filters_hold(sample: Service) -> None:
    page = similar(sample, limit=100, media_type="tv", year_min=2000)
    assert page["items"]
    assert {item["media_type"] for item in page["items"]} == {"tv"}
    assert all(item["release_year"] >= 2000 for item in page["items"])


def test_films_and_shows_stand_in_one_list(sample: Service) -> None:
    kinds = {item["media_type"] for item in similar(sample, limit=100)["items"]}
    assert kinds == {"movie", "tv"}


def test_audience_without_an_audience_says_so(quiet: Service) -> None:
    page = similar(quiet, "movie:1", by="audience")
    assert page["degraded"] == ["co_liking"]
    assert names(page)[0] == "Same makers"
    assert "degraded" not in similar(quiet, "movie:1", by="mix")


def test_fame_alone_makes_no_title_alike(quiet: Service) -> None:
    assert names(similar(quiet, "movie:1")) == ["Same makers", "Same genre", "Famous"]


@pytest.mark.parametrize("item", ["movie:99", "nonsense", "999999"])
def test_an_unknown_title_is_not_found(quiet: Service, item: str) -> None:
    answer = quiet.http.get(f"/items/{item}/similar")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_retired_title_says_that_it_is_gone(quiet: Service) -> None:
    answer = quiet.http.get("/items/movie:5/similar")
    assert answer.status_code == 404
    assert "left the catalogue" in answer.json()["detail"]


@pytest.mark.parametrize(
    "params", [{"by": "taste"}, {"query": "heist"}, {"limit": 0}, {"profile": "kids"}]
)
def test_bad_parameters_are_refused(quiet: Service, params: dict[str, Any]) -> None:
    assert quiet.http.get("/items/movie:1/similar", params=params).status_code == 422


def test_a_title_alone_in_the_catalogue_has_an_empty_list_that_says_why(
    start: ServiceFactory,
) -> None:
    service = start()
    add_item(service.database, "Alone", tmdb_id=1)
    announce_catalogue(service.database)
    page = similar(service, "movie:1")
    assert page["items"] == []
    assert page["empty_because"]


def test_the_list_is_stored_and_takes_feedback(sample: Service) -> None:
    page = similar(sample, limit=3, user_id="bob")
    body = {
        "user_id": "bob",
        "item_id": page["items"][0]["id"],
        "event_type": "click",
        "recommendation_id": page["recommendation_id"],
    }
    assert sample.http.post("/feedback", json=body).status_code == 200
    found = rows_of(
        sample.database,
        "SELECT place FROM feedback WHERE slate_id = %(id)s",
        id=page["recommendation_id"],
    )
    assert found == [(1,)]


@pytest.fixture(scope="module")
def quiet(start_quiet: ServiceFactory) -> Service:
    """One title, one that shares a director with it, one a genre, and one that is famous."""
    service = start_quiet()
    columns: dict[str, Any] = {"genre_ids": [53], "vote_count": 10, "popularity": 1.0}
    one = add_item(service.database, "One", tmdb_id=1, **columns)
    makers = add_item(service.database, "Same makers", tmdb_id=2, **columns)
    add_item(service.database, "Same genre", tmdb_id=3, **columns)
    famous: dict[str, Any] = {
        "genre_ids": [35],
        "vote_count": 90_000,
        "popularity": 900.0,
        "vote_average": 9.0,
    }
    add_item(service.database, "Famous", tmdb_id=4, **famous)
    add_item(service.database, "Gone", tmdb_id=5, retired_at="2026-01-01T00:00:00Z", **columns)
    person = add_person(service.database, "A director", tmdb_id=1)
    for item in (one, makers):
        add_credit(service.database, item, person, role="director")
    announce_catalogue(service.database)
    return service
