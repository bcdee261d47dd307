"""/hooks: what media servers call when somebody has watched something; and a user's hooks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool

from api.access.dependency import CallerOf, HookOf
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.viewers.hooks.bodies import body_of
from api.viewers.hooks.hooks import Hooks
from api.viewers.hooks.schemas import (
    HookAnswer,
    HookIn,
    HookMade,
    HookOut,
    HookRemoved,
    HooksOut,
)
from api.viewers.hooks.servers import HookSource

called = APIRouter(tags=["hooks"])  # by media servers: a hook's token opens it, nothing else
router = APIRouter(prefix="/users/{user_id:segment}/hooks", tags=["users"])

HooksOf = Annotated[Hooks, Depends(provided(Hooks))]
_Token = Annotated[
    str | None, Query(max_length=200, description="The hook's; or in the header X-Hook-Token.")
]

_ANY = {"type": "object", "description": "The server's own fields, whichever they are."}
_AS_JELLYFIN_SENDS = {
    "NotificationType": "PlaybackStop",
    "PlayedToCompletion": True,
    "ItemType": "Movie",
    "Name": "The Matrix",
    "Year": 1999,
    "Provider_tmdb": "603",
    "NotificationUsername": "dana",
    "UtcTimestamp": "2026-03-01T21:46:10Z",
}


@called.post(
    "/hooks/{source:segment}",
    operation_id="call_hook",
    summary="What a media server tells of a play",
    responses=documented(413),
    openapi_extra={
        "requestBody": {
            "description": "As the server sends it: JSON, or a form that holds it.",
            "content": {
                "application/json": {"schema": _ANY, "example": _AS_JELLYFIN_SENDS},
                "multipart/form-data": {"schema": _ANY, "example": {"payload": "{...}"}},
            },
        }
    },
)
async def call(
    source: Annotated[
        HookSource, Path(description="Which media server calls.", examples=["jellyfin"])
    ],
    hook: HookOf,
    hooks: HooksOf,
    request: Request,
    token: _Token = None,  # noqa: ARG001 - the gate has read it
) -> HookAnswer:
    """What was watched to its end is recorded, once; what was only begun is not."""
    body = await body_of(request)
    return HookAnswer.of(await run_in_threadpool(hooks.take, hook, source, body))


@router.get(
    "",
    operation_id="read_hooks",
    summary="A user's hooks",
    responses=documented(403, 404),
)
def read(user_id: UserInPath, caller: CallerOf, hooks: HooksOf) -> HooksOut:
    """Without their tokens, of which only hashes are kept."""
    caller.require_user(user_id)
    return HooksOut(items=[HookOut.of(hook) for hook in hooks.of(user_id)])


@router.post(
    "",
    status_code=201,
    operation_id="add_hook",
    summary="Make a hook for a media server",
    responses=documented(400, 403, 404, 413),
)
def add(user_id: UserInPath, body: HookIn, caller: CallerOf, hooks: HooksOf) -> HookMade:
    """Its token is shown once. In a household with limits, for scopes client and admin."""
    caller.require_keeper(user_id)
    for profile in body.named().values():
        caller.require_viewer(user_id, profile)
    hook_id, token = hooks.add(user_id, body.source, body.named())
    return HookMade(id=hook_id, token=token, path=f"/hooks/{body.source}?token={token}")


@router.delete(
    "/{hook_id:segment}",
    operation_id="remove_hook",
    summary="End a hook",
    responses=documented(403, 404),
)
def remove(
    user_id: UserInPath,
    hook_id: Annotated[
        int, Path(ge=1, le=2**63 - 1, description="A hook, by its id.", examples=[1])
    ],
    caller: CallerOf,
    hooks: HooksOf,
) -> HookRemoved:
    """What it brought stays: its import takes that back."""
    caller.require_keeper(user_id)
    hooks.remove(user_id, hook_id)
    return HookRemoved()
