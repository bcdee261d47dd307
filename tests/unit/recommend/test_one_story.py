"""Titles are held against a taste by their stories where those of the taste lie together."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.domain.arrays import Floats, Ints
from api.recommend.evidence.of_its_kind import OfItsKindSignal
from api.recommend.evidence.one_story import OneStory
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.viewers.taste.taste import Taste
from config.ranking import Leaning, OfItsKind
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

_TITLES, _DIMENSION = 120, 16
_NARROW = OfItsKind(least=0.001, one_story=Leaning(power=1, wide=1.0, narrow=2.0))
_FACTS = facts_of([Title(n, is_show=n > 100) for n in range(1, _TITLES + 1)])
_TOGETHER = [1, 2, 3, 4, 5, 6]  # and 7 with them; all others lie anywhere


def _vectors() -> Floats:
    chance = np.random.default_rng(1)
    vectors = chance.normal(size=(_TITLES, _DIMENSION))
    vectors[:7] = chance.normal(size=_DIMENSION) + 0.2 * vectors[:7]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32)


VECTORS = _vectors()


class Space:
    """The vectors, and what they were asked."""

    def __init__(self) -> None:
        self.read_ids: list[list[int]] = []
        self.searches: list[dict[str, Any]] = []

    def read(self, space_id: int, ids: Ints) -> tuple[Ints, Floats]:
        self.read_ids.append(ids.tolist())
        return ids, VECTORS[ids - 1]

    def nearest(self, **asked: Any) -> Retrieved:
        self.searches.append(asked)
        ids = asked["among"]
        ids = ids[ids != 90]  # which has no vector
        cosines = VECTORS[ids - 1] @ asked["vectors"][0]
        order = np.argsort(-cosines)
        return Retrieved(ids[order], cosines[order].astype(np.float32))


def _query(liked: list[int], **request: Any) -> Query:
    taste = Taste(
        known_ids=ints(liked),
        known_weights=np.ones(len(liked), np.float32),
        known_named=np.ones(len(liked), np.bool_),
        liked_ids=ints(liked),
        liked_vectors=VECTORS[ints(liked) - 1],
    )
    return query_over(_FACTS, taste=taste, **request)


def _left(liked: list[int], asked: list[int], space: Space, **request: Any) -> list[float]:
    signal = OfItsKindSignal(_NARROW, OneStory(space.read, space.nearest))
    pool = Pool(_FACTS, _FACTS.rows_of(ints(asked)))
    found: list[float] = signal.score(_query(liked, **request), pool).tolist()
    return found


def test_a_taste_of_one_story_keeps_what_is_near_and_holds_back_the_rest() -> None:
    space = Space()
    asked = [7, *range(20, 100)]
    near, *others = _left(_TOGETHER, asked, space)
    assert near > 0.9
    assert max(others) < 0.3
    assert others[90 - 20] == pytest.approx(min(others))  # of what has no vector nothing is known
    assert [one["exact"] for one in space.searches] == [True]


def test_a_taste_of_several_stories_or_of_few_titles_looks_no_vector_up() -> None:
    for liked in ([20, 30, 40, 50, 60, 70], _TOGETHER[:3]):
        space = Space()
        assert _left(liked, [7, 80], space) == [1, 1]
        assert space.searches == []


def test_requests_in_words_are_not_held_against_the_taste() -> None:
    assert _left(_TOGETHER, [7, 80], Space(), text="a heist") == [1, 1]


def test_what_is_usual_is_read_once_for_each_medium_and_state_of_the_catalogue() -> None:
    space = Space()
    story = OneStory(space.read, space.nearest)
    for liked in (_TOGETHER, [8, 9, 10, 11], [101, 102, 103, 104], [105, 106, 107, 108]):
        assert story.of(_query(liked)) is not None
    of_all, of_shows = space.read_ids
    assert len(of_all) == _TITLES
    assert min(of_shows) > 100


def test_another_space_of_vectors_asks_for_another_centre() -> None:
    story = OneStory(Space().read, Space().nearest)
    query = _query(_TOGETHER)
    assert story.of(query) is story.of(query)
    other = replace(query, versions=replace(query.versions, space_id=2))
    found = story.of(other)
    assert found is not None
    assert found.space_id == 2
    assert story.of(replace(query, versions=replace(query.versions, space_id=None))) is None
