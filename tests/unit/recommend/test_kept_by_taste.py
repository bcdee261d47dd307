"""What is worked out of a taste is worked out once, and anew for every other taste or catalogue."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from api.recommend.evidence.kept_by_taste import KeptByTaste
from api.recommend.query import Query
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

_FACTS = facts_of([Title(n) for n in range(1, 10)])
_TASTE = Taste(
    known_ids=ints([1, 2]),
    known_weights=np.array([1, 0.5], np.float32),
    known_named=np.array([True, False]),
)


def _query(**changes: object) -> Query:
    return query_over(_FACTS, taste=replace(_TASTE, **changes))  # type: ignore[arg-type]


def test_an_equal_taste_is_not_asked_for_again() -> None:
    kept, answers = KeptByTaste[int](), iter([7, 8])
    assert kept.of(_query(), lambda: next(answers)) == 7
    # Learned anew, with the same outcome.
    same = _query(known_ids=ints([1, 2]))
    assert kept.of(same, lambda: next(answers)) == 7


def test_zero_is_kept_like_any_other_answer() -> None:
    kept, answers = KeptByTaste[float](), iter([0.0, 1.0])
    assert [kept.of(_query(), lambda: next(answers)) for _ in range(2)] == [0.0, 0.0]


def test_whatever_the_answer_depends_on_is_asked_for_anew() -> None:
    kept = KeptByTaste[int]()
    newer = replace(_FACTS, version=_FACTS.version + 1)
    later = replace(_FACTS, read_at=_FACTS.read_at + timedelta(minutes=5))
    queries = [
        _query(),
        _query(known_ids=ints([1, 3])),
        _query(known_ids=ints([2, 1])),
        _query(known_weights=np.array([1, 0.4], np.float32)),
        _query(known_named=np.array([True, True])),
        query_over(newer, taste=_TASTE),
        query_over(later, taste=_TASTE),
    ]
    answers = [kept.of(query, lambda: number) for number, query in enumerate(queries)]  # noqa: B023
    assert answers == list(range(len(queries)))
    again = [kept.of(query, lambda: -1) for query in queries]
    assert again == answers
