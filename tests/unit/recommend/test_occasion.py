"""What speaks for a title of an evening, or of a list for several."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.language.intent import Interpreted
from api.language.vocabulary.moods import MOODS
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.explain.explainer import gather_evidence, reasons_of
from api.recommend.query import Query
from tests.facts_builder import Title, facts_of, query_over, ranking_of

_EVENING: dict[str, Any] = {"evening": "2026-03-01"}
_TWO: dict[str, Any] = {"members": (("dana", None), ("lee", None))}
_LIGHT = MOODS["light"]
_CHIP = Interpreted("mood", "Light", "Light", "light", "preferred")
_KNOWN: dict[str, Any] = {"vote_count": 900, "vote_average": 7.2}
_UNKNOWN: dict[str, Any] = {"vote_count": 9}


def _told(query: Query, interpreted: tuple[Interpreted, ...] = ()) -> dict[str, dict[str, Any]]:
    """Of the first title, whose signals contributed nothing."""
    evidence = gather_evidence(query, ranking_of(query.facts, [1]))
    (found,) = reasons_of(
        evidence, rows=[0], facts=query.facts, people={}, titles={}, interpreted=interpreted
    )
    return {reason.code: reason.evidence for reason in found}


@pytest.mark.parametrize("request_", [_EVENING, _TWO, _EVENING | _TWO], ids=str)
def test_that_many_like_it_speaks_for_it_where_nothing_else_does(request_: dict[str, Any]) -> None:
    facts = facts_of([Title(1, **_KNOWN)])
    assert _told(query_over(facts, **request_)) == {"well_liked": {"average": 7.2, "votes": 900}}


@pytest.mark.parametrize(
    "title",
    [Title(1, **_UNKNOWN), Title(1, vote_count=900, vote_average=6.2), Title(1, vote_count=499)],
)
def test_what_few_know_or_like_is_not_said_to_be_liked(title: Title) -> None:
    assert "fills_the_list" in _told(query_over(facts_of([title]), **_EVENING))


def test_other_lists_tell_of_votes_by_what_they_contributed_alone() -> None:
    assert "fills_the_list" in _told(query_over(facts_of([Title(1, **_KNOWN)])))


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        (Title(1, runtime=97, **_UNKNOWN), True),
        (Title(1, runtime=101, **_UNKNOWN), False),
        (Title(1, **_UNKNOWN), False),
    ],
)
def test_a_length_is_told_that_fits_the_time(title: Title, is_told: bool) -> None:
    asked = Constraints((LongestRuntime("parameter", 100),))
    query = replace(query_over(facts_of([title]), **_EVENING), constraints=asked)
    assert _told(query).get("fits_the_time") == ({"minutes": 97} if is_told else None)
    assert "fits_the_time" not in _told(replace(query, constraints=Constraints()))


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        (Title(1, genres=("Comedy", "Animation"), age=8, **_UNKNOWN), True),
        (Title(1, genres=("Comedy",), **_UNKNOWN), True),
        (Title(1, genres=("Comedy", "Animation"), age=17, **_UNKNOWN), False),
        (Title(1, genres=("Animation", "Action"), age=13, **_UNKNOWN), False),
        (Title(1, genres=("Comedy", "Drama"), **_UNKNOWN), False),
    ],
)
def test_a_mood_is_told_of_what_has_it(title: Title, is_told: bool) -> None:
    mood = Moods("words", (_LIGHT.wanted,), _LIGHT.unwanted, _LIGHT.oldest)
    query = query_over(facts_of([title]), text="something light", **_EVENING)
    query = replace(query, preferred=Constraints((mood,)))
    told = _told(query, (_CHIP,)).get("suits_mood")
    assert told == ({"asked": "Light"} if is_told else None)


@pytest.mark.parametrize(("grade", "is_told"), [(2, True), (1, False)])
def test_where_a_child_watches_it_is_told_what_is_made_for_families(
    grade: int, is_told: bool
) -> None:
    query = query_over(facts_of([Title(1, **_UNKNOWN)]), **_TWO)
    graded = replace(query, made_for_children=np.array([grade], dtype=np.int8))
    assert ("for_the_family" in _told(graded)) == is_told
    assert "for_the_family" not in _told(query)


def test_none_of_these_tells_anything_of_a_taste() -> None:
    assert {"suits_mood", "well_liked", "for_the_family", "fits_the_time"} <= EVIDENCE.impersonal
