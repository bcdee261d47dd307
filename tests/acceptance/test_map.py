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


def test_tiles_are_squares_that_make_up_the_whole(sample: Service) -> None:
    points = packed(sample)
    tiles = [packed(sample, tile=f"1/{x}/{y}") for x in (0, 1) for y in (0, 1)]
    assert sorted(one for tile in tiles for one in tile["id"]) == points["id"].tolist()
    right = packed(sample, tile="1/1/0")
    assert len(right) > 0
    assert right["x"].min() >= 2**15 > right["y"].max()
    assert packed(sample, tile="0/0/0").tolist() == points.tolist()


def test_of_a_tile_those_with_the_most_votes_may_be_asked_for(sample: Service) -> None:
    votes = dict(rows_of(sample.database, "SELECT id, vote_count FROM items"))
    tile = packed(sample, tile="1/0/1")["id"].tolist()
    few = packed(sample, tile="1/0/1", most=5)["id"].tolist()
    assert len(few) == 5 < len(tile)
    assert few == sorted(few)
    assert {*few} <= {*tile}
    assert min(votes[one] for one in few) >= max(votes[one] for one in {*tile} - {*few})
    assert len(packed(sample, most=10_000)) == len(votes)


@pytest.mark.parametrize("tile", ["1/2/0", "1/0/2", "9/0/0", "0/0", "a/b/c", "1/-1/0"])
def test_tiles_that_are_not_on_the_map_are_refused(sample: Service, tile: str) -> None:
    answer = sample.http.get("/map", params={"tile": tile})
    assert answer.status_code == 422
    assert "tile" in answer.text


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
