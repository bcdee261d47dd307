"""/genres and /services: what a filter can be made of, with counts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.access.dependency import CallerOf
from api.catalogue.vocabularies.schemas import GenreList, ServiceList, ServicesQuery
from api.catalogue.vocabularies.vocabularies import Vocabularies
from api.platform.wire.etag import tagged
from api.platform.wire.inputs import MaybeProfileQuery
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

VocabulariesOf = Annotated[Vocabularies, Depends(provided(Vocabularies))]
_RESPONSES = documented(403, 404) | {304: {"description": "As the ETag says, nothing changed"}}


@router.get(
    "/genres",
    operation_id="list_genres",
    summary="The genres, with how many films and shows each has",
    response_model=GenreList,
    responses=_RESPONSES,
)
def genres(
    query: Annotated[MaybeProfileQuery, from_query(MaybeProfileQuery)],
    request: Request,
    caller: CallerOf,
    vocabularies: VocabulariesOf,
) -> Response:
    """Counts are of what the profile may be shown."""
    found = vocabularies.genres(caller.limits(query.user_id, query.profile))
    return tagged(request, GenreList.model_validate({"genres": found}))


@router.get(
    "/services",
    operation_id="list_services",
    summary="The services of a country, with how many titles each has",
    response_model=ServiceList,
    responses=_RESPONSES,
)
def services(
    query: Annotated[ServicesQuery, from_query(ServicesQuery)],
    request: Request,
    caller: CallerOf,
    vocabularies: VocabulariesOf,
) -> Response:
    """Counts are of what the profile may be shown. A country without offers has no services."""
    limits = caller.limits(query.user_id, query.profile)
    return tagged(request, ServiceList.model_validate(vocabularies.services(query.country, limits)))
