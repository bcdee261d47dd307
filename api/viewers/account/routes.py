"""/users/{user_id}: consent, export and deletion."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from api.access.dependency import CallerOf
from api.platform.errors import NotAuthorised
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.viewers.account.account import Users
from api.viewers.account.schemas import (
    ConsentChange,
    ConsentState,
    UserExport,
    UserForgotten,
    export_as_json,
)
from api.viewers.events import ProfileKey

_MOST_IN_MEMORY = _PIECE = 1 << 20  # bytes of an export

router = APIRouter(prefix="/users", tags=["users"])

UsersOf = Annotated[Users, Depends(provided(Users))]


@router.put(
    "/{user_id:segment}/consent",
    operation_id="set_consent",
    summary="Allow or withdraw what may be done with a profile",
    responses=documented(400, 403, 404, 413),
)
def set_consent(
    user_id: UserInPath, body: ConsentChange, caller: CallerOf, users: UsersOf
) -> ConsentState:
    """Withdrawing takes effect at once. A child's own credential may withdraw, and not give."""
    limits = caller.require_viewer(user_id, body.profile)
    if limits.is_child and caller.holder.is_bound and (body.llm or body.collaborative):
        raise NotAuthorised("A child's own credential can withdraw consent, and not give it.")
    viewer = ProfileKey(user_id, body.profile)
    now = users.set_consent(viewer, collaborative=body.collaborative, llm=body.llm)
    return ConsentState(
        user_id=user_id, profile=body.profile, collaborative=now.collaborative, llm=now.llm
    )


@router.get(
    "/{user_id:segment}/export",
    operation_id="export_user",
    summary="Everything held of a user",
    response_model=UserExport,
    responses=documented(403, 404),
)
def export(user_id: UserInPath, caller: CallerOf, users: UsersOf) -> StreamingResponse:
    """An unknown user is one of whom nothing is held."""
    caller.require_user(user_id)
    # On disk where it is long, so that neither memory nor a connection waits for a slow reader.
    with ExitStack() as block:
        written = block.enter_context(SpooledTemporaryFile(_MOST_IN_MEMORY))
        with users.held(user_id) as held:
            written.writelines(export_as_json(user_id, held))
        written.seek(0)
        block.pop_all()  # it is closed once it is sent
    return StreamingResponse(_pieces(written), media_type="application/json")


@router.delete(
    "/{user_id:segment}",
    operation_id="delete_user",
    summary="Remove every trace of a user",
    responses=documented(403, 404),
)
def delete(user_id: UserInPath, caller: CallerOf, users: UsersOf) -> UserForgotten:
    """Profiles, history, feedback, served lists and kept answers."""
    caller.require_keeper(user_id)
    gone = users.forget(user_id)
    return UserForgotten(profiles=gone.profiles, recommendations=gone.recommendations)


def _pieces(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        while piece := written.read(_PIECE):
            yield piece
