"""GET /users/{user_id}/track-record: what became of what was recommended, as a client sees it."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_items, announce_catalogue


def read(service: Service, user_id: str = "dana", **query: Any) -> dict[str, Any]:
    answer = service.http.get(f"/users/{user_id}/track-record", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    return dict(answer.json())


def stock(service: Service, count: int) -> None:
    add_items(service.database, count)
    announce_catalogue(service.database)


def test_tells_of_a_list_that_was_served_shown_and_clicked(service: Service) -> None:
    stock(service, 25)
    page = service.recommend("dana")
    shown = [
        {
            "user_id": "dana",
            "item_id": item["id"],
            "event_type": "impression",
            "recommendation_id": page["recommendation_id"],
        }
        for item in page["items"]
    ]
    clicked = shown[17] | {"event_type": "click"}
    assert service.http.post("/feedback", json=[*shown, clicked]).status_code == 200
    told = read(service)
    assert (told["lists"], told["lists_kept_days"], told["fewest"]) == (1, 90, 20)
    total = told["total"]
    assert (total["recommended"], total["shown"], total["clicked"], total["hits"]) == (20, 20, 1, 1)
    assert (total["hit_rate"], total["click_rate"], total["note"]) == (0.05, 0.05, None)
    assert told["by_strategy"] == {"standard": total}
    (hit,) = told["newest_hits"]
    assert hit["title"] == page["items"][17]["title"]
    assert (hit["place"], hit["outcomes"]) == (18, ["clicked"])
    assert hit["recommendation_id"] == page["recommendation_id"]


def test_tells_no_rate_of_a_few_titles(service: Service) -> None:
    stock(service, 3)
    service.recommend("dana")
    total = read(service)["total"]
    assert (total["recommended"], total["hit_rate"], total["note"]) == (3, None, "not enough data")


def test_nothing_was_recommended_to_an_unknown_user(quiet: Service) -> None:
    told = read(quiet, "nobody", profile="kids", days=7)
    assert (told["user_id"], told["profile"], told["lists"]) == ("nobody", "kids", 0)
    assert (told["total"]["recommended"], told["newest_hits"]) == (0, [])


def test_a_deleted_user_has_no_record(service: Service) -> None:
    stock(service, 3)
    service.recommend("dana")
    service.http.delete("/users/dana")
    assert read(service)["lists"] == 0


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"days": 7, "since": "2026-01-01"}, "since: give days or since, not both"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2999-01-01"}, "since: is in the future."),
        ({"week": 1}, "week"),
        ({"profile": ""}, "profile"),
    ],
)
def test_names_what_is_wrong(quiet: Service, query: dict[str, Any], named: str) -> None:
    answer = quiet.http.get("/users/dana/track-record", params=query)
    assert answer.status_code == 422
    assert named in answer.text


def test_needs_a_credential(start_quiet: ServiceFactory) -> None:
    guarded = start_quiet(API_KEYS="client:0123456789abcdef")
    assert guarded.http.get("/users/dana/track-record").status_code == 401
