"""GET and DELETE /user/history, and repeating a POST under one Idempotency-Key."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service
from tests.builders import add_item, add_items


def test_pages_hold_every_event_once_while_history_is_written(service: Service) -> None:
    items = add_items(service.database, 8)
    service.post_history(*items[:7])
    seen: list[int] = []
    query: dict[str, Any] = {"user_id": "dana", "limit": 3}
    while True:
        page = service.http.get("/user/history", params=query).json()
        seen += [event["item"]["id"] for event in page["items"]]
        service.post_history(items[7])
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == items[6::-1]


def test_a_few_titles_are_asked_for_by_any_of_their_names(service: Service) -> None:
    items = add_items(service.database, 4)
    named = add_item(service.database, tmdb_id=7_700_101)
    service.post_history(*items, named)
    service.post_history(items[1], event_type="liked")
    service.post_history(items[2], user_id="eve", event_type="liked")
    written = f"{items[1]}, movie:7700101, {items[3]},movie:7799999"
    events = service.read_history(items=written)
    assert [(one["item"]["id"], one["event_type"]) for one in events] == [
        (items[1], "liked"),
        (named, "watched"),
        (items[3], "watched"),
        (items[1], "watched"),
    ]


def test_the_events_of_a_few_titles_go_on_over_pages(service: Service) -> None:
    items = add_items(service.database, 3)
    service.post_history(*items)
    query: dict[str, Any] = {"user_id": "dana", "limit": 1, "items": f"{items[0]},{items[2]}"}
    first = service.http.get("/user/history", params=query).json()
    second = service.http.get(
        "/user/history", params=query | {"cursor": first["next_cursor"]}
    ).json()
    shown = [event["item"]["id"] for page in (first, second) for event in page["items"]]
    assert shown == [items[2], items[0]]
    assert "next_cursor" not in second


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("", "items: must name 1 to 100 titles, not 0."),
        (" , ", "items: must name 1 to 100 titles, not 0."),
        ("film:", "items: must be references such as movie:603, not film:."),
        (",".join(map(str, range(1, 102))), "items: must name 1 to 100 titles, not 101."),
    ],
)
def test_titles_that_cannot_be_read_are_refused(quiet: Service, items: str, said: str) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana", "items": items})
    assert (answer.status_code, answer.json()["detail"]) == (422, said)


def test_an_unknown_user_has_an_empty_history(quiet: Service) -> None:
    assert quiet.read_history(user_id="nobody") == []


def test_personal_answers_are_kept_by_no_cache(quiet: Service) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana"})
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("where", [{"user_id": "eve"}, {"profile": "kids"}])
def test_a_cursor_continues_its_own_history_only(service: Service, where: dict[str, str]) -> None:
    service.post_history(*add_items(service.database, 2))
    query: dict[str, Any] = {"user_id": "dana", "limit": 1}
    cursor = service.http.get("/user/history", params=query).json()["next_cursor"]
    answer = service.http.get("/user/history", params=query | {"cursor": cursor} | where)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    assert answer.json()["detail"].endswith(" What differs: user_id or profile.")


@pytest.mark.parametrize("forged", ["", "x", "🍿", "e30.AAAA", "' OR 1=1 --"])
def test_a_tampered_cursor_is_refused(quiet: Service, forged: str) -> None:
    query = {"user_id": "dana", "cursor": forged}
    answer = quiet.http.get("/user/history", params=query)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("Invalid cursor: it must be the next_cursor")


def test_unknown_parameters_are_named(quiet: Service) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana", "pagesize": 9})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "pagesize: unknown query parameter."


@pytest.mark.parametrize("limit", ["0", "101", "ten"])
def test_a_page_has_1_to_100_events(quiet: Service, limit: str) -> None:
    answer = quiet.http.get("/user/history", params={"user_id": "dana", "limit": limit})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("limit")


def test_taking_back_removes_every_event_of_the_item(service: Service) -> None:
    first, second = add_items(service.database, 2)
    service.post_history(first, second)
    service.post_history(first, event_type="liked")
    version = service.version_of()
    query = {"user_id": "dana", "item": "movie:1"}
    held = service.read_history(items=first)
    answer = service.http.delete("/user/history", params=query)
    assert answer.json() == {"ok": True, "removed": 2, "events": held}
    assert [event["item"]["id"] for event in service.read_history()] == [second]
    assert service.version_of() == version + 1
    assert service.http.delete("/user/history", params=query).json()["removed"] == 0
    assert service.version_of() == version + 1


def test_events_of_one_type_are_taken_back_alone(service: Service) -> None:
    item = add_item(service.database)
    service.post_history(item, watched_at="2020-05-01")
    service.post_history(item, event_type="liked")
    query = {"user_id": "dana", "item": str(item), "event_type": "watched"}
    taken = service.http.delete("/user/history", params=query).json()
    assert taken["removed"] == 1
    assert taken["events"][0]["watched_at"].startswith("2020-05-01")
    assert [event["event_type"] for event in service.read_history()] == ["liked"]


def test_taking_back_leaves_other_profiles_alone(service: Service) -> None:
    item = add_item(service.database)
    service.post_history(item, profile="kids")
    query = {"user_id": "dana", "item": str(item)}
    assert service.http.delete("/user/history", params=query).json()["removed"] == 0
    assert len(service.read_history(profile="kids")) == 1


def test_taking_back_an_unknown_item_names_it(quiet: Service) -> None:
    query = {"user_id": "dana", "item": "movie:7"}
    answer = quiet.http.delete("/user/history", params=query)
    assert answer.status_code == 422
    assert answer.json()["unknown"] == ["movie:7"]


def test_an_idempotency_key_repeats_the_first_answer(service: Service) -> None:
    item = add_item(service.database)
    body = {"user_id": "dana", "items": [item]}
    headers = {"Idempotency-Key": "import-1"}
    first = service.http.post("/user/history", json=body, headers=headers)
    again = service.http.post("/user/history", json=body, headers=headers)
    assert first.json()["recorded"] == 1
    assert again.json() == first.json()


def test_an_idempotency_key_of_another_body_conflicts(service: Service) -> None:
    first, second = add_items(service.database, 2)
    headers = {"Idempotency-Key": "import-1"}
    for item, status in ((first, 200), (second, 409)):
        body = {"user_id": "dana", "items": [item]}
        answer = service.http.post("/user/history", json=body, headers=headers)
        assert answer.status_code == status
    assert answer.json()["code"] == "idempotency_conflict"
    assert len(service.read_history()) == 1


def test_a_refused_post_leaves_its_idempotency_key_free(service: Service) -> None:
    headers = {"Idempotency-Key": "import-1"}
    unknown = {"user_id": "dana", "items": ["movie:603"]}
    assert service.http.post("/user/history", json=unknown, headers=headers).status_code == 422
    add_item(service.database, tmdb_id=603)
    assert service.http.post("/user/history", json=unknown, headers=headers).status_code == 200


def test_an_overlong_idempotency_key_is_refused(quiet: Service) -> None:
    answer = quiet.http.post(
        "/user/history",
        json={"user_id": "dana", "items": []},
        headers={"Idempotency-Key": "x" * 201},
    )
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Idempotency-Key: must be")
