"""/users/{user_id}/profiles: who watches, and what each may be shown."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import ProfileInPath, UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.viewers.events import ProfileKey
from api.viewers.profiles.profiles import Profiles
from api.viewers.profiles.schemas import ProfileChange, ProfileList, ProfileOut, ProfileRemoved

router = APIRouter(prefix="/users/{user_id:segment}/profiles", tags=["users"])

ProfilesOf = Annotated[Profiles, Depends(provided(Profiles))]


@router.get(
    "",
    operation_id="read_profiles",
    summary="The profiles of a user, and what each may be shown",
    responses=documented(404),
)
def read_profiles(user_id: UserInPath, caller: CallerOf, profiles: ProfilesOf) -> ProfileList:
    """A credential of one profile is told of that one alone."""
    caller.require_profile(user_id, caller.holder.profile)
    found = [
        ProfileOut.of(user_id, profile, settings)
        for profile, settings in profiles.of(user_id).items()
        if caller.speaks_for(profile)
    ]
    return ProfileList(user_id=user_id, profiles=found)


@router.put(
    "/{profile:segment}",
    operation_id="set_profile",
    summary="Make a profile, or change what is set for it",
    responses=documented(400, 403, 404, 413),
)
def set_profile(
    user_id: UserInPath,
    profile: ProfileInPath,
    body: ProfileChange,
    caller: CallerOf,
    profiles: ProfilesOf,
) -> ProfileOut:
    """`kind`, `max_age` and `unrated` are for scopes client and admin to change, and which profiles
    there are too once one of them is a child's."""
    if caller.holder.is_bound:  # it makes none
        caller.require_viewer(user_id, profile)
    else:
        caller.require_profile(user_id, profile)
    viewer = ProfileKey(user_id, profile)
    settings = profiles.change(viewer, body.changes(), by_keeper=caller.is_operator)
    return ProfileOut.of(user_id, profile, settings)


@router.delete(
    "/{profile:segment}",
    operation_id="delete_profile",
    summary="Remove every trace of a profile",
    responses=documented(403, 404),
)
def delete_profile(
    user_id: UserInPath, profile: ProfileInPath, caller: CallerOf, profiles: ProfilesOf
) -> ProfileRemoved:
    """Its history, feedback, lists and settings."""
    caller.require_user(user_id)
    profiles.remove(ProfileKey(user_id, profile), by_keeper=caller.is_operator)
    return ProfileRemoved()
