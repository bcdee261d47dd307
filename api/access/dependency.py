"""The dependency every protected route has: `CallerOf` in a handler is who asks."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPBearer

from api.access.caller import Caller
from api.access.hooks.hook_store import Hook
from api.access.presented import SESSION_COOKIE, Presented, presented_by
from api.platform.errors import NotAuthenticated

# These document the credentials; api/access/admission.py reads them.
_bearer = HTTPBearer(auto_error=False, description="An API key, or the JWT of one user.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key.")
_cookie = APIKeyCookie(
    name=SESSION_COOKIE, auto_error=False, description="A session, begun with POST /session."
)


async def caller_of(
    request: Request,
    _: Annotated[object, Depends(_bearer)],
    __: Annotated[object, Depends(_header)],
    ___: Annotated[object, Depends(_cookie)],
) -> Caller:
    """Who asks; refuses before the handler runs."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:  # a path was made public whose route is not
        raise NotAuthenticated("A key is needed.")
    return caller


async def caller_if_any(
    request: Request,
    _: Annotated[object, Depends(_bearer)],
    __: Annotated[object, Depends(_header)],
    ___: Annotated[object, Depends(_cookie)],
) -> Caller | None:
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
