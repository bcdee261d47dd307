"""PUT and DELETE below /items: the titles of an operator's own catalogue."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from api.access.dependency import CallerOf
from api.catalogue.own_titles.own_titles import OwnTitles, own_key
from api.catalogue.own_titles.schemas import (
    OwnTitleBody,
    OwnTitlesBody,
    StoredTitle,
    StoredTitles,
)
from api.platform.wire.inputs import Text
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(prefix="/items", tags=["catalogue"])

OwnTitlesOf = Annotated[OwnTitles, Depends(provided(OwnTitles))]
OwnReferenceInPath = Annotated[
    Text,
    Path(
        max_length=100,
        description="The catalogue of one's own and the title's id there.",
        examples=["archive:reel-7"],
    ),
]


@router.put(
    "",
    operation_id="put_items",
    summary="Many titles of an own catalogue, all of them or none",
    responses=documented(400, 403, 413),
)
def put_many(body: OwnTitlesBody, caller: CallerOf, titles: OwnTitlesOf) -> StoredTitles:
    """Needs scope admin. New titles get their vectors by the next `make embed`."""
    caller.require_admin()
    stored = titles.put(body.own_titles())
    return StoredTitles(items=[StoredTitle.of(one) for one in stored])


@router.put(
    "/{item:segment}",
    operation_id="put_item",
    summary="A title of an own catalogue, by the id that it has there: archive:reel-7",
    responses=documented(400, 403, 413),
)
def put(
    item: OwnReferenceInPath, body: OwnTitleBody, caller: CallerOf, titles: OwnTitlesOf
) -> StoredTitle:
    """Needs scope admin. Replaces what was known of it; a new title gets its vector by the next
    `make embed`."""
    caller.require_admin()
    (stored,) = titles.put([body.own_title(item)])
    return StoredTitle.of(stored)


@router.delete(
    "/{item:segment}",
    operation_id="delete_item",
    summary="Takes a title of an own catalogue out of it",
    status_code=204,
    responses=documented(400, 403, 404),
)
def delete(item: OwnReferenceInPath, caller: CallerOf, titles: OwnTitlesOf) -> Response:
    """Needs scope admin. Its row and what viewers did with it stay; putting it again revives it."""
    caller.require_admin()
    titles.retire(own_key(item))
    return Response(status_code=204)
