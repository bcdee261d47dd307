"""/map: every title as a point, and the regions they lie in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.access.dependency import CallerOf
from api.catalogue.title_map.schemas import MapQuery, RegionOut, RegionsOut
from api.catalogue.title_map.title_map import TitleMaps
from api.platform.wire.etag import tagged, tagged_bytes
from api.platform.wire.inputs import MaybeProfileQuery
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

MapsOf = Annotated[TitleMaps, Depends(provided(TitleMaps))]
_Answers = dict[int | str, dict[str, Any]]
_UNCHANGED: _Answers = {304: {"description": "As the ETag says, nothing changed"}}
_PACKED = "application/octet-stream"
_BYTES: _Answers = {
    200: {
        "description": "Titles of eight bytes each: `id`, `x` and `y`",
        "content": {_PACKED: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    "/map",
    operation_id="read_map",
    summary="Every title as a point, packed",
    response_class=Response,
    responses=documented(403, 404) | _UNCHANGED | _BYTES,
)
def title_map(
    query: Annotated[MapQuery, from_query(MapQuery)],
    request: Request,
    caller: CallerOf,
    maps: MapsOf,
) -> Response:
    """Eight bytes a title, by id, little-endian: our id (4), x (2) and y (2), 0 to 65535.

    Titles that are alike lie near each other; what the profile may not be shown is left out.
    """
    limits = caller.limits(query.user_id, query.profile)
    packed = maps.packed(limits, tile=query.square, most=query.most)
    return tagged_bytes(request, packed, media_type=_PACKED)


@router.get(
    "/map/regions",
    operation_id="list_regions",
    summary="The regions of the map by name, with titles they are known by",
    response_model=RegionsOut,
    responses=documented(403, 404) | _UNCHANGED,
)
def regions(
    query: Annotated[MaybeProfileQuery, from_query(MaybeProfileQuery)],
    request: Request,
    caller: CallerOf,
    maps: MapsOf,
) -> Response:
    """A new profile may begin here: pick regions, then titles known there."""
    found, regions = maps.regions(caller.limits(query.user_id, query.profile))
    shown = [RegionOut.model_validate(one) for one in regions]
    return tagged(request, RegionsOut(map_id=found.map_id, built_at=found.built_at, regions=shown))
