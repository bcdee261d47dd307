"""GET /users/{user_id}/taste: what a history says of its viewer."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def taste(service: Service, user_id: str, **params: Any) -> dict[str, Any]:
    answer = service.http.get(f"/users/{user_id}/taste", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    found: dict[str, Any] = answer.json()
    return found


def test_liked_titles_are_told_by_genre_decade_language_kind_and_people(sample: Service) -> None:
    films = ["movie:862", "movie:863"]  # Toy Story, and the second
    body = {"user_id": "tess", "items": films, "event_type": "liked"}
    sample.http.post("/user/history", json=body).raise_for_status()
    found = taste(sample, "tess")
    assert found["liked_titles"] == 2
    first = found["genres"][0]
    assert (first["titles"], first["share"], first["recent_share"]) == (2, 1, None)
    assert 0 < first["catalogue_share"] < 0.5
    assert [(one["value"], one["titles"]) for one in found["decades"]] == [("1990s", 2)]
    assert [one["value"] for one in found["languages"]] == ["en"]
    assert [one["value"] for one in found["kinds"]] == ["movie"]
    assert "Tom Hanks" in [one["name"] for one in found["people"]]


def test_what_was_turned_down_is_no_part_of_a_taste(sample: Service) -> None:
    for item, kind in (("movie:949", "liked"), ("movie:862", "disliked")):
        body = {"user_id": "ugo", "items": [item], "event_type": kind}
        sample.http.post("/user/history", json=body).raise_for_status()
    found = taste(sample, "ugo")
    assert found["liked_titles"] == 1
    assert "Animation" not in [one["value"] for one in found["genres"]]


def test_nothing_is_known_of_a_stranger(sample: Service) -> None:
    found = taste(sample, "nobody-yet")
    assert found["liked_titles"] == 0
    parts = ("genres", "decades", "languages", "kinds", "regions", "people")
    assert not any(found[part] for part in parts)


def test_the_regions_of_the_map_are_part_of_a_taste(sample: Service) -> None:
    known = sample.http.get("/map/regions").json()["regions"][0]
    items = [title["id"] for title in known["known"][:3]]
    body = {"user_id": "vera", "items": items, "event_type": "liked"}
    sample.http.post("/user/history", json=body).raise_for_status()
    (region,) = taste(sample, "vera")["regions"]
    assert (region["value"], region["titles"], region["share"]) == (known["name"], 3, 1)
    assert 0 < region["catalogue_share"] < 1


def test_regions_are_told_to_a_child_by_genres_alone(sample: Service) -> None:
    viewer = {"user_id": "wim", "profile": "kids"}
    sample.http.put("/users/wim/profiles/kids", json={"kind": "child", "max_age": 6})
    liked = {**viewer, "items": ["movie:862", "movie:8587"], "event_type": "liked"}
    sample.http.post("/user/history", json=liked).raise_for_status()
    named = {one["value"] for one in taste(sample, "wim", profile="kids")["regions"]}
    assert named
    assert named <= {
        one["name"] for one in sample.http.get("/map/regions", params=viewer).json()["regions"]
    }


def test_an_unknown_parameter_is_refused(sample: Service) -> None:
    assert sample.http.get("/users/tess/taste", params={"limit": 3}).status_code == 422
