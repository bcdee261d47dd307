"""POST /user/history takes what clients have: their day, their scale, batches with a bad row."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_item, add_items


def ahead(**time: float) -> str:
    """So far ahead of UTC, without a zone."""
    return (datetime.now(UTC) + timedelta(**time)).replace(tzinfo=None).isoformat()


@pytest.mark.parametrize("hours", [-30, 0, 1, 5.5, 10, 12, 13.75, 14])
def test_the_viewers_today_is_taken_without_a_zone(service: Service, hours: float) -> None:
    add_item(service.database, tmdb_id=603)
    event = {"item": "movie:603", "watched_at": ahead(hours=hours)}
    assert service.post_history(event).json()["recorded"] == 1
    (stored,) = service.read_history()
    arrived = datetime.fromisoformat(stored["occurred_at"])
    assert arrived <= datetime.now(UTC) + timedelta(minutes=6)
    # The same words again are the same event.
    assert service.post_history(event).json()["duplicates"] == 1


@pytest.mark.parametrize("hours", [14.5, 24, 48])
def test_no_zone_is_further_ahead_than_fourteen_hours(service: Service, hours: float) -> None:
    add_item(service.database, tmdb_id=603)
    answer = service.post_history({"item": "movie:603", "watched_at": ahead(hours=hours)})
    assert answer.status_code == 422
    assert "items[0]: watched_at is in the future." in answer.json()["detail"]
    assert service.read_history() == []


@pytest.mark.parametrize("hours", [-11, 0, 9, 14])
def test_a_time_with_a_zone_is_held_to_it(service: Service, hours: int) -> None:
    add_item(service.database, tmdb_id=603)
    zone = timezone(timedelta(hours=hours))
    now = datetime.now(zone)
    for moment, status in ((now, 200), (now + timedelta(hours=1), 422)):
        event = {"item": "movie:603", "watched_at": moment.isoformat()}
        assert service.post_history(event).status_code == status


@pytest.mark.parametrize(
    ("rating", "scale", "kept"),
    [
        (7.3, None, 7.5), (7.2, None, 7.0), (7.25, None, 7.5), (9.99, None, 10.0), (0.1, None, 0.0),
        (8, None, 8.0), (4, 5, 8.0), (3.5, 5, 7.0), (4.7, 5, 9.5), (83, 100, 8.5), (100, 100, 10.0),
        (1, 100, 0.0), (3, 4, 7.5), (1, 1, 10.0), (6, 6, 10.0), (2, 3, 6.5),
    ],
)  # fmt: skip
def test_a_rating_rounds_to_halves_on_its_scale(
    service: Service, rating: float, scale: float | None, kept: float
) -> None:
    add_item(service.database, tmdb_id=603)
    stated: dict[str, Any] = {} if scale is None else {"rating_scale": scale}
    service.post_history({"item": "movie:603", "rating": rating}, **stated)
    assert [event["rating"] for event in service.read_history()] == [kept]


def test_a_zero_is_a_rating_unless_it_is_said_to_be_none(service: Service) -> None:
    first, second = add_items(service.database, 2)
    service.post_history({"item": first, "rating": 0})
    service.post_history({"item": second, "rating": 0}, zero_means="unrated", rating_scale=5)
    told = [(one["event_type"], one["rating"]) for one in service.read_history()]
    assert told == [("watched", None), ("rated", 0.0)]


_BAD: list[tuple[Any, str]] = [
    ("movie:1", "no item of the catalogue"),
    ("Heat", "no item of the catalogue"),
    (99_999_999_999, "no item of the catalogue"),
    ({"item": "movie:603", "watched_at": "2099-01-01"}, "watched_at is in the future"),
    ({"item": "movie:603", "watched_at": "yesterday"}, "watched_at"),
    ({"item": "movie:603", "watched_at": "1066-10-14"}, "watched_at"),
    ({"item": "movie:603", "rating": 11}, "rating"),
    ({"item": "movie:603", "rating": "good"}, "rating"),
    ({"item": "movie:603", "event_type": "rated"}, '"event_type": "rated", "rating": 8}'),
    ({"item": "movie:603", "event_type": "liked", "rating": 9}, "only an event of type rated"),
    ({"item": "movie:603", "event_type": "adored"}, "event_type"),
    ({"item": "movie:603", "stars": 5}, "stars"),
    ({"rating": 5}, "item"),
    (None, "must be an"),
    (True, "must be an id"),
    ([], "must be an"),
    ("x" * 41, "item"),
]


@pytest.mark.parametrize(("row", "reason"), _BAD)
def test_a_bad_row_is_named_and_the_rest_recorded_when_asked(
    service: Service, row: Any, reason: str
) -> None:
    add_item(service.database, tmdb_id=603)
    add_item(service.database, "Heat", tmdb_id=949)
    answer = service.post_history("movie:603", row, "movie:949", on_error="skip")
    assert answer.status_code == 200, answer.text
    assert answer.json()["recorded"] == 2
    (skipped,) = answer.json()["skipped"]
    assert skipped["position"] == 1
    assert reason in skipped["reason"]
    assert len(service.read_history()) == 2
    assert service.post_history("movie:603", row).status_code == 422


def test_all_bad_rows_are_named_in_their_order(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    rows = [row for row, _ in _BAD]
    body = service.post_history(*rows, "movie:603", on_error="skip").json()
    assert [one["position"] for one in body["skipped"]] == list(range(len(_BAD)))
    assert body["recorded"] == 1


def test_what_is_wrong_with_the_whole_is_refused_whatever_is_skipped(service: Service) -> None:
    for body in ({"weight": -1}, {"colour": "red"}, {"watched_at": "never"}):
        assert service.post_history(on_error="skip", **body).status_code == 422
    assert service.post_history(*range(1001), on_error="skip").status_code == 422


def test_a_repeated_request_names_the_same_rows(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    body = {"user_id": "dana", "items": ["movie:603", "movie:1", {}], "on_error": "skip"}
    once, again = (
        service.http.post("/user/history", json=body, headers={"Idempotency-Key": "k" * 20})
        for _ in range(2)
    )
    assert once.json() == again.json()
    assert [one["position"] for one in once.json()["skipped"]] == [1, 2]


@pytest.mark.parametrize("country", ["UK", "uk", "GB", "gb"])
def test_uk_means_gb(sample: Service, country: str) -> None:
    found = sample.recommend("walker", country=country)["items"]
    assert found == sample.recommend("walker", country="GB")["items"]


@pytest.mark.parametrize("country", ["XX", "ZZ", "EU", "AA", "SU"])
def test_a_code_that_no_country_has_is_said(quiet: Service, country: str) -> None:
    for path, query in (("/recommend", {"user_id": "dana"}), ("/items/movie:603", {})):
        answer = quiet.http.get(path, params=query | {"country": country})
        assert answer.status_code == 422
        assert f"{country} is no country" in answer.json()["detail"]


@pytest.mark.parametrize("country", ["AQ", "TV", "KI"])
def test_a_country_without_any_offer_is_said(sample: Service, country: str) -> None:
    page = sample.recommend("walker", country=country, services="nfx")
    assert page["items"] == []
    assert f"No offer of any service is known in {country}" in page["empty_because"]


def test_a_country_with_offers_is_not_said_to_have_none(sample: Service) -> None:
    page = sample.recommend("walker", country="US", services="nfx", year_min=2200)
    assert "No offer" not in page["empty_because"]
    assert page["empty_code"] == "filters"
