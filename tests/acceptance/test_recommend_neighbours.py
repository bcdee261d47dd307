"""What viewers of the most similar taste chose, once two of them did and as long as they agree."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.neighbours.build import build_neighbours
from tests.acceptance.conftest import Service, serving
from tests.conftest import DatabaseFactory, opened
from tests.doubles.jobs import run

_SHARED = ("movie:238", "movie:240", "movie:949", "movie:524", "movie:539")
_SHARED_LATELY, _ONES_ALONE = "movie:694", "movie:129"


@pytest.fixture
def service(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Service]:
    """Three users like the same titles; what two chose after that, the model cannot know."""
    with opened(clone(sample_template)) as database, serving(database, data_dir) as service:
        for user_id in ("ann", "bob", "cho"):
            service.post_history(*_SHARED, user_id=user_id, event_type="liked")
        run(database, build_neighbours, job="neighbours")
        for user_id in ("bob", "cho"):
            service.post_history(_SHARED_LATELY, user_id=user_id, event_type="liked")
        service.post_history(_ONES_ALONE, user_id="bob", event_type="liked")
        yield service


def _found(service: Service, user_id: str) -> dict[str, dict[str, Any]]:
    """What neighbours proposed."""
    listed = service.whole_list(user_id, debug=True)
    return {
        f"{item['media_type']}:{item['tmdb_id']}": item
        for item in listed
        if "neighbours" in item["sources"]
    }


def test_what_two_neighbours_chose_since_is_proposed_and_what_one_did_is_not(
    service: Service,
) -> None:
    found = _found(service, "ann")
    assert _SHARED_LATELY in found
    assert _ONES_ALONE not in found
    (reason,) = (
        reason
        for reason in found[_SHARED_LATELY]["reasons"]
        if reason["code"] == "chosen_by_neighbours"
    )
    assert reason["evidence"] == {"count": 2}


def test_who_withdraws_consent_is_nobodys_neighbour_any_more(service: Service) -> None:
    assert _SHARED_LATELY in _found(service, "ann")
    answer = service.http.put("/users/cho/consent", json={"collaborative": False})
    assert answer.status_code == 200, answer.text
    assert _SHARED_LATELY not in _found(service, "ann")


def test_who_is_deleted_is_nobodys_neighbour_any_more(service: Service) -> None:
    assert _SHARED_LATELY in _found(service, "ann")
    assert service.http.delete("/users/cho").status_code == 200
    assert _SHARED_LATELY not in _found(service, "ann")
