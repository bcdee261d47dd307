"""A profile's limits hold on every route that shows or opens a title, whatever the route is."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from api.http.application import create_app
from api.http.page.page import PAGE_PATHS
from api.platform.resident import Resident
from config.settings import Settings
from tests.acceptance.conftest import Service, ServiceFactory
from tests.attack.limits import (
    Judge,
    age_in,
    attack,
    everybody,
    read_catalogue,
    set_up,
    titles_in,
)
from tests.attack.titles_asked_for import ASKED_FOR, Catalogue
from tests.builders import add_certificate, add_item, add_keyword, announce_catalogue
from tests.doubles.tokens import ACCESS, CLIENT, bearer, token

# What the catalogue has: a reference and a name. One is rated R, the other G.
_Title = tuple[str, str]
_Ask = Callable[[httpx2.Client, _Title], httpx2.Response]
_VIEWER: dict[str, Any] = {"user_id": "dana", "profile": "kids"}


@dataclass(frozen=True)
class _Home:
    """A child's household on the sample catalogue."""

    service: Service
    keeper: httpx2.Client
    child: httpx2.Client
    old_page: dict[str, Any]  # of a list that was served before there were limits
    old_list: list[dict[str, Any]]


_NEW_HIDDEN, _NEW_SHOWN = ("movie:603", "The Matrix"), ("movie:862", "Toy Story")
_SEEN_HIDDEN, _SEEN_SHOWN = ("movie:949", "Heat"), ("movie:8587", "The Lion King")


# Titles that may be shown, and have these among what is like them.
_LIKE = {"movie:603": "movie:11", "movie:862": "movie:862"}

_PLAYS_IN = {"movie:603": "Keanu Reeves", "movie:862": "Tom Hanks"}


def _person(client: httpx2.Client, title: _Title) -> httpx2.Response:
    found = client.get("/search", params={**_VIEWER, "q": _PLAYS_IN[title[0]]}).json()
    return client.get(f"/people/{found['people'][0]['id']}", params=_VIEWER)


def _whole_list(client: httpx2.Client, title: _Title) -> httpx2.Response:
    # In small letters: the words of whoever asks are told again, as those that nobody knows are.
    words = {**_VIEWER, "query": title[1].lower(), "limit": 100}
    return client.get("/recommend", params=words)


def _rows(client: httpx2.Client, title: _Title) -> httpx2.Response:
    year = _IS_FROM[title[0]]
    asked = {**_VIEWER, "rows": 12, "limit": 20, "year_min": year, "year_max": year}
    return client.get("/shelves", params=asked)


_IS_FROM = {"movie:603": 1999, "movie:862": 1995}


def _tonight(client: httpx2.Client, title: _Title) -> httpx2.Response:
    year = _IS_FROM[title[0]]
    asked = {**_VIEWER, "country": "US", "year_min": year, "year_max": year}
    return client.get("/tonight", params=asked)


def _brought(client: httpx2.Client, title: _Title) -> httpx2.Response:
    """The rows of an export that names the title by its id alone."""
    media_type, tmdb_id = title[0].split(":")
    table = {"file": ("ids.csv", f"tmdb_id,type\n{tmdb_id},{media_type}\n".encode())}
    created = client.post("/imports", data=_VIEWER, files=table)
    return client.get(f"/imports/{created.json()['id']}/rows")


