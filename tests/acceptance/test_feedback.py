"""POST /feedback: stored as sent, tied to its list, and taste at once."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from api.platform.cursors import Cursors
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_items, add_slate, rows_of
from tests.doubles.tokens import ACCESS, CLIENT, bearer, token


def _held(service: Service) -> list[tuple[Any, ...]]:
    return rows_of(
        service.database,
        "SELECT user_id, profile, item_id, event_type, slate_id, meta"
        " FROM feedback LEFT JOIN profiles ON profiles.id = profile_id ORDER BY feedback.id",
    )


@pytest.mark.parametrize(
    ("feedback", "event"),
    [
        ("like", "liked"),
        ("dislike", "disliked"),
        ("never", "not_interested"),
        ("not_now", "not_now"),
        ("complete", "watched"),
    ],
)
def test_what_tells_taste_is_history_at_once(service: Service, feedback: str, event: str) -> None:
    item = add_item(service.database)
    service.post_history()
    version = service.version_of()
    body = {"user_id": "dana", "item_id": "movie:603", "event_type": feedback}
    assert service.http.post("/feedback", json=body).json() == {"ok": True}
    (stored,) = service.read_history()
    assert (stored["item"]["id"], stored["event_type"]) == (item, event)
    assert (stored["snoozed_until"] is not None) == (feedback == "not_now")
    assert service.version_of() == version + 1


@pytest.mark.parametrize("feedback", ["impression", "click", "dismiss"])
def test_the_rest_is_only_stored(service: Service, feedback: str) -> None:
    item = add_item(service.database)
    body = {"user_id": "dana", "item_id": item, "event_type": feedback, "meta": {"position": 3}}
    assert service.http.post("/feedback", json=body).status_code == 200
    assert _held(service) == [("dana", None, item, feedback, None, {"position": 3})]
    assert service.read_history() == []


def test_a_client_may_say_how_long_a_snooze_lasts(service: Service) -> None:
    item = add_item(service.database)
    body = {"user_id": "dana", "item_id": item, "event_type": "not_now", "snooze_days": 3}
    assert service.http.post("/feedback", json=body).status_code == 200
    ((lasts,),) = rows_of(service.database, "SELECT snoozed_until - occurred_at FROM interactions")
    assert lasts == timedelta(days=3)


def test_a_batch_may_speak_for_many_profiles(service: Service) -> None:
    first, second = add_items(service.database, 2)
    batch = [
        {"user_id": "dana", "item_id": first, "event_type": "like"},
        {"user_id": "dana", "profile": "kids", "item_id": second, "event_type": "like"},
        {"user_id": "noa", "item_id": first, "event_type": "click"},
    ]
    assert service.http.post("/feedback", json=batch).status_code == 200
    assert [event["item"]["id"] for event in service.read_history()] == [first]
    assert [event["item"]["id"] for event in service.read_history(profile="kids")] == [second]
    assert [row[:3] for row in _held(service)] == [
        ("dana", None, first),
        ("dana", "kids", second),
        ("noa", None, first),
    ]


def test_the_list_tells_whose_feedback_it_is(service: Service) -> None:
    item = add_item(service.database)
    slate = add_slate(service.database, "dana", profile="kids")
    body = {"item_id": item, "event_type": "like", "recommendation_id": str(slate)}
    assert service.http.post("/feedback", json=body).status_code == 200
    assert _held(service) == [("dana", "kids", item, "like", slate, None)]
    assert len(service.read_history(profile="kids")) == 1


def test_a_cursor_of_the_list_ties_to_it_too(start: ServiceFactory) -> None:
    service = start(CURSOR_SECRET="one for both sides")
    slate = add_slate(service.database, "dana")
    cursor = Cursors(lambda: b"one for both sides").sign({"slate": slate.hex}, kind="recommend")
    body = {"event_type": "impression", "recommendation_id": cursor}
    assert service.http.post("/feedback", json=body).status_code == 200
    assert _held(service) == [("dana", None, None, "impression", slate, None)]


@pytest.mark.parametrize("recommendation", ["of another", "unknown", "tampered"])
def test_a_list_of_another_user_is_like_one_that_never_was(
    service: Service, recommendation: str
) -> None:
    named = {
        "of another": str(add_slate(service.database, "eve")),
        "unknown": "0197f7a3-3b5c-7cc1-9a52-0f4f1f2b9a10",
        "tampered": "e30.AAAA",
    }[recommendation]
    body = {"user_id": "dana", "event_type": "click", "recommendation_id": named}
    answer = service.http.post("/feedback", json=body)
    assert answer.status_code == 422
    assert (
        answer.json()["detail"]
        == "recommendation_id: must be of a list that was served to this user."
    )
    assert _held(service) == []


def test_a_list_of_another_profile_is_to_one_like_one_that_never_was(
    start: ServiceFactory,
) -> None:
    service = start(**ACCESS)
    kids = "/users/dana/profiles/kids"
    made = service.http.put(kids, json={"kind": "child"}, headers=bearer(CLIENT))
    made.raise_for_status()
    own, *others = (
        *(str(add_slate(service.database, "dana", profile=name)) for name in ("kids", "grown")),
        *(str(add_slate(service.database, user_id)) for user_id in ("dana", "eve")),
        "0197f7a3-3b5c-7cc1-9a52-0f4f1f2b9a10",
    )
    child = bearer(token("dana", profile="kids"))
    said = {"profile": "kids", "event_type": "click"}

    def send(recommendation: str, headers: dict[str, str], **more: str) -> httpx2.Response:
        body = said | more | {"recommendation_id": recommendation}
        return service.http.post("/feedback", json=body, headers=headers)

    refused = [send(one, child) for one in others]
    assert {(one.status_code, one.json()["detail"]) for one in refused} == {
        (422, "recommendation_id: must be of a list that was served to this user.")
    }
    batch = [said | {"recommendation_id": one} for one in (own, others[0])]
    assert service.http.post("/feedback", json=batch, headers=child).status_code == 422
    assert _held(service) == []
    assert send(own, child).status_code == 200
    for one in (bearer(CLIENT), bearer(token("dana"))):  # of all profiles of the user
        assert send(others[0], one, user_id="dana").status_code == 200


def test_an_unknown_item_is_named_and_nothing_stored(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    batch = [
        {"user_id": "dana", "item_id": item, "event_type": "like"}
        for item in ("movie:603", "movie:1")
    ]
    answer = service.http.post("/feedback", json=batch)
    assert answer.status_code == 422
    assert answer.json()["unknown"] == ["movie:1"]
    assert _held(service) == []
    assert service.version_of() == 0


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ([{"event_type": "click"}] * 1001, "at most 1000"),
        ([], "at least 1"),
        ({"event_type": "adore"}, "event_type"),
        ({"event_type": "like", "user_id": "dana"}, "item_id"),
        ({"event_type": "click", "profile": "kids"}, "profile"),
        ({"event_type": "click", "snooze_days": 3}, "snooze_days: only feedback of type not_now"),
        ({"event_type": "not_now", "item_id": 1, "snooze_days": 0}, "snooze_days"),
        ({"event_type": "not_now", "item_id": 1, "snooze_days": 366}, "snooze_days"),
        ({"event_type": "click", "colour": "red"}, "colour"),
        ({"event_type": "click", "meta": {"note": "x" * 5000}}, "meta"),
        ({"event_type": "click", "meta": {"note": "a\x00b"}}, "meta"),
        ({"event_type": "click", "meta": {"n": 10**30}}, "meta"),
        ("click", "body: must be an object"),
    ],
)
def test_names_what_is_wrong(quiet: Service, body: Any, named: str) -> None:
    answer = quiet.http.post("/feedback", json=body)
    assert answer.status_code == 422
    assert named in answer.text
    assert _held(quiet) == []


def test_a_backslash_before_zeros_is_no_nul(service: Service) -> None:
    body = {"event_type": "click", "meta": {"note": "\\u0000"}}
    assert service.http.post("/feedback", json=body).status_code == 200
    assert _held(service)[0][-1] == {"note": "\\u0000"}
