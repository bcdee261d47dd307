"""A user's connections: which sources are asked for them, as `seenemall connections` makes them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.access.caller import Caller
from api.access.dependency import CallerOf
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.viewers.connections.connecting import Connecting
from api.viewers.connections.schemas import (
    CodeIn,
    CodeOut,
    ConnectionIn,
    ConnectionMade,
    ConnectionOut,
    ConnectionRemoved,
    ConnectionsOut,
    PendingIn,
    TraktConnected,
)
from api.viewers.events import ProfileKey

router = APIRouter(prefix="/users/{user_id:segment}/connections", tags=["users"])

ConnectingOf = Annotated[Connecting, Depends(provided(Connecting))]


@router.get(
    "",
    operation_id="read_connections",
    summary="Which sources are asked for a user",
    responses=documented(403, 404),
)
def read(user_id: UserInPath, caller: CallerOf, connecting: ConnectingOf) -> ConnectionsOut:
    """When each was asked last, and what went wrong."""
    caller.require_user(user_id)
    return ConnectionsOut(items=[ConnectionOut.of(one) for one in connecting.of(user_id)])


@router.post(
    "",
    status_code=201,
    operation_id="add_connection",
    summary="Connect a profile with a server at home",
    responses=documented(400, 403, 404, 413),
)
def add(
    user_id: UserInPath, body: ConnectionIn, caller: CallerOf, connecting: ConnectingOf
) -> ConnectionMade:
    """For scopes client and admin: whose account of the server it is, nothing proves."""
    caller.require_user(user_id)
    caller.require_operator()
    caller.require_viewer(user_id, body.profile)
    viewer = ProfileKey(user_id, body.profile)
    return ConnectionMade(id=connecting.add(viewer, body.source, body.account))


@router.post(
    "/trakt/code",
    operation_id="begin_trakt",
    summary="A code for the holder of an account at Trakt",
    responses=documented(400, 403, 404, 413, 503),
)
def begin_trakt(
    user_id: UserInPath, body: CodeIn, caller: CallerOf, connecting: ConnectingOf
) -> CodeOut:
    """They type it in there; then `pending` connects the account."""
    _require(caller, user_id, body.profile)
    return CodeOut.of(connecting.begin_trakt(ProfileKey(user_id, body.profile)))


@router.post(
    "/trakt",
    operation_id="finish_trakt",
    summary="Connect the account at Trakt, once its holder has typed the code in",
    responses=documented(400, 403, 404, 413, 503),
)
def finish_trakt(
    user_id: UserInPath, body: PendingIn, caller: CallerOf, connecting: ConnectingOf
) -> TraktConnected:
    """Asks Trakt once; ask again after `interval` seconds."""
    _require(caller, user_id, None)
    made = connecting.finish_trakt(user_id, body.pending)
    return TraktConnected(connected=made is not None, id=made)


@router.delete(
    "/{connection_id:segment}",
    operation_id="remove_connection",
    summary="End a connection",
    responses=documented(403, 404),
)
def remove(
    user_id: UserInPath,
    connection_id: Annotated[int, Path(ge=1, le=2**63 - 1, description="By its id.", examples=[1])],
    caller: CallerOf,
    connecting: ConnectingOf,
) -> ConnectionRemoved:
    """What it brought stays: its import takes that back."""
    caller.require_keeper(user_id)
    connecting.remove(user_id, connection_id)
    return ConnectionRemoved()


def _require(caller: Caller, user_id: str, profile: str | None) -> None:
    caller.require_keeper(user_id)
    caller.require_viewer(user_id, profile)
