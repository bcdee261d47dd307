"""/watch-link/{item}: sends the viewer to where the title can be watched."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse

from api.access.dependency import CallerOf
from api.routes.services import ServicesOf
from api.schemas.inputs import ReferenceInPath
from api.schemas.problem import documented
from api.schemas.watch_links import WatchLinkQuery

router = APIRouter(tags=["catalogue"])


@router.get(
    "/watch-link/{item}",
    operation_id="watch_link",
    summary="Go to a title at a streaming service",
    status_code=307,
    response_class=RedirectResponse,
    responses=documented(404),
)
def watch_link(
    item: ReferenceInPath,
    query: Annotated[WatchLinkQuery, Query()],
    caller: CallerOf,  # noqa: ARG001 - any caller may look
    services: ServicesOf,
) -> RedirectResponse:
    """To the deep link of the best offer, else its web page."""
    url = services.watch_links.find(item, service=query.service, country=query.country)
    return RedirectResponse(url, 307, headers={"Cache-Control": "private, no-cache"})
