"""/recommend: lists, and why a title is or is not in one."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from api.access.caller import Caller
from api.access.dependency import CallerOf
from api.platform.wire.card_fields import Fields, with_fields
from api.platform.wire.inputs import MaybeProfileQuery
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.constraints.household import HouseholdParameters
from api.recommend.known_queries import PATH, KnownQueries, Written
from api.recommend.preview.preview import Preview
from api.recommend.preview.schemas import PreviewAnswer, PreviewRequest
from api.recommend.recommender import Page, Recommender
from api.recommend.request import RecommendRequest
from api.recommend.request_reader import RequestReader
from api.recommend.schemas import RecommendPage, RecommendParams
from api.viewers.events import ProfileKey

RecommenderOf = Annotated[Recommender, Depends(provided(Recommender))]
PreviewOf = Annotated[Preview, Depends(provided(Preview))]
ReaderOf = Annotated[RequestReader, Depends(provided(RequestReader))]
KnownQueriesOf = Annotated[KnownQueries, Depends(provided(KnownQueries))]


NOBODY = ProfileKey("", None)  # no user has an empty name


def viewer_of(caller: Caller, asked: MaybeProfileQuery) -> ProfileKey:
    """Whom a list is for that need not be for anybody."""
    user_id, profile = caller.viewer_of(asked.user_id, asked.profile)
    return NOBODY if user_id is None else ProfileKey(user_id, profile)


def require_household(caller: Caller, asked: HouseholdParameters) -> None:
    """Raises NotAuthorised for a credential of one profile that asks by what the others saw.

    The list with `household_seen` and the one without it would tell what that is.
    """
    if asked.household_seen != "any":
        caller.require_several()


def answer(page: Page, fields: Fields | None = None) -> Response:
    """A page as it is sent, whatever list it is of, its titles with these fields alone."""
    # The body is ready JSON: serialising it through the model would double the cost of a page.
    return Response(
        with_fields(page.body, fields),
        media_type="application/json",
        headers={"Server-Timing": page.server_timing},
        background=BackgroundTask(page.after) if page.after else None,
    )


class ReadOnce(APIRoute):
    """A route whose GET is answered without reading a query that was read before."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own, for what is not known."""
        make = super().get_route_handler()
        if "GET" not in (self.methods or ()):
            return make

        async def handle(request: Request) -> Response:
            known: KnownQueries = request.app.state.provided[KnownQueries]
            page = await known.page(request)
            return await make(request) if page is None else answer(*page)

        return handle


router = APIRouter(tags=["recommend"], route_class=ReadOnce)


@router.get(
    PATH,
    operation_id="recommend",
    summary="What to watch next, best first, with reasons",
    response_model=RecommendPage,
    responses=documented(400, 403, 404, 410),
)
async def recommend(
    asked: Request,
    known_queries: KnownQueriesOf,
    recommender: RecommenderOf,
    reader: ReaderOf,
    caller: CallerOf,
    params: Annotated[RecommendParams, from_query(RecommendParams)],
) -> Response:
    """Page one ranks the whole list; `next_cursor` walks through it, in any process."""
    caller.require_profile(params.user_id, params.profile)
    require_household(caller, params)
    # One statement tells the household too: what `require_viewer` would ask apart.
    versions = await known_queries.versions(asked, params.user_id, params.profile)
    limits = caller.limits_in(versions.household, params.profile)
    if params.debug:
        caller.require_admin()

    def made() -> tuple[RecommendRequest, Page]:
        request = reader.read(
            params, names_within=caller.names_within(limits), country=limits.country
        )
        if params.cursor is not None:
            return request, recommender.next_page(request, params.cursor, versions=versions)
        page = recommender.first_page(request, versions=versions, debug=params.debug)
        return request, page

    request, page = await run_in_threadpool(made)
    is_whole = params.cursor is None and not params.debug
    if is_whole and reader.asks_nothing(params):
        query: bytes = asked.scope["query_string"]
        known_queries.remember(query, Written(request, limits.country, params.fields))
    return answer(page, params.fields)


@router.post(
    "/recommend/preview",
    operation_id="preview_recommendation",
    summary="Why a title is or is not in a viewer's list",
    responses=documented(400, 403, 404, 413),
)
def preview(
    body: PreviewRequest,
    previews: PreviewOf,
    reader: ReaderOf,
    caller: CallerOf,
) -> PreviewAnswer:
    """Ranks the list as GET /recommend would; nothing is stored, and nothing counts as served."""
    limits = caller.require_viewer(body.user_id, body.profile)
    require_household(caller, body)
    placement = previews.judge(
        reader.read(body, names_within=caller.names_within(limits), country=limits.country),
        body.item,
    )
    return PreviewAnswer.of_placement(placement)
