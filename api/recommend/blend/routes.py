"""/blend: titles between some titles and away from others."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.recommend.blend.blend import Blend
from api.recommend.blend.schemas import BlendRequest
from api.recommend.routes import answer, require_household, viewer_of
from api.recommend.schemas import RecommendPage

router = APIRouter(tags=["recommend"])

BlendOf = Annotated[Blend, Depends(provided(Blend))]


@router.post(
    "/blend",
    operation_id="blend",
    summary="Titles between the liked ones and away from the others",
    response_model=RecommendPage,
    responses=documented(400, 403, 404, 410, 413),
)
def blend(body: BlendRequest, caller: CallerOf, blends: BlendOf) -> Response:
    """Every liked title counts. The next page takes the same body with `cursor`."""
    limits = caller.limits(body.user_id, body.profile)
    require_household(caller, body)
    return answer(
        blends.page(
            body, viewer_of(caller, body), limits, names_within=caller.names_within(limits)
        ),
        body.fields,
    )
