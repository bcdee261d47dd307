"""What a list cannot be made of is said, on every route that answers one."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, announce_catalogue
from tests.doubles.tokens import ACCESS, bearer, token

_Ask = Callable[[httpx2.Client], httpx2.Response]
_DANA: dict[str, Any] = {"user_id": "dana"}

# Each list that needs no title to begin with.
_FOR_DANA: dict[str, _Ask] = {
    "recommend": lambda http: http.get("/recommend", params=_DANA),
    "words": lambda http: http.get("/recommend", params={**_DANA, "query": "a heist"}),
    "shelves": lambda http: http.get("/shelves", params=_DANA),
    "tonight": lambda http: http.get("/tonight", params={**_DANA, "country": "US"}),
    "group": lambda http: http.post(
        "/recommend/group", json={"members": [_DANA, {"user_id": "lee"}]}
    ),
    "batch": lambda http: http.post("/recommend/batch", json={"viewers": [_DANA]}),
    "blend of words": lambda http: http.post("/blend", json={**_DANA, "like": ["a heist"]}),
}


def _of_titles(one: str, other: str) -> dict[str, _Ask]:
    """Each list that begins with titles."""
    return {
        "similar": lambda http: http.get(f"/items/{one}/similar", params=_DANA),
        "blend": lambda http: http.post("/blend", json={**_DANA, "like": [one, other]}),
        "unlike": lambda http: http.post("/blend", json={"like": [other], "unlike": [one]}),
        "from": lambda http: http.get("/path", params={**_DANA, "from": one, "to": other}),
        "to": lambda http: http.get("/path", params={**_DANA, "from": other, "to": one}),
        "predictions": lambda http: http.get(
            "/users/dana/predictions", params={"items": f"{other},{one}"}
        ),
        "without": lambda http: http.get("/recommend", params={**_DANA, "exclude_ids": one}),
    }


_KNOWN, _UNKNOWN = "movie:1", "movie:99"


@pytest.fixture(scope="module")
def empty(start_quiet: ServiceFactory) -> Service:
    return start_quiet()


@pytest.mark.parametrize("name", _FOR_DANA)
def test_an_empty_catalogue_is_said_by_every_list(empty: Service, name: str) -> None:
    answer = _FOR_DANA[name](empty.http)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert not page.get("items")
    assert not page.get("rows")
    assert "catalogue is empty" in page["empty_because"]
    assert page["empty_code"] == "catalogue"


@pytest.mark.parametrize("name", _of_titles(_UNKNOWN, _KNOWN))
def test_an_empty_catalogue_has_no_title_to_begin_with(empty: Service, name: str) -> None:
    answer = _of_titles(_UNKNOWN, _KNOWN)[name](empty.http)
    assert answer.status_code in (404, 422)
    assert _UNKNOWN in answer.json()["detail"]


def _three_titles(start: ServiceFactory, **environment: str) -> tuple[Service, list[int]]:
    service = start(**environment)
    titles = [
        add_item(service.database, "Heat", tmdb_id=1),
        add_item(service.database, "Alien", tmdb_id=2),
        add_item(service.database, "Thief", tmdb_id=3),
    ]
    announce_catalogue(service.database)
    return service, titles


def test_whoever_has_seen_everything_is_told_so_by_every_list(start: ServiceFactory) -> None:
    service, titles = _three_titles(start)
    for user_id in ("dana", "lee"):
        body = {"user_id": user_id, "items": titles}
        service.http.post("/user/history", json=body).raise_for_status()
    asked = _FOR_DANA | {
        name: ask
        for name, ask in _of_titles("movie:1", "movie:2").items()
        if name in ("similar", "blend", "from")
    }
    for name, ask in asked.items():
        answer = ask(service.http)
        assert answer.status_code == 200, (name, answer.text)
        page = answer.json()
        assert not page.get("items"), name
        assert not page.get("rows"), name
        why = "stands between the two" if name == "from" else "has seen or refused every title"
        if name == "group":
            why = "have seen or refused every title"
        assert why in (page.get("empty_because") or ""), name


@pytest.mark.parametrize("gone", [False, True])
def test_a_title_that_is_unknown_or_gone_is_named(start: ServiceFactory, gone: bool) -> None:
    service, titles = _three_titles(start)
    asked = "movie:99"
    if gone:
        asked = "movie:2"
        with service.database.transaction() as cursor:
            cursor.execute("UPDATE items SET retired_at = now() WHERE id = %s", (titles[1],))
        announce_catalogue(service.database)
    for name, ask in _of_titles(asked, "movie:1").items():
        answer = ask(service.http)
        if gone and name == "without":  # to leave out what is gone anyway is no mistake
            assert answer.status_code == 200
            continue
        assert answer.status_code in (404, 422), (name, answer.text)
        assert asked in answer.json()["detail"], (name, answer.text)


def test_nobody_is_in_a_group_whom_the_caller_may_not_read(start: ServiceFactory) -> None:
    service, _ = _three_titles(start, **ACCESS)
    with ExitStack() as opened:
        headers = bearer(token("dana", exp=2**31))
        http = opened.enter_context(httpx2.Client(base_url=service.url, headers=headers))
        answer = _FOR_DANA["group"](http)
        assert answer.status_code == 404
        assert "lee" not in answer.json()["detail"]
