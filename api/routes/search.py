"""/search: titles and people by name."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.dependency import CallerOf
from api.routes.etag import tagged
from api.routes.services import ServicesOf
from api.schemas.intent import Interpretation, InterpretQuery
from api.schemas.problem import documented
from api.schemas.search import PersonFound, SearchPage, SearchQuery, TitleFound
from api.services.search import Found

router = APIRouter(tags=["catalogue"])


@router.get(
    "/search",
    operation_id="search",
    summary="Titles and people by name, as you type",
    response_model=SearchPage,
    responses=documented(400) | {304: {"description": "As the ETag says, nothing changed"}},
)
def search(
    query: Annotated[SearchQuery, Query()],
    request: Request,
    caller: CallerOf,  # noqa: ARG001 - any caller may look
    services: ServicesOf,
) -> Response:
    """Every word may be unfinished, without its accents, or slightly mistyped."""
    found = services.search.find(
        query.q, media_type=query.media_type, cursor=query.cursor, limit=query.limit
    )
    return tagged(request, _render(found, services.settings.tmdb_image_url))


@router.get(
    "/search/interpret",
    operation_id="interpret",
    summary="What a request in words is understood to ask for",
    responses=documented(),
)
def interpret(
    query: Annotated[InterpretQuery, Query()],
    caller: CallerOf,  # noqa: ARG001 - any caller may look
    services: ServicesOf,
) -> Interpretation:
    """The filters, people and titles that GET /recommend would apply, for no viewer."""
    intent, degraded = services.interpretations.of(query.q, use_model=query.use_llm_intent)
    return Interpretation.of(intent, degraded)


def _render(found: Found, images: str) -> SearchPage:
    page = SearchPage(
        items=[
            TitleFound(
                id=title.id,
                tmdb_id=title.tmdb_id,
                media_type=title.media_type,
                title=title.title,
                release_year=title.release_year,
                poster_url=f"{images}{title.poster_path}" if title.poster_path else None,
                popularity=title.popularity,
            )
            for title in found.titles
        ],
        people=[
            PersonFound(id=person.id, tmdb_id=person.tmdb_id, name=person.name)
            for person in found.people
        ],
    )
    if found.next_cursor is not None:
        page.next_cursor = found.next_cursor
    return page
