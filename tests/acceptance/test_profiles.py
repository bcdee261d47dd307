"""Profiles of a household: who sets what, and what follows from a child among them."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx2
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import add_item, add_profile, add_provider, rows_of
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, bearer, token

_KIDS = "/users/dana/profiles/kids"
# What is a limit, of whatever kind the profile is.
_LIMITS: tuple[dict[str, Any], ...] = (
    {"kind": "child"},
    {"max_age": 12},
    {"unrated": "hide"},
    {"kind": "child", "max_age": None, "unrated": "show"},
)


class _Household:
    """Clients of one service, by what they hold."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._clients: list[httpx2.Client] = []
        self.keeper = self.client(CLIENT)
        self.dana = self.client(token("dana"))

    def client(self, credential: str) -> httpx2.Client:
        client = httpx2.Client(base_url=self.service.url, timeout=30, headers=bearer(credential))
        self._clients.append(client)
        return client

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def set(self, profile: str, user_id: str = "dana", **settings: Any) -> dict[str, Any]:
        answer = self.keeper.put(f"/users/{user_id}/profiles/{profile}", json=settings)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def profiles(self) -> list[dict[str, Any]]:
        return list(self.keeper.get("/users/dana/profiles").json()["profiles"])


@pytest.fixture(scope="module")
def running(start_quiet: ServiceFactory) -> Service:
    return start_quiet(**ACCESS)


@pytest.fixture
def household(running: Service) -> Iterator[_Household]:
    """The service without anything that the test before stored."""
    with running.database.autocommit() as cursor:
        cursor.execute("TRUNCATE profiles, slates, items, providers CASCADE")
    with closing(_Household(running)) as found:
        yield found


def test_a_profile_keeps_what_is_set_for_it(household: _Household) -> None:
    add_provider(household.service.database, "nfx", "Netflix")
    made = household.set(
        "kids",
        name="Noa",
        kind="child",
        max_age=9,
        country="de",
        services=["netflix"],
        languages=["HE", "en"],
    )
    assert made == {
        "user_id": "dana",
        "profile": "kids",
        "name": "Noa",
        "kind": "child",
        "max_age": 9,
        "unrated": "hide",
        "country": "DE",
        "services": ["nfx"],
        "languages": ["he", "en"],
    }
    household.set("~", name="Dana")
    unnamed, kids = household.profiles()
    assert (unnamed["profile"], unnamed["name"], unnamed["kind"]) == (None, "Dana", "adult")
    assert kids == made


def test_what_a_change_leaves_out_stays(household: _Household) -> None:
    household.set("kids", kind="child", max_age=9, name="Noa")
    changed = household.set("kids", name="Noa B.")
    assert (changed["name"], changed["kind"], changed["max_age"]) == ("Noa B.", "child", 9)
    assert household.set("kids", max_age=None)["max_age"] is None


def test_a_child_has_limits_that_nobody_stated(household: _Household) -> None:
    made = household.set("kids", kind="child")
    assert (made["max_age"], made["unrated"], made["country"]) == (12, "hide", "IL")
    assert household.set("mild", kind="child", max_age=None, unrated="show")["max_age"] is None
    grown = household.set("teen", kind="adult", max_age=15)
    assert (grown["unrated"], grown["country"]) == ("show", "IL")


@pytest.mark.parametrize(
    "settings",
    [
        {"kind": "pet"},
        {"max_age": -1},
        {"max_age": 22},
        {"max_age": True},
        {"max_age": "9"},
        {"unrated": "maybe"},
        {"country": "Israel"},
        {"services": ["no such service"]},
        {"languages": ["zz"]},
        {"pin": "1234"},
    ],
)
def test_what_makes_no_sense_is_named_and_changes_nothing(
    household: _Household, settings: dict[str, Any]
) -> None:
    answer = household.keeper.put(_KIDS, json=settings)
    assert answer.status_code == 422
    assert next(iter(settings)) in answer.text
    assert household.profiles() == []


def test_limits_are_never_the_users_own_to_change(household: _Household) -> None:
    household.set("kids", kind="child", max_age=9)
    for change in (
        {"kind": "adult"},
        {"max_age": 18},
        {"max_age": None},
        {"unrated": "show"},
        {"country": "FR"},
    ):
        assert household.dana.put(_KIDS, json=change).status_code == 403, change
    assert household.dana.put("/users/dana/profiles/~", json={"max_age": 18}).status_code == 403
    assert household.dana.put(_KIDS, json={"name": "N", "kind": "child"}).status_code == 200
    assert household.profiles()[0]["max_age"] == 9
    with_admin = household.client(ADMIN)
    assert with_admin.put(_KIDS, json={"max_age": 12}).status_code == 200


