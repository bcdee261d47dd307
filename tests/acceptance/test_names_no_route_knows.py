"""What a route does not know is refused by name, wherever it stands; nothing is done without it."""

import re

import httpx2
import pytest

from api.platform.wire import unknown_names
from tests.acceptance.conftest import Service
from tests.builders import add_item

_ANYBODYS = {"/healthz", "/readyz"}
_OF_MEDIA_SERVERS = "/hooks/{source}"  # which add what they like


def _refuses(answer: httpx2.Response, name: str) -> bool:
    told = {(one["field"], one["message"]) for one in answer.json().get("errors", [])}
    said = "unknown query parameter"
    meant = f"{said}; did you mean profile?"
    return answer.status_code == 422 and bool({(name, said), (name, meant)} & told)


def test_every_route_refuses_a_query_parameter_that_it_does_not_know(quiet: Service) -> None:
    paths = quiet.http.get("/openapi.json").json()["paths"]
    misspelt = {"proflie": "kids"}
    accepting = [
        f"{method} {path}"
        for path in paths.keys() - {*_ANYBODYS, _OF_MEDIA_SERVERS}
        for method in paths[path]
        if not _refuses(
            quiet.http.request(method, re.sub(r"{\w+}", "1", path), params=misspelt), "proflie"
        )
    ]
    assert accepting == []


def test_a_profile_in_the_wrong_place_neither_deletes_the_user_nor_writes_to_another(
    service: Service,
) -> None:
    item = add_item(service.database)
    kids = {"profile": "kids"}
    body = {"user_id": "dana", "items": [item]}
    service.http.post("/user/history", json=body).raise_for_status()
    other = {"user_id": "lee", "items": [item]}
    for answer in (
        service.http.delete("/users/dana", params=kids),
        service.http.post("/user/history", params=kids, json=other),
        service.http.post(
            "/imports", data={"user_id": "lee", "profil": "kids"}, files={"file": b"Title\nHeat\n"}
        ),
    ):
        assert answer.status_code == 422
        assert re.match(
            r"profile?: unknown (query parameter\.|field; did)", answer.json()["detail"]
        )
    assert len(service.read_history(user_id="dana")) == 1
    assert service.read_history(user_id="lee") == []


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({"limt": "3"}, "limt: unknown query parameter; did you mean limit?"),
        ({"evening": "3"}, "evening: unknown query parameter."),
    ],
)
def test_a_parameter_that_is_one_but_for_a_slip_is_told_which(
    quiet: Service, query: dict[str, str], detail: str
) -> None:
    for path in ("/recommend", "/shelves", "/user/history"):
        answer = quiet.http.get(path, params={"user_id": "dana"} | query)
        assert (answer.status_code, answer.json()["detail"]) == (422, detail)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"items": [], "evnt_type": 1}, "evnt_type: unknown field; did you mean event_type?"),
        (
            {"items": [{"item": 1, "watched": "2026"}]},
            "items[0].watched: unknown field; did you mean watched_at?",
        ),
        (
            {"items": [{"item": 1, "rating": "high", "ratng": 3}]},
            "items[0].rating: must be a number. (1 more; see errors.)",
        ),
    ],
)
def test_a_field_that_is_one_but_for_a_slip_is_told_which_however_deep(
    quiet: Service, body: dict[str, object], detail: str
) -> None:
    answer = quiet.http.post("/user/history", json={"user_id": "dana"} | body)
    assert (answer.status_code, answer.json()["detail"]) == (422, detail)


