"""/users/{user_id}: consent, preferences, export, deletion, what became of recommendations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.access.dependency import CallerOf
from api.domain.events import ProfileKey
from api.routes.services import ServicesOf
from api.schemas.inputs import ProfileOnly, UserId
from api.schemas.preferences import PreferencesIn, PreferencesOut
from api.schemas.problem import documented
from api.schemas.track_record import TrackRecordOut, TrackRecordQuery
from api.schemas.users import ConsentChange, ConsentState, UserExport, UserForgotten

router = APIRouter(prefix="/users", tags=["users"])

# A user id may hold a slash, so it takes whatever part of the path is left.
UserInPath = Annotated[UserId, Path()]


@router.put(
    "/{user_id:path}/consent",
    operation_id="set_consent",
    summary="Allow or withdraw what may be done with a profile",
    responses=documented(400, 404, 413),
)
def set_consent(
    user_id: UserInPath, body: ConsentChange, caller: CallerOf, services: ServicesOf
) -> ConsentState:
    """Withdrawing takes effect at once."""
    caller.require_user(user_id)
    viewer = ProfileKey(user_id, body.profile)
    now = services.users.set_consent(viewer, collaborative=body.collaborative, llm=body.llm)
    return ConsentState(
        user_id=user_id, profile=body.profile, collaborative=now.collaborative, llm=now.llm
    )


@router.get(
    "/{user_id:path}/export",
    operation_id="export_user",
    summary="Everything held of a user",
    responses=documented(404),
)
def export(
    user_id: UserInPath, caller: CallerOf, services: ServicesOf, response: Response
) -> UserExport:
    """An unknown user is one of whom nothing is held."""
    caller.require_user(user_id)
    response.headers["Cache-Control"] = "private, no-store"
    return UserExport.model_validate({"user_id": user_id, **services.users.export(user_id)})


@router.get(
    "/{user_id:path}/preferences",
    operation_id="read_preferences",
    summary="What a viewer says of their taste, and what their history says",
    responses=documented(404),
)
def read_preferences(
    user_id: UserInPath,
    asked: Annotated[ProfileOnly, Query()],
    caller: CallerOf,
    services: ServicesOf,
    response: Response,
) -> PreferencesOut:
    """What is inferred is worked out anew and never takes the place of what is said."""
    caller.require_user(user_id)
    response.headers["Cache-Control"] = "private, no-store"
    found = services.preferences.read(ProfileKey(user_id, asked.profile))
    return PreferencesOut.of(user_id, asked.profile, *found)


@router.put(
    "/{user_id:path}/preferences",
    operation_id="set_preferences",
    summary="Say what is liked, not liked and never wanted",
    responses=documented(400, 404, 413),
)
def set_preferences(
    user_id: UserInPath,
    asked: Annotated[ProfileOnly, Query()],
    body: PreferencesIn,
    caller: CallerOf,
    services: ServicesOf,
    response: Response,
) -> PreferencesOut:
    """Takes the place of all that was said before, and counts from the very next request on."""
    caller.require_user(user_id)
    response.headers["Cache-Control"] = "private, no-store"
    found = services.preferences.replace(ProfileKey(user_id, asked.profile), body.said())
    return PreferencesOut.of(user_id, asked.profile, *found)


@router.get(
    "/{user_id:path}/track-record",
    operation_id="read_track_record",
    summary="What became of what was recommended to a profile",
    responses=documented(404),
)
def track_record(
    user_id: UserInPath,
    query: Annotated[TrackRecordQuery, Query()],
    caller: CallerOf,
    services: ServicesOf,
    response: Response,
) -> TrackRecordOut:
    """Served lists are kept for SLATE_KEEP_DAYS, so nothing older can be told; see `since`."""
    caller.require_user(user_id)
    viewer = ProfileKey(user_id, query.profile)
    record = services.track_records.of(viewer, days=query.days, since=query.since)
    response.headers["Cache-Control"] = "private, no-store"
    return TrackRecordOut.of(record, user_id=user_id, profile=query.profile)


@router.delete(
    "/{user_id:path}",
    operation_id="delete_user",
    summary="Remove every trace of a user",
    responses=documented(404),
)
def delete(user_id: UserInPath, caller: CallerOf, services: ServicesOf) -> UserForgotten:
    """Profiles, history, feedback, served lists and kept answers."""
    caller.require_user(user_id)
    gone = services.users.forget(user_id)
    return UserForgotten(profiles=gone.profiles, recommendations=gone.recommendations)
