"""/tonight: one title to watch now."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.domain.limits import strictest
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.routes import answer, require_household
from api.recommend.schemas import RecommendPage
from api.recommend.tonight.schemas import TonightParams
from api.recommend.tonight.tonight import Tonight

router = APIRouter(tags=["recommend"])

TonightOf = Annotated[Tonight, Depends(provided(Tonight))]


@router.get(
    "/tonight",
    operation_id="tonight",
    summary="One title to watch now, and two others of another kind",
    response_model=RecommendPage,
    responses=documented(400, 403, 404),
)
def tonight(
    params: Annotated[TonightParams, from_query(TonightParams)],
    caller: CallerOf,
    evenings: TonightOf,
) -> Response:
    """The same all evening, until the first title is turned down, snoozed or seen."""
    viewers = params.viewers
    if len(viewers) > 1:
        caller.require_several()
    limits = [caller.require_viewer(one.user_id, one.profile) for one in viewers]
    require_household(caller, params)
    return answer(
        evenings.page(params, limits, names_within=caller.names_within(strictest(limits))),
        params.fields,
    )