def test_what_was_meant_is_looked_for_where_it_is_told(
    quiet: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For every name of a large body it would take seconds, in which nobody else is answered."""
    looked_for = []

    def nearest(name: str, *others: object, **options: object) -> list[str]:
        looked_for.append(name)
        return []

    monkeypatch.setattr(unknown_names, "get_close_matches", nearest)
    unknown = {f"evnt_type{number}": 1 for number in range(300)}
    answer = quiet.http.post(
        "/user/history",
        json={"user_id": "dana", "items": [{"item": 1} | unknown] * 10} | unknown,
    )
    assert len(answer.json()["errors"]) == len(looked_for) == 20


@pytest.mark.parametrize("sent_as", ["application/json", "application/JSON", "Application/Json"])
@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("/user/history", '{"user_id": "dana", "items": [], "user_id": "lee"}', "user_id"),
        ("/user/history", '{"user_id": "dana", "items": [{"item": 1, "item": 2}]}', "item"),
        (
            "/feedback",
            '[{"event_type": "like", "event_type": "never", "item_id": 1}]',
            "event_type",
        ),
    ],
)
def test_a_name_that_json_has_twice_is_refused(
    service: Service, path: str, body: str, name: str, sent_as: str
) -> None:
    add_item(service.database)
    answer = service.http.post(path, content=body, headers={"Content-Type": sent_as})
    assert (answer.status_code, answer.json()["detail"]) == (422, f"{name}: given more than once.")
    assert service.read_history(user_id="lee") == []


@pytest.mark.parametrize("path", ["/user/history", "/session"])
def test_a_name_that_is_no_text_is_told_of_even_twice(quiet: Service, path: str) -> None:
    body = r'{"\ud800": 1, "\ud800": 2}'
    answer = quiet.http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("sent_as", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_said_to_be_json_is_told_how_to_be_sent(
    quiet: Service, sent_as: str
) -> None:
    headers = {"Content-Type": sent_as} if sent_as else {}
    body = b'{"user_id": "dana", "items": []}'
    answer = quiet.http.post("/user/history", content=body, headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "body: must be JSON, sent with Content-Type: application/json.",
    )


def test_a_packed_body_is_refused_as_one(quiet: Service) -> None:
    answer = quiet.http.post("/user/history", content=b"x", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_body")
    assert "Content-Encoding" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({"user_id": ""}, "user_id: must have at least 1 character, not 0."),
        ({"user_id": "x" * 201}, "user_id: must have at most 200 characters, not 201."),
    ],
)
def test_bounds_of_texts_are_told_in_characters(
    quiet: Service, query: dict[str, str], detail: str
) -> None:
    assert quiet.http.get("/recommend", params=query).json()["detail"] == detail


@pytest.mark.parametrize(
    ("path", "body", "detail"),
    [
        ("/feedback", [], "body: must have at least 1 entry, not 0."),
        (
            "/recommend/group",
            {"members": [{"user_id": "dana"}]},
            "members: must have at least 2 entries, not 1.",
        ),
        (
            "/user/history",
            {"user_id": "dana", "items": [1] * 1001},
            "items: must have at most 1000 entries, not 1001.",
        ),
    ],
)
def test_bounds_of_lists_are_told_in_entries(
    quiet: Service, path: str, body: object, detail: str
) -> None:
    assert quiet.http.post(path, json=body).json()["detail"] == detail


def test_a_form_without_a_boundary_is_told_so_in_a_sentence(quiet: Service) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    answer = quiet.http.post("/imports", content=b"x", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Missing boundary in multipart."


def test_what_does_not_say_that_it_may_be_kept_may_not(quiet: Service) -> None:
    answers = [
        *(quiet.http.get(path) for path in ("/nowhere", "/items/1", "/healthz", "/recommend")),
        quiet.http.get("/search/interpret", params={"q": "a sad comedy"}),
        quiet.http.post("/user/history", json={"user_id": "dana", "items": []}),
    ]
    assert [answer.headers["cache-control"] for answer in answers] == ["private, no-store"] * 6
    kept = quiet.http.get("/genres").headers
    assert (kept["cache-control"], bool(kept["etag"])) == ("private, no-cache", True)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (1.5, "item: must be a number or a text."),
        ("x" * 101, "item: must have at most 100 characters, not 101."),
        (True, "item: must not be true or false."),
    ],
)
def test_what_may_be_a_number_or_a_text_is_told_in_one_sentence(
    quiet: Service, item: object, told: str
) -> None:
    body = {"user_id": "dana", "item": item}
    assert quiet.http.post("/recommend/preview", json=body).json()["detail"] == told
