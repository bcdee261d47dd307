"""GET /recommend: what every answer looks like, whatever was asked."""

from collections.abc import Mapping
from itertools import islice
from typing import Any
from uuid import UUID

import pytest

from api.recommend.schemas import RecommendedItem, RecommendPage
from tests.acceptance.conftest import Service
from tests.builders import add_item, announce_catalogue, rows_of

_REQUESTS: dict[str, dict[str, Any]] = {
    "cold": {},
    "largest page": {"limit": 100},
    "smallest page": {"limit": 1},
    "words": {"query": "a heist that goes wrong"},
    "no variety": {"diversify": False},
    "shows": {"media_type": "tv"},
    "overrides": {
        "rewrite_override": "slow space opera",
        "ann_description_override": "about grief",
    },
    "weights": {"mixer_popularity_weight": 3, "mixer_ann_weight": 0, "mixer_novelty_weight": 1},
}


@pytest.fixture(scope="module", params=["a stranger", "a viewer"])
def user_id(request: pytest.FixtureRequest, sample: Service) -> str:
    """Whoever asks: somebody unknown, or somebody with a taste."""
    name = str(request.param)
    if name == "a viewer":
        sample.post_history("movie:949", "movie:238", "tv:1396", user_id=name, event_type="liked")
    return name


@pytest.mark.parametrize("query", _REQUESTS.values(), ids=_REQUESTS)
def test_every_item_is_whole(sample: Service, user_id: str, query: Mapping[str, Any]) -> None:
    page = sample.recommend(user_id, **query)
    assert len(page["items"]) == query.get("limit", 20)
    for item in page["items"]:
        assert item.keys() == RecommendedItem.model_fields.keys() - {"debug"}
        RecommendedItem.model_validate(item, strict=True)
        assert item["sources"]
        assert item["reasons"]
        assert item["explanation"]
    assert page.keys() <= RecommendPage.model_fields.keys()


@pytest.mark.parametrize("query", _REQUESTS.values(), ids=_REQUESTS)
def test_scores_never_rise_and_nothing_comes_twice(
    sample: Service, user_id: str, query: Mapping[str, Any]
) -> None:
    items = sample.recommend(user_id, **{"limit": 100, **query})["items"]
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({item["id"] for item in items}) == len(items)


def test_an_item_says_what_the_catalogue_says(sample: Service) -> None:
    items = sample.recommend("fact checker", limit=100, country="us")["items"]
    stored = {
        row[0]: row[1:]
        for row in rows_of(
            sample.database,
            "SELECT id, media_type, tmdb_id, title, overview, runtime, release_year, vote_count,"
            " trending_rank, maturity_rating, genre_ids FROM items",
        )
    }
    offers = rows_of(
        sample.database,
        "SELECT item_id, service, offer_type, url FROM availability WHERE country = 'US'",
    )
    for item in items:
        assert stored[item["id"]] == (
            item["media_type"],
            item["tmdb_id"],
            item["title"],
            item["overview"],
            item["runtime"],
            item["release_year"],
            item["vote_count"],
            item["trending_rank"],
            item["maturity_rating"],
            [genre["id"] for genre in item["genres"]],
        )
        options = item["watch_options"]
        assert {tuple(option.values()) for option in options} == {
            offer[1:] for offer in offers if offer[0] == item["id"]
        }
        assert item["watch_url"] == (options[0]["url"] if options else None)


def test_what_costs_nothing_more_is_the_first_way_to_watch(sample: Service) -> None:
    cheapest_first = ["subscription", "free", "ads", "rent", "buy"]
    for item in sample.recommend("saver", limit=100, country="US")["items"]:
        places = [cheapest_first.index(option["offer_type"]) for option in item["watch_options"]]
        assert places == sorted(places)


def test_a_poster_is_a_url_of_the_image_server(service: Service) -> None:
    add_item(service.database, "Heat", poster_path="/heat.jpg")
    announce_catalogue(service.database)
    (item,) = service.recommend()["items"]
    assert item["poster_url"] == "https://image.tmdb.org/t/p/w500/heat.jpg"


def test_personal_answers_are_kept_by_nobody(sample: Service) -> None:
    answer = sample.http.get("/recommend", params={"user_id": "private"})
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"] == "application/json"
    UUID(answer.json()["recommendation_id"])
    cursor = answer.json()["next_cursor"]
    answer = sample.http.get("/recommend", params={"user_id": "private", "cursor": cursor})
    assert answer.headers["cache-control"] == "private, no-store"


def test_all_pages_are_of_one_recommendation_that_feedback_may_name(sample: Service) -> None:
    pages = list(islice(sample.pages("speaker"), 3))
    (recommendation,) = {page["recommendation_id"] for page in pages}
    said = {
        "event_type": "click",
        "item_id": pages[2]["items"][0]["id"],
        "recommendation_id": recommendation,
    }
    assert sample.http.post("/feedback", json=said).status_code == 200
    told = rows_of(
        sample.database, "SELECT user_id FROM slates WHERE id = %(id)s", id=recommendation
    )
    assert told == [("speaker",)]


def test_the_time_of_every_stage_is_in_the_header(sample: Service) -> None:
    answer = sample.http.get("/recommend", params={"user_id": "timed", "query": "heist"})
    stages = [part.partition(";")[0] for part in answer.headers["server-timing"].split(", ")]
    assert {"prepare", "query", "retrieve", "fuse", "filter", "score", "select"} <= set(stages)
    assert {"explain", "page", "follow"} <= set(stages)
