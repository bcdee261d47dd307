"""What gives way, and in which order, when a request cannot fill a page.

    1. runtime   the window widens by 15 % on both sides
    2. year      five years more on both sides
    3. genres    one of the genres asked for is enough, where several were wanted
    4. people    one of the people is enough, where several were wanted
    5. genres    no genre is needed; exact matches still lead

A step that brings no title is not taken. Exclusions, what a viewer never wants, maturity,
languages, countries, services, offers and the media type never give way: a list that keeps them is
short instead.
"""

from collections.abc import Callable
from dataclasses import replace

from api.language.intent import IntentField
from api.recommend.constraints.constraints import Constraints

# Of each name in `relaxed`, the field of the words that it gives up.
FIELDS: dict[str, IntentField] = {
    "runtime": "runtime",
    "year": "year",
    "genres": "genre",
    "people": "person",
}
_RUNTIME_SHARE = 0.15
_YEARS = 5


def relax(
    constraints: Constraints,
    count: Callable[[Constraints], int],
    *,
    enough: int,
    keep_genres: bool,
) -> tuple[Constraints, tuple[str, ...]]:
    """The constraints with as few steps taken as fill `enough` places, and the steps' names.

    `count` says how many unseen titles keep given constraints.
    """
    relaxed: dict[str, None] = {}
    found = count(constraints)
    for name, step in _STEPS:
        if found >= enough:
            break
        if keep_genres and name == "genres":
            continue
        looser = step(constraints)
        if looser == constraints or (more := count(looser)) <= found:
            continue
        constraints, found = looser, more
        relaxed[name] = None
    return constraints, tuple(relaxed)


def _wider_runtime(constraints: Constraints) -> Constraints:
    shortest, longest = constraints.runtime_min, constraints.runtime_max
    return replace(
        constraints,
        runtime_min=None if shortest is None else int(shortest * (1 - _RUNTIME_SHARE)),
        runtime_max=None if longest is None else int(longest * (1 + _RUNTIME_SHARE)),
    )


def _wider_years(constraints: Constraints) -> Constraints:
    years = tuple((first - _YEARS, last + _YEARS) for first, last in constraints.years)
    return replace(constraints, years=years)


def _any_genre(constraints: Constraints) -> Constraints:
    if len(constraints.genres) < 2:
        return constraints
    return replace(constraints, genres=(frozenset().union(*constraints.genres),))


def _any_person(constraints: Constraints) -> Constraints:
    return replace(constraints, any_part=len(constraints.parts) > 1)


def _no_genre(constraints: Constraints) -> Constraints:
    return replace(constraints, genres=())


_STEPS: tuple[tuple[str, Callable[[Constraints], Constraints]], ...] = (
    ("runtime", _wider_runtime),
    ("year", _wider_years),
    ("genres", _any_genre),
    ("people", _any_person),
    ("genres", _no_genre),
)
