"""Filters as parameters: every list takes all of them, and what viewers keep is theirs."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_FILTERS = {
    *("genres", "exclude_genres", "year_min", "year_max", "runtime_min", "runtime_max"),
    *("languages", "max_age", "people", "companies", "networks", "exclude_ids"),
    *("library", "watchlist", "household_seen", "country", "services", "media_type"),
}
_OWNED = ("movie:238", "movie:240", "movie:278", "movie:680", "movie:13", "tv:1396")
_LISTED = ("movie:424", "movie:240", "movie:603")


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    service = start_sample()
    service.http.put("/users/dana/library", json={"items": _OWNED}).raise_for_status()
    for item in _LISTED:
        service.http.put(f"/users/lee/watchlist/{item}").raise_for_status()
    return service


def _similar(service: Service, **asked: Any) -> httpx2.Response:
    return service.http.get("/items/movie:949/similar", params={"user_id": "dana", **asked})


def _blend(service: Service, **asked: Any) -> httpx2.Response:
    body = {"user_id": "dana", "like": ["movie:949"], **asked}
    return service.http.post("/blend", json=body)


def _group(service: Service, **asked: Any) -> httpx2.Response:
    body = {"members": [{"user_id": "lee"}, {"user_id": "dana"}], **asked}
    return service.http.post("/recommend/group", json=body)


def _shelves(service: Service, **asked: Any) -> httpx2.Response:
    return service.http.get("/shelves", params={"user_id": "dana", **asked})


_LISTS: tuple[Callable[..., httpx2.Response], ...] = (_similar, _blend, _group, _shelves)
_PATHS = {
    "/recommend": "get",
    "/items/{item}/similar": "get",
    "/tonight": "get",
    "/shelves": "get",
    "/blend": "post",
    "/recommend/group": "post",
}


def _ids(answer: httpx2.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    page = answer.json()
    items = [item for row in page.get("rows", [page]) for item in row["items"]]
    return {f"{item['media_type']}:{item['tmdb_id']}" for item in items}


def test_every_list_takes_every_filter(sample: Service) -> None:
    document = sample.http.get("/openapi.json").json()
    for path, method in _PATHS.items():
        route = document["paths"][path][method]
        taken = {one["name"] for one in route.get("parameters", [])}
        if method == "post":
            name = route["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            taken = set(document["components"]["schemas"][name.rpartition("/")[2]]["properties"])
        assert taken >= _FILTERS, path


@pytest.mark.parametrize("asked_of", _LISTS)
def test_lists_are_made_of_the_library_or_without_it(
    sample: Service, asked_of: Callable[..., httpx2.Response]
) -> None:
    owned = asked_of(sample, library="only", limit=20)
    assert _ids(owned) == set(_OWNED)
    assert not _ids(asked_of(sample, library="exclude", limit=20)) & set(_OWNED)
    for page in (owned.json(), *owned.json().get("rows", [])):
        (chip,) = page["interpreted"]
        assert (chip["field"], chip["label"]) == ("library", "In the library")


def test_of_several_the_watchlist_of_any_counts(sample: Service) -> None:
    assert _ids(_group(sample, watchlist="only", limit=20)) == set(_LISTED)
    assert not _ids(_group(sample, watchlist="exclude", limit=20)) & set(_LISTED)
    assert _ids(_similar(sample, watchlist="only")) == set()  # it is lee's


def test_an_evening_is_chosen_from_what_is_listed(sample: Service) -> None:
    offered = [
        f"{one['media_type']}:{one['tmdb_id']}"
        for one in sample.http.get("/tonight", params={"user_id": "ada", "country": "US"}).json()[
            "items"
        ]
    ]
    for item in offered:
        sample.http.put(f"/users/max/watchlist/{item}").raise_for_status()
    asked = {"user_id": "max", "country": "US", "watchlist": "only"}
    first = _ids(sample.http.get("/tonight", params=asked))
    assert first <= set(offered)
    leader = sample.http.get("/tonight", params=asked).json()["items"][0]["id"]
    sample.http.delete(f"/users/max/watchlist/{leader}").raise_for_status()
    left = sample.http.get("/tonight", params=asked).json()["items"]
    assert leader not in [one["id"] for one in left]


def test_what_the_household_owns_can_be_watched_wherever_it_is(sample: Service) -> None:
    asked = {"user_id": "dana", "country": "NZ", "library": "only"}
    found = _ids(sample.http.get("/tonight", params=asked))
    assert found <= set(_OWNED)
    assert len(found) == 3


def test_what_is_taken_out_of_the_library_leaves_the_shelves_of_the_day(sample: Service) -> None:
    items = [*_OWNED[:3]]
    sample.http.put("/users/eve/library", json={"items": items}).raise_for_status()
    asked = {"user_id": "eve", "library": "only"}
    assert _ids(sample.http.get("/shelves", params=asked)) == set(items)
    gone = {"items": items[:1]}
    sample.http.request("DELETE", "/users/eve/library", json=gone).raise_for_status()
    assert _ids(sample.http.get("/shelves", params=asked)) == set(items[1:])


def test_an_empty_library_and_watchlist_say_so(sample: Service) -> None:
    said = [
        sample.recommend("zoe", **{name: "only"})["empty_because"]
        for name in ("library", "watchlist")
    ]
    assert said == ["Nothing is in the library yet.", "Nothing is on the watchlist yet."]


@pytest.mark.parametrize("asked_of", _LISTS)
def test_what_another_profile_has_seen_is_left_out_where_one_asks_for_that(
    sample: Service, asked_of: Callable[..., httpx2.Response]
) -> None:
    shown = sorted(_ids(asked_of(sample, limit=20)))
    saw, refused = shown[0], shown[1]
    for item, kind in ((saw, "watched"), (refused, "not_interested")):
        body = {"user_id": "dana", "profile": "other", "items": [item], "event_type": kind}
        sample.http.post("/user/history", json=body).raise_for_status()
    assert saw in _ids(asked_of(sample, limit=20))
    left = asked_of(sample, limit=20, household_seen="exclude")
    assert saw not in _ids(left)
    assert refused in _ids(left)
    (chip,) = [one for one in left.json()["interpreted"] if one["field"] == "household_seen"]
    assert chip["label"] == "Seen by nobody of the household"


def test_what_another_profile_sees_meanwhile_leaves_the_pages_that_follow(sample: Service) -> None:
    asked = {"limit": 5, "household_seen": "exclude"}
    first = sample.recommend("uma", **asked)
    later = sample.recommend("uma", **asked, cursor=first["next_cursor"])["items"][0]["id"]
    body = {"user_id": "uma", "profile": "other", "items": [later], "event_type": "watched"}
    sample.http.post("/user/history", json=body).raise_for_status()
    after = sample.recommend("uma", **asked, cursor=first["next_cursor"])["items"]
    assert later not in [item["id"] for item in after]
    again = sample.recommend("uma", **(asked | {"limit": 10}))["items"]
    assert later not in [item["id"] for item in again]


@pytest.mark.parametrize(
    ("name", "value"), [("library", "only"), ("watchlist", "only"), ("household_seen", "exclude")]
)
def test_a_list_for_nobody_has_none_of_its_own(sample: Service, name: str, value: str) -> None:
    answer = sample.http.get("/items/movie:949/similar", params={name: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["detail"] == f"{name}: whose? Name a user_id."


def test_people_are_named_by_tmdbs_ids_too(start_own_sample: ServiceFactory) -> None:
    own_sample = start_own_sample()
    (pacino,) = own_sample.http.get("/search", params={"q": "al pacino"}).json()["people"]
    with own_sample.database.autocommit() as cursor:
        cursor.execute("UPDATE people SET tmdb_id = 1158 WHERE id = %s", (pacino["id"],))
    by_id, by_tmdb, by_name = (
        own_sample.recommend("ivy", people=name)
        for name in (pacino["id"], "tmdb:1158", "Al Pacino")
    )
    assert by_id["items"] == by_tmdb["items"] == by_name["items"] != []
