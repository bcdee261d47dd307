"""What every kind of constraint promises, on titles at random."""

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.genres import GENRES
from api.language.intent import Part
from api.language.vocabulary.renown import RENOWNS, rated_at_most
from api.recommend.constraints.age import OldestAge, YoungestAge
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.excluded_titles import ExcludedTitles
from api.recommend.constraints.genres import ExcludedGenres, ExcludedKinds, Genres
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.languages import ExcludedLanguages, Languages
from api.recommend.constraints.media_type import MediaTypes
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.parameters import from_json, to_json
from api.recommend.constraints.people import People
from api.recommend.constraints.renown import RenownBounds
from api.recommend.constraints.runtime import LongestRuntime, ShortestRuntime
from api.recommend.constraints.years import ExcludedYears, FirstYear, LastYear, Years
from tests.facts_builder import Title, facts_of

_NAMES = sorted(GENRES.values())[:4]
_IDS = [genre for genre, name in GENRES.items() if name in _NAMES]
_LANGUAGES = ("en", "fr", "ko")
_YEARS = st.integers(1960, 2000)
_MINUTES = st.integers(60, 180)
_AGES = st.integers(0, 18)

_TITLES = st.builds(
    Title,
    st.integers(1, 500),
    is_show=st.booleans(),
    genres=st.lists(st.sampled_from(_NAMES), max_size=3, unique=True).map(tuple),
    year=_YEARS | st.just(0),
    runtime=_MINUTES | st.just(0),
    age=_AGES | st.just(-1),
    language=st.none() | st.sampled_from(_LANGUAGES),
    vote_count=st.integers(0, 5000),
    vote_average=st.floats(0, 10),
)
_CATALOGUES = st.lists(_TITLES, min_size=1, max_size=40, unique_by=lambda title: title.id)
_SETS = st.frozensets(st.sampled_from(_IDS), min_size=1)
_SPANS = st.lists(st.tuples(_YEARS, _YEARS).map(sorted).map(tuple), min_size=1, max_size=2).map(
    tuple
)
_BY: Any = st.sampled_from(["words", "parameter"])
_CONSTRAINTS: st.SearchStrategy[Constraint] = st.one_of(
    st.builds(
        MediaTypes, _BY, st.frozensets(st.sampled_from(["movie", "tv"]), min_size=1, max_size=1)
    ),
    st.builds(Genres, _BY, st.lists(_SETS, min_size=1, max_size=3).map(tuple)),
    st.builds(ExcludedGenres, _BY, _SETS),
    st.builds(ExcludedKinds, st.just("words"), st.frozensets(_SETS, min_size=1)),
    st.builds(Years, _BY, _SPANS),
    st.builds(ExcludedYears, _BY, _SPANS),
    st.builds(FirstYear, _BY, _YEARS),
    st.builds(LastYear, _BY, _YEARS),
    st.builds(ShortestRuntime, _BY, _MINUTES),
    st.builds(LongestRuntime, _BY, _MINUTES),
    st.builds(RenownBounds, _BY, st.sampled_from([*RENOWNS.values(), rated_at_most(6.5)])),
    st.builds(YoungestAge, _BY, _AGES),
    st.builds(OldestAge, _BY, _AGES, st.booleans()),
    st.builds(Languages, _BY, st.frozensets(st.sampled_from(_LANGUAGES), min_size=1)),
    st.builds(ExcludedLanguages, _BY, st.frozensets(st.sampled_from(_LANGUAGES), min_size=1)),
    st.builds(ExcludedTitles, _BY, st.frozensets(st.integers(1, 500), min_size=1)),
)


@given(_CATALOGUES, _CONSTRAINTS)
def test_a_part_of_the_titles_is_judged_as_the_whole_is(
    titles: list[Title], constraint: Constraint
) -> None:
    facts = facts_of(titles)
    rows = np.arange(0, len(facts), 2, dtype=np.int32)
    whole = constraint.broken(facts, slice(None))
    assert whole.dtype == np.bool_
    np.testing.assert_array_equal(constraint.broken(facts, rows), whole[rows])


@given(_CATALOGUES, _CONSTRAINTS, st.sampled_from([10, 20, 30, 40, 50, 60]))
def test_giving_way_never_loses_a_title(
    titles: list[Title], constraint: Constraint, turn: int
) -> None:
    facts = facts_of(titles)
    looser = constraint.looser(turn)
    if turn not in constraint.turns:
        assert looser == constraint
    elif looser is not None:
        lost = looser.broken(facts, slice(None)) & ~constraint.broken(facts, slice(None))
        assert not lost.any()


@given(_CATALOGUES, _CONSTRAINTS, _CONSTRAINTS)
def test_no_title_keeps_two_that_contradict_each_other(
    titles: list[Title], one: Constraint, other: Constraint
) -> None:
    facts = facts_of(titles)
    if one.contradicts(other):
        both = one.broken(facts, slice(None)) | other.broken(facts, slice(None))
        assert both.all()


@given(_CONSTRAINTS)
def test_a_filter_is_the_same_after_it_was_stored(constraint: Constraint) -> None:
    stored = orjson.loads(orjson.dumps(to_json(constraint)))
    kinds = {kind.code for group in FilterParameters.__mro__ for kind in _kinds_of(group)}
    expected = (constraint,) if constraint.code in kinds else ()
    assert from_json(FilterParameters, [stored]) == expected


def _kinds_of(group: Any) -> tuple[type[Constraint], ...]:
    return tuple(vars(group).get("kinds", ()))


def test_one_minute_is_no_minutes() -> None:
    assert LongestRuntime("parameter", 1).shown()[1] == "At most 1 minute"
    assert ShortestRuntime("parameter", 90).shown()[1] == "At least 90 minutes"


@pytest.mark.parametrize(
    ("constraint", "allows"),
    [
        (FirstYear("parameter", 1990), False),
        (LastYear("parameter", 1990), False),
        (Years("words", ((1990, 1999),)), False),
        (ExcludedYears("words", ((1990, 1999),)), True),
        (ShortestRuntime("parameter", 60), False),
        (LongestRuntime("parameter", 60), False),
        (Languages("parameter", frozenset({"en"})), False),
        (ExcludedLanguages("words", frozenset({"en"})), True),
        (Genres("parameter", (frozenset(_IDS),)), False),
        (ExcludedGenres("parameter", frozenset(_IDS)), True),
        (YoungestAge("words", 1), False),
        (OldestAge("words", 18, hides_unrated=False), True),
        (OldestAge("parameter", 18, hides_unrated=True), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_title_does_not_say_breaks_a_bound_and_no_exclusion(
    constraint: Constraint, allows: bool
) -> None:
    silent = facts_of([Title(1, genres=(), year=0, runtime=0, age=-1, language=None)])
    assert constraint.broken(silent, slice(None)).tolist() == [not allows]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Offers("parameter", "IL", frozenset({"nfx"}), frozenset()),
        lambda: People("parameter", (Part(frozenset({1})),)),
    ],
)
def test_what_has_to_be_looked_up_refuses_to_guess(make: Callable[[], Constraint]) -> None:
    with pytest.raises(ValueError, match="looked up before"):
        make().broken(facts_of([Title(1)]), slice(None))


def test_a_filter_is_the_same_json_however_its_sets_were_made() -> None:
    one = Languages("parameter", frozenset(["en", "ko", "fr", "de", "da"]))
    other = Languages("parameter", frozenset(["da", "de", "fr", "ko", "en"]))
    assert orjson.dumps(to_json(one)) == orjson.dumps(to_json(other))