@pytest.mark.parametrize("limits", _LIMITS)
def test_a_user_makes_and_deletes_profiles_until_one_has_limits(
    household: _Household, limits: dict[str, Any]
) -> None:
    path = "/users/dana/profiles/work"
    assert household.dana.put(path, json={"name": "At work"}).status_code == 200
    assert household.dana.delete(path).status_code == 200
    assert household.dana.put(path, json={"kind": "child"}).status_code == 403
    household.set("kids", **limits)
    refused = [
        household.dana.put(path, json={}),
        household.dana.delete(_KIDS),
        household.dana.delete("/users/dana"),
    ]
    assert [answer.status_code for answer in refused] == [403] * 3
    assert household.keeper.delete(_KIDS).status_code == 200
    assert household.keeper.delete(_KIDS).status_code == 404
    assert household.dana.delete("/users/dana").status_code == 200


def test_nobody_learns_of_others_profiles(household: _Household) -> None:
    household.set("kids", user_id="eve", kind="child")
    answers = [
        household.dana.get("/users/eve/profiles"),
        household.dana.put("/users/eve/profiles/kids", json={}),
        household.dana.delete("/users/eve/profiles/kids"),
        household.dana.get("/recommend", params={"user_id": "eve", "profile": "kids"}),
        household.dana.get("/search", params={"q": "a", "user_id": "eve"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)


@pytest.mark.parametrize("limits", _LIMITS)
def test_a_household_with_limits_knows_no_other_profile(
    household: _Household, limits: dict[str, Any]
) -> None:
    add_item(household.service.database)
    household.set("kids", **limits)
    for client in (household.keeper, household.dana):
        answers = _every_viewer_route(client, "invented")
        among = {"user_id": "dana", "members": "invented"}
        answers.append(client.get("/tonight", params=among))
        members = [{"user_id": "dana"}, {"user_id": "dana", "profile": "invented"}]
        answers.append(client.post("/recommend/group", json={"members": members}))
        assert [answer.status_code for answer in answers] == [404] * len(answers)
    stored = rows_of(household.service.database, "SELECT profile FROM profiles")
    assert stored == [("kids",)]
    # The unnamed one is there without being made.
    assert household.dana.get("/recommend", params={"user_id": "dana"}).status_code == 200


def test_elsewhere_a_profile_comes_to_be_by_what_it_does(household: _Household) -> None:
    body = {"user_id": "eve", "profile": "new", "items": []}
    assert household.keeper.post("/user/history", json=body).status_code == 200
    assert rows_of(household.service.database, "SELECT viewer_kind FROM profiles") == [("adult",)]


def test_a_token_of_one_profile_speaks_for_that_one_only(household: _Household) -> None:
    add_item(household.service.database, maturity_rating="G", maturity_age=0)
    add_profile(household.service.database, "dana", None)
    household.set("kids", kind="child", max_age=9)
    household.set("parents")
    child = household.client(token("dana", profile="kids"))
    for profile, status in ((None, 403), ("parents", 404), ("invented", 404)):
        answers = _every_viewer_route(child, profile)
        assert [answer.status_code for answer in answers] == [status] * len(answers), profile
    for path in ("/users/dana/export", "/users/dana"):
        method = "GET" if path.endswith("export") else "DELETE"
        assert child.request(method, path).status_code == 403
    assert child.delete(_KIDS).status_code == 403
    assert [one["profile"] for one in child.get("/users/dana/profiles").json()["profiles"]] == [
        "kids"
    ]
    assert child.put(_KIDS, json={"max_age": 18}).status_code == 403
    assert child.put("/users/dana/profiles/parents", json={}).status_code == 404
    answers = _every_viewer_route(child, "kids")
    assert [answer.status_code for answer in answers] == [200] * len(answers)


def test_a_token_of_one_profile_does_not_learn_what_the_others_saw(household: _Household) -> None:
    add_item(household.service.database)
    add_profile(household.service.database, "dana", None)
    household.set("kids", kind="child", max_age=9)
    viewer = {"user_id": "dana", "profile": "kids"}
    asked = viewer | {"household_seen": "exclude"}
    child = household.client(token("dana", profile="kids"))
    answers = {
        "/recommend": child.get("/recommend", params=asked),
        "/recommend/preview": child.post("/recommend/preview", json=asked | {"item": "movie:603"}),
        "/recommend/group": child.post(
            "/recommend/group",
            json={"members": [viewer, {"user_id": "dana"}], "household_seen": "exclude"},
        ),
        "/recommend/batch": child.post(
            "/recommend/batch", json={"viewers": [viewer], "household_seen": "exclude"}
        ),
        "/recommend/batches": child.post(
            "/recommend/batches", json={"viewers": [viewer], "household_seen": "exclude"}
        ),
        "/items/{item}/similar": child.get("/items/movie:603/similar", params=asked),
        "/blend": child.post("/blend", json=asked | {"like": ["movie:603"]}),
        "/shelves": child.get("/shelves", params=asked),
        "/tonight": child.get("/tonight", params=asked),
        "/path": child.get("/path", params=asked | {"from": "movie:603", "to": "movie:604"}),
        "/admin/rules/try": child.post("/admin/rules/try", json=asked | {"rules": {}}),
    }
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        answers, 403
    )
    assert _paths_with_household_seen(household) == set(answers)
    assert child.get("/recommend", params=viewer).status_code == 200
    assert household.dana.get("/recommend", params=asked).status_code == 200


def _paths_with_household_seen(household: _Household) -> set[str]:
    document = household.keeper.get("/openapi.json").json()
    found = set()
    for path, methods in document["paths"].items():
        for route in methods.values():
            names = {one["name"] for one in route.get("parameters", [])}
            content = route.get("requestBody", {}).get("content", {})
            name = content.get("application/json", {}).get("schema", {}).get("$ref", "")
            body = document["components"]["schemas"].get(name.rpartition("/")[2], {})
            if "household_seen" in names | body.get("properties", {}).keys():
                found.add(path)
    return found


def test_a_token_may_speak_for_the_profile_without_a_name(household: _Household) -> None:
    bound = household.client(token("dana", profile="~"))
    assert bound.get("/recommend", params={"user_id": "dana"}).status_code == 200
    named = bound.get("/recommend", params={"user_id": "dana", "profile": "kids"})
    assert named.status_code == 404


@pytest.mark.parametrize("profile", ["", 7, ["kids"], "a\nb", "x" * 201])
def test_a_token_of_no_possible_profile_is_refused(household: _Household, profile: Any) -> None:
    bound = household.client(token("dana", profile=profile))
    assert bound.get("/recommend", params={"user_id": "dana"}).status_code == 401


def test_a_profile_is_deleted_with_all_that_was_its(household: _Household) -> None:
    database = household.service.database
    add_item(database)
    for profile in ("kids", None):
        body = {"user_id": "dana", "profile": profile, "items": ["movie:603"]}
        assert household.keeper.post("/user/history", json=body).status_code == 200
        params = {"user_id": "dana", **({"profile": profile} if profile else {})}
        assert household.keeper.get("/recommend", params=params).status_code == 200
    assert household.keeper.delete(_KIDS).status_code == 200
    for table in ("profiles", "slates"):
        assert rows_of(database, f"SELECT profile FROM {table}") == [(None,)]
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(1,)]


