"""What viewers do with titles: events of their history, and feedback on lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from api.domain.items import ItemRef

EventType = Literal["watched", "liked", "rated", "not_interested", "disliked", "not_now"]
FeedbackType = Literal[
    "impression", "click", "complete", "like", "dislike", "not_now", "never", "dismiss"
]

# Feedback that says something about taste is history too; the rest only says what was seen.
HISTORY_OF_FEEDBACK: dict[FeedbackType, EventType] = {
    "complete": "watched",
    "dislike": "disliked",
    "like": "liked",
    "never": "not_interested",
    "not_now": "not_now",
}

SNOOZE_DAYS = 30
CLOCK_SKEW = timedelta(minutes=5)  # of clients whose clock runs ahead of ours


FURTHEST_ZONE = timedelta(hours=14)  # ahead of UTC: Kiritimati


@dataclass(frozen=True, slots=True)
class ProfileKey:
    """One profile of one user; profile None is the user's own, unnamed one."""

    user_id: str
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One event that is to be recorded."""

    viewer: ProfileKey
    item: ItemRef | None  # None: what the client wrote names nothing
    event_type: EventType
    occurred_at: datetime
    watched_at: datetime | None = None  # only as the client stated it
    rating: float | None = None
    scale: float | None = None  # the top of the scale that the rating came on
    weight: float = 1.0
    snoozed_until: datetime | None = None
