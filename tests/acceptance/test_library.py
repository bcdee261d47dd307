"""/users/{user_id}/library: what a household owns."""

from typing import Any

from tests.acceptance.conftest import Service
from tests.builders import add_certificate, add_item, add_items, announce_catalogue

_LIBRARY = "/users/dana/library"


def _titles(service: Service, **query: Any) -> list[int]:
    answer = service.http.get(_LIBRARY, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    return [item["item_id"] for item in answer.json()["items"]]


def _change(service: Service, method: str, *items: Any) -> dict[str, Any]:
    answer = service.http.request(method, _LIBRARY, json={"items": items})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_titles_are_added_and_taken_out_in_bulk(service: Service) -> None:
    first, second, third = add_items(service.database, 3)
    assert _change(service, "PUT", first, second) == {"ok": True, "added": 2}
    assert _change(service, "PUT", "movie:2", third, third) == {"ok": True, "added": 1}
    assert set(_titles(service)) == {first, second, third}
    assert _change(service, "DELETE", first, third) == {"ok": True, "removed": 2}
    assert _change(service, "DELETE", first) == {"ok": True, "removed": 0}
    assert _titles(service) == [second]


def test_owned_is_never_watched(service: Service) -> None:
    (item,) = add_items(service.database, 1)
    _change(service, "PUT", item)
    assert service.read_history() == []


def test_it_is_the_whole_households(service: Service) -> None:
    (item,) = add_items(service.database, 1)
    _change(service, "PUT", item)
    assert _titles(service, profile="work") == [item]
    assert service.http.get("/users/noa/library").json()["items"] == []


def test_an_unknown_title_is_named_and_nothing_is_added(service: Service) -> None:
    add_items(service.database, 1)
    answer = service.http.put(_LIBRARY, json={"items": ["movie:1", "movie:7"]})
    assert (answer.status_code, answer.json()["unknown"]) == (422, ["movie:7"])
    assert _titles(service) == []


def test_pages_reach_every_title_once(service: Service) -> None:
    items = add_items(service.database, 5)
    _change(service, "PUT", *items)
    found: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = service.http.get(_LIBRARY, params=query).json()
        found += [item["item_id"] for item in page["items"]]
        if "next_cursor" not in page:
            break
        query["cursor"] = page["next_cursor"]
    assert sorted(found) == items
    others = service.http.get("/users/noa/library", params={"cursor": query["cursor"]})
    assert others.json()["code"] == "invalid_cursor"


def test_a_title_above_a_childs_limits_is_not_shown_to_it(service: Service) -> None:
    item = add_item(service.database, tmdb_id=603)
    add_certificate(service.database, item, "US", "R")
    _change(service, "PUT", item)
    service.http.put("/users/dana/profiles/noa", json={"kind": "child", "country": "US"})
    assert _titles(service, profile="noa") == []
    assert _titles(service) == [item]


def test_a_title_that_an_import_brought_and_that_is_added_here_stays(service: Service) -> None:
    item = add_item(service.database, "Heat", tmdb_id=949, release_year=1995)
    table = {"file": ("films.csv", b"Title,Year\nHeat,1995\n")}
    form = {"user_id": "dana", "kind": "library"}
    brought = service.http.post("/imports", data=form, files=table).json()
    service.http.post(f"/imports/{brought['id']}/apply").raise_for_status()
    assert _change(service, "PUT", item) == {"ok": True, "added": 0}
    service.http.delete(f"/imports/{brought['id']}").raise_for_status()
    assert _titles(service) == [item]


def test_a_list_can_be_made_of_it_or_without_it(service: Service) -> None:
    items = _announced(service, 6)
    assert _recommended(service, library="only") == set()
    _change(service, "PUT", *items[:2])
    assert _recommended(service, library="only") == set(items[:2])
    assert _recommended(service, library="exclude") == set(items[2:])
    assert _recommended(service, library="any") == set(items)
    _change(service, "DELETE", items[0])
    assert _recommended(service, library="only") == {items[1]}


def test_a_preview_says_whether_a_title_is_owned(service: Service) -> None:
    (item,) = _announced(service, 1)
    body = {"user_id": "dana", "item": item, "library": "only"}
    why = service.http.post("/recommend/preview", json=body).json()["reasons"]
    assert ("library", False) in [(one["code"], one["evidence"].get("owned")) for one in why]


def test_any_other_word_is_refused(service: Service) -> None:
    answer = service.http.get("/recommend", params={"user_id": "dana", "library": "some"})
    assert answer.status_code == 422
    assert "library" in answer.text


def _recommended(service: Service, **query: Any) -> set[int]:
    return {item["id"] for item in service.whole_list(**query)}


def _announced(service: Service, count: int) -> list[int]:
    items = add_items(service.database, count)
    announce_catalogue(service.database)
    return items
