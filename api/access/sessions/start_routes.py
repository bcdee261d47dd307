"""POST /session: the one route that is open to whoever has a code, see api/access/admission.py."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.access.dependency import CallerIfAny, PresentedOf
from api.access.gate import Gate
from api.access.presented import SESSION_COOKIE
from api.access.same_origin import refuse_foreign_write
from api.access.sessions.schemas import SessionOut, SessionStart
from api.access.sessions.sessions import LASTS, Sessions
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(tags=["session"])

SessionsOf = Annotated[Sessions, Depends(provided(Sessions))]
GateOf = Annotated[Gate, Depends(provided(Gate))]


@router.post(
    "/session",
    operation_id="start_session",
    summary="Exchange a key, token or code for a session, or enter and leave a profile",
    responses=documented(400, 403, 404, 413),
)
def start(
    request: Request,
    response: Response,
    shown: PresentedOf,
    caller: CallerIfAny,
    gate: GateOf,
    sessions: SessionsOf,
    body: SessionStart | None = None,
) -> SessionOut:
    """Entering a profile with limits binds the session to it, and leaving takes the household's
    PIN. A machine that needs no credential gets its session for nothing."""
    body = body or SessionStart()
    refuse_foreign_write(shown)
    if body.code is not None:
        token = sessions.redeem(body.code)
    else:
        if caller is None:  # a session that has ended is in nobody's way here
            caller = gate.admit(replace(shown, session=None))
        token = sessions.start(caller, shown.session, body.entry(), pin=body.pin)
    started = gate.admit(replace(shown, credential=None, session=token))
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return SessionOut.of(started)