# Every route with how it may show a title to a child, or why it shows none. A route that answers
# with titles belongs here with the question that would show one: it passes when it asks
# api/catalogue/limits/shown_titles.py, or makes its list as /recommend does.
_NEW: dict[tuple[str, str], _Ask] = {
    ("GET", "/recommend"): _whole_list,
    ("POST", "/recommend/preview"): lambda client, title: client.post(
        "/recommend/preview", json={**_VIEWER, "item": title[0]}
    ),
    ("GET", "/search"): lambda client, title: client.get(
        "/search", params={**_VIEWER, "q": title[1]}
    ),
    ("GET", "/search/interpret"): lambda client, title: client.get(
        "/search/interpret", params={**_VIEWER, "q": f"like {title[1].lower()}"}
    ),
    ("GET", "/items/{item:segment}"): lambda client, title: client.get(
        f"/items/{title[0]}", params=_VIEWER
    ),
    ("GET", "/imports/{import_id:segment}/rows"): _brought,
    ("GET", "/items/{item:segment}/similar"): lambda client, title: client.get(
        f"/items/{_LIKE[title[0]]}/similar", params={**_VIEWER, "limit": 100}
    ),
    ("POST", "/blend"): lambda client, title: client.post(
        "/blend", json={**_VIEWER, "like": [_LIKE[title[0]], "movie:8587"], "limit": 100}
    ),
    ("GET", "/tonight"): _tonight,
    ("GET", "/path"): lambda client, title: client.get(
        "/path", params={**_VIEWER, "from": "movie:8587", "to": title[0]}
    ),
    ("GET", "/users/{user_id:segment}/predictions"): lambda client, title: client.get(
        "/users/dana/predictions", params={"profile": "kids", "items": title[0]}
    ),
    ("GET", "/shelves"): _rows,
    ("GET", "/people/{person:segment}"): _person,
    ("GET", "/watch-link/{item:segment}"): lambda client, title: client.get(
        f"/watch-link/{title[0]}", params={**_VIEWER, "country": "US"}
    ),
}
_SEEN: dict[tuple[str, str], _Ask] = {
    ("GET", "/user/history"): lambda client, _: client.get("/user/history", params=_VIEWER),
    ("GET", "/users/{user_id:segment}/track-record"): lambda client, _: client.get(
        "/users/dana/track-record", params={"profile": "kids"}
    ),
    ("GET", "/users/{user_id:segment}/watchlist"): lambda client, _: client.get(
        "/users/dana/watchlist", params={"profile": "kids"}
    ),
    ("GET", "/users/{user_id:segment}/library"): lambda client, _: client.get(
        "/users/dana/library", params={"profile": "kids"}
    ),
}
_SHOW_NONE: dict[tuple[str, str], str] = {
    # But for "/", whose list is that of /recommend; its own test is below.
    **{("GET", path): "the page's own files" for path in PAGE_PATHS},
    ("GET", "/healthz"): "says ok",
    ("GET", "/metrics"): "refused to a child",
    ("GET", "/readyz"): "says what is not ready",
    ("GET", "/docs"): "describes the routes",
    ("GET", "/genres"): "counts titles",
    ("GET", "/map"): "places of what is within the limits: test_map.py",
    ("GET", "/map/regions"): "titles within the limits: test_map.py",
    ("GET", "/services"): "counts titles",
    ("POST", "/user/history"): "counts events",
    ("DELETE", "/user/history"): "events of a title within the limits; its own test is below",
    ("POST", "/feedback"): "says ok",
    ("GET", "/users/{user_id:segment}/preferences"): "genres, languages, decades and people",
    ("GET", "/users/{user_id:segment}/taste"): "of titles within the limits; its own test is below",
    ("PUT", "/users/{user_id:segment}/preferences"): "genres, languages, decades and people",
    ("PUT", "/users/{user_id:segment}/watchlist/{item:segment}"): "whether it was added",
    ("DELETE", "/users/{user_id:segment}/watchlist/{item:segment}"): "whether it was removed",
    ("PUT", "/users/{user_id:segment}/library"): "refused to a child",
    ("DELETE", "/users/{user_id:segment}/library"): "refused to a child",
    ("POST", "/imports"): "counts rows",
    ("GET", "/imports"): "none to a child",
    ("GET", "/imports/{import_id:segment}"): "counts rows",
    ("PATCH", "/imports/{import_id:segment}/rows"): "counts rows",
    ("POST", "/imports/{import_id:segment}/apply"): "counts rows",
    ("DELETE", "/imports/{import_id:segment}"): "counts rows",
    ("POST", "/hooks/{source:segment}"): "counts events",
    ("GET", "/users/{user_id:segment}/hooks"): "refused to a child",
    ("POST", "/users/{user_id:segment}/hooks"): "refused to a child",
    ("DELETE", "/users/{user_id:segment}/hooks/{hook_id:segment}"): "refused to a child",
    ("GET", "/users/{user_id:segment}/connections"): "refused to a child",
    ("POST", "/users/{user_id:segment}/connections"): "refused to a child",
    ("POST", "/users/{user_id:segment}/connections/trakt/code"): "refused to a child",
    ("POST", "/users/{user_id:segment}/connections/trakt"): "refused to a child",
    (
        "DELETE",
        "/users/{user_id:segment}/connections/{connection_id:segment}",
    ): "refused to a child",
    ("PUT", "/users/{user_id:segment}/consent"): "consents",
    ("GET", "/users/{user_id:segment}/profiles"): "settings",
    ("PUT", "/users/{user_id:segment}/profiles/{profile:segment}"): "settings",
    ("DELETE", "/users/{user_id:segment}/profiles/{profile:segment}"): "refused to a child",
    ("GET", "/users/{user_id:segment}/export"): "refused to a child",
    ("DELETE", "/users/{user_id:segment}"): "refused to a child",
    ("POST", "/session"): "who asks",
    ("GET", "/session"): "who asks",
    ("DELETE", "/session"): "counts sessions",
    ("POST", "/session/code"): "a code",
    ("DELETE", "/users/{user_id:segment}/sessions"): "refused to a child",
    ("GET", "/users/{user_id:segment}/pin"): "names no title",
    ("PUT", "/users/{user_id:segment}/pin"): "refused to a child",
    ("DELETE", "/users/{user_id:segment}/pin"): "refused to a child",
    ("POST", "/recommend/group"): "refused to a child",  # for others see test_group.py
    ("POST", "/recommend/batch"): "refused to a child",  # for others see test_batch.py
    ("POST", "/recommend/batches"): "refused to a child",  # for others see test_batches.py
    ("GET", "/recommend/batches/{batch:segment}"): "not found by a child",
    ("GET", "/recommend/batches/{batch:segment}/lists"): "not found by a child",
    ("DELETE", "/recommend/batches/{batch:segment}"): "not found by a child",
    ("PUT", "/items"): "refused to a child",
    ("PUT", "/items/{item:segment}"): "refused to a child",
    ("DELETE", "/items/{item:segment}"): "refused to a child",
    ("GET", "/admin/jobs"): "refused to a child",
    ("POST", "/admin/jobs"): "refused to a child",
    ("GET", "/admin/jobs/{run:segment}"): "refused to a child",
    ("POST", "/admin/jobs/{run:segment}/cancel"): "refused to a child",
    ("GET", "/admin/schedules"): "refused to a child",
    ("GET", "/admin/index"): "refused to a child",
    ("POST", "/admin/items/{item:segment}/embed"): "refused to a child",
    ("GET", "/admin/strategies"): "refused to a child",
    ("POST", "/admin/strategies/{name:segment}/promote"): "refused to a child",
    ("GET", "/admin/experiments"): "refused to a child",
    ("GET", "/admin/rules"): "refused to a child",
    ("POST", "/admin/rules/try"): "refused to a child",
    ("PUT", "/admin/rules"): "refused to a child",
    ("GET", "/admin/keys"): "refused to a child",
    ("POST", "/admin/keys"): "refused to a child",
    ("DELETE", "/admin/keys/{prefix:segment}"): "refused to a child",
}


