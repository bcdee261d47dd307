"""GET /recommend: an answer is used again until anything it depends on has changed, anywhere."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import announce_catalogue, rows_of


@pytest.fixture(scope="module")
def other(start_sample: ServiceFactory) -> Service:
    """A second process on the same database."""
    return start_sample()


def _ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def _ranked(service: Service, user_id: str) -> list[int]:
    """The titles of page one without those that chance places in every new list."""
    return _ids(service.recommend(user_id, diversify=False))


def _body(service: Service, user_id: str) -> bytes:
    return service.http.get("/recommend", params={"user_id": user_id}).content


def test_the_same_request_gets_the_same_bytes(sample: Service) -> None:
    sample.post_history("movie:949", user_id="repeater")
    assert _body(sample, "repeater") == _body(sample, "repeater")


def test_without_a_cache_every_answer_is_a_list_of_its_own(start_sample: ServiceFactory) -> None:
    forgetful = start_sample(RECOMMEND_CACHE_TTL_SECONDS=0)
    first, second = (forgetful.recommend(diversify=False) for _ in range(2))
    assert first["recommendation_id"] != second["recommendation_id"]
    assert first["items"] == second["items"]


def test_viewers_and_requests_do_not_share_answers(sample: Service) -> None:
    sample.post_history("movie:949", user_id="one", event_type="liked")
    sample.post_history("movie:949", user_id="one", profile="kids", event_type="disliked")
    requests: list[dict[str, Any]] = [
        {"user_id": "one"},
        {"user_id": "one", "profile": "kids"},
        {"user_id": "two"},
        {"user_id": "one", "limit": 5},
        {"user_id": "one", "diversify": False},
        {"user_id": "one", "query": "heist"},
        {"user_id": "one", "country": "US"},
        {"user_id": "one", "mixer_vote_weight": 5},
    ]
    answers = [sample.recommend(**request) for request in requests]
    assert len({answer["recommendation_id"] for answer in answers}) == len(requests)


def test_what_is_watched_in_another_process_is_gone_from_the_next_answer(
    sample: Service, other: Service
) -> None:
    for _ in range(3):
        first = _ids(sample.recommend("watcher"))[0]
        other.post_history(first, user_id="watcher")
        assert first not in _ids(sample.recommend("watcher"))


def test_what_is_taken_back_in_another_process_may_come_again(
    sample: Service, other: Service
) -> None:
    before = _ranked(sample, "regretter")
    other.post_history(before[0], user_id="regretter")
    assert before[0] not in _ranked(sample, "regretter")
    gone: dict[str, Any] = {"user_id": "regretter", "item": before[0]}
    assert other.http.delete("/user/history", params=gone).status_code == 200
    assert _ranked(sample, "regretter") == before


def test_a_like_in_another_process_moves_the_next_answer(sample: Service, other: Service) -> None:
    sample.recommend("liker")
    liked = {"user_id": "liker", "event_type": "like", "item_id": "movie:949"}
    assert other.http.post("/feedback", json=liked).status_code == 200
    reasons = [reason for item in sample.recommend("liker")["items"] for reason in item["reasons"]]
    assert "Heat" in {reason["evidence"].get("title") for reason in reasons}


def test_a_click_tells_no_taste_and_changes_nothing(sample: Service, other: Service) -> None:
    page = sample.recommend("clicker", diversify=False)
    clicked = {
        "user_id": "clicker",
        "event_type": "click",
        "item_id": page["items"][0]["id"],
        "recommendation_id": page["recommendation_id"],
    }
    assert other.http.post("/feedback", json=clicked).status_code == 200
    assert _ranked(sample, "clicker") == _ids(page)


def test_consent_withdrawn_in_another_process_makes_a_new_list(
    sample: Service, other: Service
) -> None:
    sample.post_history("movie:949", user_id="private")
    before = sample.recommend("private")["recommendation_id"]
    answer = other.http.put("/users/private/consent", json={"collaborative": False})
    assert answer.status_code == 200
    assert sample.recommend("private")["recommendation_id"] != before


def test_a_user_deleted_in_another_process_is_a_stranger_again(
    sample: Service, other: Service
) -> None:
    stranger = _ranked(sample, "forgotten")
    sample.post_history("movie:949", *stranger[:3], user_id="forgotten", event_type="liked")
    assert _ranked(sample, "forgotten") != stranger
    other.http.delete("/users/forgotten")
    assert _ranked(sample, "forgotten") == stranger


def test_a_changed_catalogue_changes_the_next_answer(start_own_sample: ServiceFactory) -> None:
    service = start_own_sample()
    first = _ids(service.recommend())[0]
    with service.database.transaction() as cursor:
        cursor.execute("UPDATE items SET retired_at = now() WHERE id = %s", (first,))
    announce_catalogue(service.database)
    assert first not in _ids(service.recommend())


def test_a_changed_title_and_its_offers_are_in_the_next_answer(
    start_own_sample: ServiceFactory,
) -> None:
    service = start_own_sample()
    before = service.recommend(limit=1)["items"][0]
    with service.database.transaction() as cursor:
        cursor.execute("UPDATE items SET title = 'Renamed' WHERE id = %s", (before["id"],))
        cursor.execute("DELETE FROM availability WHERE item_id = %s", (before["id"],))
    announce_catalogue(service.database)
    after = service.recommend(limit=1)["items"][0]
    assert (after["title"], after["watch_options"]) == ("Renamed", [])


class RulesFile:
    """A business-rules file that a test rewrites."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writes = 0
        self.write("{}")

    def write(self, content: str) -> None:
        self.path.write_text(content, encoding="utf-8")
        self._writes += 1
        # Two writes within one tick of the file system's clock would look like one.
        os.utime(self.path, (self._writes, self._writes))


