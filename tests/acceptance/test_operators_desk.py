"""Keys, strategies and rules over HTTP, as the operators' page has them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_ADMIN = "admin-key-of-the-test"
_NO_CRIME = {"filters": {"exclude_genres": ["Crime"]}}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.json"
    path.write_text('{"boosts": {"genre_multipliers": {"Comedy": 1.5}}}')
    return path


@pytest.fixture
def ruled(start_sample: ServiceFactory, rules: Path) -> Service:
    return start_sample(BUSINESS_RULES_PATH=rules)


def _genres(service: Service) -> set[str]:
    page = service.http.get("/recommend", params={"user_id": "dana", "limit": 100}).json()
    return {genre["name"] for item in page["items"] for genre in item["genres"]}


def _rules(service: Service) -> dict[str, Any]:
    return dict(service.http.get("/admin/rules").json())


def test_a_key_is_shown_once_opens_and_is_revoked(start_quiet: ServiceFactory) -> None:
    service = start_quiet(API_KEYS=f"admin:{_ADMIN}")
    service.http.headers["X-API-Key"] = _ADMIN
    made = service.http.post("/admin/keys", json={"label": "television", "scope": "admin"})
    assert made.status_code == 201
    key, prefix = made.json()["key"], made.json()["prefix"]
    listed = service.http.get("/admin/keys")
    assert key not in listed.text
    (shown,) = [one for one in listed.json()["items"] if one["prefix"] == prefix]
    assert (shown["label"], shown["scope"], shown["revoked_at"]) == ("television", "admin", None)
    own = {"X-API-Key": key}
    assert service.http.get("/admin/keys", headers=own).status_code == 200
    assert service.http.delete(f"/admin/keys/{prefix}").json()["labels"] == ["television"]
    assert service.http.get("/admin/keys", headers=own).status_code == 401
    assert service.http.delete(f"/admin/keys/{prefix}").status_code == 404


def test_the_first_key_is_an_admins_and_ends_the_keyless_operator(
    start_quiet: ServiceFactory,
) -> None:
    service = start_quiet()
    with service.database.autocommit() as cursor:
        cursor.execute("DELETE FROM api_keys")  # those of other tests
    refused = service.http.post("/admin/keys", json={"label": "television"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "scope"
    assert service.http.get("/admin/keys").json() == {"items": []}
    made = service.http.post("/admin/keys", json={"label": "me", "scope": "admin"}).json()
    assert made["is_first"] is True
    assert service.http.get("/admin/keys").status_code == 401


def test_beside_keys_of_the_environment_none_is_the_first(start: ServiceFactory) -> None:
    service = start(API_KEYS="admin:key-of-the-operator")
    own = {"X-API-Key": "key-of-the-operator"}
    made = service.http.post("/admin/keys", json={"label": "television"}, headers=own)
    assert (made.status_code, made.json()["is_first"]) == (201, False)


def test_rules_are_tried_without_effect_and_count_once_they_are_put(
    ruled: Service, rules: Path
) -> None:
    before = rules.read_text()
    assert "Crime" in _genres(ruled)
    tried = ruled.http.post(
        "/admin/rules/try", json={"user_id": "dana", "limit": 50, "rules": _NO_CRIME}
    ).json()
    assert tried["gone"]
    assert all(one["was"] is not None for one in tried["gone"])
    assert [one["rank"] for one in tried["items"]] == list(range(1, len(tried["items"]) + 1))
    assert rules.read_text() == before
    assert "Crime" in _genres(ruled)
    edition = _rules(ruled)["edition"]
    put = ruled.http.put("/admin/rules", json={"rules": _NO_CRIME, "edition": edition})
    assert put.status_code == 200
    assert json.loads(rules.read_text()) == _NO_CRIME == put.json()["rules"]
    assert "Crime" not in _genres(ruled)
    page = ruled.http.get("/recommend", params={"user_id": "dana", "limit": 50}).json()
    assert [one["id"] for one in page["items"]][:5] == [one["id"] for one in tried["items"]][:5]


def test_rules_that_were_changed_meanwhile_are_kept(ruled: Service, rules: Path) -> None:
    edition = _rules(ruled)["edition"]
    rules.write_text('{"filters": {"min_vote_count": 7}}')
    late = ruled.http.put("/admin/rules", json={"rules": _NO_CRIME, "edition": edition})
    assert (late.status_code, late.json()["code"]) == (409, "rules_not_written")
    assert json.loads(rules.read_text()) == {"filters": {"min_vote_count": 7}}


@pytest.mark.parametrize(
    ("rules_", "field", "told"),
    [
        ({"filters": {"exclude_genres": ["Horor"]}}, "filters.exclude_genres", "mean Horror?"),
        ({"filters": {"include_genres": ["27"]}}, "filters.include_genres", "GET /genres lists"),
        ({"boosts": {"genre_multipliers": {"dramma": 2}}}, "boosts.genre_multipliers", "Drama?"),
        (
            {"filters": {"min_release_year": 2000, "max_release_year": 1990}},
            "filters.min_release_year",
            "must not be later than max_release_year, 1990",
        ),
    ],
)
def test_rules_that_would_have_no_effect_or_empty_every_list_are_refused(
    ruled: Service, rules: Path, rules_: dict[str, Any], field: str, told: str
) -> None:
    before, edition = rules.read_text(), _rules(ruled)["edition"]
    for method, path, more in (
        ("POST", "/admin/rules/try", {"user_id": "dana"}),
        ("PUT", "/admin/rules", {"edition": edition}),
    ):
        refused = ruled.http.request(method, path, json={"rules": rules_, **more})
        assert refused.status_code == 422
        (entry,) = refused.json()["errors"]
        assert (entry["in"], entry["field"]) == ("body", f"rules.{field}")
        assert told in entry["message"]
    assert rules.read_text() == before


def test_a_file_of_rules_with_a_genre_that_there_is_not_counts_without_it(
    ruled: Service, rules: Path
) -> None:
    assert "Crime" in _genres(ruled)
    rules.write_text('{"filters": {"exclude_genres": ["Crime", "Horor"]}}')
    assert "Crime" not in _genres(ruled)
    assert "there is no genre 'Horor'; did you mean Horror?" in _rules(ruled)["problem"]


def test_rules_that_are_wrong_are_refused_by_name(ruled: Service, rules: Path) -> None:
    before, edition = rules.read_text(), _rules(ruled)["edition"]
    wrong = {"filters": {"exclude_genre": ["Crime"]}}
    refused = ruled.http.put("/admin/rules", json={"rules": wrong, "edition": edition})
    assert refused.status_code == 422
    assert "exclude_genre" in refused.json()["detail"]
    assert rules.read_text() == before


def test_rules_in_a_place_that_cannot_be_written_stay_as_they_are(
    ruled: Service, rules: Path
) -> None:
    edition = _rules(ruled)["edition"]
    # Where the new text would be laid down first, something else is in the way.
    rules.with_name(f".{rules.name}.{os.getpid()}").mkdir()
    refused = ruled.http.put("/admin/rules", json={"rules": _NO_CRIME, "edition": edition})
    assert (refused.status_code, refused.json()["code"]) == (409, "rules_not_written")
    assert "Comedy" in rules.read_text()


def test_strategies_are_listed_promoted_and_reported(
    start_sample: ServiceFactory, tmp_path: Path
) -> None:
    (tmp_path / "bold.toml").write_text("[strategy]\nabout = 'Loves votes'\n")
    service = start_sample(STRATEGIES_PATH=tmp_path)
    service.http.get("/recommend", params={"user_id": "dana"}).raise_for_status()
    listed = service.http.get("/admin/strategies").json()
    assert [(one["name"], one["is_champion"]) for one in listed["strategies"]] == [
        ("bold", False),
        ("standard", True),
    ]
    asked = {"user_id": "dana", "strategy": "bold"}
    service.http.get("/recommend", params=asked).raise_for_status()
    report = service.http.get("/admin/experiments", params={"days": 7}).json()
    bold, standard = report["strategies"]
    assert (bold["name"], bold["lists"], bold["asked"]) == ("bold", 1, 1)
    assert bold["reactions_to_champion"]["finding"] == "not enough data"
    assert standard["is_champion"] is True
    promoted = service.http.post("/admin/strategies/bold/promote").json()
    assert (promoted["champion"], promoted["was"]) == ("bold", "standard")
    assert service.http.get("/admin/strategies").json()["promotions"][0]["strategy"] == "bold"
    assert service.http.post("/admin/strategies/nothing/promote").status_code == 404
