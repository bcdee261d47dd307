"""POST /blend of words: what was read from them is told, and what says nothing does not count."""

from typing import Any

import pytest

from tests.acceptance.conftest import Service, ServiceFactory

_HEAT, _ALIEN = "movie:949", "movie:348"


@pytest.fixture(scope="module")
def sample(start_sample: ServiceFactory) -> Service:
    return start_sample()


def blend(service: Service, *like: str, **body: Any) -> dict[str, Any]:
    answer = service.http.post("/blend", json={"like": list(like), "limit": 10, **body})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def ids(page: dict[str, Any]) -> list[int]:
    return [item["id"] for item in page["items"]]


def told(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["field"], one["text"], one["status"]) for one in page["interpreted"]]


def test_words_that_say_nothing_are_told_and_count_for_nothing(sample: Service) -> None:
    page = blend(sample, _HEAT, _ALIEN, "qwxz vrrgh")
    assert told(page) == [("words", "qwxz vrrgh", "not_understood")]
    assert ids(page) == ids(blend(sample, _HEAT, _ALIEN))


def test_alone_they_are_told_too_and_answered(sample: Service) -> None:
    page = blend(sample, "qwxz vrrgh")
    assert told(page) == [("words", "qwxz vrrgh", "not_understood")]
    assert page["items"]


def test_what_the_words_ask_for_is_told_and_preferred(sample: Service) -> None:
    page = blend(sample, _HEAT, "a comedy")
    assert ("genre", "comedy", "preferred") in told(page)
    share = [
        sum("Comedy" in {genre["name"] for genre in item["genres"]} for item in one["items"])
        for one in (page, blend(sample, _HEAT))
    ]
    assert share[0] > share[1]


def test_of_unliked_words_it_is_told_as_well(sample: Service) -> None:
    page = blend(sample, _HEAT, unlike=["a romantic comedy"])
    assert {field for field, _, _ in told(page)} == {"genre"}


def test_titles_alone_leave_nothing_to_tell(sample: Service) -> None:
    assert "interpreted" not in blend(sample, _HEAT, _ALIEN)