@pytest.fixture
def rules(tmp_path: Path) -> RulesFile:
    return RulesFile(tmp_path / "rules.json")


def test_changed_rules_change_the_next_answer(
    start_sample: ServiceFactory, rules: RulesFile
) -> None:
    service = start_sample(BUSINESS_RULES_PATH=rules.path)
    shown = {item["media_type"] for item in service.recommend("ruled", limit=100)["items"]}
    assert shown == {"movie", "tv"}
    rules.write('{"filters": {"exclude_media_types": ["tv"]}}')
    shown = {item["media_type"] for item in service.recommend("ruled", limit=100)["items"]}
    assert shown == {"movie"}


def test_a_boost_moves_its_titles_up(start_sample: ServiceFactory, rules: RulesFile) -> None:
    service = start_sample(BUSINESS_RULES_PATH=rules.path)
    ordinary = service.whole_list("boosted", diversify=False)
    last = ordinary[-1]
    reference = f"{last['media_type']}:{last['tmdb_id']}"
    rules.write(json.dumps({"boosts": {"tmdb_id_multipliers": {reference: 100}}}))
    assert _ids(service.recommend("boosted", diversify=False))[0] == last["id"]


def test_invalid_rules_keep_the_last_good_ones_and_show_in_readyz(
    start_sample: ServiceFactory, rules: RulesFile
) -> None:
    service = start_sample(BUSINESS_RULES_PATH=rules.path)
    rules.write('{"filters": {"exclude_media_types": ["tv"]}}')
    before = _body(service, "keeper")
    rules.write('{"filters": {"exclude_genres": "Horror"}}')
    assert _body(service, "keeper") == before
    ready = service.http.get("/readyz")
    assert ready.status_code == 200
    assert "filters.exclude_genres" in ready.json()["faults"]["business_rules"]
    rules.write("{}")
    assert service.http.get("/readyz").json()["faults"] == {}
    assert _body(service, "keeper") != before


def test_a_cached_answer_is_stored_once(sample: Service) -> None:
    for _ in range(3):
        sample.recommend("thrifty")
    statement = "SELECT count(*) FROM slates WHERE user_id = 'thrifty'"
    assert rows_of(sample.database, statement) == [(1,)]
