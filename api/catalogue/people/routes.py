"""/people/{person}: a person with their titles."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.access.dependency import CallerOf
from api.catalogue.people.people import People
from api.catalogue.people.schemas import PersonQuery, PersonRecord
from api.platform.wire.etag import tagged
from api.platform.wire.inputs import Text
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

PeopleOf = Annotated[People, Depends(provided(People))]
PersonInPath = Annotated[
    Text,
    Path(max_length=40, description='A person: our id, or "tmdb:1158".', examples=["tmdb:1158"]),
]


@router.get(
    "/people/{person:segment}",
    operation_id="read_person",
    summary="A person with their titles, the most popular first",
    response_model=PersonRecord,
    responses=documented(403, 404) | {304: {"description": "As the ETag says, nothing changed"}},
)
def read(
    person: PersonInPath,
    query: Annotated[PersonQuery, from_query(PersonQuery)],
    request: Request,
    caller: CallerOf,
    people: PeopleOf,
) -> Response:
    """Titles above the limits of the profile are left out."""
    limits = caller.limits(query.user_id, query.profile)
    record = people.record(person, limits=limits, limit=query.limit)
    return tagged(request, PersonRecord.model_validate(record))
