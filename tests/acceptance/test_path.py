"""GET /path: a chain from one title to another."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of
from tests.doubles.titles import film, store

_HEAT, _TOY_STORY, _MATRIX = "movie:949", "movie:862", "movie:603"


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def path(service: Service, first: str, last: str, **asked: Any) -> dict[str, Any]:
    answer = service.http.get("/path", params={"from": first, "to": last, **asked})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def test_leads_from_one_to_the_other_and_tells_every_link(sample: Service) -> None:
    page = path(sample, _HEAT, _TOY_STORY)
    titles = [item["title"] for item in page["items"]]
    assert (titles[0], titles[-1]) == ("Heat", "Toy Story")
    assert 3 <= len(titles) <= 6
    assert len(set(ids(page))) == len(titles)
    links = page["links"]
    pairs = zip(ids(page)[:-1], ids(page)[1:], strict=True)
    assert [(link["from_id"], link["to_id"]) for link in links] == list(pairs)
    for link in links:
        assert 0 <= link["strength"] <= 1
    assert any(any(link["shared"].values()) for link in links)
    scores = [item["score"] for item in page["items"]]
    assert scores == sorted(scores, reverse=True)
    for link, item in zip(links, page["items"][1:], strict=True):
        reasons = {one["code"]: one["evidence"] for one in item["reasons"]}
        is_told = bool({"like_named", "something_of_named"} & set(reasons))
        assert is_told == (link["strength"] >= 0.15)
        assert "like_named" not in reasons or link["strength"] >= 0.34
        for code in {"like_named", "something_of_named"} & set(reasons):
            assert reasons[code]["item_id"] == link["from_id"]


def test_the_way_back_is_as_strong(sample: Service) -> None:
    there, back = path(sample, _HEAT, _TOY_STORY), path(sample, _TOY_STORY, _HEAT)
    assert there["items"][-1]["score"] == back["items"][-1]["score"]


def test_is_a_stored_list_that_takes_feedback(sample: Service) -> None:
    page = path(sample, _HEAT, _MATRIX, user_id="dana")
    body = {
        "user_id": "dana",
        "item_id": ids(page)[1],
        "event_type": "click",
        "recommendation_id": page["recommendation_id"],
    }
    sample.http.post("/feedback", json=body).raise_for_status()
    found = rows_of(
        sample.database, f"SELECT item_ids FROM slates WHERE id = '{page['recommendation_id']}'"
    )
    assert found == [(ids(page),)]


def test_what_was_seen_or_is_ruled_out_stands_nowhere_between(sample: Service) -> None:
    page = path(sample, _HEAT, _TOY_STORY)
    between = ids(page)[1:-1]
    body = {"user_id": "eve", "items": between, "event_type": "watched"}
    sample.http.post("/user/history", json=body).raise_for_status()
    own = path(sample, _HEAT, _TOY_STORY, user_id="eve")
    assert own["items"]
    assert not set(between) & set(ids(own))
    others = path(sample, _HEAT, _TOY_STORY, exclude_ids=",".join(map(str, between)))
    assert not set(between) & set(ids(others))


def test_a_seed_leads_over_other_titles_and_the_same_one_over_the_same(sample: Service) -> None:
    ways = [tuple(ids(path(sample, _HEAT, _TOY_STORY, seed=seed))) for seed in range(6)]
    assert len(set(ways)) > 1
    assert ways[2] == tuple(ids(path(sample, _HEAT, _TOY_STORY, seed=2)))


def test_filters_that_leave_no_way_are_said(sample: Service) -> None:
    page = path(sample, _HEAT, _TOY_STORY, year_min=2090)
    assert page["items"] == page["links"] == []
    assert "stands between the two" in page["empty_because"]


def test_a_childs_chain_has_nothing_above_the_limit(sample: Service) -> None:
    sample.http.put("/users/tim/profiles/kids", json={"kind": "child", "max_age": 6})
    child = {"user_id": "tim", "profile": "kids"}
    asked = {"from": _HEAT, "to": _TOY_STORY, **child}
    answer = sample.http.get("/path", params=asked)
    assert answer.status_code == 404
    assert _HEAT in answer.json()["detail"]
    page = path(sample, _TOY_STORY, "movie:863", **child)
    for item in page["items"]:
        shown = sample.http.get(f"/items/{item['id']}", params=child)
        assert shown.status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"to": "movie:949"}, "same title"),
        ({"to": _MATRIX, "steps": 2}, "steps"),
        ({"to": _MATRIX, "steps": 9}, "steps"),
        ({"to": _MATRIX, "seed": -1}, "seed"),
        ({"to": _MATRIX, "cursor": "x"}, "cursor"),
        ({}, "to"),
    ],
)
def test_bad_parameters_are_refused(sample: Service, asked: dict[str, Any], said: str) -> None:
    answer = sample.http.get("/path", params={"from": _HEAT, **asked})
    assert answer.status_code == 422
    assert said in answer.text


def test_unknown_titles_are_named(sample: Service) -> None:
    answer = sample.http.get("/path", params={"from": "movie:1", "to": "heat"})
    assert answer.status_code == 404
    assert "movie:1, heat" in answer.json()["detail"]


def test_leads_there_without_links_and_over_few_titles_too(start: ServiceFactory) -> None:
    service = start()
    names = ("Heat", "Thief", "Alien")
    films = [film(one, name, vote_count=500) for one, name in enumerate(names, start=1)]
    store(service.database, *films)
    page = path(service, "movie:1", "movie:3")
    assert [item["title"] for item in page["items"]] == ["Heat", "Thief", "Alien"]


def test_filters_that_cut_every_link_still_leave_a_way(sample: Service) -> None:
    page = path(sample, _HEAT, _TOY_STORY, media_type="tv", steps=8)
    assert len(page["items"]) >= 3
    assert all(item["media_type"] == "tv" for item in page["items"][1:-1])
