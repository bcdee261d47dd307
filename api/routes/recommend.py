"""GET /recommend."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.background import BackgroundTask

from api.access.dependency import CallerOf
from api.routes.services import ServicesOf
from api.schemas.problem import documented
from api.schemas.recommend import RecommendPage, RecommendParams
from api.storage.provider_names import short_names

router = APIRouter(tags=["recommend"])


@router.get(
    "/recommend",
    operation_id="recommend",
    summary="What to watch next, best first, with reasons",
    response_model=RecommendPage,
    responses=documented(400, 403, 404, 410),
)
def recommend(
    services: ServicesOf, caller: CallerOf, params: Annotated[RecommendParams, Query()]
) -> Response:
    """Page one ranks the whole list; `next_cursor` walks through it, in any process."""
    caller.require_user(params.user_id)
    if params.debug:
        caller.require_admin()
    wish = params.wish(
        default_country=services.settings.justwatch_country,
        services=short_names(services.database, params.wished_services),
    )
    if params.cursor is not None:
        page = services.recommender.next_page(wish, params.cursor)
    else:
        page = services.recommender.first_page(wish, debug=params.debug)
    # The body is ready JSON: serialising it through the model would double the cost of a page.
    return Response(
        page.body,
        media_type="application/json",
        headers={"Cache-Control": "private, no-store", "Server-Timing": page.server_timing},
        background=BackgroundTask(services.shadows.offer, page.shadow) if page.shadow else None,
    )
