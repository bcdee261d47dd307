"""/admin/keys: keys made, listed by prefix and revoked, as `seenemall keys` does it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.access.dependency import CallerOf
from api.access.gate import Gate
from api.access.key_schemas import KeyList, KeyMade, KeyPrefix, KeyRevoked, KeyWanted
from api.access.key_store import ApiKeyStore, prefix_of
from api.platform.errors import InvalidInput, NotFound
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(prefix="/admin/keys", tags=["admin"])

KeysOf = Annotated[ApiKeyStore, Depends(provided(ApiKeyStore))]
GateOf = Annotated[Gate, Depends(provided(Gate))]


@router.get(
    "",
    operation_id="list_keys",
    summary="Keys by prefix, with their dates",
    responses=documented(403),
)
def read(caller: CallerOf, keys: KeysOf) -> KeyList:
    """Needs scope admin. No answer has a key that was shown before."""
    caller.require_admin()
    return KeyList.of(keys.all())


@router.post(
    "",
    operation_id="make_key",
    summary="Make a key, which is shown this once",
    status_code=201,
    responses=documented(400, 403, 413),
)
def make(body: KeyWanted, caller: CallerOf, keys: KeysOf, gate: GateOf) -> KeyMade:
    """Needs scope admin. After the first key nobody is let in without one."""
    caller.require_admin()
    is_first = not gate.needs_credentials
    if is_first and body.scope != "admin":
        raise InvalidInput(
            "must be admin for the first key: after it nobody is the operator without one",
            field="scope",
        )
    key = keys.make(label=body.label, scope=body.scope)
    return KeyMade(key=key, prefix=prefix_of(key), is_first=is_first)


@router.delete(
    "/{prefix:segment}",
    operation_id="revoke_key",
    summary="Revoke a key, in every process at once",
    responses=documented(403, 404),
)
def revoke(
    prefix: Annotated[KeyPrefix, Path(description="The key, by how it begins.")],
    caller: CallerOf,
    keys: KeysOf,
) -> KeyRevoked:
    """Needs scope admin."""
    caller.require_admin()
    labels = keys.revoke(prefix)
    if not labels:
        raise NotFound(
            f"No valid key is called {prefix}; GET /admin/keys lists how each begins, in full."
        )
    return KeyRevoked(labels=labels)
