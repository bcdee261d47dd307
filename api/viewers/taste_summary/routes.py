"""/users/{user_id}/taste: what a history says of its viewer."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import ProfileOnly, UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.events import ProfileKey
from api.viewers.taste_summary.schemas import TasteOut
from api.viewers.taste_summary.tastes import Tastes

router = APIRouter(prefix="/users", tags=["users"])

TastesOf = Annotated[Tastes, Depends(provided(Tastes))]


@router.get(
    "/{user_id:segment}/taste",
    operation_id="read_taste",
    summary="What a viewer's liked titles are, in counts, beside the catalogue and over time",
    responses=documented(403, 404),
)
def read_taste(
    user_id: UserInPath,
    asked: Annotated[ProfileOnly, from_query(ProfileOnly)],
    caller: CallerOf,
    tastes: TastesOf,
) -> TasteOut:
    """Worked out anew from the events of the newest thousand titles; nothing of it is stored."""
    caller.require_viewer(user_id, asked.profile)
    return TasteOut.model_validate(tastes.of(ProfileKey(user_id, asked.profile)))
