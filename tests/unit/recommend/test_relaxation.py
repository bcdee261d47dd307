"""A request gives way in the written order, no further than needed, and never in its refusals."""

import pytest

from api.language.intent import IntentField, Part
from api.recommend.constraints.age import OldestAge
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import ExcludedGenres, Genres
from api.recommend.constraints.languages import ExcludedLanguages, Languages
from api.recommend.constraints.people import People
from api.recommend.constraints.relaxation import Relaxed, relax
from api.recommend.constraints.runtime import LongestRuntime, ShortestRuntime
from api.recommend.constraints.years import Years
from tests.facts_builder import Title, facts_of

_GENRES = Genres("words", (frozenset({80}), frozenset({53})))
_YEARS = Years("words", ((1990, 1999),))
_PEOPLE = People("words", (Part(frozenset({1})), Part(frozenset({2}))))
_NEVER_RELAXED = (
    ExcludedGenres("words", frozenset({27})),
    Languages("words", frozenset({"fr"})),
    OldestAge("words", 13, hides_unrated=True),
)
_ASKED = Constraints(
    (
        _GENRES,
        _YEARS,
        ShortestRuntime("words", 100),
        LongestRuntime("words", 120),
        _PEOPLE,
        *_NEVER_RELAXED,
    )
)


def _after(turns: int, asked: Constraints = _ASKED) -> Relaxed:
    """The request over a catalogue where every turn brings one title, `turns` being enough."""
    seen: list[Constraints] = []

    def count(constraints: Constraints) -> int:
        if constraints not in seen:
            seen.append(constraints)
        return seen.index(constraints)

    return relax(asked, count, enough=turns)


@pytest.mark.parametrize(
    ("turns", "names", "fields"),
    [
        (0, (), set()),
        (1, ("runtime",), {"runtime"}),
        (2, ("runtime", "year"), {"runtime", "year"}),
        (3, ("runtime", "year", "genres"), {"runtime", "year", "genre"}),
        (4, ("runtime", "year", "genres", "people"), {"runtime", "year", "genre", "person"}),
        (9, ("runtime", "year", "genres", "people"), {"runtime", "year", "genre", "person"}),
    ],
)
def test_takes_as_many_turns_as_fill_the_page(
    turns: int, names: tuple[str, ...], fields: set[IntentField]
) -> None:
    relaxed = _after(turns)
    assert relaxed.names == names
    assert set(relaxed.fields) == fields


def test_how_far_each_turn_goes() -> None:
    one_genre = Genres("words", (frozenset({80, 53}),), is_relaxed=True)
    assert one_genre in _after(3).constraints
    assert _after(9).constraints.each == (
        Years("words", ((1985, 2004),), is_relaxed=True),
        ShortestRuntime("words", 85, is_relaxed=True),
        LongestRuntime("words", 138, is_relaxed=True),
        People("words", _PEOPLE.parts, any_will_do=True, is_relaxed=True),
        *_NEVER_RELAXED,
    )


def test_only_words_give_way() -> None:
    by_others = Constraints(
        (
            Genres("parameter", _GENRES.sets),
            Years("preferences", _YEARS.spans),
            LongestRuntime("rules", 120),
        )
    )
    assert _after(9, by_others) == Relaxed(by_others)


def test_a_turn_that_brings_nothing_is_not_taken() -> None:
    relaxed = relax(_ASKED, lambda tried: int(_YEARS not in tried), enough=1)
    assert relaxed.names == ("year",)
    assert LongestRuntime("words", 120) in relaxed.constraints


def test_genres_stay_where_the_operator_says_so() -> None:
    relaxed = relax(_ASKED, lambda tried: int(_GENRES not in tried), enough=1, keep=("genres",))
    assert relaxed == Relaxed(_ASKED)


def test_an_unknown_language_may_be_a_refused_one_until_the_page_needs_it() -> None:
    facts = facts_of([Title(1, language="en"), Title(2, language="fr"), Title(3, language=None)])
    asked = Constraints((ExcludedLanguages("words", frozenset({"en"}), takes_unknown=False),))

    def allowed(constraints: Constraints) -> list[int]:
        return [int(one) for one in facts.ids[constraints.allowed(facts)]]

    assert allowed(asked) == [2]
    kept = relax(asked, lambda one: len(allowed(one)), enough=1)
    assert (allowed(kept.constraints), kept.names) == ([2], ())
    widened = relax(asked, lambda one: len(allowed(one)), enough=2)
    assert (allowed(widened.constraints), widened.names) == ([2, 3], ("unknown_language",))
