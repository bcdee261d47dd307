"""POST /blend: titles between some titles and away from others."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of

_HEAT, _ALIEN, _TOY_STORY = "movie:949", "movie:348", "movie:862"


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def blend(service: Service, *like: int | str, **body: Any) -> dict[str, Any]:
    answer = service.http.post("/blend", json={"like": list(like), **body})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def names(page: dict[str, Any]) -> list[str]:
    return [item["title"] for item in page["items"]]


def test_one_liked_title_is_what_similar_answers(sample: Service) -> None:
    similar = sample.http.get(f"/items/{_HEAT}/similar", params={"limit": 10}).json()
    assert names(blend(sample, _HEAT, limit=10)) == names(similar)


def test_both_titles_count_and_neither_is_listed(sample: Service) -> None:
    both = names(blend(sample, _HEAT, _ALIEN, limit=10))
    assert both != names(blend(sample, _HEAT, limit=10))
    assert both != names(blend(sample, _ALIEN, limit=10))
    assert not {"Heat", "Alien"} & set(names(blend(sample, _HEAT, _ALIEN, limit=100)))


def test_what_is_like_both_titles_names_both(sample: Service) -> None:
    page = blend(sample, _HEAT, _ALIEN, limit=20)
    told = [one for item in page["items"] for one in item["reasons"] if one["code"] == "like_both"]
    assert told
    for reason in told:
        assert {reason["evidence"]["title"], reason["evidence"]["other"]} == {"Heat", "Alien"}
    alone = blend(sample, _HEAT, limit=20)
    codes = {one["code"] for item in alone["items"] for one in item["reasons"]}
    assert "like_both" not in codes


def test_what_is_near_to_an_unliked_title_steps_back(sample: Service) -> None:
    usual = blend(sample, _TOY_STORY, limit=10)["items"]
    first = usual[0]
    away = blend(sample, _TOY_STORY, unlike=[first["id"]], limit=10)
    assert first["title"] not in names(away)
    assert names(away) != [item["title"] for item in usual[1:]]


def test_too_little_left_is_said(sample: Service) -> None:
    page = blend(
        sample, _TOY_STORY, unlike=["movie:863"], genres="animation", year_max=1996, limit=20
    )
    assert page["items"]
    assert "unlike" in page["relaxed"]


def test_words_that_name_a_title_are_that_title(sample: Service) -> None:
    assert names(blend(sample, "Heat", limit=10)) == names(blend(sample, _HEAT, limit=10))


def test_other_words_stand_for_what_is_nearest_to_them(sample: Service) -> None:
    page = blend(sample, "a crew lost in deep space", limit=10)
    assert "degraded" not in page
    assert len(page["items"]) == 10
    genres = [genre["name"] for item in page["items"] for genre in item["genres"]]
    assert genres.count("Science Fiction") >= 5
    assert names(blend(sample, _HEAT, "a crew lost in deep space", limit=10)) != names(page)
    away = blend(sample, _ALIEN, unlike=["a crew lost in deep space"], limit=10)
    assert names(away) != names(blend(sample, _ALIEN, limit=10))


def test_a_cursor_goes_on_with_the_same_body_alone(sample: Service) -> None:
    body: dict[str, Any] = {"like": [_HEAT, _ALIEN], "limit": 5}
    first = sample.http.post("/blend", json=body).json()
    second = sample.http.post("/blend", json=body | {"cursor": first["next_cursor"]}).json()
    assert len(second["items"]) == 5
    assert not set(names(first)) & set(names(second))
    other = {"like": [_HEAT], "temperature": 1, "cursor": first["next_cursor"]}
    answer = sample.http.post("/blend", json=other)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    assert "like" in answer.json()["detail"]
    assert answer.json()["detail"].endswith(", temperature.")


def test_a_temperature_draws_another_list_each_time_and_keeps_the_odds(sample: Service) -> None:
    lists = [blend(sample, _HEAT, temperature=3, limit=10) for _ in range(3)]
    assert len({tuple(names(page)) for page in lists}) > 1
    assert names(blend(sample, _HEAT, limit=10)) == names(blend(sample, _HEAT, limit=10))
    stored = rows_of(
        sample.database,
        "SELECT count(*) FROM slates WHERE id = ANY(%(ids)s::uuid[])",
        ids=[page["recommendation_id"] for page in lists],
    )
    assert stored == [(3,)]


def test_what_a_viewer_has_seen_is_left_out(sample: Service) -> None:
    first = blend(sample, _HEAT, _ALIEN, limit=1)["items"][0]
    body = {"user_id": "eve", "items": [first["id"]]}
    sample.http.post("/user/history", json=body).raise_for_status()
    assert first["title"] not in names(blend(sample, _HEAT, _ALIEN, user_id="eve", limit=50))


def test_unknown_titles_are_named(sample: Service) -> None:
    answer = sample.http.post("/blend", json={"like": [_HEAT, "movie:1"], "unlike": ["tv:2"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_items")
    assert "movie:1" in answer.text


@pytest.mark.parametrize(
    ("like", "unlike", "told"),
    [
        ([_HEAT], [_HEAT], f"unlike: {_HEAT} is on both sides: like and unlike."),
        ([_ALIEN, _HEAT], [_HEAT], f"unlike: {_HEAT} is on both sides: like and unlike."),
        (["Heat"], ["Heat"], "unlike: Heat is on both sides: like and unlike."),
        (["Heat"], [_HEAT], f"unlike: Heat in like and {_HEAT} in unlike are one title."),
    ],
)
def test_a_title_on_both_sides_is_refused_as_it_was_named(
    sample: Service, like: list[str], unlike: list[str], told: str
) -> None:
    answer = sample.http.post("/blend", json={"like": like, "unlike": unlike})
    assert (answer.status_code, answer.json()["detail"]) == (422, told)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"like": []},
        {"like": ["movie:949"] * 6},
        {"like": ["movie:949"], "temperature": -1},
        {"like": ["movie:949"], "by": "mix"},
        {"like": [""]},
        {"like": ["  "]},
    ],
)
def test_bad_bodies_are_refused(sample: Service, body: dict[str, Any]) -> None:
    assert sample.http.post("/blend", json=body).status_code == 422
