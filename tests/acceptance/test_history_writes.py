"""POST /user/history: what is stored, once, and what is refused as a whole."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_item, add_items, rows_of


def test_records_items_by_any_of_their_references(service: Service) -> None:
    matrix = add_item(service.database, "The Matrix", tmdb_id=603, imdb_id="tt0133093")
    add_item(service.database, "Game of Thrones", tmdb_id=1399, media_type="tv")
    heat = add_item(service.database, "Heat", tmdb_id=949)
    answer = service.post_history("imdb:tt0133093", "tv:1399", heat)
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "user_id": "dana",
        "profile": None,
        "recorded": 3,
        "duplicates": 0,
    }
    assert {event["item"]["title"] for event in service.read_history()} == {
        "The Matrix",
        "Game of Thrones",
        "Heat",
    }
    assert service.post_history("movie:603", str(matrix)).json()["duplicates"] == 2


def test_tells_a_film_from_a_show_with_the_same_tmdb_id(service: Service) -> None:
    add_item(service.database, "A film", tmdb_id=1399, media_type="movie")
    add_item(service.database, "A show", tmdb_id=1399, media_type="tv")
    service.post_history("tv:1399")
    assert [event["item"]["title"] for event in service.read_history()] == ["A show"]


def test_stores_nothing_when_any_item_is_unknown_and_names_each(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    answer = service.post_history("movie:603", "movie:1", 99_999_999_999, "Heat")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "unknown_items"
    assert problem["unknown"] == ["movie:1", "99999999999", "Heat"]
    assert service.read_history() == []
    assert service.version_of() == 0


def test_the_same_event_again_changes_nothing(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    event = {"item": "movie:603", "watched_at": "2026-03-01T20:15:00Z"}
    service.post_history(event)
    version = service.version_of()
    answer = service.post_history(event)
    assert (answer.json()["recorded"], answer.json()["duplicates"]) == (0, 1)
    assert service.version_of() == version
    assert len(service.read_history()) == 1


def test_one_event_named_twice_in_a_post_is_one(service: Service) -> None:
    item = add_item(service.database, tmdb_id=603)
    answer = service.post_history("movie:603", item)
    assert (answer.json()["recorded"], answer.json()["duplicates"]) == (1, 1)


def test_a_changed_rating_replaces_the_old_one(service: Service) -> None:
    item = add_item(service.database)
    service.post_history({"item": item, "event_type": "rated", "rating": 8})
    version = service.version_of()
    answer = service.post_history({"item": item, "event_type": "rated", "rating": 1})
    assert answer.json()["recorded"] == 1
    assert [event["rating"] for event in service.read_history()] == [1]
    assert service.version_of() == version + 1


def test_a_one_star_rating_is_kept_as_a_rating(service: Service) -> None:
    item = add_item(service.database)
    service.post_history({"item": item, "rating": 0.5})
    event = service.read_history()[0]
    assert (event["event_type"], event["rating"], event["weight"]) == ("rated", 0.5, 1)


def test_a_change_of_mind_counts_even_without_dates(service: Service) -> None:
    item = add_item(service.database)
    for event_type in ("liked", "disliked", "liked"):
        assert service.post_history(item, event_type=event_type).json()["recorded"] == 1
    assert [event["event_type"] for event in service.read_history()] == ["liked", "disliked"]


def test_events_of_one_post_keep_their_order_in_time(service: Service) -> None:
    items = add_items(service.database, 5)
    service.post_history(*items)
    events = service.read_history()
    assert [event["item"]["id"] for event in events] == items[::-1]
    assert len({event["occurred_at"] for event in events}) == len(items)


def test_takes_the_date_of_an_item_before_the_date_of_the_body(service: Service) -> None:
    first, second = add_items(service.database, 2)
    service.post_history(
        first,
        {"item": second, "watched_at": "2020-01-01T10:00:00+02:00"},
        watched_at="2024-05-05T00:00:00",
    )
    assert [event["watched_at"] for event in service.read_history()] == [
        "2024-05-05T00:00:00Z",
        "2020-01-01T08:00:00Z",
    ]


def test_no_items_creates_the_profile(service: Service) -> None:
    assert service.post_history(profile="kids").json()["recorded"] == 0
    assert service.version_of(profile="kids") == 1
    assert service.version_of(profile=None) == 0


@pytest.mark.parametrize("user_id", ["🍿 דנה", "a::b", "a/b?c#d", "%00", "x" * 200])
def test_any_user_id_is_its_own(service: Service, user_id: str) -> None:
    item = add_item(service.database)
    assert service.post_history(item, user_id=user_id).json()["user_id"] == user_id
    assert len(service.read_history(user_id=user_id)) == 1
    assert service.read_history(user_id="a") == []


def test_no_profile_name_collides_with_another_users(service: Service) -> None:
    first, second, third = add_items(service.database, 3)
    service.post_history(first, user_id="a", profile="a::b")
    service.post_history(second, user_id="a", profile="b")
    service.post_history(third, user_id="a::b")
    held = [
        service.read_history(user_id="a", profile="a::b"),
        service.read_history(user_id="a", profile="b"),
        service.read_history(user_id="a::b"),
    ]
    assert [[event["item"]["id"] for event in events] for events in held] == [
        [first],
        [second],
        [third],
    ]
    assert service.read_history(user_id="a") == []


def test_not_now_snoozes_for_as_long_as_it_says(service: Service) -> None:
    first, second = add_items(service.database, 2)
    before = datetime.now(UTC)
    service.post_history(first, event_type="not_now")
    service.post_history(second, event_type="not_now", snooze_days=7)
    until = [datetime.fromisoformat(event["snoozed_until"]) for event in service.read_history()]
    assert [(moment - before).days for moment in until] == [7, 30]


def test_a_thousand_events_are_taken_and_more_refused(service: Service) -> None:
    items = add_items(service.database, 1000)
    assert service.post_history(*items).json()["recorded"] == 1000
    answer = service.post_history(*range(10_000))
    assert answer.status_code == 422
    assert "at most 1000 entries" in answer.json()["detail"]


_TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"items": [{"item": 1, "watched_at": _TOMORROW}]}, "items[0]"),
        ({"items": [1], "watched_at": _TOMORROW}, "items[0]"),
        ({"items": [{"item": 1, "watched_at": "1066-10-14"}]}, "items[0].watched_at"),
        ({"items": [{"item": 1, "watched_at": "0001-01-01T00:00:00+14:00"}]}, "watched_at"),
        ({"items": [{"item": 1, "event_type": "rated", "rating": 11}]}, "items[0].rating"),
        ({"items": [{"item": 1, "rating": 6}], "rating_scale": 5}, "items[0].rating"),
        ({"items": [{"item": 1, "rating": -1}]}, "items[0].rating"),
        ({"items": [], "rating_scale": 0}, "rating_scale"),
        ({"items": [], "on_error": "ignore"}, "on_error"),
        ({"items": [{"item": 1, "event_type": "rated"}]}, "items[0]"),
        ({"items": [{"item": 1, "event_type": "liked", "rating": 9}]}, "items[0].rating"),
        ({"items": [{"item": 1, "event_type": "adored"}]}, "items[0].event_type"),
        ({"items": [{"item": 1, "stars": 5}]}, "items[0].stars"),
        ({"items": [True]}, "items[0]"),
        ({"items": ["x" * 101]}, "items[0]: must have at most 100 characters"),
        ({"items": [1.5]}, "items[0]: must be an id, a reference such as movie:603"),
        ({"items": [], "user_id": ""}, "user_id"),
        ({"items": [], "user_id": "x" * 201}, "user_id"),
        ({"items": [], "user_id": "a\x00b"}, "user_id"),
        ({"items": [], "profile": "\x00"}, "profile"),
        ({"items": [], "colour": "red"}, "colour"),
        ({"items": [], "weight": -1}, "weight"),
        ({"items": [], "snooze_days": 366}, "snooze_days"),
        ({}, "items"),
    ],
)
def test_names_what_is_wrong_and_stores_nothing(
    quiet: Service, body: dict[str, Any], named: str
) -> None:
    answer = quiet.http.post("/user/history", json={"user_id": "dana"} | body)
    assert answer.status_code == 422, answer.text
    assert named in answer.json()["detail"]
    assert rows_of(quiet.database, "SELECT 1 FROM profiles") == []


def test_half_a_surrogate_pair_is_refused(quiet: Service) -> None:
    answer = quiet.http.post(
        "/user/history",
        content=b'{"user_id": "\\ud800", "items": []}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("user_id")
    assert "surrogate" in answer.json()["detail"]
