"""/admin/index: what recommendations are made from, for the operator."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.catalogue.index.catalogue_index import CatalogueIndex
from api.catalogue.index.schemas import IndexAnswer
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(prefix="/admin/index", tags=["admin"])

CatalogueIndexOf = Annotated[CatalogueIndex, Depends(provided(CatalogueIndex))]


@router.get(
    "",
    operation_id="read_index",
    summary="Embedding spaces, their indexes, and how complete the catalogue is",
    responses=documented(403),
)
def read(caller: CallerOf, index: CatalogueIndexOf) -> IndexAnswer:
    """Needs scope admin. Counts whole tables: for an occasional look, not for a probe."""
    caller.require_admin()
    return IndexAnswer.of(index.report())
