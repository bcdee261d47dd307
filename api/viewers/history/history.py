"""A viewer's history: recording, reading, taking back."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from api.catalogue.items.named_items import unknown_among
from api.domain.items import ItemRef
from api.domain.limits import NO_LIMITS, Limits
from api.platform import idempotency
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidInput, UnknownItems
from api.platform.idempotency import Repeatable
from api.platform.retried import retried
from api.viewers.events import CLOCK_SKEW, FURTHEST_ZONE, EventType, NewEvent, ProfileKey
from api.viewers.history import interactions
from api.viewers.history.interactions import StoredEvent
from api.viewers.hold_profiles import hold
from api.viewers.newest_first import NewestFirst

_CURSOR = "history"
_FUTURE = "watched_at is in the future"
_UNKNOWN = "no item of the catalogue"


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """One event as a client states it."""

    item: int | str
    event_type: EventType
    rating: float | None
    watched_at: datetime | None  # without a zone: the viewer's own
    position: int  # in the request, from 0
    scale: float | None = None  # the top of the scale that the rating came on


@dataclass(frozen=True, slots=True)
class Unstored:
    """An event that was left out, and why."""

    position: int
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many events were new or changed, how many were known already, and what was skipped."""

    recorded: int
    duplicates: int
    skipped: tuple[Unstored, ...] = ()


class History:
    """The use cases of /user/history."""

    def __init__(self, database: Database, cursors: Cursors, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._pages = NewestFirst(cursors, kind=_CURSOR)
        self._clock = clock

    def record(
        self,
        viewer: ProfileKey,
        stated: Sequence[StatedEvent],
        *,
        weight: float,
        snooze_days: int,
        limits: Limits = NO_LIMITS,
        skip: bool = False,
        repeatable: Repeatable | None = None,
    ) -> Outcome:
        """Records all events or, raising UnknownItems, none. No events: creates the profile.

        With `skip` what is unknown or of the future is left out instead, and named. Raises
        InvalidInput for an event of the future, Conflict for a key of another request. A title
        above the limits, which are those of whoever records, is unknown.
        """
        now = self._clock()
        early = [one for one in stated if _is_of_the_future(one, now)]
        if early and not skip:
            raise InvalidInput(_FUTURE, field=f"items[{early[0].position}]")
        stated = [one for one in stated if one not in early]
        skipped = tuple(Unstored(one.position, str(one.item), _FUTURE) for one in early)
        if limits.hide_titles and stated:
            hidden = unknown_among(self._database, [one.item for one in stated], limits)
            kept_back = [one for one in stated if str(one.item) in hidden]
            if kept_back and not skip:
                raise UnknownItems([str(one.item) for one in kept_back])
            stated = [one for one in stated if str(one.item) not in hidden]
            skipped += tuple(Unstored(one.position, str(one.item), _UNKNOWN) for one in kept_back)
        events = [
            _event(viewer, event, weight=weight, snooze_days=snooze_days, now=now)
            for event in stated
        ]

        def write() -> Outcome:
            if repeatable is None:
                with self._database.autocommit() as cursor:
                    return _record(cursor, viewer, stated, events, skipped, now, skip=skip)[0]
            with self._database.transaction() as cursor:
                hold(cursor, [viewer])
                before = idempotency.claim(cursor, repeatable)
                if before is not None:
                    known = tuple(Unstored(**one) for one in before.get("skipped", ()))
                    return Outcome(**before | {"skipped": known})
                outcome, profile_id = _record(
                    cursor, viewer, stated, events, skipped, now, skip=skip
                )
                idempotency.keep(cursor, repeatable, asdict(outcome), profile_id=profile_id)
            return outcome

        return retried(write)

    def page(
        self,
        viewer: ProfileKey,
        *,
        cursor: str | None,
        limit: int,
        limits: Limits,
        items: Sequence[ItemRef] | None = None,
    ) -> tuple[list[StoredEvent], str | None]:
        """One page, the newest first, and the cursor of the next; raises InvalidCursor.

        What the limits forbid is left out; with `items`, so is every other title.
        """
        before = self._pages.before(cursor, viewer)
        with self._database.autocommit() as reader:
            events = interactions.page(
                reader, viewer, before=before, limit=limit + 1, limits=limits, items=items
            )
        return self._pages.page(
            events, viewer, limit=limit, place=lambda event: (event.occurred_at, event.id)
        )

    def take_back(
        self,
        viewer: ProfileKey,
        reference: str,
        limits: Limits = NO_LIMITS,
        *,
        event_type: EventType | None = None,
    ) -> list[StoredEvent]:
        """Deletes every event of one item, or those of one type; what they were, the newest first.

        Raises UnknownItems, for a title above the limits too.
        """
        item = ItemRef.parse(reference)
        if item is not None and self.is_within(reference, limits):

            def write() -> list[StoredEvent] | None:
                with self._database.autocommit() as cursor:
                    return interactions.take_back(cursor, viewer, item, event_type)

            deleted = retried(write)
            if deleted is not None:
                return deleted
        raise UnknownItems([reference])

    def is_within(self, reference: str, limits: Limits) -> bool:
        """Whether a title may be named to a profile with these limits."""
        return not (limits.hide_titles and unknown_among(self._database, [reference], limits))


def _event(
    viewer: ProfileKey,
    event: StatedEvent,
    *,
    weight: float,
    snooze_days: int,
    now: datetime,
) -> NewEvent:
    watched_at = _in_utc(event.watched_at)
    snoozed = event.event_type == "not_now"
    return NewEvent(
        viewer=viewer,
        item=ItemRef.parse(event.item),
        event_type=event.event_type,
        # A microsecond each keeps the order of events that arrive together.
        occurred_at=min(watched_at or now, now + CLOCK_SKEW)
        + timedelta(microseconds=event.position),
        watched_at=watched_at,
        rating=event.rating,
        scale=event.scale,
        weight=weight,
        snoozed_until=now + timedelta(days=snooze_days) if snoozed else None,
    )


def _is_of_the_future(event: StatedEvent, now: datetime) -> bool:
    """A time without a zone is of the future only where it is so in every zone."""
    if event.watched_at is None:
        return False
    ahead = FURTHEST_ZONE if event.watched_at.tzinfo is None else timedelta(0)
    stated = event.watched_at.replace(tzinfo=event.watched_at.tzinfo or UTC)
    return stated > now + CLOCK_SKEW + ahead


def _in_utc(stated: datetime | None) -> datetime | None:
    """Kept as it is written: the same words again are the same event, whenever they come."""
    if stated is None or stated.tzinfo is not None:
        return stated
    return stated.replace(tzinfo=UTC)


def _record(
    cursor: Any,
    viewer: ProfileKey,
    stated: Sequence[StatedEvent],
    events: Sequence[NewEvent],
    skipped: tuple[Unstored, ...],
    now: datetime,
    *,
    skip: bool,
) -> tuple[Outcome, int]:
    written = interactions.record(cursor, [viewer], events, now=now)
    unknown = set(written.unknown)
    if unknown and not skip:
        raise UnknownItems([str(stated[position].item) for position in written.unknown])
    if unknown:
        events = [one for position, one in enumerate(events) if position not in unknown]
        written = interactions.record(cursor, [viewer], events, now=now)
        named = [stated[position] for position in sorted(unknown)]
        skipped += tuple(Unstored(one.position, str(one.item), _UNKNOWN) for one in named)
    outcome = Outcome(written.stored, len(events) - written.stored, skipped)
    return outcome, written.profile_ids[0]