@pytest.fixture(scope="module")
def home(start_sample: ServiceFactory) -> Iterator[_Home]:
    service = start_sample(**ACCESS)
    with ExitStack() as clients:

        def client(credential: str) -> httpx2.Client:
            return clients.enter_context(
                httpx2.Client(base_url=service.url, timeout=60, headers=bearer(credential))
            )

        keeper, child = client(CLIENT), client(token("dana", profile="kids", exp=2**31))
        first = keeper.get("/recommend", params={**_VIEWER, "limit": 7}).json()
        whole = keeper.get("/recommend", params={**_VIEWER, "limit": 100}).json()
        for reference, _ in (_SEEN_HIDDEN, _SEEN_SHOWN):
            keeper.post(
                "/feedback",
                json={
                    **_VIEWER,
                    "item_id": reference,
                    "event_type": "like",
                    "recommendation_id": whole["recommendation_id"],
                },
            ).raise_for_status()
            keeper.put(
                f"/users/dana/watchlist/{reference}", params={"profile": "kids"}
            ).raise_for_status()
            keeper.put("/users/dana/library", json={"items": [reference]}).raise_for_status()
        settings = {"kind": "child", "max_age": 9}
        keeper.put("/users/dana/profiles/kids", json=settings).raise_for_status()
        yield _Home(service, keeper, child, first, whole["items"])


@pytest.fixture(scope="module")
def catalogue(home: _Home) -> Catalogue:
    return read_catalogue(home.service.database)


