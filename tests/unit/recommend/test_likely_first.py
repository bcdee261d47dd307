"""For an evening the head goes by score and the probability of liking."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.recommend.select.likely_first import LikelyFirst
from api.viewers.events import ProfileKey
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

FACTS = facts_of([Title(number) for number in range(1, 41)])


class _Known:
    """Viewers to whom titles are as likely as a table by id says, others at a half."""

    def __init__(self, *tables: dict[int, float]) -> None:
        self.tables, self.asked = tables, list[ProfileKey]()

    def __call__(
        self, viewers: Sequence[ProfileKey], facts: CatalogueFacts, item_ids: Ints
    ) -> Floats | None:
        self.asked = list(viewers)
        rows = [[own.get(one, 0.5) for one in item_ids.tolist()] for own in self.tables]
        return np.array(rows, dtype=np.float32) if rows else None


def ordered(known: _Known, listed: list[int], scores: list[float], **request: Any) -> list[int]:
    query = query_over(FACTS, evening="2026-05-01", **request)
    return ids_of(LikelyFirst(known).select(query, ranking_of(FACTS, listed, scores)))


def test_the_likelier_of_two_that_fit_alike_comes_first() -> None:
    known = _Known({1: 0.3, 2: 0.8})
    assert ordered(known, [1, 2, 3], [1.0, 0.9, 0.2]) == [2, 1, 3]


def test_what_hardly_fits_does_not_lead_for_being_likely() -> None:
    known = _Known({1: 0.4, 2: 0.4, 3: 0.9})
    assert ordered(known, [1, 2, 3], [1.0, 0.9, 0.2]) == [1, 2, 3]


def test_for_several_the_mean_of_theirs_counts() -> None:
    known = _Known({1: 0.9, 2: 0.6}, {1: 0.1, 2: 0.6})
    members = (("dana", None), ("dana", "kids"))
    assert ordered(known, [1, 2], [1.0, 0.99], members=members) == [2, 1]
    assert known.asked == [ProfileKey("dana", None), ProfileKey("dana", "kids")]


def test_behind_the_first_thirty_and_without_a_model_the_order_stays() -> None:
    listed = list(range(1, 41))
    scores = np.linspace(1, 0.9, 40).tolist()
    known = _Known({40: 1.0, 30: 1.0})
    found = ordered(known, listed, scores)
    assert found[0] == 30
    assert found[30:] == listed[30:]
    assert ordered(_Known(), listed, scores) == listed


def test_only_evenings_go_by_it() -> None:
    assert not LikelyFirst(_Known({})).applies_to(query_over(FACTS))
