"""Names in parameters that nothing is called by: what was meant, or where to look, is told."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service


def _refused(sample: Service, **asked: str) -> tuple[str, dict[str, str]]:
    answer = sample.http.get("/recommend", params={"user_id": "speller", **asked})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    (entry,) = answer.json()["errors"]
    assert answer.json()["detail"].startswith(f"{entry['field']}: {entry['message']}")
    return answer.json()["detail"], entry


@pytest.mark.parametrize(
    ("parameter", "written", "meant"),
    [
        ("people", "Al Pacno", "Al Pacino"),
        ("people", "al paccino", "Al Pacino"),
        ("people", "Robert de Nrio", "Robert De Niro"),
        ("services", "Netflx", "Netflix"),
        ("services", "netflicks", None),
        ("genres", "Horor", "Horror"),
        ("genres", "Thriler", "Thriller"),
        ("exclude_genres", "documentry", "Documentary"),
        ("genre_override", "Commedy", "Comedy"),
    ],
)
def test_a_slip_is_told_what_it_may_have_meant(
    sample: Service, parameter: str, written: str, meant: str | None
) -> None:
    detail, entry = _refused(sample, **{parameter: written})
    assert (entry["in"], entry["field"]) == ("query", parameter)
    assert repr(written) in detail
    assert ("did you mean" in detail) is (meant is not None)
    assert meant is None or f"did you mean {meant}?" in detail


@pytest.mark.parametrize(
    ("parameter", "written", "look"),
    [
        ("people", "Qwertz Asdf", "GET /search finds people"),
        ("people", "Heat", "GET /search finds people"),  # a title
        ("companies", "Qwertz Asdf", "GET /search finds companies"),
        ("services", "Qwertz Asdf", "GET /services lists"),
        ("genres", "Qwertz", "GET /genres lists"),
    ],
)
def test_what_is_near_to_nothing_is_told_where_to_look(
    sample: Service, parameter: str, written: str, look: str
) -> None:
    detail, _ = _refused(sample, **{parameter: written})
    assert look in detail
    assert "did you mean" not in detail


def test_a_name_that_is_right_is_not_doubted(sample: Service) -> None:
    detail, _ = _refused(sample, people="Al Pacino,Robert De Nrio")
    assert "Al Pacino" not in detail


@pytest.mark.parametrize(
    ("method", "path", "sent", "place", "field"),
    [
        ("GET", "/recommend", {"strategy": "nope"}, "query", "strategy"),
        ("GET", "/recommend", {"people": "Al Pacno"}, "query", "people"),
        ("GET", "/path", {"from": "movie:949", "to": "movie:949"}, "query", "to"),
        ("GET", "/users/speller/track-record", {"since": "2999-01-01"}, "query", "since"),
        ("POST", "/blend", {"like": ["movie:949"], "people": "Al Pacno"}, "body", "people"),
        ("POST", "/blend", {"like": ["movie:949"], "unlike": ["movie:949"]}, "body", "unlike"),
        ("PUT", "/users/speller/profiles/p", {"services": ["Netflx"]}, "body", "services"),
        ("POST", "/users/speller/hooks", {"source": "plex"}, "body", "accounts"),
        (
            "PUT",
            "/users/speller/preferences",
            {"preferences": [{"kind": "genre", "value": "Horor", "stance": "never"}]},
            "body",
            "preferences[0]",
        ),
        ("POST", "/admin/jobs", {"job": "map", "options": {"limit": 3}}, "body", "options.limit"),
    ],
)
def test_what_is_refused_by_meaning_names_its_field_as_what_is_refused_by_shape(
    sample: Service, method: str, path: str, sent: dict[str, Any], place: str, field: str
) -> None:
    given: dict[str, Any] = {"params": sent} if method == "GET" else {"json": sent}
    if path == "/recommend":
        sent["user_id"] = "speller"
    answer = sample.http.request(method, path, **given)
    assert answer.status_code == 422, answer.text
    (entry,) = answer.json()["errors"]
    assert (entry["in"], entry["field"]) == (place, field)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/watch-link/movie:949?country=FR", "No link to movie:949 is known in FR"),
        ("/watch-link/movie:949?country=FR&service=netflix", "No link to movie:949 at netflix is"),
        ("/watch-link/nothing", "No link to nothing is known in"),
        ("/recommend?user_id=speller&cursor=x", "it must be the next_cursor of the page before"),
    ],
)
def test_what_is_not_found_says_what_was_looked_for(sample: Service, path: str, told: str) -> None:
    assert told in sample.http.get(path).json()["detail"]


def test_a_reference_that_is_none_is_told_how_items_are_named(sample: Service) -> None:
    def told(item: str) -> str:
        body = {"user_id": "speller", "event_type": "liked", "items": [item]}
        detail: str = sample.http.post("/user/history", json=body).json()["detail"]
        return detail

    assert told("movie:99999999") == "Unknown item: movie:99999999."
    assert told("Heat").startswith("Unknown item: Heat. Name an item by its id, or as movie:603")


def test_a_profile_that_a_household_does_not_have_is_named(sample: Service) -> None:
    sample.http.put("/users/spellers/profiles/noa", json={"kind": "child"}).raise_for_status()
    answer = sample.http.get("/recommend", params={"user_id": "spellers", "profile": "noah"})
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("There is no profile called 'noah'; GET /users/")
