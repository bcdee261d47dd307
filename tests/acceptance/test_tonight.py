"""GET /tonight: one title to watch now, and two others."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.recommend.tonight.tonight import evening_of
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def tonight(service: Service, user_id: str, **asked: Any) -> dict[str, Any]:
    answer = service.http.get("/tonight", params={"user_id": user_id, "country": "US", **asked})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def record(service: Service, user_id: str, item: int, event_type: str) -> None:
    body = {"user_id": user_id, "items": [item], "event_type": event_type}
    service.http.post("/user/history", json=body).raise_for_status()


def test_three_titles_of_other_kinds_that_are_on_now(sample: Service) -> None:
    page = tonight(sample, "dana", minutes=130)
    first, *others = page["items"]
    assert len(others) == 2
    assert "next_cursor" not in page
    for item in page["items"]:
        assert 0 < item["runtime"] <= 130
        assert item["watch_options"]
    genres = [{genre["name"] for genre in item["genres"]} for item in page["items"]]
    assert not genres[0] & genres[1]
    assert all(abs(first["runtime"] - other["runtime"]) >= 15 for other in others)


def test_the_same_all_evening_for_the_same_request(sample: Service) -> None:
    first = tonight(sample, "eve")
    assert tonight(sample, "eve") == first
    assert ids(tonight(sample, "eve", media_type="tv"))[0] != ids(first)[0]


@pytest.mark.parametrize("event_type", ["not_now", "watched", "disliked"])
def test_moves_on_when_the_first_is_done_with(sample: Service, event_type: str) -> None:
    user_id = f"moves-{event_type}"
    first = ids(tonight(sample, user_id))[0]
    record(sample, user_id, first, event_type)
    after = tonight(sample, user_id)
    assert first not in ids(after)
    assert tonight(sample, user_id) == after


def test_what_stood_first_does_not_come_again_within_two_weeks(sample: Service) -> None:
    firsts = []
    for _ in range(5):
        rows_of(
            sample.database,
            "UPDATE slates SET evening = evening - 1 WHERE user_id = 'una' RETURNING 1",
        )
        firsts.append(ids(tonight(sample, "una"))[0])
    assert len(set(firsts)) == 5
    rows_of(
        sample.database,
        "UPDATE slates SET evening = evening - 15 WHERE user_id = 'una' RETURNING 1",
    )
    assert ids(tonight(sample, "una"))[0] == firsts[0]


def test_only_what_the_services_have(sample: Service) -> None:
    services = sample.http.get("/services", params={"country": "US"}).json()["services"]
    service = services[0]["service"]
    page = tonight(sample, "sue", services=service)
    assert page["items"]
    for item in page["items"]:
        assert service in {option["service"] for option in item["watch_options"]}


def test_a_country_without_offers_is_said(sample: Service) -> None:
    page = tonight(sample, "dana", country="NZ")
    assert page["items"] == []
    assert "No offer of any service is known in NZ" in page["empty_because"]


def test_who_watches_along_counts(sample: Service) -> None:
    sample.http.put("/users/tom/profiles/kids", json={"kind": "child", "max_age": 9})
    page = tonight(sample, "tom", members="kids")
    assert page["items"]
    for item in page["items"]:
        path, asked = f"/items/{item['id']}", {"user_id": "tom", "profile": "kids"}
        assert sample.http.get(path, params=asked).status_code == 200
        assert [one["profile"] for one in item["members"]] == [None, "kids"]
    assert tonight(sample, "tom", members="kids") == page


@pytest.mark.parametrize(
    "asked",
    [
        {"members": "~"},
        {"members": "kids,kids"},
        {"members": '"kids'},
        {"members": ",".join("abcdefgh")},
        {"minutes": 0},
        {"limit": 2},
        {"cursor": "x"},
    ],
)
def test_bad_parameters_are_refused(sample: Service, asked: dict[str, Any]) -> None:
    answer = sample.http.get("/tonight", params={"user_id": "dana", **asked})
    assert answer.status_code == 422


def test_an_evening_lasts_into_the_next_day() -> None:
    assert evening_of(datetime(2026, 3, 2, 9, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert evening_of(datetime(2026, 3, 2, 10, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_name_with_a_comma_is_one_name(sample: Service) -> None:
    body = {"user_id": "flo", "profile": "guests, late", "items": []}
    sample.http.post("/user/history", json=body).raise_for_status()
    page = tonight(sample, "flo", members='"guests, late"')
    members = page["items"][0]["members"]
    assert [one["profile"] for one in members] == [None, "guests, late"]


def test_a_name_that_stands_twice_is_told(sample: Service) -> None:
    asked = {"user_id": "dana", "members": "kids, kids"}
    answer = sample.http.get("/tonight", params=asked)
    assert "must not name kids twice" in answer.text


def test_each_part_of_what_was_understood_is_told_once(sample: Service) -> None:
    page = tonight(sample, "gus", query="comedy, a comedy, some comedy", genres="comedy")
    parts = [str(part) for part in page["interpreted"]]
    assert len(parts) == len(set(parts))
