"""An id in a path is one raw segment: nothing else is ever read, or deleted, in its place."""

import http.client
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from api.http.application import create_app
from config.settings import Settings
from tests.acceptance.conftest import Service
from tests.builders import add_item, rows_of


def _request(service: Service, method: str, path: str) -> int:
    """The status of a path sent exactly as it is; clients tidy paths up."""
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=30)
    connection.request(method, path)
    status = connection.getresponse().status
    connection.close()
    return status


def _users(service: Service) -> set[str]:
    return {row[0] for row in rows_of(service.database, "SELECT user_id FROM profiles")}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/users/victim%0A", 422),
        ("/users/victim%0a", 422),
        ("/users/victim%00", 422),
        ("/users/victim%7F", 422),
        ("/users/victim%C2%85", 422),
        ("/users/victim%FF", 422),
        ("/users/victim%2", 422),
        ("/users/victim/", 404),
        ("/users/victim/consent", 405),
        ("/users/victim/track-record", 405),
        ("/users/a/victim", 404),
        ("/users//victim", 404),
        ("//users/victim", 404),
        ("/users%2Fvictim", 404),
        ("/users/victim%2Fconsent", 200),  # another user
        ("/users/victim%252Fconsent", 200),  # yet another
    ],
)
def test_nobody_is_deleted_but_the_one_who_is_named(
    service: Service, path: str, status: int
) -> None:
    for user_id in ("victim", "victim/", "a/victim", "/victim"):
        service.post_history(user_id=user_id)
    before = _users(service)
    assert _request(service, "DELETE", path) == status
    assert _users(service) == before


@pytest.mark.parametrize(
    "user_id",
    [
        "dana/consent",
        "a/b/c",
        "/",
        "ünï ☃",
        "100%",
        "%2F",
        "a+b",
        "?#&=",
        "a%0Ab",
        "../..",
        "...",
        "a/..",
    ],
)
def test_an_id_of_any_script_is_reached_by_percent_encoding(service: Service, user_id: str) -> None:
    service.post_history(user_id=user_id)
    path = f"/users/{quote(user_id, safe='')}"
    answer = service.http.get(f"{path}/export")
    assert answer.json()["user_id"] == user_id
    assert len(answer.json()["profiles"]) == 1
    assert _request(service, "DELETE", path) == 200
    assert _users(service) == set()


def test_references_and_numbers_are_segments_too(service: Service) -> None:
    add_item(service.database)
    assert _request(service, "GET", "/items/movie%3A603") == 200
    for path in ("/items/movie:603%0A", "/admin/jobs/1%0A", "/watch-link/movie:603%09"):
        assert _request(service, "GET", path) == 422
    assert _request(service, "GET", "/items/movie:603/") == 404


@pytest.mark.parametrize("profile", ["../..", "...", "./kids", "%2E%2E", "kids/.."])
def test_a_profile_of_any_name_is_reached_by_percent_encoding(
    service: Service, profile: str
) -> None:
    path = f"/users/dana/profiles/{quote(profile, safe='')}"
    assert service.http.put(path, json={"name": "Kids"}).status_code == 200
    told = service.http.get("/users/dana/profiles").json()["profiles"]
    assert [one["profile"] for one in told if one["name"] == "Kids"] == [profile]
    assert service.post_history(user_id="dana", profile=profile).status_code == 200
    assert service.read_history(user_id="dana", profile=profile) == []
    assert _request(service, "DELETE", path) == 200


@pytest.mark.parametrize("name", [".", ".."])
def test_what_clients_take_for_a_step_in_a_path_is_nobodys_name(quiet: Service, name: str) -> None:
    paths = quiet.http.get("/openapi.json").json()["paths"]
    step = name.replace(".", "%2E")
    for path, methods in paths.items():
        if "{user_id}" not in path:
            continue
        for method in methods:
            asked = path.replace("{user_id}", step).replace("{profile}", "kids")
            assert _request(quiet, method.upper(), re.sub(r"{\w+}", "1", asked)) == 422, path
    assert _request(quiet, "PUT", f"/users/dana/profiles/{step}") == 422
    answer = quiet.http.get("/recommend", params={"user_id": "dana", "profile": name})
    told = "profile: must not be . or .., which no path can name."
    assert (answer.status_code, answer.json()["detail"]) == (422, told)


@pytest.mark.parametrize("user_id", ["a\nb", "victim\n", "\x7f", "\x85", ".", ".."])
def test_an_id_that_no_path_can_name_is_never_stored(quiet: Service, user_id: str) -> None:
    assert quiet.post_history(user_id=user_id).status_code == 422
    assert quiet.post_history(user_id="dana", profile=user_id).status_code == 422


def test_bytes_that_are_no_text_name_nobody_in_a_query_either(quiet: Service) -> None:
    assert _request(quiet, "GET", "/user/history?user_id=%FF") == 422
    assert _request(quiet, "GET", "/user/history?user_id=%C3%BF") == 200


def test_every_parameter_of_a_path_is_one_segment() -> None:
    paths = list(_paths())
    assert any("{" in path for path in paths)
    for path in paths:
        for parameter in re.findall(r"\{(.*?)\}", path):
            assert parameter.endswith(":segment"), path


def _paths() -> Iterator[str]:
    for context in iter_route_contexts(create_app(Settings.load({})).routes):
        if isinstance(context.original_route, APIRoute):
            assert context.path is not None
            yield context.path
