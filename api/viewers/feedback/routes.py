"""/feedback: what viewers did with what they were served."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from pydantic import Discriminator, Tag

from api.access.caller import Caller
from api.access.dependency import CallerOf
from api.domain.limits import NO_LIMITS
from api.platform.errors import InvalidInput
from api.platform.wire.idempotency_key import IdempotencyKey, repeatable
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.validation_problem import branch
from api.viewers.events import SNOOZE_DAYS, ProfileKey
from api.viewers.feedback.feedback_intake import FeedbackEvent, FeedbackIntake
from api.viewers.feedback.schemas import Feedback, FeedbackBatch, FeedbackTaken

router = APIRouter(tags=["feedback"])

FeedbackIntakeOf = Annotated[FeedbackIntake, Depends(provided(FeedbackIntake))]


def _kind(body: Any) -> str:
    return branch("list" if isinstance(body, list) else "one")


@router.post(
    "/feedback",
    operation_id="send_feedback",
    summary="Send feedback on a list or a title, one or up to 1,000 at once",
    responses=documented(400, 403, 404, 409, 413),
)
def send(
    body: Annotated[
        Annotated[Feedback, Tag(branch("one"))] | Annotated[FeedbackBatch, Tag(branch("list"))],
        Discriminator(_kind),
        Body(),
    ],
    caller: CallerOf,
    intake: FeedbackIntakeOf,
    idempotency_key: IdempotencyKey = None,
) -> FeedbackTaken:
    """Stores all of it or nothing. What tells taste moves the next recommendations.

    To a credential of one profile a title above its limits is unknown, and so is a list that was
    served to another.
    """
    batch = body if isinstance(body, list) else [body]
    events = [_event(feedback, caller) for feedback in batch]
    limits = NO_LIMITS
    for viewer in {event.viewer for event in events if event.viewer is not None}:
        own = caller.require_viewer(viewer.user_id, viewer.profile)
        limits = caller.names_within(own)
    intake.take(
        events,
        repeatable(caller.identity, idempotency_key, batch),
        limits=limits,
        names_any_profile=not caller.holder.is_bound,
    )
    return FeedbackTaken()


def _event(feedback: Feedback, caller: Caller) -> FeedbackEvent:
    # The token of one user names them already.
    user_id = feedback.user_id if feedback.user_id is not None else caller.user_id
    if user_id is None and feedback.profile is not None:
        raise InvalidInput("needs a user_id", field="profile")
    return FeedbackEvent(
        event_type=feedback.event_type,
        viewer=ProfileKey(user_id, feedback.profile) if user_id is not None else None,
        item=feedback.item_id,
        recommendation=feedback.recommendation_id,
        meta=feedback.meta,
        snooze_days=feedback.snooze_days or SNOOZE_DAYS,
    )
