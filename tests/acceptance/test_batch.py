"""POST /recommend/batch: lists for many viewers as a file of lines."""

from typing import Any

import orjson
import pytest

from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def lines(service: Service, *viewers: dict[str, Any], **body: Any) -> list[dict[str, Any]]:
    answer = service.http.post("/recommend/batch", json={"viewers": list(viewers), **body})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert "lists.ndjson" in answer.headers["content-disposition"]
    return [orjson.loads(line) for line in answer.content.splitlines()]


def test_a_line_for_each_viewer_as_recommend_answers_it(sample: Service) -> None:
    sample.post_history("movie:949", user_id="ann", event_type="liked")
    viewers = [{"user_id": "ann"}, {"user_id": "bob"}]
    found = lines(sample, *viewers, limit=5, media_type="movie", diversify=False)
    for viewer, line in zip(viewers, found, strict=True):
        alone = sample.recommend(viewer["user_id"], limit=5, media_type="movie", diversify=False)
        assert (line["user_id"], line["profile"]) == (viewer["user_id"], None)
        assert [item["id"] for item in line["items"]] == [item["id"] for item in alone["items"]]
    lists = ", ".join(f"'{line['recommendation_id']}'" for line in found)
    stored = rows_of(sample.database, f"SELECT user_id FROM slates WHERE id IN ({lists})")
    assert sorted(row[0] for row in stored) == ["ann", "bob"]


def test_each_within_their_own_limits_and_a_missing_profile_is_said(sample: Service) -> None:
    sample.http.put("/users/cleo/profiles/kids", json={"kind": "child", "max_age": 6})
    kids, gone = lines(
        sample,
        {"user_id": "cleo", "profile": "kids"},
        {"user_id": "cleo", "profile": "nobody"},
        limit=100,
    )
    assert kids["items"]
    child = {"user_id": "cleo", "profile": "kids"}
    for item in kids["items"]:
        assert sample.http.get(f"/items/{item['id']}", params=child).status_code == 200
    assert gone["items"] == []
    assert "profile" in gone["problem"]


def test_two_hundred_lists_in_one_answer(sample: Service) -> None:
    found = lines(sample, *({"user_id": f"reader {one}"} for one in range(200)), limit=3)
    assert [line["user_id"] for line in found] == [f"reader {one}" for one in range(200)]
    assert all(len(line["items"]) == 3 for line in found)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"viewers": []}, "viewers"),
        ({"viewers": [{"user_id": "ann"}] * 2}, "two lists"),
        ({"viewers": [{"user_id": f"n{one}"} for one in range(1001)]}, "1000"),
        ({"viewers": [{"user_id": "ann"}], "genres": "nonsense"}, "nonsense"),
        ({"viewers": [{"user_id": "ann"}], "people": "nobody of this name"}, "nobody"),
        ({"viewers": [{"user_id": "ann"}], "cursor": "x"}, "cursor"),
    ],
)
def test_bad_bodies_are_refused_as_a_whole(
    sample: Service, body: dict[str, Any], said: str
) -> None:
    answer = sample.http.post("/recommend/batch", json=body)
    assert answer.status_code == 422
    assert said in answer.text
