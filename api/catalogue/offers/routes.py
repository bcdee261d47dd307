"""/watch-link/{item}: sends the viewer to where the title can be watched."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse

from api.access.dependency import CallerOf
from api.catalogue.offers.schemas import WatchLinkQuery
from api.catalogue.offers.watch_links import WatchLinks
from api.platform.wire.inputs import ReferenceInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

WatchLinksOf = Annotated[WatchLinks, Depends(provided(WatchLinks))]


@router.get(
    "/watch-link/{item:segment}",
    operation_id="watch_link",
    summary="Go to a title at a streaming service",
    status_code=307,
    response_class=RedirectResponse,
    responses=documented(403, 404) | {307: {"description": "The address is in `Location`"}},
)
def watch_link(
    item: ReferenceInPath,
    query: Annotated[WatchLinkQuery, from_query(WatchLinkQuery)],
    caller: CallerOf,
    watch_links: WatchLinksOf,
) -> RedirectResponse:
    """To the deep link of the best offer, else its web page."""
    limits = caller.limits(query.user_id, query.profile)
    url = watch_links.find(item, service=query.service, country=query.country, limits=limits)
    return RedirectResponse(url, 307, headers={"Cache-Control": "private, no-cache"})
