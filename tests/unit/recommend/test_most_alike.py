"""What is made of the same as a taste is proposed, whoever else proposes it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.recommend.evidence import alike
from api.recommend.evidence.alike import MostAlike, SummedTastes, summed_tastes
from api.recommend.evidence.kind import Needs
from api.recommend.evidence.of_its_kind import OfItsKindSignal, of_its_kind
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.query import Query
from api.viewers.taste.taste import Taste
from config.ranking import Leaning, OfItsKind
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, query_over

# A taste for a language that few titles are in is narrow; here that alone decides next to nothing.
_HARDLY = Leaning(power=0.001, wide=0, narrow=0.1)
_YEARS = OfItsKind(least=0.01, years=Leaning(power=1, wide=0, narrow=0.1), language=_HARDLY)
_ALL = range(1, 41)
_NOTHING: Any = None  # no database: nothing is asked


def _by_keyword(facts: CatalogueFacts, having: range) -> ItemSimilarity:
    """These titles have a keyword in common; each pair of the others another one."""
    pairs = [(n - 1, 0 if n in having else n // 2) for n in _ALL]
    rows, numbers = zip(*pairs, strict=True)
    none = Features(ints([]), ints([]))
    fields = [Features(ints(rows), ints(numbers)) if n == 1 else none for n in range(7)]
    return similarity_of(version=1, ids=facts.ids, features=fields)


def _query(facts: CatalogueFacts, liked: list[int], having: range, **request: Any) -> Query:
    taste = Taste(
        known_ids=ints(liked),
        known_weights=np.ones(len(liked), np.float32),
        known_named=np.ones(len(liked), np.bool_),
    )
    query = query_over(facts, taste=taste, **request)
    return replace(query, similarity=_by_keyword(facts, having))


def _title(number: int, **more: Any) -> Title:
    return Title(number, language="ko" if number <= 8 else "en", **more)


def _source(numbers: OfItsKind = _YEARS, k: int = 4, fewest_votes: int = 50) -> MostAlike:
    return MostAlike(OfItsKindSignal(numbers), SummedTastes(), k=k, fewest_votes=fewest_votes)


def test_what_shares_most_with_the_taste_and_is_of_its_years_comes_first() -> None:
    having = range(1, 9)
    facts = facts_of([_title(n, year=1974 if n <= 6 or n > 30 else 2010) for n in _ALL])
    found = _source().retrieve(_query(facts, [1, 2, 3, 4], having))
    assert set(found.ids[:4].tolist()) == {1, 2, 3, 4}  # what was seen is left to the filters
    found = _source(k=8).retrieve(_query(facts, [1, 2, 3, 4], having))
    assert set(found.ids.tolist()) == set(having)
    assert set(found.ids[-2:].tolist()) == {7, 8}  # of other years
    assert (np.diff(found.scores) <= 0).all()


def test_of_what_shares_as_much_the_better_and_better_known_comes_first() -> None:
    better: dict[int, dict[str, Any]] = {
        5: {"vote_average": 8.0},
        6: {"vote_count": 20000},
        7: {"vote_average": 6.0},
    }
    facts = facts_of([_title(n, **better.get(n, {})) for n in _ALL])
    found = _source(k=40).retrieve(_query(facts, [1, 2, 3, 4], range(1, 9))).ids.tolist()
    assert found.index(5) < found.index(8) < found.index(7)
    assert found.index(6) < found.index(8)


def test_what_hardly_anybody_has_voted_for_and_what_is_forbidden_is_not_proposed() -> None:
    facts = facts_of([_title(n, vote_count=20 if n == 5 else 1000) for n in _ALL])
    query = _query(facts, [1, 2, 3, 4], range(1, 9))
    allowed = facts.ids != 6
    found = _source(k=40).retrieve(replace(query, allowed=allowed)).ids.tolist()
    assert 5 not in found
    assert 6 not in found
    assert 7 in found


def test_a_wide_taste_is_spared_the_look_at_all_titles() -> None:
    facts = facts_of([Title(n, language="en") for n in _ALL])
    assert len(_source().retrieve(_query(facts, [1, 2, 3, 4], range(1, 9))).ids) == 0


def test_it_serves_tastes_alone() -> None:
    facts = facts_of([Title(n) for n in _ALL])
    query = _query(facts, [1, 2], range(1, 9))
    assert _source().applies_to(query)
    assert not _source(k=0).applies_to(query)
    assert not _source().applies_to(replace(query, similarity=None))
    assert not _source().applies_to(_query(facts, [], range(1, 9)))
    assert not _source().applies_to(_query(facts, [1, 2], range(1, 9), text="a heist"))


def test_signal_and_source_share_what_they_work_out_of_a_taste() -> None:
    needs = Needs(_NOTHING, RANKING)
    signals = {scorer.name: scorer for scorer in EVIDENCE.built_scorers(needs)}
    assert needs.once(of_its_kind) is signals["of_its_kind"]
    assert needs.once(summed_tastes) is needs.once(summed_tastes)


def test_of_many_titles_the_best_known_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "_BEST_KNOWN", 3)
    facts = facts_of([_title(n, vote_count=100 + n) for n in _ALL])
    found = _source(k=40).retrieve(_query(facts, [1, 2, 3, 4], range(1, 9))).ids.tolist()
    assert sorted(found) == [38, 39, 40]