def test_every_route_says_how_it_shows_titles() -> None:
    routes = {
        (method, context.path)
        for context in iter_route_contexts(create_app(Settings.load({})).routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.original_route.methods or ()
    }
    assert routes == {*_NEW, *_SEEN, *_SHOW_NONE}


@pytest.mark.parametrize("route", [*_NEW, *_SEEN], ids=" ".join)
def test_a_child_is_shown_what_is_within_the_limits_alone(
    home: _Home, route: tuple[str, str]
) -> None:
    if route in _NEW:
        ask, hidden, shown = _NEW[route], _NEW_HIDDEN, _NEW_SHOWN
    else:
        ask, hidden, shown = _SEEN[route], _SEEN_HIDDEN, _SEEN_SHOWN
    found = ask(home.child, shown)
    assert found.status_code in (200, 307), found.text
    assert found.status_code == 307 or shown[1] in found.text
    refused = ask(home.child, hidden)
    assert refused.status_code in (200, 404, 422)
    assert hidden[1] not in refused.text
    # The profile is what counts, not who asks for it.
    assert ask(home.keeper, hidden).status_code == refused.status_code
    assert hidden[1] not in ask(home.keeper, hidden).text


@pytest.mark.parametrize("route", [route for route, why in _SHOW_NONE.items() if "refused" in why])
def test_what_is_refused_to_a_child_is_refused(home: _Home, route: tuple[str, str]) -> None:
    path = route[1].replace("{user_id:segment}", "dana").replace("{profile:segment}", "kids")
    path = path.replace("{run:segment}", "1").replace("{item:segment}", "movie:603")
    path = path.replace("{hook_id:segment}", "1").replace("{prefix:segment}", "sea_unknown")
    path = path.replace("{connection_id:segment}", "1")
    own = {"media_type": "movie", "title": "Reel 7"}
    bodies: dict[str, Any] = {
        "/admin/jobs": {"job": "tmdb"},
        "/admin/keys": {"label": "television", "scope": "admin"},
        "/users/dana/pin": {"pin": "2468"},
        "/recommend/batch": {"viewers": [_VIEWER]},
        "/recommend/batches": {"viewers": [_VIEWER]},
        "/recommend/group": {"members": [_VIEWER, {"user_id": "dana"}]},
        "/items/movie:603": own,
        "/items": {"items": [own | {"item": "archive:7"}]},
        "/users/dana/library": {"items": ["movie:603"]},
        "/users/dana/hooks": {"source": "kodi"},
        "/users/dana/connections": {"source": "radarr"},
        "/users/dana/connections/trakt/code": {},
        "/users/dana/connections/trakt": {"pending": "x"},
    }
    assert home.child.request(route[0], path, json=bodies.get(path)).status_code == 403


def test_the_page_without_scripts_lists_what_is_within_the_limits_alone(
    home: _Home, catalogue: Catalogue
) -> None:
    answers = [home.child.get("/", params={"q": words}) for words in ("", _NEW_HIDDEN[1], "crime")]
    listed = [title for answer in answers for title in re.findall("<strong>(.*?)</", answer.text)]
    ages = {item["title"]: age_in(catalogue, item["id"], "IL") for item in home.old_list}
    assert len(listed) > 30
    assert all((ages.get(unescape(title)) or 0) <= 9 for title in listed)
    grown = re.findall("<strong>(.*?)</", home.keeper.get("/").text)
    assert any((ages.get(unescape(title)) or 0) > 9 for title in grown)


@pytest.mark.parametrize("path", ["/items/movie:603", "/watch-link/movie:603"])
def test_a_title_above_the_limit_is_a_404_without_the_profile_too(home: _Home, path: str) -> None:
    assert home.child.get(path).status_code == 404
    assert home.child.get(path, params={"user_id": "dana"}).status_code == 403
    assert home.child.get(path, params={"user_id": "dana", "profile": "p"}).status_code == 404
    assert home.keeper.get(path, params={"country": "US"}).status_code != 404


def test_a_list_that_is_older_than_the_limit_is_shown_within_it(
    home: _Home, catalogue: Catalogue
) -> None:
    page, pages = home.old_page, list[list[int]]()
    while cursor := page.get("next_cursor"):
        page = home.child.get("/recommend", params={**_VIEWER, "limit": 7, "cursor": cursor}).json()
        pages.append([item["id"] for item in page["items"]])
    shown = [item for ids in pages for item in ids]
    assert len(shown) == len(set(shown)) > 50
    assert {len(ids) for ids in pages[:-1]} == {7}  # filled from behind
    assert pages[-1]
    assert all(
        (age_in(catalogue, item, "IL") or 99) <= 9 or _is_for_all(catalogue, item) for item in shown
    )
    first = {item["id"] for item in home.old_list[7:]}
    assert any((age_in(catalogue, item, "IL") or 0) > 9 for item in first)


def test_lists_go_on_within_the_limits_where_the_country_was_set_with_them(
    home: _Home, catalogue: Catalogue
) -> None:
    viewer: dict[str, Any] = {"user_id": "moving", "profile": "kids", "limit": 5}
    blend = {**viewer, "like": ["movie:862"]}
    asked: list[Callable[[dict[str, Any]], httpx2.Response]] = [
        lambda more: home.keeper.get("/recommend", params=viewer | more),
        lambda more: home.keeper.get("/shelves", params=viewer | more),
        lambda more: home.keeper.get("/items/movie:862/similar", params=viewer | more),
        lambda more: home.keeper.post("/blend", json=blend | more),
    ]
    cursors = [ask({}).raise_for_status().json()["next_cursor"] for ask in asked]
    child = {"kind": "child", "max_age": 9, "country": "FR"}
    home.keeper.put("/users/moving/profiles/kids", json=child).raise_for_status()
    for ask, cursor in zip(asked, cursors, strict=True):
        page = ask({"cursor": cursor}).raise_for_status().json()
        shown = set(titles_in(page))
        assert shown
        assert max(age_in(catalogue, item, "FR") or 0 for item in shown) <= 9
        assert ask({"cursor": cursor, "country": "DE"}).json()["code"] == "invalid_cursor"


def test_titles_that_a_child_leaves_out_are_told_where_all_may_be_named(home: _Home) -> None:
    told = []
    for named in ([_NEW_SHOWN[0]], [_NEW_SHOWN[0], _NEW_HIDDEN[0]]):
        asked = {**_VIEWER, "exclude_ids": ",".join(named), "limit": 100}
        page = home.keeper.get("/recommend", params=asked).raise_for_status().json()
        assert _NEW_SHOWN[1] not in {item["title"] for item in page["items"]}
        told.append([chip["label"] for chip in page.get("interpreted", [])])
    assert told == [["Without 1 title"], []]


@pytest.mark.parametrize(
    "ask",
    [
        lambda http, more: http.get("/recommend", params=_VIEWER | more),
        lambda http, more: http.get("/shelves", params=_VIEWER | more),
        # Of no year that has a title: what one evening began with is left out of the next.
        lambda http, more: http.get("/tonight", params=_VIEWER | {"year_max": 1901} | more),
        lambda http, more: http.get("/items/movie:862/similar", params=_VIEWER | more),
        lambda http, more: http.get(
            "/path", params={**_VIEWER, "from": "movie:862", "to": "movie:8587"} | more
        ),
        lambda http, more: http.post("/blend", json={**_VIEWER, "like": ["movie:862"]} | more),
        lambda http, more: http.post(
            "/recommend/preview", json={**_VIEWER, "item": "movie:862"} | more
        ),
    ],
)
def test_a_title_above_its_limit_that_a_child_leaves_out_is_unknown(
    home: _Home, ask: Callable[[httpx2.Client, dict[str, str]], httpx2.Response]
) -> None:
    told = []
    for item in (_NEW_HIDDEN[0], "movie:999999999"):
        refused = ask(home.child, {"exclude_ids": f"{_SEEN_SHOWN[0]},{item}"})
        assert refused.status_code == 422
        problem = refused.json()
        assert problem["unknown"] == [item]
        told.append((problem["code"], problem["detail"].replace(item, "")))
    assert told[0] == told[1]
    assert ask(home.child, {"exclude_ids": _NEW_SHOWN[0]}).status_code == 200
    assert ask(home.keeper, {"exclude_ids": _NEW_HIDDEN[0]}).status_code == 200


@pytest.mark.parametrize("written", ["{}", "like {}", "without {}", "movies like {}"])
def test_a_title_above_the_limit_is_told_as_one_that_there_is_not(
    home: _Home, written: str
) -> None:
    told = []
    for name in ("the matrix", "the fatrix"):
        asked = {**_VIEWER, "q": written.format(name)}
        parts = home.child.get("/search/interpret", params=asked).json()["interpreted"]
        told.append([(part["field"], part["status"]) for part in parts])
        assert not [part for part in parts if "Matrix" in part["label"]]
    hidden, unknown = told
    assert hidden == unknown


def test_a_topic_tells_a_child_the_keywords_of_what_it_may_be_shown(start: ServiceFactory) -> None:
    service = start()
    keywords = ("toy", 0), ("toy car", 0), ("toy of horror", 17)
    for number, (keyword, age) in enumerate(keywords, 1):
        titles = [
            add_item(
                service.database,
                f"Reel {10 * number + copy}",
                tmdb_id=10 * number + copy,
                maturity_rating="rated",
                maturity_age=age,
            )
            for copy in range(3)
        ]
        add_keyword(service.database, titles[0], keyword, keyword_id=number)
        with service.database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO item_keywords (item_id, keyword_id) SELECT unnest(%s::int[]), %s",
                (titles[1:], number),
            )
    announce_catalogue(service.database)
    service.http.put("/users/dana/profiles/kids", json={"kind": "child", "max_age": 9})

    def told(**viewer: str) -> list[list[str]]:
        asked = {"q": "a film about toys", **viewer}
        parts = service.http.get("/search/interpret", params=asked).json()["interpreted"]
        return [sorted(part["value"]) for part in parts if part["field"] == "topic"]

    assert told() == [["toy", "toy car", "toy of horror"]]
    assert told(**_VIEWER) == [["toy", "toy car"]]


