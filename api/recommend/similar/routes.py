"""/items/{item}/similar: titles like a title."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.platform.wire.inputs import ReferenceInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.routes import answer, require_household, viewer_of
from api.recommend.schemas import RecommendPage
from api.recommend.similar.schemas import SimilarParams
from api.recommend.similar.similar_titles import SimilarTitles

router = APIRouter(tags=["recommend"])

SimilarOf = Annotated[SimilarTitles, Depends(provided(SimilarTitles))]


@router.get(
    "/items/{item:segment}/similar",
    operation_id="similar_titles",
    summary="Titles like this one, films and shows alike, the most alike first",
    response_model=RecommendPage,
    responses=documented(400, 403, 404, 410),
)
def similar(
    item: ReferenceInPath,
    params: Annotated[SimilarParams, from_query(SimilarParams)],
    caller: CallerOf,
    titles: SimilarOf,
) -> Response:
    """Of what is as much alike the better known comes first. With a viewer the list is personal and
    unseen."""
    limits = caller.limits(params.user_id, params.profile)
    require_household(caller, params)
    return answer(
        titles.page(
            item,
            params,
            viewer_of(caller, params),
            limits,
            names_within=caller.names_within(limits),
        ),
        params.fields,
    )
