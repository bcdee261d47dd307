"""What a viewer said of titles, in points: ratings as they are, likings and refusals as what
viewers who rate give to titles of that kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.domain.arrays import Floats, Ints
from api.viewers.taste.implicit_rating import Event

MOST_OPINIONS = 300  # the newest; a thousand would take ten times the time for the same answer
# The mean of ratings of four stars and more, and of fewer than three.
_POINTS_OF = {"liked": 8.7, "disliked": 3.9, "not_interested": 3.9}
_VAGUER = 2.0  # times the variance of a rating


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """Columns of one length, the newest first; a title at most once."""

    ids: Ints
    points: Floats  # 0 to 10
    vagueness: Floats  # times the variance of a rating
    rated: dict[int, float]  # ratings as they were given, by title

    def __len__(self) -> int:
        return len(self.ids)


def opinions_of(events: Sequence[Event]) -> Opinions:
    """The newest opinion of each title; `events` are the newest first. Watching is none."""
    newest: dict[int, Event] = {}
    for event in events:
        if event.rating is not None or event.event_type in _POINTS_OF:
            newest.setdefault(event.item_id, event)
    kept = list(newest.values())[:MOST_OPINIONS]
    points = [
        _POINTS_OF[event.event_type] if event.rating is None else event.rating for event in kept
    ]
    vagueness = [_VAGUER if event.rating is None else 1.0 for event in kept]
    return Opinions(
        np.array([event.item_id for event in kept], dtype=np.int32),
        np.array(points, dtype=np.float32),
        np.array(vagueness, dtype=np.float32),
        {event.item_id: event.rating for event in kept if event.rating is not None},
    )
