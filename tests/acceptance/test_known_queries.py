"""GET /recommend: a query that was read before is refused, and its page made anew, like any other.

Each test asks until the page is at hand, and then something changes.
"""

from collections.abc import Iterator
from typing import Any

import httpx2
import psycopg
import pytest

from api.access.key_store import ApiKeyStore
from tests.acceptance.conftest import Service, ServiceFactory
from tests.doubles.tokens import ACCESS, CLIENT, bearer, token


class _Viewer:
    """A user of the test's own, as the holder of a credential asks for them."""

    def __init__(self, service: Service, user_id: str, credential: str) -> None:
        self.user_id = user_id
        self.http = httpx2.Client(base_url=service.url, timeout=30, headers=bearer(credential))

    def page(self, **query: Any) -> httpx2.Response:
        return self.http.get("/recommend", params={"user_id": self.user_id, **query})

    def page_at_hand(self, **query: Any) -> dict[str, Any]:
        answers = [self.page(**query) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200] * 3, answers[0].text
        assert [answer.headers["Server-Timing"] for answer in answers[1:]] == ["cache"] * 2
        assert len({answer.content for answer in answers}) == 1
        return dict(answers[2].json())

    def watch(self, item: object, **viewer: str) -> None:
        body = {"user_id": self.user_id, "items": [item], **viewer}
        assert self.http.post("/user/history", json=body).status_code == 200

    def set(self, profile: str, **settings: Any) -> None:
        path = f"/users/{self.user_id}/profiles/{profile}"
        assert self.http.put(path, json=settings).status_code == 200


@pytest.fixture(scope="module")
def service(start_sample: ServiceFactory) -> Service:
    return start_sample(**ACCESS)


@pytest.fixture
def viewer(service: Service, request: pytest.FixtureRequest) -> Iterator[_Viewer]:
    """Who has seen one film."""
    one = _Viewer(service, request.node.name, CLIENT)
    with one.http:
        one.watch("movie:949")
        yield one


def test_another_users_credential_opens_nobodys_page(service: Service, viewer: _Viewer) -> None:
    viewer.page_at_hand()
    for credential, status in ((token(viewer.user_id), 200), (token("eve"), 404), ("wrong", 401)):
        other = _Viewer(service, viewer.user_id, credential)
        with other.http:
            assert other.page().status_code == status


def test_a_strangers_refusal_tells_nothing_of_it(service: Service, viewer: _Viewer) -> None:
    """What is asked of the viewer is not asked for a stranger, who could tell by the time."""
    viewer.page_at_hand()
    stranger = _Viewer(service, viewer.user_id, "wrong")
    with stranger.http, psycopg.connect(service.database.libpq_url) as locked:
        locked.execute("LOCK TABLE promotions IN ACCESS EXCLUSIVE MODE")
        stranger.http.timeout = httpx2.Timeout(5)
        assert stranger.page().status_code == 401
        locked.rollback()


def test_nor_does_the_refusal_of_another_users_session(service: Service, viewer: _Viewer) -> None:
    viewer.page_at_hand()
    other = _Viewer(service, viewer.user_id, token("eve"))
    with other.http, psycopg.connect(service.database.libpq_url) as locked:
        assert other.http.post("/session").status_code == 200
        del other.http.headers["Authorization"]
        assert other.page().status_code == 404  # the session was good before
        locked.execute("LOCK TABLE promotions IN ACCESS EXCLUSIVE MODE")
        other.http.timeout = httpx2.Timeout(5)
        assert other.page().status_code == 404
        locked.rollback()


def test_a_revoked_key_sees_it_no_more(service: Service, viewer: _Viewer) -> None:
    keys = ApiKeyStore(service.database)
    keys.add("sea_0123456789", prefix="sea_0123", label="tv", scope="client")
    holder = _Viewer(service, viewer.user_id, "sea_0123456789")
    with holder.http:
        holder.page_at_hand()
        keys.revoke("sea_0123")
        assert holder.page().status_code == 401


