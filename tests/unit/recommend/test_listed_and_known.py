"""Beside a single title TMDB's lists count, and beside several, too, how many know a film."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.recommend.likeness.likeness import likeness_of
from api.recommend.likeness.listed_and_known import ListedAndKnown
from api.recommend.likeness.listed_beside import ListedBeside
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over

_ASKED, _LISTED, _KNOWN, _UNKNOWN, _SHOW = range(1, 6)
_FACTS = facts_of(
    [
        Title(_ASKED, vote_count=5000),
        Title(_LISTED, vote_count=5000),
        Title(_KNOWN, vote_count=5000),
        Title(_UNKNOWN, vote_count=10),
        Title(_SHOW, vote_count=5000, is_show=True),
    ]
)
_ALIKE = [1.0, 0.3, 0.35, 0.35, 0.35]


_OWN = facts_of(
    [
        *(Title(one, vote_count=0) for one in (_ASKED, _LISTED, _KNOWN, _UNKNOWN)),
        Title(_SHOW, vote_count=0, is_show=True),
    ]
)


def _read(_: CatalogueFacts, ids: Ints) -> tuple[Ints, Ints, Ints, Mask]:
    assert ids.tolist() == [_ASKED]
    return ids, ints([_LISTED]), ints([1]), np.ones(1, dtype=np.bool_)


def scores(
    like: Sequence[int] = (_ASKED,), facts: CatalogueFacts = _FACTS, **request: Any
) -> Floats:
    query = query_over(facts, like=tuple(like), **request)
    to_each = np.tile(np.array(_ALIKE, dtype=np.float32), (len(like), 1))
    query = replace(query, likeness=likeness_of(tuple(like), to_each))
    found = ListedAndKnown(ListedBeside(_read, similar_share=0.5)).hydrate(query).likeness
    assert found is not None
    return found.scores


def test_what_is_listed_comes_first_and_then_what_many_know_of_the_same_medium() -> None:
    order = np.argsort(-scores(), kind="stable") + 1
    assert order.tolist() == [_ASKED, _LISTED, _KNOWN, _UNKNOWN, _SHOW]


@pytest.mark.parametrize(
    ("like", "request_"),
    [
        ((_ASKED,), {"by": "story"}),
        ((_ASKED,), {"by": "audience"}),
        ((_ASKED, _KNOWN), {"by": "story"}),
    ],
)
def test_story_and_audience_go_by_neither(like: tuple[int, ...], request_: dict[str, Any]) -> None:
    found = scores(like, **request_)
    assert found[_KNOWN - 1] == found[_UNKNOWN - 1] == found[_SHOW - 1] > found[_LISTED - 1]


@pytest.mark.parametrize(
    ("like", "request_"),
    [
        ((_ASKED, _KNOWN), {}),
        ((_ASKED,), {"like_words": ("a heist",)}),
        ((_ASKED,), {"unlike": (_KNOWN,)}),
    ],
)
def test_between_several_what_few_know_steps_back_alone(
    like: tuple[int, ...], request_: dict[str, Any]
) -> None:
    known, unknown, listed = (
        scores(like, **request_)[one - 1] for one in (_KNOWN, _UNKNOWN, _LISTED)
    )
    assert known > listed
    assert known > unknown


@pytest.mark.parametrize("like", [(_ASKED,), (_ASKED, _KNOWN)])
def test_films_without_votes_are_still_more_or_less_alike(like: tuple[int, ...]) -> None:
    votes = [5000, 0, 0, 1, 0]
    facts = facts_of([Title(row + 1, vote_count=votes[row]) for row in range(len(votes))])
    _, listed, known, voted, _ = scores(like, facts)
    assert voted > known > 0
    assert listed > 0
    assert known > listed or len(like) == 1  # beside a single title it is listed


def test_where_nothing_has_votes_films_do_not_step_back_behind_shows() -> None:
    found = scores((_ASKED, _KNOWN), _OWN)
    assert found[_KNOWN - 1] == found[_SHOW - 1] > found[_LISTED - 1] > 0
