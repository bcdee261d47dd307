"""What gives way, and in which order, when a request cannot fill a page.

    10  runtime   the window widens by 15 % on both sides
    20  year      five years more on both sides
    30  genres    one of the genres asked for is enough, where several were wanted
    40  people    one of the people is enough, where several were wanted
    50  genres    no genre is needed; exact matches still lead

Where no title at all is left, what was read into the words goes on giving way, until there is one:

    80  countries, languages   any will do
    81  people                 nobody is needed
    82  year                   any year will do

Each turn is its constraint's own. One that brings no title is not taken. Only words give way: what
a parameter says, what a viewer never wants and what the operator leaves out hold always, as do
exclusions, maturity, services, offers and the media type: a list that keeps them is short or empty
instead.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from api.language.intent import IntentField
from api.recommend.constraints.constraint import IF_EMPTY, Constraint
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
    relaxed = _relaxed(constraints, count, enough, keep, last=False)
    if enough > 0 and count(relaxed.constraints) == 0:
        anything = _relaxed(relaxed.constraints, count, 1, keep, last=True)
        if count(anything.constraints) > 0:
            return Relaxed(
                anything.constraints,
                tuple(dict.fromkeys(relaxed.names + anything.names)),
                relaxed.fields | anything.fields,
            )
    return relaxed


def _relaxed(
    constraints: Constraints,
    count: Callable[[Constraints], int],
    enough: int,
    keep: Collection[str],
    *,
    last: bool,
) -> Relaxed:
    """Turn by turn; of the `last` turns those that bring nothing by themselves are taken, too."""
    gave_way: dict[str, IntentField | None] = {}
    found = count(constraints)
    turns = {turn for one in constraints for turn in one.turns if (turn >= IF_EMPTY) == last}
    for turn in sorted(turns):
        if found >= enough:
            break
        moving = [
            one
            for one in constraints
            if one.asked_by == "words" and turn in one.turns and one.relaxed_as not in keep
        ]
        looser = _at(turn, constraints, moving)
        more = count(looser)
        if looser == constraints or (more <= found and not last):
            continue
        constraints, found = looser, more
        gave_way |= {one.relaxed_as: one.intent_field for one in moving}
    fields = frozenset(name for name in gave_way.values() if name is not None)
    return Relaxed(constraints, tuple(gave_way), fields)


def _at(turn: int, constraints: Constraints, moving: Collection[Constraint]) -> Constraints:
    return constraints.map(lambda one: one.looser(turn) if one in moving else one)