def test_a_child_takes_back_nothing_above_its_limit_and_learns_of_none(home: _Home) -> None:
    hidden, absent = _SEEN_HIDDEN[0], "movie:99999999"
    history = [
        home.child.delete("/user/history", params={**_VIEWER, "item": item})
        for item in (hidden, absent)
    ]
    watchlist = [
        home.child.delete(f"/users/dana/watchlist/{item}", params={"profile": "kids"})
        for item in (hidden, absent)
    ]
    for of_hidden, of_absent in (history, watchlist):
        assert of_hidden.status_code == of_absent.status_code
        assert of_hidden.json()["code"] == of_absent.json()["code"]
    kept = home.keeper.get("/users/dana/export").raise_for_status().json()
    assert hidden.split(":")[1] in str(kept)


def test_a_keeper_takes_back_what_is_above_a_childs_limit_and_is_told_how_much(
    home: _Home,
) -> None:
    asked = {"user_id": "erin", "profile": "kids"}
    seen = [{"item": item, "event_type": "liked"} for item, _ in (_SEEN_HIDDEN, _SEEN_SHOWN)]
    home.keeper.post("/user/history", json={**asked, "items": seen}).raise_for_status()
    limits = {"kind": "child", "max_age": 9}
    home.keeper.put("/users/erin/profiles/kids", json=limits).raise_for_status()
    taken = [
        home.keeper.delete("/user/history", params={**asked, "item": item}).json()
        for item, _ in (_SEEN_HIDDEN, _SEEN_SHOWN)
    ]
    home.keeper.delete("/users/erin").raise_for_status()
    assert [(one["removed"], len(one["events"])) for one in taken] == [(1, 0), (1, 1)]


def test_only_a_child_is_not_told_that_a_title_is_above_its_limit(home: _Home) -> None:
    hidden, absent = _NEW_HIDDEN[0], "movie:99999999"
    said = {
        name: [
            client.put(f"/users/dana/watchlist/{item}", params={"profile": "kids"})
            for item in (hidden, absent)
        ]
        for name, client in (("keeper", home.keeper), ("child", home.child))
    }
    assert {answer.status_code for answers in said.values() for answer in answers} == {404}
    assert [answer.json()["detail"] for answer in said["keeper"]] == [
        f"{hidden} is above the limits of this profile.",
        f"The catalogue has no item {absent}.",
    ]
    assert [answer.json()["detail"] for answer in said["child"]] == [
        f"The catalogue has no item {item}." for item in (hidden, absent)
    ]


def test_a_childs_history_does_not_tell_what_a_keeper_brought(home: _Home) -> None:
    table = {"file": ("seen.csv", b"tmdb_id,type\n862,movie\n603,movie\n")}
    viewer = {"user_id": "dana", "profile": "kids"}
    brought = home.keeper.post("/imports", data=viewer, files=table).raise_for_status().json()
    home.keeper.post(f"/imports/{brought['id']}/apply").raise_for_status()
    try:
        assert home.child.get(f"/imports/{brought['id']}").status_code == 404
        events = home.child.get("/user/history", params=_VIEWER).json()["items"]
        assert "Toy Story" in {event["item"]["title"] for event in events}
        assert {(event["import_id"], event["source"]) for event in events} == {(None, None)}
        assert home.child.get("/imports", params=_VIEWER).json() == {"items": []}
        listed = home.keeper.get("/imports", params=_VIEWER).json()["items"]
        assert listed[0]["id"] == brought["id"]  # newest first
        kept = home.keeper.get("/user/history", params=_VIEWER).json()["items"]
        assert brought["id"] in {event["import_id"] for event in kept}
    finally:
        home.keeper.delete(f"/imports/{brought['id']}").raise_for_status()


