"""/session: who asks, codes for another device, and the end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf, PresentedOf
from api.access.presented import SESSION_COOKIE
from api.access.sessions.schemas import SessionCode, SessionEnded, SessionOut, SessionProfile
from api.access.sessions.sessions import Sessions
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(tags=["session"])

SessionsOf = Annotated[Sessions, Depends(provided(Sessions))]


@router.get(
    "/session",
    operation_id="read_session",
    summary="Who asks, and for which profile",
    responses=documented(),
)
def read(caller: CallerOf) -> SessionOut:
    """Whatever credential it is."""
    return SessionOut.of(caller)


@router.delete(
    "/session",
    operation_id="end_session",
    summary="End the session",
    responses=documented(403),
)
def end(
    caller: CallerOf, shown: PresentedOf, sessions: SessionsOf, response: Response
) -> SessionEnded:
    """Within a profile with limits that takes leaving it first."""
    ended = sessions.end(caller, shown.session)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return SessionEnded(ended=int(ended))


@router.post(
    "/session/code",
    operation_id="offer_session",
    summary="A code that begins a session on another device",
    responses=documented(400, 403, 404, 413),
)
def offer(
    caller: CallerOf,
    shown: PresentedOf,
    sessions: SessionsOf,
    body: SessionProfile | None = None,
) -> SessionCode:
    """It works once, within five minutes, and gives no more than the caller has."""
    code = sessions.offer(caller, shown.session, (body or SessionProfile()).entry())
    return SessionCode(code=code.code, expires_at=code.expires_at)


@router.delete(
    "/users/{user_id:segment}/sessions",
    operation_id="end_sessions",
    summary="End every session of a user, on every device",
    responses=documented(403, 404),
)
def end_all(user_id: UserInPath, caller: CallerOf, sessions: SessionsOf) -> SessionEnded:
    """Those within profiles of theirs too, whoever began them."""
    caller.require_user(user_id)
    return SessionEnded(ended=sessions.end_all(user_id))
