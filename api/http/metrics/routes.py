"""/metrics: what monitoring asks for every few seconds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.access.dependency import CallerOf
from api.http.metrics.metrics import Metrics
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(tags=["admin"])

MetricsOf = Annotated[Metrics, Depends(provided(Metrics))]


@router.get(
    "/metrics",
    operation_id="read_metrics",
    summary="What the service does, in Prometheus' text format",
    response_class=PlainTextResponse,
    responses=documented(403) | {200: {"description": "Prometheus' text format, version 0.0.4"}},
)
async def metrics(caller: CallerOf, figures: MetricsOf) -> Response:
    """Needs scope admin. One answer tells of all processes of WORKERS, each under its id as
    `process`; no label has an id, a key or anything that a viewer wrote."""
    caller.require_admin()
    return Response(await figures.text(), media_type=CONTENT_TYPE_LATEST)
