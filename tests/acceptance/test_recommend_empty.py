"""GET /recommend: nothing to recommend is a list like any other, and says why it is empty."""

from typing import Any
from uuid import UUID

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_items, announce_catalogue, rows_of


def _assert_empty(page: dict[str, Any], *, because: str) -> None:
    assert page["items"] == []
    assert because in page["empty_because"]
    assert "next_cursor" not in page
    UUID(page["recommendation_id"])


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"query": "a heist that goes wrong"},
        {"genre_override": "crime"},
        {"media_type": "tv", "diversify": False, "limit": 100},
    ],
    ids=str,
)
def test_an_empty_catalogue_says_what_to_do(quiet: Service, query: dict[str, Any]) -> None:
    _assert_empty(quiet.recommend(**query), because="make demo")


def test_a_catalogue_without_vectors_is_recommended_from(service: Service) -> None:
    items = add_items(service.database, 30)
    announce_catalogue(service.database)
    service.post_history(items[0], event_type="liked")
    page = service.recommend(query="film", limit=100)
    assert {item["id"] for item in page["items"]} == set(items[1:])


@pytest.mark.parametrize("path", ["/recommend", "/tonight", "/shelves"])
def test_a_list_emptied_by_its_services_alone_says_so(sample: Service, path: str) -> None:
    services = sample.http.get("/services", params={"country": "US"}).json()["services"]
    least = min((one for one in services if one["titles"]), key=lambda one: one["titles"])
    asked = {"user_id": f"fan{path}", "country": "US", "services": least["service"]}
    offered = sample.recommend(country="US", services=least["service"], limit=100)["items"]
    ids = [item["id"] for item in offered]
    page = sample.http.get(path, params=asked | {"exclude_ids": ",".join(map(str, ids))}).json()
    assert not page.get("items")
    assert not page.get("rows")
    assert page["empty_code"] == "not_offered"
    assert f"none of them is on {least['name']} in US" in page["empty_because"]
    # All that is there was refused: it is there all the same.
    sample.post_history(*ids, user_id=asked["user_id"], event_type="not_interested")
    page = sample.http.get(path, params=asked).json()
    assert page["empty_code"] == "seen"
    assert (
        page["empty_because"] == "This viewer has seen or refused every title that was asked for."
    )


def test_a_list_emptied_by_several_filters_blames_none_of_them(sample: Service) -> None:
    page = sample.recommend("nobody", country="US", services="nfx", year_min=2100, watchlist="only")
    assert page["empty_code"] == "watchlist"  # nothing is on it at all
    page = sample.recommend("nobody", country="US", services="nfx", year_min=2100)
    assert page["empty_code"] == "filters"


def test_a_viewer_who_has_seen_everything_is_told_so(sample: Service) -> None:
    everything = [row[0] for row in rows_of(sample.database, "SELECT id FROM items")]
    sample.post_history(*everything, user_id="completist")
    for query in ({}, {"query": "a heist"}, {"genre_override": "crime"}):
        page = sample.recommend("completist", **query)
        _assert_empty(page, because="seen or refused every title")
    sample.http.delete("/user/history", params={"user_id": "completist", "item": everything[0]})
    (left,) = sample.recommend("completist")["items"]
    assert left["id"] == everything[0]


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ({"services": "apple tv store"}, "none of them is on"),
        ({"services": "shudder", "media_type": "tv", "query": "a heist"}, "none of them is on"),
        ({"services": "apple tv store", "year_min": 2100}, "keeps every filter"),
    ],
    ids=str,
)
def test_filters_that_match_nothing_are_named_as_the_reason(
    sample: Service, query: dict[str, Any], because: str
) -> None:
    _assert_empty(sample.recommend("picky", **query), because=because)


def test_a_country_without_any_offers_is_the_reason(sample: Service) -> None:
    page = sample.recommend("picky", services="nfx", country="FR")
    _assert_empty(page, because="No offer of any service is known in FR")


def test_a_service_that_a_parameter_names_is_told_by_its_name(sample: Service) -> None:
    page = sample.recommend("picky", country="US", services="nfx", year_min=2100)
    labels = {chip["field"]: chip["label"] for chip in page["interpreted"]}
    assert labels["service"] == "Netflix"
    page = sample.recommend("picky", country="US", services="nfx", query="an arthouse musical")
    assert "nfx" not in str([item["explanation"] for item in page["items"]])
    empty = sample.recommend("picky", country="US", services="nfx", year_min=2100, watchlist="only")
    assert "nfx" not in empty["empty_because"]
