"""GET /recommend: what a viewer has seen or refused never comes back to that viewer."""

import json

import pytest

from tests.acceptance.conftest import Service
from tests.builders import rows_of


def _ids(items: list[dict[str, object]]) -> list[object]:
    return [item["id"] for item in items]


def _list_of(service: Service, user_id: str, **query: object) -> set[object]:
    return set(_ids(service.whole_list(user_id, **query)))


def _why_not(service: Service, item: object, **viewer: str) -> set[str]:
    answer = service.http.post("/recommend/preview", json=viewer | {"item": item})
    assert answer.status_code == 200, answer.text
    return {one["code"] for one in answer.json()["reasons"]}


@pytest.mark.parametrize(
    "event", ["watched", "liked", "rated", "not_interested", "disliked", "not_now"]
)
@pytest.mark.parametrize("query", [{}, {"query": "heist", "diversify": False}], ids=json.dumps)
def test_what_has_an_event_is_on_no_page(
    sample: Service, event: str, query: dict[str, object]
) -> None:
    user_id = f"{event} {query}"
    refused = _ids(sample.recommend(user_id, limit=30, **query)["items"])[::3]
    rating = {"rating": 9} if event == "rated" else {}
    events = [{"item": item, "event_type": event, **rating} for item in refused]
    assert sample.post_history(*events, user_id=user_id).status_code == 200
    whole = _list_of(sample, user_id, **query)
    assert len(whole) >= 500
    assert whole.isdisjoint(refused)


@pytest.mark.parametrize("feedback", ["dislike", "never", "not_now", "complete", "like"])
def test_what_feedback_refuses_is_on_no_page(sample: Service, feedback: str) -> None:
    user_id = f"feedback {feedback}"
    page = sample.recommend(user_id)
    refused = page["items"][0]["id"]
    remark = {
        "event_type": feedback,
        "item_id": refused,
        "recommendation_id": page["recommendation_id"],
    }
    assert sample.http.post("/feedback", json=remark).status_code == 200
    assert refused not in _list_of(sample, user_id)


def test_a_viewer_with_only_dislikes_gets_the_strangers_list_without_them(sample: Service) -> None:
    stranger = _ids(sample.whole_list("a stranger", diversify=False))
    sample.post_history(*stranger[:20], user_id="grump", event_type="disliked")
    left = _ids(sample.whole_list("grump", diversify=False))
    # Less popular titles have come up for those that went.
    assert [item for item in left if item in stranger] == [
        item for item in stranger[20:] if item in left
    ]
    assert len(set(left) & set(stranger)) >= 550


def test_a_snooze_that_ended_brings_the_title_back(sample: Service) -> None:
    (first, second) = _ids(sample.recommend("snoozer", limit=2)["items"])
    sample.post_history(first, second, user_id="snoozer", event_type="not_now")
    with sample.database.transaction() as cursor:
        cursor.execute(
            "UPDATE interactions SET snoozed_until = now() - interval '1 second'"
            " WHERE item_id = %s AND event_type = 'not_now'",
            (first,),
        )
    found = _list_of(sample, "snoozer")
    assert first in found
    assert second not in found


def test_a_snooze_that_ended_brings_back_nothing_that_was_seen_too(sample: Service) -> None:
    (first,) = _ids(sample.recommend("seen and snoozed", limit=1)["items"])
    sample.post_history(first, user_id="seen and snoozed")
    sample.post_history(first, user_id="seen and snoozed", event_type="not_now")
    with sample.database.transaction() as cursor:
        cursor.execute(
            "UPDATE interactions SET snoozed_until = now() - interval '1 second'"
            " WHERE item_id = %s AND event_type = 'not_now'",
            (first,),
        )
    assert first not in _list_of(sample, "seen and snoozed")


def test_profiles_of_one_user_are_viewers_of_their_own(sample: Service) -> None:
    stranger = _ids(sample.recommend("parent", diversify=False)["items"])
    sample.post_history(*stranger[:5], user_id="parent", profile="kids", event_type="liked")
    sample.post_history(user_id="parent", profile="guest")
    assert _ids(sample.recommend("parent", diversify=False)["items"]) == stranger
    assert _ids(sample.recommend("parent", profile="guest", diversify=False)["items"]) == stranger
    assert _list_of(sample, "parent", profile="kids").isdisjoint(stranger[:5])


def test_no_profile_name_meets_another_user(sample: Service) -> None:
    viewers: list[dict[str, str]] = [
        {"user_id": "a", "profile": "a::b"},
        {"user_id": "a", "profile": "b"},
        {"user_id": "a::b"},
        {"user_id": "🍿 דנה"},
        {"user_id": "a/b?c#d&e=%00"},
    ]
    titles = _ids(sample.recommend("nobody at all", limit=5)["items"])
    for viewer, title in zip(viewers, titles, strict=True):
        assert sample.post_history(title, **viewer).status_code == 200
    for viewer, own in zip(viewers, titles, strict=True):
        assert own not in _list_of(sample, **viewer)
        # Whether the others are on the list is a matter of taste: it holds most of the sample.
        seen = {title for title in titles if "seen" in _why_not(sample, title, **viewer)}
        assert seen == {own}, viewer


def test_a_viewer_of_the_sample_meets_nothing_of_a_long_history(sample: Service) -> None:
    history = rows_of(
        sample.database,
        "SELECT item_id FROM interactions JOIN profiles ON profiles.id = profile_id"
        " WHERE user_id = 'sample-crime-noir'",
    )
    assert len(history) > 50
    assert _list_of(sample, "sample-crime-noir").isdisjoint(row[0] for row in history)
