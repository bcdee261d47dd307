"""/users/{user_id}/pin: the household's PIN, which leaving a profile with limits takes."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.access.sessions.pins import Pins
from api.access.sessions.schemas import PinChange, PinState
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(prefix="/users", tags=["users"])

PinsOf = Annotated[Pins, Depends(provided(Pins))]


@router.get(
    "/{user_id:segment}/pin",
    operation_id="read_pin",
    summary="Whether the household has a PIN",
    responses=documented(403, 404),
)
def read_pin(user_id: UserInPath, caller: CallerOf, pins: PinsOf) -> PinState:
    """Never the PIN itself. Without one a profile with limits cannot be left."""
    caller.require_user(user_id)
    return PinState(user_id=user_id, pin_is_set=pins.is_set(user_id))


@router.put(
    "/{user_id:segment}/pin",
    operation_id="set_pin",
    summary="Set the household's PIN",
    responses=documented(400, 403, 404, 413),
)
def set_pin(user_id: UserInPath, body: PinChange, caller: CallerOf, pins: PinsOf) -> PinState:
    """For scopes client and admin. It begins with all tries."""
    caller.require_user(user_id)
    caller.require_operator()
    pins.set(user_id, body.pin)
    return PinState(user_id=user_id, pin_is_set=True)


@router.delete(
    "/{user_id:segment}/pin",
    operation_id="delete_pin",
    summary="Remove the household's PIN",
    responses=documented(403, 404),
)
def delete_pin(user_id: UserInPath, caller: CallerOf, pins: PinsOf) -> PinState:
    """For scopes client and admin. Nobody can leave a profile with limits then."""
    caller.require_user(user_id)
    caller.require_operator()
    pins.remove(user_id)
    return PinState(user_id=user_id, pin_is_set=False)