def test_the_export_tells_what_is_set(household: _Household) -> None:
    household.set("kids", kind="child", max_age=9, name="Noa")
    (held,) = household.dana.get("/users/dana/export").json()["profiles"]
    assert (held["kind"], held["max_age"], held["unrated"], held["name"]) == (
        "child",
        9,
        "hide",
        "Noa",
    )


def test_the_export_tells_of_sessions(household: _Household) -> None:
    household.set("kids", kind="child")
    body = {"user_id": "dana", "profile": "kids"}
    household.keeper.post("/session", json=body).raise_for_status()
    (held,) = household.dana.get("/users/dana/export").json()["sessions"]
    assert (held["profile"], held["expires_at"] > held["created_at"]) == ("kids", True)


def _every_viewer_route(client: httpx2.Client, profile: str | None) -> list[httpx2.Response]:
    """What each route says that takes a viewer, asked for this profile of dana's."""
    query: dict[str, Any] = {"user_id": "dana"}
    of_path: dict[str, Any] = {}
    if profile is not None:
        query["profile"] = of_path["profile"] = profile
    words = {"q": "the matrix"}
    return [
        client.get("/recommend", params=query),
        client.post("/user/history", json={**query, "items": []}),
        client.get("/user/history", params=query),
        client.delete("/user/history", params={**query, "item": "movie:603"}),
        client.post("/feedback", json={**query, "event_type": "click"}),
        client.post("/feedback", json=[{**query, "event_type": "click"}]),
        client.put("/users/dana/consent", json=of_path),
        client.get("/users/dana/preferences", params=of_path),
        client.put("/users/dana/preferences", params=of_path, json={"preferences": []}),
        client.get("/users/dana/track-record", params=of_path),
        client.get("/search", params={**query, **words}),
        client.get("/search/interpret", params={**query, **words}),
    ]
