"""What is mild enough for adults, by certificates, genres and keywords; for children as ever."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.domain.limits import Limits
from api.recommend.constraints.age import OldestAge
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.hydrator import constraints_of
from api.recommend.constraints.mild_enough import MildEnough
from api.recommend.constraints.relaxation import relax
from tests.builders import ints
from tests.facts_builder import Title, facts_of, query_over
from tests.names_builder import read

_TITLES = [
    Title(1, genres=("Drama",), age=7),
    Title(2, genres=("Drama",)),
    Title(3, genres=("Action",), age=12),
    Title(4, genres=("Crime",), age=12),
    Title(5, genres=("Crime",)),
    Title(6, genres=("War",)),
    Title(7, genres=()),
    Title(8, genres=("Action", "Family")),
    Title(9, genres=("Drama",), age=16),
    Title(10, genres=("Drama",), age=18),
]


def _asked(text: str, limits: Limits | None = None) -> tuple[Constraints, Any]:
    query = query_over(facts_of(_TITLES))
    versions = replace(query.versions, limits=limits or Limits())
    query = replace(query, intent=read(text), versions=versions)
    wanted = [one for one in constraints_of(query) if isinstance(one, MildEnough | OldestAge)]
    nothing = (ints([]), ints([]))
    return Constraints(
        tuple(replace(w, titles=nothing) if isinstance(w, MildEnough) else w for w in wanted)
    ), query.facts


def _kept(constraints: Constraints, facts: Any) -> list[int]:
    return [int(one) for one in facts.ids[constraints.allowed(facts)]]


@pytest.mark.parametrize(
    "text",
    [
        "films without violence",
        "danish films without violence",
        "nothing violent please",
        "a crime series, not too brutal",
        "ein Krimi, aber nicht zu brutal",
        "drama with no sex",
        "no nudity, watching with my parents",
        "no violence please, my wife hates it",
    ],
)
def test_an_adult_sees_what_nobody_has_rated(text: str) -> None:
    constraints, facts = _asked(text)
    assert _kept(constraints, facts) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("for my 14 year old, no violence", None),
        ("without violence, the kids are with us", None),
        ("a family film without violence", None),
        ("something without violence for my son", None),
        ("non violent for a sensitive 5th grader", None),
        ("no violence, birthday party for girls", None),
        ("no sex no violence with in-laws and a toddler", None),
        ("ohne Gewalt für meine Schulklasse", None),
        ("sin violencia, con mis sobrinos", None),
        ("sans violence pour mon neveu", None),
        ("no nudity, watching with my students", None),
        ("films for ages 12 and up without violence", None),
        ("films without violence", Limits(max_age=16)),
        ("films without violence", Limits(max_age=16, hides_unrated=False, is_child=True)),
        ("films without violence", Limits(hides_unrated=True)),
        ("films without violence", Limits(is_child=True)),
        ("films without violence", Limits(others=(Limits(max_age=12),))),
    ],
)
def test_where_a_child_may_watch_nothing_unrated_comes(text: str, limits: Limits | None) -> None:
    constraints, facts = _asked(text, limits)
    assert not {2, 5, 6, 7, 8, 9, 10} & {*_kept(constraints, facts)}
    assert not any(isinstance(one, MildEnough) for one in constraints)


@pytest.mark.parametrize("text", ["nothing rated R", "PG-13 at most", "for a six year old"])
def test_ages_that_are_said_stay_as_they_were(text: str) -> None:
    assert not read(text).age_is_of_content
    assert not any(isinstance(one, MildEnough) for one in _asked(text)[0])


def _grades(text: str) -> list[int]:
    constraints, facts = _asked(text)
    found = constraints.unsure(facts, slice(None))
    assert found is not None
    return [int(one) for one in found]


def test_the_unrated_come_behind_the_mild_and_what_genres_tell_against_last() -> None:
    assert _grades("films without violence") == [0, 1, 2, 0, 2, 2, 2, 1, 0, 0]


def test_genres_tell_nothing_of_sex() -> None:
    assert _grades("films without sex") == [0, 1, 0, 0, 1, 1, 1, 1, 0, 0]


def test_a_genre_that_is_asked_for_tells_nothing_against_a_title() -> None:
    assert _grades("crime films without violence") == [0, 1, 2, 0, 1, 2, 2, 1, 0, 0]
    assert _grades("war films, not too brutal") == [0, 1, 2, 0, 2, 1, 2, 1, 0, 0]


def test_other_boards_count() -> None:
    mild = MildEnough("words", 13, "US", titles=(ints([2, 3]), ints([3])))
    facts = facts_of(_TITLES)
    assert _kept(Constraints((mild,)), facts) == [1, 4, 5, 6, 7, 8]
    looser = mild.looser(25)
    assert _kept(Constraints((looser,)), facts) == [1, 2, 4, 5, 6, 7, 8, 9]


def test_sixteen_is_let_through_before_the_genre_is_given_up_and_never_more() -> None:
    facts = facts_of([*(Title(n, genres=("Crime",), age=16) for n in range(1, 4)), Title(4, age=7)])
    query = replace(query_over(facts), intent=read("crime films, not too brutal"))
    asked = constraints_of(query).map(
        lambda one: (
            replace(one, titles=(ints([]), ints([]))) if isinstance(one, MildEnough) else one
        )
    )
    asked = Constraints(tuple(one for one in asked if one.relaxed_as in ("genres", "content")))

    def enough(count: int) -> tuple[str, ...]:
        return relax(asked, lambda one: int(one.allowed(facts).sum()), enough=count).names

    assert enough(0) == ()
    assert enough(3) == ("content",)
    assert enough(4) == ("content", "genres")
    adult = facts_of([Title(1, genres=("Crime",), age=18)])
    assert relax(asked, lambda one: int(one.allowed(adult).sum()), enough=1).names == ()


def test_the_chip_of_the_content_is_relaxed_and_no_other_refusal() -> None:
    chips = read("crime films without violence and no zombies").interpreted({"exclude_content"})
    told = {one.label: one.status for one in chips if one.field == "exclude_content"}
    assert told["No violence"] == "relaxed"
    assert set(told.values()) == {"relaxed", "enforced"}


def test_masks_have_a_grade_for_each_row() -> None:
    mild = MildEnough("words", 13, "US", titles=(ints([]), ints([])))
    assert mild.unsure(facts_of(_TITLES), ints([0, 1])).dtype == np.int8
