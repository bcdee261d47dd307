"""/users/{user_id}/watchlist: what a viewer means to watch."""

from typing import Any

from tests.acceptance.conftest import Service
from tests.builders import add_certificate, add_item, add_items, announce_catalogue

_LIST = "/users/dana/watchlist"


def _titles(service: Service, **query: Any) -> list[int]:
    answer = service.http.get(_LIST, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    return [item["item_id"] for item in answer.json()["items"]]


def test_holds_a_title_once_until_it_is_taken_off(service: Service) -> None:
    item = add_item(service.database, tmdb_id=603)
    assert service.http.put(f"{_LIST}/movie:603").json() == {"ok": True, "added": True}
    assert service.http.put(f"{_LIST}/{item}").json() == {"ok": True, "added": False}
    assert _titles(service) == [item]
    assert service.http.delete(f"{_LIST}/movie:603").json() == {"ok": True, "removed": True}
    assert service.http.delete(f"{_LIST}/movie:603").json() == {"ok": True, "removed": False}
    assert _titles(service) == []


def test_only_a_change_moves_the_version(service: Service) -> None:
    add_item(service.database, tmdb_id=603)
    service.http.put(f"{_LIST}/movie:603")
    added = service.version_of()
    service.http.put(f"{_LIST}/movie:603")
    assert service.version_of() == added
    service.http.delete(f"{_LIST}/movie:603")
    assert service.version_of() == added + 1


def test_is_each_profiles_own(service: Service) -> None:
    first, second = add_items(service.database, 2)
    service.http.put(f"{_LIST}/{first}", params={"profile": "work"})
    service.http.put(f"{_LIST}/{second}")
    assert _titles(service, profile="work") == [first]
    assert _titles(service) == [second]


def test_pages_reach_every_title_once_the_newest_first(service: Service) -> None:
    items = add_items(service.database, 5)
    for item in items:
        service.http.put(f"{_LIST}/{item}")
    found: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = service.http.get(_LIST, params=query).json()
        found += [item["item_id"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert found == items[::-1]
    others = service.http.get("/users/noa/watchlist", params={"cursor": query["cursor"]})
    assert others.json()["code"] == "invalid_cursor"


def test_an_unknown_title_is_not_found_and_makes_no_profile(service: Service) -> None:
    for method in ("PUT", "DELETE"):
        answer = service.http.request(method, f"{_LIST}/movie:604")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert service.version_of() == 0


def test_a_title_above_the_limits_is_neither_put_on_nor_shown(service: Service) -> None:
    item = add_item(service.database, tmdb_id=603)
    add_certificate(service.database, item, "US", "R")
    child = {"profile": "noa"}
    service.http.put(f"{_LIST}/movie:603", params=child)
    assert _titles(service, **child) == [item]
    service.http.put("/users/dana/profiles/noa", json={"kind": "child", "country": "US"})
    assert _titles(service, **child) == []
    assert service.http.put(f"{_LIST}/movie:603", params=child).status_code == 404


def test_a_list_can_be_made_of_it_or_without_it(service: Service) -> None:
    items = _announced(service, 6)
    for item in items[:2]:
        service.http.put(f"{_LIST}/{item}")
    assert _recommended(service, watchlist="only") == set(items[:2])
    assert _recommended(service, watchlist="exclude") == set(items[2:])
    assert _recommended(service) == set(items)


def test_a_change_counts_on_the_very_next_list(service: Service) -> None:
    first, second, _ = _announced(service, 3)
    service.http.put(f"{_LIST}/{first}")
    assert _recommended(service, watchlist="only") == {first}
    service.http.put(f"{_LIST}/{second}")
    assert _recommended(service, watchlist="only") == {first, second}
    service.http.delete(f"{_LIST}/{first}")
    assert _recommended(service, watchlist="only") == {second}


def test_a_list_of_it_is_never_filled_with_others(service: Service) -> None:
    _announced(service, 3)
    assert _recommended(service, watchlist="only") == set()
    assert _recommended(service, watchlist="only", profile="work") == set()


def test_a_preview_says_whether_a_title_is_on_it(service: Service) -> None:
    (item,) = _announced(service, 1)
    body = {"user_id": "dana", "item": item, "watchlist": "only"}
    why = service.http.post("/recommend/preview", json=body).json()["reasons"]
    assert ("watchlist", False) in [(one["code"], one["evidence"].get("listed")) for one in why]
    service.http.put(f"{_LIST}/{item}")
    body["watchlist"] = "exclude"
    why = service.http.post("/recommend/preview", json=body).json()["reasons"]
    assert ("watchlist", True) in [(one["code"], one["evidence"].get("listed")) for one in why]


def test_any_other_word_is_refused(service: Service) -> None:
    answer = service.http.get("/recommend", params={"user_id": "dana", "watchlist": "some"})
    assert answer.status_code == 422
    assert "watchlist" in answer.text


def _recommended(service: Service, **query: Any) -> set[int]:
    return {item["id"] for item in service.whole_list(**query)}


def _announced(service: Service, count: int) -> list[int]:
    items = add_items(service.database, count)
    announce_catalogue(service.database)
    return items
