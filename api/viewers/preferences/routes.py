"""/users/{user_id}/preferences: what a viewer says of their taste."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import ProfileOnly, UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.events import ProfileKey
from api.viewers.preferences.preferences import Preferences
from api.viewers.preferences.schemas import PreferencesIn, PreferencesOut

router = APIRouter(prefix="/users", tags=["users"])

PreferencesOf = Annotated[Preferences, Depends(provided(Preferences))]


@router.get(
    "/{user_id:segment}/preferences",
    operation_id="read_preferences",
    summary="What a viewer says of their taste, and what their history says",
    responses=documented(403, 404),
)
def read_preferences(
    user_id: UserInPath,
    asked: Annotated[ProfileOnly, from_query(ProfileOnly)],
    caller: CallerOf,
    preferences: PreferencesOf,
) -> PreferencesOut:
    """What is inferred is worked out anew and never replaces what is stated."""
    caller.require_viewer(user_id, asked.profile)
    found = preferences.read(ProfileKey(user_id, asked.profile))
    return PreferencesOut.of(user_id, asked.profile, *found)


@router.put(
    "/{user_id:segment}/preferences",
    operation_id="set_preferences",
    summary="Say what is liked, not liked and never wanted",
    responses=documented(400, 403, 404, 413),
)
def set_preferences(
    user_id: UserInPath,
    asked: Annotated[ProfileOnly, from_query(ProfileOnly)],
    body: PreferencesIn,
    caller: CallerOf,
    preferences: PreferencesOf,
) -> PreferencesOut:
    """Replaces all preferences, and counts from the very next request on."""
    caller.require_viewer(user_id, asked.profile)
    found = preferences.replace(ProfileKey(user_id, asked.profile), body.stated())
    return PreferencesOut.of(user_id, asked.profile, *found)
