"""Sessions: a cookie for a credential, profiles left with a PIN, codes for other devices."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from api.access.key_store import ApiKeyStore
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, bearer, token

_COOKIE = "seenemall_session"
_KIDS = {"user_id": "dana", "profile": "kids"}
_PARENTS = {"user_id": "dana", "profile": "parents"}
Browse = Callable[..., httpx2.Client]


@pytest.fixture(scope="module")
def keyed(start_quiet: ServiceFactory) -> Service:
    return start_quiet(**ACCESS)


@pytest.fixture
def browse(keyed: Service) -> Iterator[Browse]:
    """A new browser, with a credential in a header where one is given."""
    with keyed.database.autocommit() as cursor:
        cursor.execute("TRUNCATE profiles, sessions, household_pins CASCADE")
    with ExitStack() as browsers:

        def browser(credential: str | None = None, at: Service = keyed) -> httpx2.Client:
            headers = bearer(credential) if credential else {}
            client = httpx2.Client(base_url=at.url, timeout=60, headers=headers)
            return browsers.enter_context(client)

        keeper = browser(CLIENT)
        for profile, settings in (
            ("kids", {"kind": "child", "max_age": 9}),
            ("baby", {"kind": "child", "max_age": 0}),
            ("parents", {}),
        ):
            path = f"/users/dana/profiles/{profile}"
            keeper.put(path, json=settings).raise_for_status()
        keeper.put("/users/dana/pin", json={"pin": "2468"}).raise_for_status()
        yield browser


def _begin(browser: httpx2.Client, credential: str | None = None, **body: Any) -> dict[str, Any]:
    headers = bearer(credential) if credential else {}
    answer = browser.post("/session", headers=headers, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_key_is_exchanged_for_a_cookie(browse: Browse) -> None:
    browser = browse()
    answer = browser.post("/session", headers=bearer(ADMIN))
    assert answer.json()["scope"] == "admin"
    assert re.fullmatch(
        rf"{_COOKIE}=[\w-]{{43}}; HttpOnly; Max-Age=2592000; Path=/; SameSite=strict",
        answer.headers["set-cookie"],
    )
    assert answer.headers["cache-control"] == "private, no-store"
    assert browser.get("/admin/jobs").status_code == 200
    assert browser.get("/session").json()["expires_at"] is not None


def test_without_a_credential_there_is_no_session(browse: Browse) -> None:
    browser = browse()
    assert browser.post("/session").status_code == 401
    assert browser.post("/session", headers=bearer("wrong-key-of-the-test")).status_code == 401
    assert browser.get("/session").status_code == 401
    assert _COOKIE not in browser.cookies


def test_only_hashes_are_stored(keyed: Service, browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT)
    code = browser.post("/session/code").json()["code"]
    rows = rows_of(keyed.database, "SELECT * FROM sessions, household_pins")
    for secret in (browser.cookies[_COOKIE], code):
        assert secret not in str(rows)
    # Four digits may stand in any hash by chance: no value is the PIN, nor a part of one.
    parts = {
        part for row in rows for value in row for part in re.split(r"[^0-9A-Za-z]", str(value))
    }
    assert "scrypt" in parts
    assert "2468" not in parts


def test_an_ended_session_is_nobodys(browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT)
    kept = browser.cookies[_COOKIE]
    assert browser.delete("/session").json() == {"ok": True, "ended": 1}
    assert _COOKIE not in browser.cookies
    browser.cookies.set(_COOKIE, kept)
    assert browser.get("/session").status_code == 401
    browser.cookies.set(_COOKIE, "x" * 5000)
    assert browser.get("/session").status_code == 401


def test_a_session_ends_with_its_key_and_its_token(keyed: Service, browse: Browse) -> None:
    keys = ApiKeyStore(keyed.database)
    keys.add("sea_0123456789", prefix="sea_0123", label="a page", scope="client")
    browser = browse()
    _begin(browser, "sea_0123456789")
    assert browser.get("/session").status_code == 200
    keys.revoke("sea_0123")
    assert browser.get("/session").status_code == 401

    soon = datetime.now(UTC) + timedelta(minutes=5)
    browser = browse()
    _begin(browser, token("dana", exp=soon))
    begun_anew = _begin(browser)
    assert datetime.fromisoformat(begun_anew["expires_at"]) <= soon
    with keyed.database.autocommit() as cursor:
        cursor.execute("UPDATE sessions SET expires_at = now()")
    assert browser.get("/session").status_code == 401


def test_entering_a_childs_profile_binds_the_session(browse: Browse) -> None:
    browser = browse()
    _begin(browser, ADMIN)
    entered = _begin(browser, **_KIDS)
    assert (entered["scope"], entered["profile"], entered["is_bound"]) == ("user", "kids", True)
    assert entered["leaving_takes_pin"]
    assert browser.get("/recommend", params=_KIDS).status_code == 200
    refused = {
        "no profile": browser.get("/recommend", params={"user_id": "dana"}),
        "another profile": browser.get("/recommend", params=_PARENTS),
        "another user": browser.get("/recommend", params={"user_id": "eve"}),
        "jobs": browser.get("/admin/jobs"),
        "limits": browser.put("/users/dana/profiles/kids", json={"max_age": 18}),
        "the PIN": browser.put("/users/dana/pin", json={"pin": "1111"}),
        "no PIN": browser.delete("/users/dana/pin"),
        "all sessions": browser.delete("/users/dana/sessions"),
        "leaving": browser.post("/session", json=_PARENTS),
        "another child's": browser.post("/session", json={**_KIDS, "profile": "baby"}),
        "nobody's": browser.post("/session", json={"user_id": "dana"}),
        "the end": browser.delete("/session"),
        "a code": browser.post("/session/code", json=_PARENTS),
    }
    statuses = {name: answer.status_code for name, answer in refused.items()}
    assert set(statuses.values()) <= {403, 404}, statuses
    assert _begin(browser)["profile"] == "kids"  # begun anew it is bound as before
    assert _begin(browser, **_KIDS)["profile"] == "kids"


def test_leaving_takes_the_households_pin(browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    bound = browser.cookies[_COOKIE]
    assert browser.post("/session", json={"pin": "1357"}).status_code == 403
    assert _begin(browser, **_PARENTS, pin="2468")["scope"] == "client"
    assert browser.get("/recommend", params=_PARENTS).status_code == 200
    assert _begin(browser, **_KIDS)["profile"] == "kids"
    left = _begin(browser, pin="2468")
    assert (left["scope"], left["is_bound"]) == ("client", False)
    browser.cookies.clear()
    browser.cookies.set(_COOKIE, bound)  # the cookie of before ended with each change
    assert browser.get("/session").status_code == 401


def test_a_profile_with_limits_binds_like_a_childs(browse: Browse) -> None:
    keeper = browse(CLIENT)
    keeper.put("/users/dana/profiles/teen", json={"max_age": 15}).raise_for_status()
    browser = browse()
    assert _begin(browser, CLIENT, user_id="dana", profile="teen")["leaving_takes_pin"]
    assert not _begin(browse(), CLIENT, **_PARENTS)["is_bound"]


def test_whether_there_is_a_pin_is_told_and_the_pin_is_not(browse: Browse) -> None:
    keeper = browse(CLIENT)
    told = keeper.get("/users/dana/pin").json()
    assert told == {"user_id": "dana", "pin_is_set": True}
    keeper.delete("/users/dana/pin").raise_for_status()
    assert not keeper.get("/users/dana/pin").json()["pin_is_set"]


def test_a_household_without_a_pin_is_not_left(browse: Browse) -> None:
    browse(CLIENT).delete("/users/dana/pin").raise_for_status()
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    answer = browser.post("/session", json={"pin": "2468"})
    assert answer.status_code == 403
    assert "no PIN" in answer.json()["detail"]


def test_guessing_the_pin_is_stopped(keyed: Service, browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    guesses = [browser.post("/session", json={"pin": f"000{n}"}) for n in range(7)]
    assert [answer.status_code for answer in guesses] == [403] * 5 + [429] * 2
    assert 800 < int(guesses[-1].headers["retry-after"]) <= 900
    assert "tried again in 15 minutes" in guesses[-1].json()["detail"]
    assert browser.post("/session", json={"pin": "2468"}).status_code == 429
    _let_wait(keyed)
    again = [browser.post("/session", json={"pin": f"000{n}"}).status_code for n in range(6)]
    assert again == [403] * 5 + [429]
    waits = rows_of(
        keyed.database, "SELECT locked_until > now() + interval '29 minutes' FROM household_pins"
    )
    assert waits == [(True,)]
    _let_wait(keyed)
    assert not _begin(browser, pin="2468")["is_bound"]
    assert rows_of(keyed.database, "SELECT tries, lockouts FROM household_pins") == [(0, 0)]


def test_pins_are_figures_and_set_by_keepers(browse: Browse) -> None:
    keeper, dana = browse(CLIENT), browse(token("dana"))
    for pin in ("123", "12a4", "1" * 13, 2468, ""):
        assert keeper.put("/users/dana/pin", json={"pin": pin}).status_code == 422
    assert dana.put("/users/dana/pin", json={"pin": "1111"}).status_code == 403
    assert dana.put("/users/eve/pin", json={"pin": "1111"}).status_code == 404


def test_a_token_of_one_profile_gives_a_session_of_that_one(browse: Browse) -> None:
    browser = browse()
    begun = _begin(browser, token("dana", profile="kids"))
    assert (begun["profile"], begun["is_bound"], begun["leaving_takes_pin"]) == (
        "kids",
        True,
        False,
    )
    # No PIN widens what the credential allows.
    assert browser.post("/session", json={**_PARENTS, "pin": "2468"}).status_code == 404
    assert browser.post("/session", json={"user_id": "dana", "pin": "2468"}).status_code == 403


def test_a_code_lets_another_device_in_once(browse: Browse) -> None:
    browser = browse()
    _begin(browser, token("dana"))
    offered = browser.post("/session/code", json=_KIDS).json()
    left = datetime.fromisoformat(offered["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=4) < left <= timedelta(minutes=5)
    tablet = browse()
    assert _begin(tablet, code=offered["code"].lower())["profile"] == "kids"
    assert tablet.get("/recommend", params=_KIDS).status_code == 200
    assert tablet.get("/recommend", params=_PARENTS).status_code == 404
    again = browse().post("/session", json={"code": offered["code"]})
    assert again.status_code == 401
    # A child's device can let another one in, as that child.
    passed_on = tablet.post("/session/code").json()["code"]
    assert _begin(browse(), code=passed_on)["leaving_takes_pin"]


def test_on_a_childs_device_the_pin_gives_the_household_alone(browse: Browse) -> None:
    keeper = browse(ADMIN)
    code = keeper.post("/session/code", json=_KIDS).json()["code"]
    tablet = browse()
    assert _begin(tablet, code=code)["profile"] == "kids"
    left = _begin(tablet, pin="2468")
    assert (left["scope"], left["user_id"], left["is_bound"]) == ("user", "dana", False)
    assert tablet.get("/recommend", params=_PARENTS).status_code == 200
    refused = {
        "others": tablet.get("/users/eve/export"),
        "jobs": tablet.get("/admin/jobs"),
        "limits": tablet.put("/users/dana/profiles/kids", json={"max_age": 18}),
    }
    assert {one.status_code for one in refused.values()} <= {403, 404}


def test_a_childs_session_is_not_prolonged_by_the_child(keyed: Service, browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    with keyed.database.autocommit() as cursor:
        cursor.execute("UPDATE sessions SET expires_at = expires_at - interval '10 days'")
    ends = browser.get("/session").json()["expires_at"]
    assert _begin(browser)["expires_at"] == ends
    assert _begin(browser, **_KIDS)["expires_at"] == ends


def test_a_child_gives_no_consent_and_withdraws_it(browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    asked = {"profile": "kids"}
    refused = browser.put("/users/dana/consent", json=asked | {"llm": True})
    assert refused.status_code == 403
    kept = browse(CLIENT).put("/users/dana/consent", json=asked | {"llm": True})
    assert kept.json()["llm"] is True
    withdrawn = browser.put("/users/dana/consent", json=asked | {"llm": False})
    assert withdrawn.json()["llm"] is False


def test_a_token_of_a_profile_that_is_gone_opens_nothing(browse: Browse) -> None:
    keeper, child = browse(CLIENT), browse(token("eve", profile="kid"))
    kid = {"user_id": "eve", "profile": "kid"}
    assert child.get("/recommend", params=kid).status_code == 404
    keeper.put("/users/eve/profiles/kid", json={"kind": "child"}).raise_for_status()
    assert child.get("/recommend", params=kid).status_code == 200
    keeper.delete("/users/eve/profiles/kid").raise_for_status()
    answers = {
        "recommend": child.get("/recommend", params=kid),
        "shelves": child.get("/shelves", params=kid),
        "search": child.get("/search", params={"q": "alien"}),
        "history": child.get("/user/history", params=kid),
        "profile": child.put("/users/eve/profiles/kid", json={"name": "me"}),
    }
    assert {name: one.status_code for name, one in answers.items()} == dict.fromkeys(answers, 404)


def test_a_code_is_over_after_its_time(keyed: Service, browse: Browse) -> None:
    code = browse(CLIENT).post("/session/code").json()["code"]
    with keyed.database.autocommit() as cursor:
        cursor.execute("UPDATE sessions SET code_expires_at = now()")
    assert browse().post("/session", json={"code": code}).status_code == 401


def test_codes_are_not_guessed(start: ServiceFactory) -> None:
    service = start(**ACCESS | {"RATE_LIMIT_PER_MINUTE": 5})
    guesses = [service.http.post("/session", json={"code": f"AAAAAAA{n}"}) for n in range(2, 9)]
    assert [answer.status_code for answer in guesses] == [401] * 5 + [429] * 2


def test_a_session_of_a_deleted_profile_is_over(browse: Browse) -> None:
    browser = browse()
    _begin(browser, CLIENT, **_KIDS)
    browse(CLIENT).delete("/users/dana/profiles/kids").raise_for_status()
    assert browser.get("/recommend", params=_KIDS).status_code == 401


def test_every_session_of_a_user_ends_at_once(keyed: Service, browse: Browse) -> None:
    browsers = [browse() for _ in range(3)]
    _begin(browsers[0], token("dana"))
    _begin(browsers[1], CLIENT, **_KIDS)
    _begin(browsers[2], CLIENT)
    assert browse(CLIENT).delete("/users/dana/sessions").json()["ended"] == 2
    statuses = [browser.get("/session").status_code for browser in browsers]
    assert statuses == [401, 401, 200]
    _begin(browsers[0], token("dana"))
    browse(CLIENT).delete("/users/dana").raise_for_status()
    left = "SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM household_pins)"
    assert rows_of(keyed.database, left) == [(1, 0)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "{own}"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "{own}.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_no_page_of_another_origin_writes_with_the_cookie(
    keyed: Service, browse: Browse, headers: dict[str, str], status: int
) -> None:
    browser = browse()
    _begin(browser, token("eve"))
    sent = {name: value.replace("{own}", keyed.url) for name, value in headers.items()}
    body = {"user_id": "eve", "items": []}
    assert browser.post("/user/history", json=body, headers=sent).status_code == status
    assert browser.post("/session", headers=sent).status_code == status
    assert browser.get("/session", headers=sent).status_code == 200


def test_without_a_key_the_session_comes_for_nothing_and_binds_all_the_same(
    start: ServiceFactory,
) -> None:
    service = start()
    http = service.http
    http.put("/users/dana/profiles/kids", json={"kind": "child", "max_age": 9}).raise_for_status()
    http.put("/users/dana/pin", json={"pin": "2468"}).raise_for_status()
    assert _begin(http)["scope"] == "admin"
    assert _begin(http, **_KIDS)["profile"] == "kids"
    assert http.get("/recommend", params={"user_id": "dana"}).status_code == 403
    assert http.get("/admin/jobs").status_code == 403
    assert http.post("/session", json={"user_id": "dana"}).status_code == 403
    assert http.get("/session", headers={"Host": "evil.example"}).status_code == 401
    assert _begin(http, pin="2468")["scope"] == "admin"
    assert _begin(http, **_KIDS)["profile"] == "kids"
    # An ended session does not fall back to the operator.
    with service.database.autocommit() as cursor:
        cursor.execute("DELETE FROM sessions")
    assert http.get("/recommend", params={"user_id": "dana"}).status_code == 401
    assert _begin(http)["scope"] == "admin"


def test_the_first_key_ends_sessions_that_came_for_nothing(start: ServiceFactory) -> None:
    service = start()
    _begin(service.http)
    ApiKeyStore(service.database).add(
        "sea_0123456789", prefix="sea_0123", label="backend", scope="client"
    )
    assert service.http.get("/session").status_code == 401


def _let_wait(service: Service) -> None:
    with service.database.autocommit() as cursor:
        cursor.execute("UPDATE household_pins SET locked_until = now()")
