"""The independent checks find each kind of breach."""

import numpy as np
import pytest

from api.domain.arrays import Ints
from config.business_rules import Filters
from tests.evaluation.catalogue import Titles
from tests.evaluation.checks import violations
from tests.evaluation.ours import Answers
from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import Case
from tests.facts_builder import RANKING

# Ids 1 to 8; 2 to 4 are one collection, 5 is a series of 1950 with three votes, 9
# comes out in 2030.
_TITLES = Titles(
    ids=np.arange(1, 10, dtype=np.int32),
    tmdb_id=np.arange(101, 110, dtype=np.int32),
    is_show=np.array([number == 5 for number in range(1, 10)]),
    year=np.array([1950 if number == 5 else 2000 for number in range(1, 10)], dtype=np.int32),
    released=np.array([None] * 8 + ["2030-01-01"], dtype="datetime64[D]"),
    language=("en",) * 9,
    collection=np.array([0, 7, 7, 7, 0, 0, 0, 0, 0], dtype=np.int32),
    genre_ids=tuple(frozenset({27 if number == 6 else 18}) for number in range(1, 10)),
    vote_count=np.array([3 if number == 5 else 500 for number in range(1, 10)], dtype=np.int32),
    popularity=np.ones(9, dtype=np.float32),
    vectors=np.eye(9, dtype=np.float32),
)
_ASKED_AT = np.int64(1_790_000_000)  # 2026
_GENRES = {"Drama": 18, "Horror": 27}


def found(
    *served: int, scores: list[float] | None = None, filters: Filters | None = None
) -> list[str]:
    """The breaches of one list for a viewer who has seen item 1."""
    case = Case(0, seen(0), np.array([7]), np.empty(0, np.int32), trained=True)
    falling = np.linspace(1, 0.1, len(served)) if scores is None else np.array(scores)
    answers = Answers(
        served=[np.array(served, dtype=np.int32)], scores=[falling.astype(np.float32)]
    )
    return violations(
        _TITLES,
        [case],
        answers,
        diversify=RANKING.diversify,
        filters=filters,
        genres=_GENRES,
    )


def seen(row: int) -> Ratings:
    one: Ints = np.zeros(1, dtype=np.int32)
    return Ratings(one, one + row, np.ones(1, np.float32), one + _ASKED_AT)


def test_a_list_that_keeps_everything_has_no_breach() -> None:
    assert found(2, 3, 5, 6, 7, 8, filters=Filters()) == []


def test_what_was_seen_is_a_breach() -> None:
    assert found(2, 1) == ["case 0: 1 titles seen before"]


def test_a_repeated_title_is_a_breach() -> None:
    assert found(2, 6, 2) == ["case 0: a title twice"]


def test_a_title_that_the_catalogue_does_not_offer_is_a_breach() -> None:
    assert found(2, 999) == ["case 0: 1 unknown or retired titles"]


def test_a_title_that_was_not_out_is_a_breach() -> None:
    assert found(2, 9) == ["case 0: 1 titles that were not out"]


def test_a_rising_score_is_a_breach() -> None:
    assert found(2, 6, scores=[0.5, 0.6]) == ["case 0: a score above the one before it"]


def test_a_third_title_of_a_collection_is_a_breach() -> None:
    assert found(2, 3, 4) == ["case 0: 3 titles of collection 7 in the first 60"]


@pytest.mark.parametrize(
    ("filters", "item"),
    [
        (Filters(exclude_genres=["Horror"]), 6),
        (Filters(include_genres=["Horror"]), 7),
        (Filters(min_vote_count=50), 5),
        (Filters(min_release_year=1960), 5),
        (Filters(max_release_year=1990), 7),
        (Filters(exclude_media_types=["tv"]), 5),
        (Filters(exclude_ids=[8]), 8),
    ],
)
def test_what_a_rule_forbids_is_a_breach(filters: Filters, item: int) -> None:
    assert found(item, filters=filters) == [f"case 0: item {item} against the rules"]
