"""What became of what was recommended: every title counts once, under the list that brought it.

A title was recommended when it was on the first page of a list, or when the client reported an
impression of it. The list that counts is the newest one before the first good outcome, or the
oldest one where there was none: one list, so that the groups of a breakdown add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Ints
from api.recommend.evidence.registry import EVIDENCE
from api.viewers.events import EventType, FeedbackType

# A recommendation is credited with what happens within so many days of it.
HIT_DAYS = 14
# From fewer titles than this no rate is told.
FEWEST = 20

_REACTIONS: dict[FeedbackType, str] = {
    "click": "clicked",
    "complete": "completed",
    "like": "liked",
    "dislike": "turned_down",
    "never": "turned_down",
    "not_now": "snoozed",
    "dismiss": "dismissed",
}
_EVENTS: dict[EventType, str] = {
    "watched": "seen_later",
    "liked": "seen_later",
    "rated": "seen_later",
    "disliked": "turned_down",
    "not_interested": "turned_down",
    "not_now": "snoozed",
}
OUTCOMES = (
    "clicked", "completed", "liked", "seen_later", "snoozed", "dismissed", "turned_down",
)  # fmt: skip
_GOOD = frozenset({"clicked", "completed", "liked", "seen_later"})


@dataclass(frozen=True, slots=True, eq=False)
class ServedList:
    """A list as it was served; `evidence` goes row for row with the items."""

    id: UUID
    created_at: datetime
    strategy: str
    page_size: int
    item_ids: Ints
    evidence: NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Reaction:
    """A piece of feedback on an item; `slate_id` and `place` where it named a list."""

    item_id: int
    event_type: FeedbackType
    occurred_at: datetime
    slate_id: UUID | None
    place: int | None


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """An event of the history."""

    item_id: int
    event_type: EventType
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One title, the place that counts, and what became of it."""

    item_id: int
    slate_id: UUID
    recommended_at: datetime
    strategy: str
    place: int  # from 1
    sources: tuple[str, ...]
    explored: bool
    shown: bool  # an impression was reported
    outcomes: frozenset[str]
    hit_at: datetime | None  # of the first good outcome

    @property
    def is_hit(self) -> bool:
        """Whether anything good came of it."""
        return self.hit_at is not None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many titles of a group came to what."""

    recommended: int
    shown: int
    hits: int
    clicked_when_shown: int
    outcomes: dict[str, int]  # by every name of OUTCOMES

    @property
    def hit_rate(self) -> float | None:
        """Hits per title recommended; None below FEWEST titles."""
        return self.hits / self.recommended if self.recommended >= FEWEST else None

    @property
    def click_rate(self) -> float | None:
        """Clicked titles per title shown; None below FEWEST titles."""
        return self.clicked_when_shown / self.shown if self.shown >= FEWEST else None


def tally(group: Sequence[Recommendation]) -> Tally:
    """Counts a group."""
    return Tally(
        recommended=len(group),
        shown=sum(found.shown for found in group),
        hits=sum(found.is_hit for found in group),
        clicked_when_shown=sum(found.shown and "clicked" in found.outcomes for found in group),
        outcomes={name: sum(name in found.outcomes for found in group) for name in OUTCOMES},
    )


def recommendations(
    lists: Sequence[ServedList],
    reactions: Iterable[Reaction],
    history: Iterable[HistoryEvent],
) -> list[Recommendation]:
    """One per title recommended, by item id. `lists` come the oldest first."""
    reacted, shown = _by_item(reactions, lists)
    happened: dict[int, list[tuple[datetime, str]]] = {}
    for event in history:
        what = (event.occurred_at, _EVENTS[event.event_type])
        happened.setdefault(event.item_id, []).append(what)
    found = []
    for item_id, showings in sorted(_showings(lists, shown).items()):
        later = [*reacted.get(item_id, ()), *happened.get(item_id, ())]
        found.append(_judged(item_id, showings, later, lists, shown=item_id in shown))
    return found


def _by_item(
    reactions: Iterable[Reaction], lists: Sequence[ServedList]
) -> tuple[dict[int, list[tuple[datetime, str]]], dict[int, set[tuple[int, int]]]]:
    """By item: the reactions, and the (list, place from 0) of each impression in a known list."""
    number_of = {served.id: number for number, served in enumerate(lists)}
    reacted: dict[int, list[tuple[datetime, str]]] = {}
    shown: dict[int, set[tuple[int, int]]] = {}
    for reaction in reactions:
        if reaction.event_type != "impression":
            what = (reaction.occurred_at, _REACTIONS[reaction.event_type])
            reacted.setdefault(reaction.item_id, []).append(what)
            continue
        places = shown.setdefault(reaction.item_id, set())
        number = number_of.get(reaction.slate_id) if reaction.slate_id else None
        if number is not None and reaction.place is not None:
            places.add((number, reaction.place - 1))
    return reacted, shown


def _showings(
    lists: Sequence[ServedList], shown: Mapping[int, set[tuple[int, int]]]
) -> dict[int, list[tuple[int, int]]]:
    """By item the (list, place from 0) where it was recommended, the oldest list first."""
    found = {item_id: set(places) for item_id, places in shown.items() if places}
    for number, served in enumerate(lists):
        for place, item_id in enumerate(served.item_ids[: served.page_size].tolist()):
            found.setdefault(item_id, set()).add((number, place))
    return {item_id: sorted(places) for item_id, places in found.items()}


def _judged(
    item_id: int,
    showings: Sequence[tuple[int, int]],
    later: Sequence[tuple[datetime, str]],
    lists: Sequence[ServedList],
    *,
    shown: bool,
) -> Recommendation:
    within = timedelta(days=HIT_DAYS)
    times = [lists[number].created_at for number, _ in showings]
    counted = sorted(
        (at, outcome) for at, outcome in later if any(time <= at <= time + within for time in times)
    )
    outcomes = {outcome for _, outcome in counted}
    hit_at = next((at for at, outcome in counted if outcome in _GOOD), None)
    if outcomes & {"clicked", "completed", "liked"}:
        outcomes.discard("seen_later")  # the client told of it already
    number, place = showings[0]
    if hit_at is not None:
        number, place = [
            showing for showing, time in zip(showings, times, strict=True) if time <= hit_at
        ][-1]
    served = lists[number]
    evidence = served.evidence[place : place + 1]
    return Recommendation(
        item_id=item_id,
        slate_id=served.id,
        recommended_at=served.created_at,
        strategy=served.strategy,
        place=place + 1,
        sources=tuple(EVIDENCE.sources_of(evidence)[0]),
        explored=bool(evidence["explored"][0]),
        shown=shown,
        outcomes=frozenset(outcomes),
        hit_at=hit_at,
    )