@pytest.mark.parametrize("words", ["{} movies", "anything but {}"])
def test_a_series_of_which_a_child_may_be_shown_nothing_is_not_named(
    home: _Home, words: str
) -> None:
    told = []
    for series in ("toy story", "john wick"):
        asked = {**_VIEWER, "query": words.format(series)}
        search = {**_VIEWER, "q": words.format(series)}
        preview = {**asked, "item": "movie:8587"}  # The Lion King
        answers = [
            home.child.get("/recommend", params=asked),
            home.child.get("/search/interpret", params=search),
            home.child.post("/recommend/preview", json=preview),
        ]
        told.append([answer.raise_for_status().text for answer in answers])
    named, hidden = told
    assert all("Toy Story Collection" in answer for answer in named[:2])
    assert not [answer for answer in hidden if "Wick" in answer]
    grown = {"q": words.format("john wick")}
    assert "John Wick Collection" in home.keeper.get("/search/interpret", params=grown).text


def test_a_limit_counts_from_the_very_next_request_on(home: _Home, catalogue: Catalogue) -> None:
    viewer: dict[str, Any] = {"user_id": "sudden", "profile": "kids"}
    ask = {**viewer, "limit": 100}
    before = home.keeper.get("/recommend", params=ask).json()["items"]
    home.keeper.put("/users/sudden/profiles/kids", json={"kind": "child", "max_age": 0})
    after = home.keeper.get("/recommend", params=ask).json()["items"]
    assert after
    assert max(age_in(catalogue, item["id"], "IL") or 0 for item in before) > 0
    assert {age_in(catalogue, item["id"], "IL") for item in after} == {0}


def test_the_strictest_of_the_country_and_the_well_kept_scales_counts(
    start: ServiceFactory,
) -> None:
    service = start(**ACCESS)
    titles = {
        "Harmless": {"US": "G", "DE": "0"},
        "Strict abroad": {"US": "PG", "DE": "16"},
        "Strict at home": {"US": "G", "KR": "15"},
        "Rated at home alone": {"KR": "All"},
        "Rated far away alone": {"PH": "G"},
        "Not rated": {"US": "NR"},
        "Nothing known": {},
    }
    for number, (title, certificates) in enumerate(titles.items(), 1):
        item = add_item(service.database, title, tmdb_id=number)
        for country, certificate in certificates.items():
            add_certificate(service.database, item, country, certificate)
    announce_catalogue(service.database)
    service.http.headers.update(bearer(CLIENT))

    def shown(**settings: Any) -> set[str]:
        path = "/users/dana/profiles/kids"
        service.http.put(path, json=settings).raise_for_status()
        found = {item["title"] for item in service.whole_list("dana", profile="kids")}
        one_by_one = {
            title
            for number, title in enumerate(titles, 1)
            if service.http.get(f"/items/movie:{number}", params=_VIEWER).status_code == 200
        }
        assert found == one_by_one
        return found

    assert shown(kind="child", max_age=9, country="US") == {"Harmless", "Strict at home"}
    assert shown(country="KR") == {"Harmless", "Rated at home alone"}
    assert shown(max_age=16) == {
        "Harmless",
        "Strict abroad",
        "Strict at home",
        "Rated at home alone",
    }
    assert shown(max_age=None, country="US") == {"Harmless", "Strict abroad", "Strict at home"}
    assert shown(unrated="show", max_age=9) == {
        *("Harmless", "Strict at home", "Rated at home alone"),
        *("Rated far away alone", "Not rated", "Nothing known"),
    }
    assert shown(kind="adult", unrated="show", max_age=None) == set(titles)

    with service.database.transaction() as cursor:  # the certificate shown, as a job chooses it
        cursor.execute(
            "UPDATE items SET maturity_age = (SELECT age FROM certificates WHERE item_id = items.id"
            " ORDER BY country <> 'US', country LIMIT 1)"
        )
    announce_catalogue(service.database)

    def for_age(country: str, **asked: Any) -> set[str]:
        page = service.whole_list("eve", country=country, **asked)
        return {item["title"] for item in page}

    assert for_age("US", max_age=9) == {"Harmless", "Strict at home"}
    assert for_age("KR", max_age=9) == {"Harmless", "Rated at home alone"}
    assert for_age("US", query="for a nine year old") == {"Harmless", "Strict at home"}
    of_korea = {"country": "KR"}
    service.http.put("/users/eve/profiles/~", json=of_korea).raise_for_status()
    assert for_age("US", max_age=9) == {"Harmless", "Rated at home alone"}
    hidden = service.recommend("eve", max_age=16)["items"]
    assert "Rated far away alone" not in {item["title"] for item in hidden}


