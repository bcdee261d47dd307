"""GET /map and /map/regions: every title as a point, and where it lies."""

from typing import Any

import numpy as np
import pytest

from api.catalogue.title_map.title_map import PLACE
from tests.acceptance.conftest import Service, ServiceFactory
from tests.builders import rows_of


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def packed(service: Service, **asked: Any) -> Any:
    answer = service.http.get("/map", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/octet-stream"
    return np.frombuffer(answer.content, dtype=PLACE)


def regions(service: Service, **asked: Any) -> list[dict[str, Any]]:
    answer = service.http.get("/map/regions", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["regions"]
    return found


def test_every_title_has_eight_bytes(sample: Service) -> None:
    points = packed(sample)
    ids = [row[0] for row in rows_of(sample.database, "SELECT id FROM items ORDER BY id")]
    assert points["id"].tolist() == ids
    assert PLACE.itemsize == 8
    assert max(np.ptp(points["x"].astype(int)), np.ptp(points["y"].astype(int))) == 65535


def test_what_has_not_changed_is_not_sent_again(sample: Service) -> None:
    for path in ("/map", "/map/regions"):
        tag = sample.http.get(path).headers["etag"]
        again = sample.http.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_regions_have_names_and_titles_that_lie_there(sample: Service) -> None:
    found = regions(sample)
    points = packed(sample)
    assert sum(one["titles"] for one in found) == len(points)
    where = {int(point["id"]): point for point in points}
    for one in found:
        assert one["name"]
        assert set(one["keywords"]) <= set(one["name"].partition(": ")[2].split(", "))
        assert 0 < len(one["known"]) <= 12
        assert all(title["id"] in where for title in one["known"])


def test_a_child_sees_neither_points_nor_titles_above_the_limit(sample: Service) -> None:
    sample.http.put("/users/mia/profiles/kids", json={"kind": "child", "max_age": 6})
    child = {"user_id": "mia", "profile": "kids"}
    points = packed(sample, **child)
    assert 0 < len(points) < len(packed(sample))
    own = regions(sample, **child)
    assert sum(one["titles"] for one in own) == len(points)
    assert all(one["keywords"] == [] for one in own)
    for item_id in [title["id"] for one in own for title in one["known"]]:
        assert sample.http.get(f"/items/{item_id}", params=child).status_code == 200
        assert item_id in points["id"]


def test_without_a_map_it_says_how_to_make_one(quiet: Service) -> None:
    for path in ("/map", "/map/regions"):
        answer = quiet.http.get(path)
        assert answer.status_code == 404
        assert "make map" in answer.json()["detail"]
