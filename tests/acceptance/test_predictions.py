"""GET /users/{user_id}/predictions: will they like it?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.acceptance.conftest import Service, ServiceFactory, starting
from tests.builders import rows_of
from tests.conftest import DatabaseFactory, opened
from tests.doubles.titles import film, store
from tests.integration.etl.test_neighbours_job import build

_CRIME, _COMEDY = 80, 35
_FILMS = range(101, 141)  # every other one a crime film, the rest comedies


@pytest.fixture(scope="module")
def service(clone: DatabaseFactory, migrated_template: str, data_dir: Path) -> Iterator[Service]:
    """Forty films of two genres, and twenty viewers who like one of the two."""
    with opened(clone(migrated_template)) as database, starting(database, data_dir) as start_one:
        films = [_film(tmdb_id) for tmdb_id in _FILMS]
        store(database, *films, film(900, "Unheard Of", genre_ids=(_CRIME,)))
        service = start_one()
        for viewer in range(20):
            rate(service, f"viewer {viewer}", _ratings(viewer))
        rate(service, "dana", _ratings(0)[:20])
        assert build(database).status == 0
        yield service


def _film(tmdb_id: int) -> Any:
    genre = _CRIME if tmdb_id % 2 else _COMEDY
    return film(tmdb_id, f"Film {tmdb_id}", genre_ids=(genre,), vote_average=6.5, vote_count=500)


def _ratings(viewer: int) -> list[tuple[int, float]]:
    """Viewers of even numbers rate crime films high, the others comedies; all in some order."""
    chance = np.random.default_rng(viewer)
    films = chance.permutation(list(_FILMS))[:25].tolist()
    liked = [tmdb_id % 2 == (viewer + 1) % 2 for tmdb_id in films]
    grades = chance.choice([0.0, 0.5, 1.0], len(films)).tolist()
    points = [8.5 if fits else 4.0 for fits in liked]
    return list(zip(films, np.add(points, grades).tolist(), strict=True))


def rate(service: Service, user_id: str, ratings: list[tuple[int, float]], **more: Any) -> None:
    items = [
        {"item": f"movie:{tmdb_id}", "event_type": "rated", "rating": rating,
         "watched_at": f"2026-01-{day:02}"}
        for day, (tmdb_id, rating) in enumerate(ratings, start=1)
    ]  # fmt: skip
    body = {"user_id": user_id, "items": items, **more}
    service.http.post("/user/history", json=body).raise_for_status()


def predict(service: Service, user_id: str, *films: Any, **more: Any) -> dict[str, Any]:
    items = ",".join(one if isinstance(one, str) else f"movie:{one}" for one in films)
    answer = service.http.get(f"/users/{user_id}/predictions", params={"items": items, **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    found: dict[str, Any] = answer.json()
    return found


def unrated(*, crime: bool) -> int:
    """A film that dana has not rated."""
    rated = {tmdb_id for tmdb_id, _ in _ratings(0)[:20]}
    return next(one for one in _FILMS if one not in rated and one % 2 == crime)


def test_what_is_of_the_liked_kind_is_likely_to_be_liked(service: Service) -> None:
    found = predict(service, "dana", unrated(crime=True), unrated(crime=False))
    liked, other = found["predictions"]
    assert found["support"] == "some"
    assert found["opinions"] == 20
    assert liked["probability"] > 0.7 > 0.3 > other["probability"]
    assert liked["word"] in ("likely", "very likely")
    assert other["word"] in ("unlikely", "very unlikely")
    for one in (liked, other):
        assert one["not_enough_data"] is None
        assert one["rated"] is None
        assert 0 <= one["interval"]["low"] < one["rating"] < one["interval"]["high"] <= 10


def test_reasons_tell_what_speaks_for_it_and_against_it(service: Service) -> None:
    liked, other = predict(service, "dana", unrated(crime=True), unrated(crime=False))[
        "predictions"
    ]
    own = dict(_ratings(0)[:20])
    speaks = [one for one in liked["for"] if one["code"] == "rated_alike"]
    against = [one for one in other["against"] if one["code"] == "rated_alike"]
    assert speaks
    assert against
    for reason in speaks:
        tmdb_id = int(reason["evidence"]["title"].removeprefix("Film "))
        assert tmdb_id % 2 == 1
        assert reason["evidence"]["rating"] == own[tmdb_id]
        assert reason["points"] > 0
    for reason in against:
        assert int(reason["evidence"]["title"].removeprefix("Film ")) % 2 == 0
        assert reason["points"] < 0


def test_what_was_said_of_a_title_is_no_title_like_it(service: Service) -> None:
    """Its own rating is told as `rated`."""
    films = [tmdb_id for tmdb_id, _ in _ratings(0)[:20]]
    for one in predict(service, "dana", *films)["predictions"]:
        named = [
            reason["evidence"]["item_id"]
            for reason in one["for"] + one["against"]
            if reason["code"] == "rated_alike"
        ]
        assert named
        assert one["item"]["id"] not in named


def test_a_title_named_twice_is_told_once_and_what_was_rated_is_said(service: Service) -> None:
    tmdb_id, rating = _ratings(0)[0]
    (item_id,) = rows_of(service.database, f"SELECT id FROM items WHERE tmdb_id = {tmdb_id}")[0]
    (only,) = predict(service, "dana", str(item_id), tmdb_id, tmdb_id)["predictions"]
    assert only["item"]["id"] == item_id
    assert only["rated"] == rating


def test_little_said_is_told_in_place_of_a_number(service: Service) -> None:
    rate(service, "new", [(101, 9.0)])
    for user_id, said in (("new", "1 title;"), ("nobody-yet", "0 titles;")):
        (one,) = predict(service, user_id, 103)["predictions"]
        assert one["not_enough_data"]["missing"] == "opinions"
        assert f"turned down {said}" in one["not_enough_data"]["detail"]
        numbers = ("probability", "rating", "interval", "word")
        assert [one[name] for name in numbers] == [None] * 4
        assert one["for"] == one["against"] == []


def test_nothing_is_said_of_a_title_that_nobody_knows(service: Service) -> None:
    unknown, known = predict(service, "dana", 900, 103)["predictions"]
    assert unknown["not_enough_data"]["missing"] == "title"
    assert known["probability"] is not None


def test_likings_and_refusals_are_opinions_too(service: Service) -> None:
    for event_type, films in (("liked", [101, 103, 105]), ("disliked", [102, 104, 106])):
        body = {"user_id": "liker", "event_type": event_type,
                "items": [f"movie:{one}" for one in films]}  # fmt: skip
        service.http.post("/user/history", json=body).raise_for_status()
    liked, other = predict(service, "liker", 107, 108)["predictions"]
    assert liked["probability"] > other["probability"]
    assert all("rating" not in one["evidence"] for one in liked["for"])
    # How high somebody rates is told by ratings alone, and here are none.
    told = [*liked["for"], *liked["against"], *other["for"], *other["against"]]
    assert "viewer_rates" not in {one["code"] for one in told}


def test_how_high_somebody_rates_is_told_by_five_ratings_and_their_number(
    service: Service,
) -> None:
    for rated in (4, 5):
        user_id = f"generous {rated}"
        rate(service, user_id, [(tmdb_id, 9.5) for tmdb_id in range(101, 101 + rated)])
        body = {"user_id": user_id, "event_type": "liked", "items": ["movie:110", "movie:111"]}
        service.http.post("/user/history", json=body).raise_for_status()
        (one,) = predict(service, user_id, 120)["predictions"]
        told = [one for one in one["for"] if one["code"] == "viewer_rates"]
        assert [reason["evidence"] for reason in told] == [{"opinions": 5}] * (rated == 5)


def test_without_ratings_of_others_it_says_so(start: ServiceFactory) -> None:
    service = start()
    store(service.database, _film(101))
    (one,) = predict(service, "dana", 101)["predictions"]
    assert one["not_enough_data"]["missing"] == "ratings_of_others"


@pytest.mark.parametrize("items", ["", ",", ",".join(f"movie:{one}" for one in range(51))])
def test_one_to_fifty_titles_are_told(service: Service, items: str) -> None:
    answer = service.http.get("/users/dana/predictions", params={"items": items})
    assert answer.status_code == 422
    assert "1 to 50" in answer.text


def test_unknown_titles_are_named(service: Service) -> None:
    asked = {"items": "movie:101,movie:1,shrek"}
    answer = service.http.get("/users/dana/predictions", params=asked)
    assert answer.status_code == 404
    assert "movie:1, shrek" in answer.json()["detail"]


def test_a_childs_limit_holds_for_what_is_asked_and_what_is_named(service: Service) -> None:
    service.http.put("/users/lou/profiles/kids", json={"kind": "child", "max_age": 9})
    rate(service, "lou", _ratings(0)[:20], profile="kids")
    asked = {"items": "movie:101", "profile": "kids"}
    answer = service.http.get("/users/lou/predictions", params=asked)
    assert answer.status_code == 404
    assert "movie:101" in answer.json()["detail"]
    rows_of(
        service.database,
        "UPDATE items SET maturity_age = 0 WHERE tmdb_id IN (107, 109) RETURNING 1",
    )
    (one,) = predict(service, "lou", 107, profile="kids")["predictions"]
    named = {part["evidence"].get("title") for part in one["for"] + one["against"]}
    assert named <= {None, "Film 109", "Film 107"}
