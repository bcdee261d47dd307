"""A title with two rows has one place."""

from dataclasses import replace

from api.recommend.limits.one_of_each import OneOfEach
from api.recommend.pool import Pool
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

PAIRS = [[1, 2], [2, 1], [3, 4], [4, 3], [5, 99], [99, 5]]


def rejected(*candidates: int) -> list[int]:
    """The ids that are rejected of these: 2 has more votes than 1, 3 and 4 have as many."""
    facts = facts_of([Title(n, vote_count=500 if n == 2 else 100) for n in range(1, 7)])
    facts = replace(facts, same_titles=ints(one for pair in PAIRS for one in pair).reshape(-1, 2))
    pool = Pool(facts, facts.rows_of(ints(candidates)))
    (mask,) = OneOfEach().rejections(query_over(facts), pool).values()
    found: list[int] = pool.ids[mask].tolist()
    return found


def test_the_better_known_row_stays() -> None:
    assert rejected(1, 2, 3, 4, 5, 6) == [1, 4]


def test_a_row_alone_stays() -> None:
    assert rejected(1, 4, 5) == []


def test_without_such_pairs_there_is_nothing_to_reject() -> None:
    facts = facts_of([Title(1)])
    assert OneOfEach().rejections(query_over(facts), Pool(facts, facts.rows_of(ints([1])))) == {}