def test_a_stricter_certificate_counts_while_the_facts_of_before_are_in_use(
    start: ServiceFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a large catalogue, whose changes are published minutes later."""
    service = start()
    ids = [
        add_item(service.database, title, tmdb_id=number, genre_ids=[10751])
        for number, title in enumerate(("Kind", "Rough"), 1)
    ]
    for item in ids:
        add_certificate(service.database, item, "US", "PG")
    announce_catalogue(service.database)
    service.http.put("/users/dana/profiles/kids", json={"kind": "child", "max_age": 9})
    before = service.whole_list("dana", profile="kids")
    assert {item["title"] for item in before} == {"Kind", "Rough"}
    monkeypatch.setattr(Resident, "_waits_for_next", lambda *_: False)
    monkeypatch.setattr(Resident, "_read_beside", lambda *_: None)
    with service.database.transaction() as cursor:
        cursor.execute("DELETE FROM certificates WHERE item_id = %s", (ids[1],))
    add_certificate(service.database, ids[1], "US", "R")
    announce_catalogue(service.database)
    assert [item["title"] for item in service.whole_list("dana", profile="kids")] == ["Kind"]


def test_what_is_made_for_children_comes_first_and_nothing_is_admitted_for_it(
    home: _Home,
) -> None:
    viewer: dict[str, Any] = {"user_id": "young", "profile": "kids"}
    home.keeper.put("/users/young/profiles/kids", json={"kind": "child", "max_age": 9})
    items = home.keeper.get("/recommend", params={**viewer, "limit": 100}).json()["items"]
    families = [_is_family(item) for item in items]
    assert families[:10] == [True] * 10
    assert all(one["score"] >= other["score"] for one, other in pairwise(items))
    grown = home.keeper.get("/recommend", params={"user_id": "young", "limit": 100}).json()["items"]
    assert sum(map(_is_family, grown[:10])) < 5


def test_a_childs_lists_have_no_horror_that_is_made_for_others(start: ServiceFactory) -> None:
    service = start()
    titles = {
        "Jaws": ["Horror", "Thriller"],
        "Gremlins": ["Fantasy", "Horror", "Comedy"],
        "The House with a Clock in Its Walls": ["Family", "Horror"],
        "Igor": ["Family", "Animation", "Horror"],
        "In the Mood for Love": ["Drama"],
        "Paddington": ["Family"],
    }
    ids = {"Horror": 27, "Thriller": 53, "Family": 10751, "Animation": 16, "Drama": 18}
    ids |= {"Fantasy": 14, "Comedy": 35}
    for number, (title, genres) in enumerate(titles.items(), 1):
        item = add_item(
            service.database, title, tmdb_id=number, genre_ids=[ids[name] for name in genres]
        )
        add_certificate(service.database, item, "US", "PG")
        if title == "Gremlins":  # how it was made says nothing of whom it is for
            add_keyword(service.database, item, "puppet")
    announce_catalogue(service.database)
    service.http.put("/users/dana/profiles/kids", json={"kind": "child", "max_age": 9})
    shown = [item["title"] for item in service.whole_list("dana", profile="kids")]
    assert sorted(shown[:2]) == ["Igor", "Paddington"]
    assert shown[2:] == ["The House with a Clock in Its Walls", "In the Mood for Love"]
    # Within the limits it stays: whoever looks for it finds it.
    found = service.http.get("/search", params={**_VIEWER, "q": "jaws"}).json()["items"]
    assert [item["title"] for item in found] == ["Jaws"]
    assert "Jaws" in {item["title"] for item in service.whole_list("dana")}


def test_generated_requests_show_a_child_nothing_above_the_limit(
    home: _Home, catalogue: Catalogue
) -> None:
    with ExitStack() as clients:
        everyone = everybody(clients, home.service.url)
        hook = set_up(everyone["keeper"], max_age=9, country="DE")
        seen = attack(everyone, Judge(catalogue, 9, "DE"), requests=300, seed=7, hook=hook)
    assert seen.is_sound, str(seen)
    assert seen.shown.total() > 300


def test_the_attack_asks_every_route_that_can_name_a_title() -> None:
    whole = create_app(Settings.load({})).openapi()
    schemas = whole["components"]["schemas"]
    naming = {
        (method.upper(), path)
        for path, operations in whole["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2") and _names_a_title(answer, schemas)
    }
    assert ("GET", "/search") in naming
    assert ("PUT", "/users/{user_id}/consent") not in naming
    # An operator's own title is told back to who wrote it.
    own = {("PUT", "/items/{item}"), ("PUT", "/items")}
    assert naming - own <= set(ASKED_FOR)
    # Beside them those that describe no answer: a redirection, all that is held of a user, lines.
    assert set(ASKED_FOR) - naming <= {
        ("POST", "/recommend/batch"),
        ("GET", "/recommend/batches/{batch}/lists"),
        ("GET", "/watch-link/{item}"),
        ("GET", "/users/{user_id}/export"),
        ("GET", "/search/interpret"),
    }


def _names_a_title(node: Any, schemas: dict[str, Any], known: frozenset[str] = frozenset()) -> bool:
    """Whether what the schema describes has a `title` and an id beside it, however deep."""
    if isinstance(node, list):
        return any(_names_a_title(part, schemas, known) for part in node)
    if not isinstance(node, dict):
        return False
    if isinstance(reference := node.get("$ref"), str):
        name = reference.rsplit("/", 1)[1]
        return name not in known and _names_a_title(schemas[name], schemas, known | {name})
    properties = node.get("properties", {})
    if "title" in properties and {"id", "item_id", "item"} & set(properties):
        return True
    return any(
        _names_a_title(part, schemas, known) for key, part in node.items() if key != "example"
    )


def _is_for_all(catalogue: Catalogue, item: int) -> bool:
    return age_in(catalogue, item, "IL") == 0


def _is_family(item: dict[str, Any]) -> bool:
    return bool({genre["name"] for genre in item["genres"]} & {"Family", "Animation"})


def test_a_child_records_no_title_above_its_limit(home: _Home) -> None:
    stated = {**_VIEWER, "items": [_SEEN_SHOWN[0], _NEW_HIDDEN[0], "movie:999999999"]}
    refused = home.child.post("/user/history", json=stated)
    assert refused.status_code == 422
    assert refused.json()["unknown"] == [_NEW_HIDDEN[0], "movie:999999999"]
    left_out = home.child.post("/user/history", json=stated | {"on_error": "skip"}).json()
    assert [one["item"] for one in left_out["skipped"]] == [_NEW_HIDDEN[0], "movie:999999999"]
    assert len({one["reason"] for one in left_out["skipped"]}) == 1  # told apart by nothing


def test_a_child_says_nothing_of_a_title_above_its_limit(home: _Home) -> None:
    for item in (_NEW_HIDDEN[0], "movie:999999999"):
        said = {**_VIEWER, "item_id": item, "event_type": "like"}
        refused = home.child.post("/feedback", json=said)
        assert refused.status_code == 422
        assert refused.json()["unknown"] == [item]
    shown = {**_VIEWER, "item_id": _SEEN_SHOWN[0], "event_type": "click"}
    assert home.child.post("/feedback", json=shown).status_code == 200
    assert home.keeper.post("/feedback", json=said | {"item_id": _NEW_HIDDEN[0]}).status_code == 200


_NO_TITLE = "no title that this profile may be shown is called that"


def _bring(client: httpx2.Client, table: str) -> str:
    """The path of the import."""
    file = {"file": ("seen.csv", table.encode())}
    created = client.post("/imports", data=_VIEWER, files=file)
    assert created.status_code == 201
    return f"/imports/{created.json()['id']}"


@pytest.mark.parametrize(
    ("header", "hidden", "unknown", "shown"),
    [
        ("title,year", "The Matrix,1999", "The Matrax,1999", "Toy Story,1995"),
        ("title,year", "The Matrix,", "The Matrax,", "Toy Story,"),
        ("tmdb_id,type", "603,movie", "999999999,movie", "862,movie"),
    ],
)
def test_an_import_of_a_child_tells_and_writes_nothing_above_its_limit(
    home: _Home, header: str, hidden: str, unknown: str, shown: str
) -> None:
    path = _bring(home.child, "\n".join([header, hidden, unknown, shown]))
    rows = home.child.get(f"{path}/rows").json()["rows"]
    assert [row["status"] for row in rows] == ["unmatched", "unmatched", "matched"]
    told = [(row["item"], row["candidates"], row["certainty"], row["reason"]) for row in rows[:2]]
    assert told[0] == told[1]  # told apart by nothing
    assert told[0] == (None, [], 0, _NO_TITLE)
    asked = home.child.get(path, params={"would_add": True}).json()
    assert (asked["counts"]["matched"], asked["counts"]["unmatched"]) == (1, 2)
    assert asked["would_add"]["events"] == 1
    assert home.child.post(f"{path}/apply").json()["added"]["events"] == 1
    chosen = {"choices": [{"row": 1, "item": "movie:603"}]}
    assert home.child.patch(f"{path}/rows", json=chosen).status_code == 422
    assert home.child.delete(path).json()["removed"]["events"] == 1


def test_what_a_keeper_brings_above_a_childs_limit_is_unknown_to_the_child(home: _Home) -> None:
    table = "tmdb_id,type\n603,movie\n862,movie"
    path = _bring(home.keeper, table)
    assert home.keeper.get(path).json()["counts"]["matched"] == 2
    refused = [
        home.child.get(path),
        home.child.get(f"{path}/rows"),
        home.child.post(f"{path}/apply"),
        home.child.patch(f"{path}/rows", json={"choices": [{"row": 1, "item": None}]}),
        home.child.delete(path),
    ]
    assert {answer.status_code for answer in refused} == {404}
    assert home.keeper.post(f"{path}/apply").json()["added"]["events"] == 2
    assert home.keeper.delete(path).status_code == 200


def test_a_taste_names_nobody_of_a_title_above_the_limits(home: _Home) -> None:
    """Whoever recorded it: Heat was liked before there were limits."""
    for asker in (home.child, home.keeper):
        taste = asker.get("/users/dana/taste", params={"profile": "kids"}).json()
        assert taste["liked_titles"] == 1
        assert taste["people"]
        assert "Michael Mann" not in [one["name"] for one in taste["people"]]
        predicted = asker.get(
            "/users/dana/predictions", params={"profile": "kids", "items": _SEEN_SHOWN[0]}
        )
        assert _SEEN_HIDDEN[1] not in predicted.text
        rows = asker.get("/shelves", params={**_VIEWER, "rows": 20}).text
        assert "Michael Mann" not in rows
        assert '"Heat"' not in rows
