"""What viewers do with titles: events of their history, and feedback on lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from api.domain.items import ItemRef

EventType = Literal["watched", "liked", "rated", "not_interested", "disliked", "not_now"]
FeedbackType = Literal[
    "impression", "click", "complete", "like", "dislike", "not_now", "never", "dismiss"
]

# What each says to whoever writes a client.
MEANING_OF_EVENT: dict[EventType, str] = {
    "watched": "seen, and no word on how it was",
    "liked": "was liked",
    "rated": "has the `rating` beside it",
    "not_interested": "is not wanted, and is not recommended again",
    "disliked": "was not liked",
    "not_now": "is hidden for `snooze_days`, without a word on taste",
}
MEANING_OF_FEEDBACK: dict[FeedbackType, str] = {
    "impression": "was on the screen; shown often without a reaction, it steps back",
    "click": "was opened",
    "complete": "was watched to its end, as `watched` of the history",
    "like": "was liked, as `liked`",
    "dislike": "was seen and not liked, as `disliked`",
    "not_now": "is not wanted these days: hidden for `snooze_days`, without a word on taste",
    "never": "is not wanted, as `not_interested`: it is not recommended again",
    "dismiss": "was waved away: it steps back until there is a reaction to it, and says nothing "
    "of taste",
}

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


def told(meanings: Mapping[Any, str]) -> str:
    """The values with what they mean, in one line of a description."""
    return "; ".join(f"`{value}`: {meaning}" for value, meaning in meanings.items()) + "."


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
