"""/search: titles, people and companies by name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.access.dependency import CallerOf
from api.catalogue.search.schemas import (
    CompanyFound,
    PersonFound,
    SearchPage,
    SearchQuery,
    TitleFound,
)
from api.catalogue.search.search import Found, Search
from api.platform.wire.etag import tagged
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

SearchOf = Annotated[Search, Depends(provided(Search))]


@router.get(
    "/search",
    operation_id="search",
    summary="Titles, people and companies by name, as you type",
    response_model=SearchPage,
    responses=documented(400, 403, 404)
    | {304: {"description": "As the ETag says, nothing changed"}},
)
def search(
    query: Annotated[SearchQuery, from_query(SearchQuery)],
    request: Request,
    caller: CallerOf,
    search_by_name: SearchOf,
) -> Response:
    """Every word may be unfinished, without its accents, or slightly mistyped."""
    found = search_by_name.find(
        query.q,
        media_type=query.media_type,
        cursor=query.cursor,
        limit=query.limit,
        limits=caller.limits(query.user_id, query.profile),
    )
    return tagged(request, _render(found, search_by_name.images), query.fields)


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
        companies=[
            CompanyFound(id=one.id, tmdb_id=one.tmdb_id, kind=one.kind, name=one.name)
            for one in found.companies
        ],
        guessed=list(found.guessed),
    )
    if found.next_cursor is not None:
        page.next_cursor = found.next_cursor
    return page
