"""/path: a chain from one title to another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.path.path import Paths
from api.recommend.path.schemas import PathPage, PathParams
from api.recommend.routes import answer, require_household, viewer_of

router = APIRouter(tags=["recommend"])

PathsOf = Annotated[Paths, Depends(provided(Paths))]


@router.get(
    "/path",
    operation_id="path",
    summary="A chain from one title to another, each near both of its neighbours",
    response_model=PathPage,
    responses=documented(400, 403, 404),
)
def path(
    params: Annotated[PathParams, from_query(PathParams)], caller: CallerOf, paths: PathsOf
) -> Response:
    """The weakest link is as strong as it can be; a viewer's chain has nothing they have seen."""
    limits = caller.limits(params.user_id, params.profile)
    require_household(caller, params)
    return answer(
        paths.page(
            params, viewer_of(caller, params), limits, names_within=caller.names_within(limits)
        ),
        params.fields,
    )
