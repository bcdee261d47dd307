"""The dependency every protected route has: `CallerOf` in a handler is who asks."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from api.access.caller import Caller
from api.access.gate import Gate, Presented

_bearer = HTTPBearer(auto_error=False, description="An API key, or the JWT of one user.")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key.")


def caller_of(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    key: Annotated[str | None, Depends(_header)],
) -> Caller:
    """Who asks; refuses before the handler runs. Blocking: it may read the table of keys."""
    gate: Gate = request.app.state.provided[Gate]
    return gate.admit(
        Presented(
            credential=bearer.credentials if bearer else key,
            host=request.headers.get("host", ""),
            address=request.client.host if request.client else None,
        )
    )


CallerOf = Annotated[Caller, Depends(caller_of)]
