"""What is wrong with a request is told of the field that the client wrote, in words for people."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.http.application import create_app
from config.settings import Settings
from tests.acceptance.conftest import Service

# Words of the library that checks, and of its regular expressions.
_NOT_FOR_PEOPLE = ("pattern", "Input should", "Value ", "[A-Z", "{", "dictionary", "validation")
_USER = {"user_id": "dana"}
_TITLE = {"media_type": "movie", "title": "A Reel"}


@pytest.mark.parametrize(
    ("method", "path", "sent", "field"),
    [
        ("POST", "/feedback", _USER | {"event_type": "love", "item_id": 50}, "event_type"),
        ("POST", "/feedback", _USER | {"event_type": "like"}, "item_id"),
        ("POST", "/feedback", [_USER | {"event_type": "like"}], "[0].item_id"),
        ("POST", "/feedback", [_USER | {"event_type": "love"}], "[0].event_type"),
        ("POST", "/feedback", _USER | {"event_type": "like", "item_id": 1, "stars": 5}, "stars"),
        (
            *("POST", "/feedback"),
            *(_USER | {"event_type": "click", "item_id": 1, "snooze_days": 3}, "snooze_days"),
        ),
        ("POST", "/feedback", "like", "body"),
        (
            "POST",
            "/user/history",
            _USER | {"items": [{"item": 1, "rating": 99}]},
            "items[0].rating",
        ),
        (
            *("POST", "/user/history"),
            *(_USER | {"items": [1, {"item": 1, "event_type": "rated"}]}, "items[1]"),
        ),
        ("POST", "/user/history", _USER | {"items": [1.5]}, "items[0]"),
        ("POST", "/user/history", _USER | {"items": [{"rating": 5}]}, "items[0].item"),
        ("POST", "/user/history", _USER | {"items": 5}, "items"),
        ("POST", "/session", {"code": "7KQ2MX9D", "user_id": "dana"}, "code"),
        ("POST", "/session", {"code": "?"}, "code"),
        ("POST", "/session", _USER | {"pin": "12ab"}, "pin"),
        ("PUT", "/users/dana/pin", {"pin": "1"}, "pin"),
        ("PUT", "/users/dana/profiles/~", {"country": "USA"}, "country"),
        ("PUT", "/users/dana/profiles/~", {"languages": ["english"]}, "languages[0]"),
        ("POST", "/blend", {"like": [1.5]}, "like[0]"),
        ("POST", "/blend", {"like": 5}, "like"),
        ("POST", "/blend", {"like": ["x"], "year_min": 2001, "year_max": 2000}, "year_min"),
        ("POST", "/blend", {"like": ["x"], "runtime_min": 9, "runtime_max": 8}, "runtime_min"),
        ("POST", "/recommend/group", {"members": [_USER, _USER]}, "members"),
        ("POST", "/recommend/group", {"members": ["dana", "noa"]}, "members[0]"),
        ("PUT", "/items/archive:1", _TITLE | {"year": 1, "genres": []}, "year"),
        (
            *("PUT", "/items/archive:1"),
            *(_TITLE | {"year": 1974, "release_date": "1975-01-01"}, "year"),
        ),
        ("PUT", "/items/archive:1", _TITLE | {"imdb_id": "603"}, "imdb_id"),
        ("PUT", "/items/archive:1", _TITLE | {"original_language": "English"}, "original_language"),
        ("PUT", "/items/archive:1", _TITLE | {"countries": ["Israel"]}, "countries[0]"),
        ("GET", "/recommend", _USER | {"year_min": 2010, "year_max": 2000}, "year_min"),
        ("GET", "/recommend", _USER | {"runtime_min": 90, "runtime_max": 80}, "runtime_min"),
        ("GET", "/recommend", _USER | {"country": "USA"}, "country"),
        ("GET", "/recommend", _USER | {"strategy": "../etc"}, "strategy"),
        ("GET", "/recommend", {}, "user_id"),
        ("GET", "/tonight", _USER | {"members": "~"}, "members"),
        ("GET", "/users/dana/track-record", {"days": 7, "since": "2026-01-01"}, "since"),
        ("GET", "/map", {"tile": "9/1/1"}, "tile"),
        ("GET", "/map", {"tile": "1/5/0"}, "tile"),
    ],
)
def test_the_field_is_the_clients_own(
    quiet: Service, method: str, path: str, sent: Any, field: str
) -> None:
    body: dict[str, Any] = {"params": sent} if method == "GET" else {"json": sent}
    answer = quiet.http.request(method, path, **body)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["errors"][0]["field"] == field
    assert problem["detail"].startswith(f"{field}: ")


def test_an_unusable_idempotency_key_is_named_as_it_is_written(quiet: Service) -> None:
    body: dict[str, Any] = _USER | {"items": []}
    answer = quiet.http.post("/user/history", json=body, headers={"Idempotency-Key": "a b"})
    assert answer.status_code == 422
    assert answer.json()["detail"] == (
        "Idempotency-Key: must be 1 to 200 visible characters of ASCII, no spaces."
    )


def _shaped() -> Iterator[tuple[str, str]]:
    """Parameters in a query that are of a pattern, and a route that takes each."""
    paths = create_app(Settings()).openapi()["paths"]
    for path, methods in paths.items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            kinds = (parameter["schema"], *parameter["schema"].get("anyOf", ()))
            if parameter["in"] == "query" and any("pattern" in one for one in kinds):
                yield path, parameter["name"]


@pytest.mark.parametrize(("path", "name"), sorted(_shaped()))
def test_no_parameter_is_answered_with_a_regular_expression(
    quiet: Service, path: str, name: str
) -> None:
    address = path.replace("{user_id}", "dana").replace("{item}", "1").replace("{person}", "1")
    answer = quiet.http.get(address, params={"user_id": "dana"} | {name: "?"})
    told = next(one for one in answer.json()["errors"] if one["field"] == name)
    assert not [word for word in _NOT_FOR_PEOPLE if word in told["message"]], told
