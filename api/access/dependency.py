"""The dependency every protected route has: `CallerOf` in a handler is who asks."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant

from api.access.caller import Caller
from api.access.hooks.hook_store import Hook
from api.access.presented import SESSION_COOKIE, Presented, presented_by
from api.platform.errors import NotAuthenticated

# How callers say who they are, as OpenAPI describes it. FastAPI's own classes for this would read
# each header once more in every request; api/access/admission.py has read them.
CREDENTIALS: dict[str, dict[str, str]] = {
    "HTTPBearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, or the JWT of one user.",
    },
    "APIKeyHeader": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "An API key.",
    },
    "APIKeyCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "A session, begun with POST /session.",
    },
}


async def caller_of(request: Request) -> Caller:
    """Who asks; refuses before the handler runs."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:  # a path was made public whose route is not
        raise NotAuthenticated("A key is needed.")
    return caller


async def caller_if_any(request: Request) -> Caller | None:
    """Who asks; None at the one route that a code opens too (api/access/admission.py)."""
    caller: Caller | None = getattr(request.state, "caller", None)
    return caller


async def hook_of(request: Request) -> Hook:
    """The hook that is called; refuses before the handler runs."""
    hook: Hook | None = getattr(request.state, "hook", None)
    if hook is None:  # the route lies elsewhere than hooks do
        raise NotAuthenticated("A hook needs its token.")
    return hook


HookOf = Annotated[Hook, Depends(hook_of)]
PresentedOf = Annotated[Presented, Depends(presented_by)]
CallerIfAny = Annotated[Caller | None, Depends(caller_if_any)]
CallerOf = Annotated[Caller, Depends(caller_of)]


def takes_credentials(dependant: Dependant) -> bool:
    """Whether a route, or anything it depends on, asks who calls."""
    return dependant.call in (caller_of, caller_if_any) or any(
        takes_credentials(one) for one in dependant.dependencies
    )
