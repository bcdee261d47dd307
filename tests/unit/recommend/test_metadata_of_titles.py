"""Named titles by what they are: stories stand in where a title has no keywords."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.similarity.item_similarity import (
    EVERY_FIELD,
    STORY_ALONE,
    Features,
    FieldShares,
    ItemSimilarity,
    similarity_of,
)
from api.domain.arrays import Floats, Ints
from api.recommend.likeness.metadata import MetadataOfTitles, with_stories
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, query_over

_IDS = range(1, 6)
_WITH, _WITHOUT = 1, 2  # keywords
_VECTOR = np.array([1, 0], dtype=np.float32)


def _similarity(version: int) -> ItemSimilarity:
    """All of one genre; the first and the third share a keyword."""
    nothing = Features(ints(()), ints(()))
    given = {"genres": Features(ints(range(5)), ints([0] * 5))}
    given["keywords"] = Features(ints([0, 2]), ints([0, 0]))
    names = [one.name for one in fields(FieldShares)]
    return similarity_of(
        version=version, ids=ints(_IDS), features=[given.get(name, nothing) for name in names]
    )


class _Stories:
    """A search that finds the last two titles, and what it was asked."""

    def __init__(self, cosines: Sequence[float] = (0.8, 0.5)) -> None:
        self.asked: list[Floats] = []
        self._cosines = np.array(cosines, dtype=np.float32)

    def __call__(self, *, vectors: Sequence[Floats], **_: Any) -> Retrieved:
        self.asked += vectors
        return Retrieved(ints([4, 5]), self._cosines)


def _metadata(stories: _Stories, numbers: Retrieval = RANKING.retrieval) -> MetadataOfTitles:
    def vectors(space_id: int, ids: Ints) -> tuple[Ints, Floats]:
        return ids, np.stack([_VECTOR] * len(ids))

    return MetadataOfTitles(_similarity, vectors, stories, numbers)


def _query(space_id: int | None = 1) -> Query:
    query = query_over(facts_of([Title(number) for number in _IDS]))
    return replace(query, versions=replace(query.versions, space_id=space_id))


def test_a_title_without_keywords_is_beside_what_is_told_alike() -> None:
    stories = _Stories()
    bare = _metadata(stories).to_each(_query(space_id=None), (_WITHOUT,), EVERY_FIELD)[0]
    found = _metadata(stories).to_each(_query(), (_WITHOUT,), EVERY_FIELD)[0]
    assert len(stories.asked) == 1
    assert len(set(bare[[0, 2, 3, 4]].tolist())) == 1
    assert found[3] > found[[0, 2, 4]].max()


def test_a_title_with_keywords_is_compared_as_before() -> None:
    stories = _Stories()
    found = _metadata(stories).to_each(_query(), (_WITH,), EVERY_FIELD)[0]
    assert not stories.asked
    assert found[2] > found[[1, 3, 4]].max()


def test_of_several_titles_those_without_keywords_alone_go_by_stories() -> None:
    stories = _Stories()
    found = _metadata(stories).to_each(_query(), (_WITH, _WITHOUT), STORY_ALONE)
    assert len(stories.asked) == 1
    assert set(found[0].argsort()[-2:].tolist()) == {0, 2}
    assert found[1].argmax() == 3


@pytest.mark.parametrize(
    ("cosines", "parts"),
    [
        ([0.7, 0.4], [0.3, 0]),  # by how much nearer it is than the last
        ([0.95, 0.3], [0.5, 0]),  # at most a half
        ([0.4, -0.2], [0.2, 0]),  # nothing below .2, where the whole catalogue was found
    ],
)
def test_a_story_counts_by_how_much_nearer_it_is_than_the_last_one_found(
    cosines: list[float], parts: list[float]
) -> None:
    nothing = np.zeros(3, dtype=np.float32)
    found = with_stories(nothing, ints([2, 0]), np.array(cosines, dtype=np.float32), EVERY_FIELD)
    share = EVERY_FIELD.keywords / 15
    assert found.tolist() == pytest.approx([share * parts[1], 0, share * parts[0]])
