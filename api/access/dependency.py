"""The dependency every protected route has: `CallerOf` in a handler is who asks."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPBearer

from api.access.caller import Caller
from api.platform.errors import NotAuthenticated

# These document the credentials; api/access/admission.py reads them.
_bearer = HTTPBearer(auto_error=False, description="An API key, or the JWT of one user.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key.")


async def caller_of(
    request: Request,
    _: Annotated[object, Depends(_bearer)],
    __: Annotated[object, Depends(_header)],
) -> Caller:
    """Who asks; refuses before the handler runs."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:  # a path was made public whose route is not
        raise NotAuthenticated("A key is needed.")
    return caller


CallerOf = Annotated[Caller, Depends(caller_of)]
