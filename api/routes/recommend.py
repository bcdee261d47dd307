"""/recommend: lists, and why a title is or is not in one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.background import BackgroundTask

from api.access.dependency import CallerOf
from api.domain.recommendation import Wish
from api.routes.services import Services, ServicesOf
from api.schemas.preview import PreviewRequest, PreviewVerdict
from api.schemas.problem import documented
from api.schemas.recommend import ListWish, RecommendPage, RecommendParams
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
    wish = _wish(params, services)
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


@router.post(
    "/recommend/preview",
    operation_id="preview_recommendation",
    summary="Why a title is or is not in a viewer's list",
    responses=documented(400, 404, 413),
)
def preview(
    body: PreviewRequest, services: ServicesOf, caller: CallerOf, response: Response
) -> PreviewVerdict:
    """Ranks the list as GET /recommend would; nothing is stored, and nothing counts as served."""
    caller.require_user(body.user_id)
    verdict = services.preview.judge(_wish(body, services), body.item)
    response.headers["Cache-Control"] = "private, no-store"
    return PreviewVerdict.of_verdict(verdict)


def _wish(wish: ListWish, services: Services) -> Wish:
    return wish.wish(
        default_country=services.settings.justwatch_country,
        services=short_names(services.database, wish.wished_services),
    )
