"""What gives way, and in which order, when a request cannot fill a page.

     5  unknown_language  of a refused language, titles of an unknown one are let through
    10  runtime   the window widens by 15 % on both sides
    20  year      five years more on both sides
    25  content   what an adult refuses may be rated for sixteen, not for thirteen
    30  genres    one of the genres asked for is enough, where several were wanted
    40  people    one of the people is enough, where several were wanted
    50  genres    no genre is needed; exact matches still lead
    60  renown    how well known or liked a title is does not matter
    70  keyword   a miniseries may be any show

Each turn is its constraint's own. One that brings no title is not taken. Only words give way: what
a parameter says, what a viewer never wants and what the operator leaves out hold always, as do
exclusions of what is known of a title, ages, languages, countries, services, offers and the
media type: a list that keeps them is short instead.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from api.language.intent import IntentField
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The constraints as they count in the end, and what gave way."""

    constraints: Constraints
    names: tuple[str, ...] = ()  # in the order in which they gave way
    fields: frozenset[IntentField] = frozenset()  # of what was interpreted


def relax(
    constraints: Constraints,
    count: Callable[[Constraints], int],
    *,
    enough: int,
    keep: Collection[str] = (),
) -> Relaxed:
    """The constraints with as few turns taken as fill `enough` places.

    `count` says how many unseen titles keep given constraints; what is named in `keep` stays.
    """
    turns = sorted({turn for one in constraints if one.asked_by == "words" for turn in one.turns})
    if not turns:
        return Relaxed(constraints)
    gave_way: dict[str, IntentField | None] = {}
    found = count(constraints)
    for turn in turns:
        if found >= enough:
            break
        moving = [
            one
            for one in constraints
            if one.asked_by == "words" and turn in one.turns and one.relaxed_as not in keep
        ]
        looser = _at(turn, constraints, moving)
        if looser == constraints or (more := count(looser)) <= found:
            continue
        constraints, found = looser, more
        gave_way |= {one.relaxed_as: one.intent_field for one in moving}
    fields = frozenset(name for name in gave_way.values() if name is not None)
    return Relaxed(constraints, tuple(gave_way), fields)


def _at(turn: int, constraints: Constraints, moving: Collection[Constraint]) -> Constraints:
    return constraints.map(lambda one: one.looser(turn) if one in moving else one)
