"""/admin/index: what recommendations are made from, for whoever runs the service."""

from fastapi import APIRouter, Response

from api.access.dependency import CallerOf
from api.routes.services import ServicesOf
from api.schemas.index import IndexAnswer
from api.schemas.problem import documented

router = APIRouter(prefix="/admin/index", tags=["admin"])


@router.get(
    "",
    operation_id="read_index",
    summary="Embedding spaces, their indexes, and how complete the catalogue is",
    responses=documented(403),
)
def read(caller: CallerOf, services: ServicesOf, response: Response) -> IndexAnswer:
    """Needs scope admin. Counts whole tables: ask it now and then, not as a probe."""
    caller.require_admin()
    response.headers["Cache-Control"] = "private, no-store"
    return IndexAnswer.of(services.index.report())
