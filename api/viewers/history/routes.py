"""/user/history: what a viewer has seen and thinks of it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.domain.limits import Limits
from api.platform.wire.idempotency_key import IdempotencyKey, repeatable
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.events import EventType, ProfileKey
from api.viewers.history.history import History, StatedEvent
from api.viewers.history.interactions import StoredEvent
from api.viewers.history.schemas import (
    EventItem,
    HistoryEvent,
    HistoryPage,
    HistoryQuery,
    HistoryWrite,
    HistoryWritten,
    ItemEvent,
    Skipped,
    TakeBackQuery,
    TakenBack,
)

router = APIRouter(prefix="/user/history", tags=["history"])

HistoryOf = Annotated[History, Depends(provided(History))]


@router.post(
    "",
    operation_id="record_history",
    summary="Record what was watched, liked, rated or turned down",
    responses=documented(400, 403, 404, 409, 413),
    response_model_exclude_unset=True,
)
def record(
    body: HistoryWrite,
    caller: CallerOf,
    history: HistoryOf,
    idempotency_key: IdempotencyKey = None,
) -> HistoryWritten:
    """Stores all of the events or, when any is wrong, none; with `on_error=skip` all but those.

    To a credential of one profile a title above its limits is unknown; whoever keeps the household
    may record it, and nothing of it is shown.
    """
    limits = caller.require_viewer(body.user_id, body.profile)
    stated = [
        StatedEvent(
            item=item.item,
            event_type=_type_of(body, item),
            rating=body.rating_of(item),
            watched_at=item.watched_at or body.watched_at,
            position=position,
            scale=None if body.rating_of(item) is None else body.rating_scale,
        )
        for position, item in zip(body.positions, body.items, strict=True)
    ]
    outcome = history.record(
        ProfileKey(body.user_id, body.profile),
        stated,
        weight=body.weight,
        snooze_days=body.snooze_days,
        limits=caller.names_within(limits),
        skip=body.on_error == "skip",
        repeatable=repeatable(caller.identity, idempotency_key, [body, *body.skipped]),
    )
    written = HistoryWritten(
        ok=True,
        user_id=body.user_id,
        profile=body.profile,
        recorded=outcome.recorded,
        duplicates=outcome.duplicates,
    )
    if body.on_error == "skip":
        unstored = [
            Skipped(position=one.position, item=one.item, reason=one.reason)
            for one in outcome.skipped
        ]
        written.skipped = sorted([*body.skipped, *unstored], key=lambda one: one.position)
    return written


def _type_of(body: HistoryWrite, item: ItemEvent) -> EventType:
    """A 0 that means "unrated" says that the title was watched."""
    event_type = body.event_type_of(item)
    unrated = event_type == "rated" and body.rating_of(item) is None
    return "watched" if unrated else event_type


@router.get(
    "",
    operation_id="read_history",
    summary="The events of a profile, the newest first",
    responses=documented(400, 403, 404),
    response_model_exclude_unset=True,
)
def read(
    query: Annotated[HistoryQuery, from_query(HistoryQuery)],
    caller: CallerOf,
    history: HistoryOf,
) -> HistoryPage:
    """An unknown user has an empty history. Titles above the limits of the profile are left out.

    With `items` it tells what a viewer said of a few titles, such as those of a list on a screen.
    """
    limits = caller.require_viewer(query.user_id, query.profile)
    viewer = ProfileKey(query.user_id, query.profile)
    events, next_cursor = history.page(
        viewer, cursor=query.cursor, limit=query.limit, limits=limits, items=query.named()
    )
    rendered = _rendered(events, caller.names_within(limits))
    if next_cursor is None:
        return HistoryPage(items=rendered)
    return HistoryPage(items=rendered, next_cursor=next_cursor)


@router.delete(
    "",
    operation_id="take_back_history",
    summary="Take back every event of one item, or those of one type",
    responses=documented(403, 404),
)
def take_back(
    query: Annotated[TakeBackQuery, from_query(TakeBackQuery)], caller: CallerOf, history: HistoryOf
) -> TakenBack:
    """The profile follows at once. To a credential of one profile a title above its limits is
    unknown; its keeper takes events of it back, which are counted and not told."""
    of_profile = caller.require_viewer(query.user_id, query.profile)
    limits = caller.names_within(of_profile)
    viewer = ProfileKey(query.user_id, query.profile)
    removed = history.take_back(viewer, query.item, limits, event_type=query.event_type)
    told = removed if history.is_within(query.item, of_profile) else []
    return TakenBack(removed=len(removed), events=_rendered(told, limits))


def _rendered(events: Sequence[StoredEvent], names_within: Limits) -> list[HistoryEvent]:
    """What a keeper brought may name titles above the limits, and is unknown to a child."""
    return [_render(event, tells_import=not names_within.hide_titles) for event in events]


def _render(event: StoredEvent, *, tells_import: bool) -> HistoryEvent:
    """`tells_import`: whether it may be known that an import brought it, and from where."""
    return HistoryEvent(
        item=EventItem(
            id=event.item_id,
            tmdb_id=event.tmdb_id,
            media_type=event.media_type,
            title=event.title,
        ),
        event_type=event.event_type,
        rating=event.rating,
        weight=event.weight,
        watched_at=event.watched_at,
        occurred_at=event.occurred_at,
        snoozed_until=event.snoozed_until,
        import_id=event.import_id if tells_import else None,
        source=event.source if tells_import else None,
        scale=event.scale,
        episodes=event.episodes,
    )
