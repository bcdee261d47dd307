"""/users/{user_id}/predictions: will they like it?"""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.events import ProfileKey
from api.viewers.predictions.predictions import Predictions
from api.viewers.predictions.schemas import PredictionsOut, PredictionsQuery, references_of

router = APIRouter(prefix="/users", tags=["users"])

PredictionsOf = Annotated[Predictions, Depends(provided(Predictions))]


@router.get(
    "/{user_id:segment}/predictions",
    operation_id="predict",
    summary="How likely a viewer will like some titles, with reasons for and against",
    responses=documented(403, 404),
)
def predict(
    user_id: UserInPath,
    asked: Annotated[PredictionsQuery, from_query(PredictionsQuery)],
    caller: CallerOf,
    predictions: PredictionsOf,
) -> PredictionsOut:
    """A prediction pulls the rating of who sees it: ask for the rating before showing this."""
    limits = caller.require_viewer(user_id, asked.profile)
    found = predictions.of(ProfileKey(user_id, asked.profile), references_of(asked.items), limits)
    return PredictionsOut.model_validate(found)
