"""A wish gives way in the written order, no further than needed, and never in its refusals."""

import pytest

from api.language.intent import Part
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.relaxation import relax

_WISH = Constraints(
    genres=(frozenset({80}), frozenset({53})),
    excluded_genres=frozenset({27}),
    years=((1990, 1999),),
    runtime_min=100,
    runtime_max=120,
    languages=frozenset({"fr"}),
    age_max=13,
    parts=(Part(frozenset({1})), Part(frozenset({2}))),
)


def _after(steps: int) -> tuple[Constraints, tuple[str, ...]]:
    """The wish over a catalogue where every step brings one title more, `steps` being enough."""
    seen: list[Constraints] = []

    def count(constraints: Constraints) -> int:
        if constraints not in seen:
            seen.append(constraints)
        return seen.index(constraints)

    return relax(_WISH, count, enough=steps, keep_genres=False)


@pytest.mark.parametrize(
    ("steps", "names"),
    [
        (0, ()),
        (1, ("runtime",)),
        (2, ("runtime", "year")),
        (3, ("runtime", "year", "genres")),
        (4, ("runtime", "year", "genres", "people")),
        (9, ("runtime", "year", "genres", "people")),
    ],
)
def test_takes_as_many_steps_as_fill_the_page(steps: int, names: tuple[str, ...]) -> None:
    assert _after(steps)[1] == names


def test_how_far_each_step_goes() -> None:
    loose, _ = _after(9)
    assert (loose.runtime_min, loose.runtime_max) == (85, 138)
    assert loose.years == ((1985, 2004),)
    assert _after(3)[0].genres == (frozenset({80, 53}),)
    assert loose.genres == ()
    assert loose.any_part


def test_refusals_ages_and_languages_stay() -> None:
    loose, _ = _after(9)
    assert loose.excluded_genres == {27}
    assert loose.age_max == 13
    assert loose.languages == {"fr"}


def test_a_step_that_brings_nothing_is_not_taken() -> None:
    loose, names = relax(
        _WISH, lambda tried: int(tried.years != _WISH.years), enough=1, keep_genres=False
    )
    assert names == ("year",)
    assert loose.runtime_max == 120


def test_genres_stay_where_the_operator_says_so() -> None:
    loose, names = relax(
        _WISH, lambda tried: int(tried.genres != _WISH.genres), enough=1, keep_genres=True
    )
    assert (loose, names) == (_WISH, ())