def test_what_is_written_counts_at_once(viewer: _Viewer) -> None:
    first = viewer.page_at_hand()["items"][0]["id"]
    viewer.watch(first)
    assert first not in [item["id"] for item in viewer.page().json()["items"]]


def test_a_limit_holds_at_once(viewer: _Viewer) -> None:
    viewer.watch("movie:949", profile="kids")
    before = viewer.page_at_hand(profile="kids")
    viewer.set("kids", kind="child", max_age=6)
    after = viewer.page(profile="kids").json()
    assert after["recommendation_id"] != before["recommendation_id"]
    # And a household with limits has no profile that nobody made.
    assert viewer.page(profile="other").status_code == 404


def test_the_country_of_the_profile_holds_at_once(viewer: _Viewer) -> None:
    viewer.set("~", country="IL")
    before = viewer.page_at_hand(diversify=False)
    viewer.set("~", country="US")
    after = viewer.page(diversify=False).json()
    assert after["recommendation_id"] != before["recommendation_id"]
    assert after["items"] == viewer.page(diversify=False, country="US").json()["items"]


def test_a_deleted_user_is_a_stranger_again(viewer: _Viewer) -> None:
    before = viewer.page_at_hand()
    assert viewer.http.delete(f"/users/{viewer.user_id}").status_code == 200
    assert viewer.page().json()["recommendation_id"] != before["recommendation_id"]


def test_a_trace_is_an_admins(viewer: _Viewer) -> None:
    viewer.page_at_hand()
    assert [viewer.page(debug="true").status_code for _ in range(2)] == [403, 403]


def test_a_misspelt_parameter_is_refused_each_time(viewer: _Viewer) -> None:
    viewer.page_at_hand()
    assert [viewer.page(limitt=3).status_code for _ in range(2)] == [422, 422]


def test_later_pages_are_those_of_a_query_that_is_read(viewer: _Viewer) -> None:
    cursor = viewer.page_at_hand()["next_cursor"]
    known = viewer.page(cursor=cursor)
    read = viewer.http.get("/recommend", params={"cursor": cursor, "user_id": viewer.user_id})
    assert known.content == read.content
    assert known.status_code == 200


def test_a_cursor_is_looked_at_each_time(viewer: _Viewer) -> None:
    cursor = viewer.page_at_hand()["next_cursor"]
    viewer.page_at_hand(diversify=False)
    tampered = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for asked, status in (
        ({"cursor": tampered}, 400),
        ({"cursor": "x"}, 400),
        ({"cursor": ""}, 400),
        ({"cursor": cursor + "!"}, 400),
        ({"cursor": "x" * 5000}, 422),
        ({"cursor": [cursor, cursor]}, 422),
        ({"diversify": False, "cursor": cursor}, 400),  # of other parameters
        ({"cursor": cursor, "limitt": 5}, 422),
        ({"cursor": cursor, "limit": 5}, 200),
    ):
        answer = viewer.page(**asked)
        assert (asked, answer.status_code) == (asked, status), answer.text
    assert len(viewer.page(cursor=cursor, limit=5).json()["items"]) == 5


def test_what_is_seen_meanwhile_is_on_no_later_page(viewer: _Viewer) -> None:
    cursor = viewer.page_at_hand()["next_cursor"]
    second = [item["id"] for item in viewer.page(cursor=cursor).json()["items"]]
    viewer.watch(second[3])
    assert second[3] not in [item["id"] for item in viewer.page(cursor=cursor).json()["items"]]


def test_another_users_credential_opens_no_later_page(service: Service, viewer: _Viewer) -> None:
    cursor = viewer.page_at_hand()["next_cursor"]
    other = _Viewer(service, viewer.user_id, token("eve"))
    with other.http:
        assert other.page(cursor=cursor).status_code == 404
