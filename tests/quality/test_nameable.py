"""The check of first reasons passes pages as they are, and fails pages that name something else."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from api.catalogue.similarity.read_similarity import read_similarity
from tests.acceptance.conftest import Service, serving
from tests.acceptance.test_recommend_evidence import shares_told
from tests.conftest import DatabaseFactory, opened
from tests.evaluation.catalogue import read_titles
from tests.quality.invented_viewers import invented, write_histories
from tests.quality.nameable import ROUNDING, Page, Told, told_of
from tests.quality.reasons import of_page, pages_of

_NOT_OF_SCORE = {"as_asked", "fills_the_list", "off_the_beaten_path"}
# Known by being told alone, as nearness to words is where it takes words of the title besides.
_ALONE = {"like_both", "like_named", "something_of_named", "has_words"}
_NEAR = 0.45
_VIEWERS = 12


@pytest.fixture(scope="module")
def service(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Service]:
    """The sample with invented viewers, of 0 to 120 titles."""
    with opened(clone(sample_template)) as database:
        write_histories(database, [*invented(read_titles(database), _VIEWERS)])
        with serving(database, data_dir) as service:
            yield service


@pytest.fixture(scope="module")
def pages(service: Service) -> list[Page]:
    viewers = [f"invented {number}" for number in range(_VIEWERS)]
    return [*pages_of(service, viewers, read_similarity(service.database))]


def _faults(page: Page) -> list[str]:
    return [line for line in of_page(page) if line.startswith("fault")]


def _told(item: dict[str, Any]) -> list[int]:
    """The places of the reasons that tell of the score."""
    return [n for n, one in enumerate(item["reasons"]) if one["code"] not in _NOT_OF_SCORE]


def test_the_first_reason_is_the_largest_that_could_be_named(pages: list[Page]) -> None:
    assert [fault for page in pages for fault in _faults(page)] == []
    assert sum(len(_told(item)) for page in pages for item in page.items) > 200


@pytest.mark.parametrize("change", ["left out", "behind"])
def test_a_page_that_keeps_its_largest_reason_back_fails(pages: list[Page], change: str) -> None:
    changed = 0
    for page in pages:
        for original, told in told_of(page):
            item, places = deepcopy(original), _told(original)
            if len(places) < 2 or _is_close(told, item):
                continue
            first = item["reasons"].pop(places[0])
            if first["code"] in _ALONE or first["evidence"].get("cosine", 1) < _NEAR:
                continue
            if change == "behind":
                item["reasons"].append(first)
            changed += 1
            altered = Page(page.known, [item], page.similarity, page.in_words)
            assert any("the largest is" in fault for fault in _faults(altered)), item
    assert changed > 40


def _is_close(told: Told, item: dict[str, Any]) -> bool:
    """Whether the second reason tells as much, or the check is not sure of the first one."""
    first, second, *_ = shares_told(item)
    return first - second < 0.01 or told.least < told.first - ROUNDING


def test_the_same_catalogue_has_the_same_invented_viewers(service: Service) -> None:
    titles = read_titles(service.database)
    viewers = [*invented(titles, 9)]
    assert viewers == [*invented(titles, 9)]
    assert [len(history) for _, history in viewers][:4] == [0, 1, 2, 3]
