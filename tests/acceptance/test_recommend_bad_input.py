"""GET /recommend: what cannot be answered is named, and what is not the caller's is not shown."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_CLIENT = "client-key-of-the-test"
_ADMIN = "admin-key-of-the-test"
_SECRET = "a secret of thirty-two characters!"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"colour": "red"}, "colour"),
        ({"Limit": "5"}, "Limit"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"limit": "1e1"}, "limit"),
        ({"query": "x" * 501}, "query"),
        ({"query": "a\x00b"}, "query"),
        ({"user_id": ""}, "user_id"),
        ({"user_id": "x" * 201}, "user_id"),
        ({"user_id": "a\x00b"}, "user_id"),
        ({"profile": "a\x00b"}, "profile"),
        ({"profile": ""}, "profile"),
        ({"country": "Israel"}, "country"),
        ({"country": "1L"}, "country"),
        ({"country": "zz"}, "ZZ is no country"),
        ({"country": "USA"}, "country: USA is no country; a code of ISO 3166-1 is needed"),
        ({"genres": "29"}, "genres: there is no genre '29'"),
        ({"media_type": "film"}, "media_type"),
        ({"diversify": "perhaps"}, "diversify"),
        ({"genre_override": "Crime,Gothic"}, "Gothic"),
        ({"genre_override": "\x00"}, "genre_override"),
        ({"genres": "Crime,Gothic"}, "Gothic"),
        ({"exclude_genres": "Gothic"}, "Gothic"),
        ({"genres": "\x00"}, "genres"),
        ({"year_min": 1869}, "year_min"),
        ({"year_max": "soon"}, "year_max"),
        ({"year_min": 2001, "year_max": 2000}, "year_min: must not be later than year_max, 2000."),
        ({"runtime_min": 0}, "runtime_min"),
        ({"runtime_max": 1001}, "runtime_max"),
        (
            {"runtime_min": 100, "runtime_max": 90},
            "runtime_min: must not be above runtime_max, 90.",
        ),
        ({"languages": "en,klingon"}, "klingon"),
        ({"max_age": 22}, "max_age"),
        ({"max_age": -1}, "max_age"),
        ({"people": "Nobody Atall,987654321"}, "'Nobody Atall' or '987654321'"),
        ({"people": "\x00"}, "people"),
        ({"people": "x" * 501}, "people"),
        ({"people": ",".join(map(str, range(51)))}, "at most 50 may be listed, not 51"),
        ({"exclude_ids": "banana"}, "'banana' is no item"),
        ({"exclude_ids": "movie:999999999,tv:999999998"}, "movie:999999999, tv:999999998"),
        ({"exclude_ids": ",".join(map(str, range(1, 202)))}, "at most 200 may be listed, not 201"),
        ({"services": "\x00"}, "services"),
        ({"services": "x" * 501}, "services"),
        ({"strategy": "../etc"}, "strategy"),
        ({"strategy": "newest"}, "newest"),
        ({"cursor": "x" * 2001}, "cursor"),
        ({"mixer_ann_weight": "nan"}, "mixer_ann_weight"),
        ({"mixer_collab_weight": "inf"}, "mixer_collab_weight"),
        ({"mixer_trending_weight": -0.1}, "mixer_trending_weight"),
        ({"mixer_popularity_weight": "-inf"}, "mixer_popularity_weight"),
        ({"mixer_vote_weight": 101}, "mixer_vote_weight"),
        ({"mixer_novelty_weight": "much"}, "mixer_novelty_weight"),
        ({"ann_weight_override": -1}, "ann_weight_override"),
        ({"rewrite_weight_override": "nan"}, "rewrite_weight_override"),
        ({"rewrite_override": "x" * 501}, "rewrite_override"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_names_what_is_wrong(quiet: Service, query: dict[str, Any], named: str) -> None:
    answer = quiet.http.get("/recommend", params={"user_id": "dana"} | query)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]


def test_a_user_is_needed(quiet: Service) -> None:
    answer = quiet.http.get("/recommend")
    assert answer.status_code == 422
    assert "user_id" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        {"query": "x" * 500},
        {"query": " \t\n"},
        {"query": "'; DROP TABLE items; -- %s %(k)s | & ! :* \\"},
        {"query": "🍿 דנה 東京"},
        {"rewrite_override": "one two three four five six seven eight nine ten"},
        {"ann_weight_override": 0, "rewrite_weight_override": 0, "query": "heist"},
        {"services": " , "},
        {"genre_override": ","},
        {"genres": ",", "languages": "", "people": " , ", "exclude_ids": ","},
        {"use_llm_intent": False},
        {"user_id": "x" * 200, "profile": "🍿"},
        {f"mixer_{name}_weight": 0 for name in ("ann", "collab", "trending", "popularity", "vote")},
        {"mixer_novelty_weight": 100},
    ],
    ids=lambda query: str(query)[:50],
)
def test_what_is_odd_but_allowed_is_answered(sample: Service, query: dict[str, Any]) -> None:
    page = sample.recommend(**query)
    assert len(page["items"]) == 20
    assert "degraded" not in page


def test_the_words_of_a_viewer_are_in_no_error(quiet: Service) -> None:
    query = {"user_id": "dana", "query": "my secret wish " * 40}
    assert "secret" not in quiet.http.get("/recommend", params=query).text


@pytest.fixture(scope="module")
def keyed(start_sample: ServiceFactory) -> Service:
    return start_sample(API_KEYS=f"{_CLIENT},admin:{_ADMIN}")


def test_the_trace_is_not_for_clients(keyed: Service) -> None:
    query: dict[str, Any] = {"user_id": "dana", "debug": True}
    answer = keyed.http.get("/recommend", params=query, headers={"X-API-Key": _CLIENT})
    assert answer.status_code == 403
    assert answer.json()["code"] == "not_authorised"
    answer = keyed.http.get("/recommend", params=query)
    assert answer.status_code == 401


def test_an_admin_sees_what_every_component_did(keyed: Service) -> None:
    query: dict[str, Any] = {
        "user_id": "dana",
        "debug": True,
        "query": "unmentionable heist",
        "services": "nfx",
    }
    answer = keyed.http.get("/recommend", params=query, headers={"X-API-Key": _ADMIN})
    assert answer.status_code == 200
    trace = answer.json()["trace"]
    components = {span["component"] for span in trace}
    assert {"text_vector", "query_ann", "lexical", "popular", "mixer", "mmr"} <= components
    assert "profile_ann" not in components
    assert all(span["ms"] >= 0 for span in trace)
    found = {span["component"]: span["found"] for span in trace if "found" in span}
    assert found["query_ann"] == 39
    assert "unmentionable" not in json.dumps(trace)


def test_without_debug_there_is_no_trace(keyed: Service) -> None:
    answer = keyed.http.get("/recommend", params={"user_id": "dana"}, headers={"X-API-Key": _ADMIN})
    assert "trace" not in answer.json()


def test_a_token_asks_for_its_own_user_only(start_sample: ServiceFactory) -> None:
    service = start_sample(JWT_SECRET=_SECRET, JWT_ISSUER="https://id.example", JWT_AUDIENCE="seen")
    claims = {
        "sub": "dana",
        "iss": "https://id.example",
        "aud": "seen",
        "exp": datetime.now(UTC) + timedelta(minutes=5),
    }
    service.http.headers["Authorization"] = f"Bearer {jwt.encode(claims, _SECRET, 'HS256')}"
    page = service.recommend("dana")
    others = [
        {"user_id": "eve"},
        {"user_id": "eve", "cursor": page["next_cursor"]},
        {"user_id": "DANA"},
    ]
    for query in others:
        assert service.http.get("/recommend", params=query).status_code == 404
    debug = service.http.get("/recommend", params={"user_id": "dana", "debug": True})
    assert debug.status_code == 403
