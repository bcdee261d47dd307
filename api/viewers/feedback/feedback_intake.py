"""Feedback on what was served; the part that tells taste becomes history at once.

What tells none may still change the next list: a title shown once too often, or dismissed, steps
back. Only then does it move the profile's version, so that most impressions cost no cached answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from api.catalogue.items.named_items import require_known_items
from api.domain.items import ItemRef
from api.domain.limits import NO_LIMITS, Limits
from api.platform import idempotency
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor, InvalidInput
from api.platform.idempotency import Repeatable
from api.platform.retried import retried
from api.viewers.events import HISTORY_OF_FEEDBACK, SNOOZE_DAYS, FeedbackType, NewEvent, ProfileKey
from api.viewers.feedback import statements as feedback
from api.viewers.feedback.statements import FeedbackRow
from api.viewers.history import interactions
from api.viewers.hold_profiles import hold, move_versions
from api.viewers.taste import impressions as ignored_impressions
from config.ranking import Fatigue

# The cursors of lists: their payload names the slate they continue as a UUID in hex.
RECOMMEND_CURSOR = "recommend"
SLATE_KEY = "slate"


@dataclass(frozen=True, slots=True)
class FeedbackEvent:
    """One piece of feedback as a client sends it."""

    event_type: FeedbackType
    viewer: ProfileKey | None
    item: int | str | None
    recommendation: str | None  # a recommendation_id, or a cursor of that list
    meta: dict[str, Any] | None
    snooze_days: int = SNOOZE_DAYS  # of a `not_now`


class FeedbackIntake:
    """The use case of POST /feedback."""

    def __init__(
        self,
        database: Database,
        cursors: Cursors,
        fatigue: Fatigue,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._cursors = cursors
        self._fatigue = fatigue
        self._clock = clock

    def take(
        self,
        given: Sequence[FeedbackEvent],
        repeatable: Repeatable | None = None,
        *,
        limits: Limits = NO_LIMITS,
        names_any_profile: bool = True,
    ) -> None:
        """Stores all of it or, raising UnknownItems or InvalidInput, nothing.

        Without a viewer of its own a event is the one's to whom its list was served. Raises
        Conflict for a key of another request. A title above the limits, which are those of whoever
        says it, is unknown, and so is a list of another profile of the event's user, unless
        `names_any_profile`.
        """
        if not given:
            return
        now = self._clock()
        slates = [self._slate(event) for event in given]
        items = self._items(given, limits)
        retried(
            lambda: self._take(given, items, slates, repeatable, now, names_any=names_any_profile)
        )

    def _take(
        self,
        given: Sequence[FeedbackEvent],
        items: Sequence[int | None],
        slates: Sequence[UUID | None],
        repeatable: Repeatable | None,
        now: datetime,
        *,
        names_any: bool,
    ) -> None:
        with self._database.transaction() as cursor:
            served = _served(cursor, slates)
            owned = [
                _owned(event, slate, served, names_any=names_any)
                for event, slate in zip(given, slates, strict=True)
            ]
            viewers = list(dict.fromkeys(event.viewer for event in owned if event.viewer))
            hold(cursor, viewers)
            if repeatable is not None and idempotency.claim(cursor, repeatable) is not None:
                return
            profiles = self._record_taste(cursor, viewers, owned, items, now)
            rows = [
                FeedbackRow(
                    event_type=event.event_type,
                    profile_id=profiles[event.viewer] if event.viewer else None,
                    item_id=item,
                    slate_id=slate,
                    meta=event.meta,
                )
                for event, item, slate in zip(owned, items, slates, strict=True)
            ]
            self._store(cursor, rows, now)
            if repeatable is not None:
                first = next(iter(profiles.values()), None)
                idempotency.keep(cursor, repeatable, {"ok": True}, profile_id=first)

    def _items(self, given: Sequence[FeedbackEvent], limits: Limits) -> list[int | None]:
        """The item of each event that names one; it may have been served before it was retired."""
        named = [event.item for event in given if event.item is not None]
        if not named:
            return [None] * len(given)
        ids = iter(require_known_items(self._database, named, limits, retired_too=True))
        return [None if event.item is None else next(ids) for event in given]

    def _store(self, cursor: Any, rows: Sequence[FeedbackRow], now: datetime) -> None:
        """Stores the rows and moves the versions of profiles whose shown-in-vain titles changed."""
        pairs = {
            (row.profile_id, row.item_id)
            for row in rows
            if row.profile_id is not None and row.item_id is not None
        }
        look = partial(ignored_impressions.among, cursor, pairs, now=now, numbers=self._fatigue)
        before = look() if pairs else []
        feedback.add(cursor, rows, now=now)
        after = look() if pairs else []
        changed = {profile for profile, *_ in {*before} ^ {*after}}
        if changed:
            move_versions(cursor, sorted(changed))

    def _slate(self, event: FeedbackEvent) -> UUID | None:
        if event.recommendation is None:
            return None
        try:
            return UUID(event.recommendation)
        except ValueError:
            pass
        try:
            payload = self._cursors.read(event.recommendation, kind=RECOMMEND_CURSOR)
            return UUID(payload[SLATE_KEY])
        except (InvalidCursor, KeyError, TypeError, ValueError) as error:
            raise _unknown_list() from error

    @staticmethod
    def _record_taste(
        cursor: Any,
        viewers: Sequence[ProfileKey],
        given: Sequence[FeedbackEvent],
        items: Sequence[int | None],
        now: datetime,
    ) -> dict[ProfileKey, int]:
        """Records what counts as history; returns the profile id of every viewer."""
        if not viewers:
            return {}
        events = []
        for position, (event, item) in enumerate(zip(given, items, strict=True)):
            event_type = HISTORY_OF_FEEDBACK.get(event.event_type)
            if event_type is None or event.viewer is None:
                continue
            snoozed = event_type == "not_now"
            events.append(
                NewEvent(
                    viewer=event.viewer,
                    item=ItemRef(id=item),
                    event_type=event_type,
                    occurred_at=now + timedelta(microseconds=position),
                    snoozed_until=now + timedelta(days=event.snooze_days) if snoozed else None,
                )
            )
        written = interactions.record(cursor, viewers, events, now=now)
        return dict(zip(viewers, written.profile_ids, strict=True))


def _served(cursor: Any, slates: Sequence[UUID | None]) -> dict[UUID, ProfileKey]:
    named = {slate for slate in slates if slate is not None}
    return feedback.viewers_of_slates(cursor, list(named)) if named else {}


def _owned(
    event: FeedbackEvent,
    slate: UUID | None,
    served: dict[UUID, ProfileKey],
    *,
    names_any: bool,
) -> FeedbackEvent:
    if slate is None:
        return event
    viewer = served.get(slate)
    # Another viewer's list is answered like one that never was.
    if viewer is None or (event.viewer and event.viewer.user_id != viewer.user_id):
        raise _unknown_list()
    if event.viewer and event.viewer != viewer and not names_any:
        raise _unknown_list()
    return replace(event, viewer=event.viewer or viewer)


def _unknown_list() -> InvalidInput:
    return InvalidInput("must be of a list that was served to this user", field="recommendation_id")
