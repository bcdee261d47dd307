"""A viewer's history: recording, reading, taking back."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform import idempotency
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor, InvalidInput, UnknownItems
from api.platform.idempotency import Repeatable
from api.platform.retried import retried
from api.viewers.events import CLOCK_SKEW, EventType, NewEvent, ProfileKey
from api.viewers.history import interactions
from api.viewers.history.interactions import FIRST_PAGE, StoredEvent
from api.viewers.hold_profiles import hold

_CURSOR = "history"


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """One event as a client states it."""

    item: int | str
    event_type: EventType
    rating: float | None
    watched_at: datetime | None  # aware


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many events were new or changed, and how many were known already."""

    recorded: int
    duplicates: int


class History:
    """The use cases of /user/history."""

    def __init__(self, database: Database, cursors: Cursors, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._cursors = cursors
        self._clock = clock

    def record(
        self,
        viewer: ProfileKey,
        stated: Sequence[StatedEvent],
        *,
        weight: float,
        snooze_days: int,
        repeatable: Repeatable | None = None,
    ) -> Outcome:
        """Records all events or, raising UnknownItems, none. No events: creates the profile.

        Raises InvalidInput for an event of the future, Conflict for a key of another request.
        """
        now = self._clock()
        events = [
            _event(viewer, event, position, weight=weight, snooze_days=snooze_days, now=now)
            for position, event in enumerate(stated)
        ]

        def write() -> Outcome:
            if repeatable is None:
                with self._database.autocommit() as cursor:
                    return _record(cursor, viewer, stated, events, now)[0]
            with self._database.transaction() as cursor:
                hold(cursor, [viewer])
                before = idempotency.claim(cursor, repeatable)
                if before is not None:
                    return Outcome(**before)
                outcome, profile_id = _record(cursor, viewer, stated, events, now)
                answer = {"recorded": outcome.recorded, "duplicates": outcome.duplicates}
                idempotency.keep(cursor, repeatable, answer, profile_id=profile_id)
            return outcome

        return retried(write)

    def page(
        self, viewer: ProfileKey, *, cursor: str | None, limit: int, limits: Limits
    ) -> tuple[list[StoredEvent], str | None]:
        """One page, the newest first, and the cursor of the next; raises InvalidCursor.

        What the limits forbid is left out.
        """
        before = FIRST_PAGE if cursor is None else self._read_cursor(cursor, viewer)
        with self._database.autocommit() as reader:
            events = interactions.page(
                reader, viewer, before=before, limit=limit + 1, limits=limits
            )
        if len(events) <= limit:
            return events, None
        events = events[:limit]
        last = events[-1]
        position = {
            "viewer": _fingerprint(viewer),
            "at": last.occurred_at.isoformat(),
            "id": last.id,
        }
        return events, self._cursors.sign(position, kind=_CURSOR)

    def take_back(self, viewer: ProfileKey, reference: str) -> int:
        """Deletes every event of one item; how many there were. Raises UnknownItems."""
        item = ItemRef.parse(reference)
        if item is not None:

            def write() -> int | None:
                with self._database.autocommit() as cursor:
                    return interactions.take_back(cursor, viewer, item)

            deleted = retried(write)
            if deleted is not None:
                return deleted
        raise UnknownItems([reference])

    def _read_cursor(self, text: str, viewer: ProfileKey) -> tuple[datetime, int]:
        position = self._cursors.read(text, kind=_CURSOR)
        if position["viewer"] != _fingerprint(viewer):
            raise InvalidCursor
        return datetime.fromisoformat(position["at"]), int(position["id"])


def _event(
    viewer: ProfileKey,
    event: StatedEvent,
    position: int,
    *,
    weight: float,
    snooze_days: int,
    now: datetime,
) -> NewEvent:
    if event.watched_at is not None and event.watched_at > now + CLOCK_SKEW:
        raise InvalidInput(f"items[{position}]: watched_at is in the future.")
    snoozed = event.event_type == "not_now"
    return NewEvent(
        viewer=viewer,
        item=ItemRef.parse(event.item),
        event_type=event.event_type,
        # A microsecond each keeps the order of events that arrive together.
        occurred_at=(event.watched_at or now) + timedelta(microseconds=position),
        watched_at=event.watched_at,
        rating=event.rating,
        weight=weight,
        snoozed_until=now + timedelta(days=snooze_days) if snoozed else None,
    )


def _record(
    cursor: Any,
    viewer: ProfileKey,
    stated: Sequence[StatedEvent],
    events: Sequence[NewEvent],
    now: datetime,
) -> tuple[Outcome, int]:
    written = interactions.record(cursor, [viewer], events, now=now)
    if written.unknown:
        raise UnknownItems([str(stated[position].item) for position in written.unknown])
    outcome = Outcome(recorded=written.stored, duplicates=len(events) - written.stored)
    return outcome, written.profile_ids[0]


def _fingerprint(viewer: ProfileKey) -> str:
    # A length prefix keeps profile "a::b" apart from every other pair.
    text = f"{len(viewer.user_id)}:{viewer.user_id}{viewer.profile is None}{viewer.profile or ''}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
