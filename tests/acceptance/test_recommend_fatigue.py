"""GET /recommend: what a viewer was shown in vain steps back, and chance is written down."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_ADMIN = {"X-API-Key": "0123456789abcdef"}


def _rank(service: Service, user_id: str, item: int, **query: Any) -> int | None:
    ids = [found["id"] for found in service.whole_list(user_id, diversify=False, **query)]
    return ids.index(item) + 1 if item in ids else None


def _show(service: Service, user_id: str, item: int, times: int) -> None:
    shown = {"user_id": user_id, "item_id": item, "event_type": "impression"}
    assert service.http.post("/feedback", json=[shown] * times).status_code == 200


def test_the_fifth_impression_in_another_process_pushes_a_title_down_the_next_list(
    sample: Service, start_sample: ServiceFactory
) -> None:
    other = start_sample()
    first = sample.recommend("weary", diversify=False)["items"][0]["id"]
    _show(other, "weary", first, 4)
    assert _rank(sample, "weary", first) == 1
    _show(other, "weary", first, 1)
    rank = _rank(sample, "weary", first)
    assert rank is not None
    assert rank > 20
    click = {"user_id": "weary", "item_id": first, "event_type": "click"}
    assert other.http.post("/feedback", json=click).status_code == 200
    assert _rank(sample, "weary", first) == 1


def test_however_tiresome_a_title_keeps_its_place_among_those_that_fit(sample: Service) -> None:
    # A narrow wish: there is nothing else to put in its place, and nothing unfit is.
    request = {"query": "documentary series", "media_type": "tv"}
    before = [item["id"] for item in sample.whole_list("narrow", **request)]
    _show(sample, "narrow", before[0], 5)
    after = [item["id"] for item in sample.whole_list("narrow", **request)]
    assert sorted(after) == sorted(before)


def test_debug_shows_fatigue_and_propensity(start_sample: ServiceFactory) -> None:
    service = start_sample(API_KEYS=f"admin:{_ADMIN['X-API-Key']}")
    request: dict[str, Any] = {"user_id": "curious", "debug": True, "limit": 20}
    # Nothing is drawn for whoever has said nothing yet.
    liked = {"user_id": "curious", "items": ["movie:13"], "event_type": "liked"}
    service.http.post("/user/history", json=liked, headers=_ADMIN).raise_for_status()
    answer = service.http.get("/recommend", params=request, headers=_ADMIN).json()
    tired = answer["items"][0]["id"]
    shown = {"user_id": "curious", "item_id": tired, "event_type": "dismiss"}
    service.http.post("/feedback", json=shown, headers=_ADMIN)
    pages = [
        service.http.get("/recommend", params=request | {"limit": 100}, headers=_ADMIN).json(),
        service.http.get("/recommend", params=request, headers=_ADMIN).json(),
    ]
    mixed = [span for span in pages[1]["trace"] if span["component"] == "mixer"]
    assert mixed[0]["signals"]["fatigue"] == 1
    debug = {item["id"]: item["debug"] for page in pages for item in page["items"]}
    assert tired not in debug or debug[tired]["fatigue"] == 0.5
    drawn = [
        item["debug"]["propensity"] for item in pages[1]["items"] if item["debug"]["propensity"] < 1
    ]
    assert len(drawn) == 3
    assert all(propensity > 0 for propensity in drawn)


def test_a_preview_tells_what_a_title_loses(sample: Service) -> None:
    tired = sample.recommend("previewing", diversify=False)["items"][0]["id"]
    request = {"user_id": "previewing", "item": tired, "diversify": False}
    before = sample.http.post("/recommend/preview", json=request).json()
    assert "shown_in_vain" not in {reason["code"] for reason in before["reasons"]}
    _show(sample, "previewing", tired, 5)
    after = sample.http.post("/recommend/preview", json=request).json()
    (told,) = (reason for reason in after["reasons"] if reason["code"] == "shown_in_vain")
    assert told["evidence"] == {"share_lost": 0.5}
    assert after["rank"] > before["rank"] == 1


def test_without_debug_neither_is_told(sample: Service) -> None:
    assert not any("debug" in item for item in sample.recommend("plain")["items"])


@pytest.mark.parametrize("query", [{"limit": 2}, {"diversify": False}])
def test_no_place_is_left_to_chance_for(sample: Service, query: dict[str, Any]) -> None:
    items = sample.recommend("sober", **query)["items"]
    codes = {reason["code"] for item in items for reason in item["reasons"]}
    assert "off_the_beaten_path" not in codes
