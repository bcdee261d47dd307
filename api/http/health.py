"""For probes: is the process alive, and can it do its work."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from api.http.health_schemas import Alive, Ready
from api.http.readiness import Readiness
from api.platform.wire.problem import described
from api.platform.wire.problems import NOT_READY, problem
from api.platform.wire.provided import provided

router = APIRouter(tags=["health"])

ReadinessOf = Annotated[Readiness, Depends(provided(Readiness))]


@router.get("/healthz", operation_id="healthz", summary="Whether the process is alive")
async def healthz() -> Alive:
    """Touches nothing, so a slow database or model never makes it slow."""
    return Alive()


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Whether the service can answer",
    response_model=Ready,
    responses={503: described("Each thing that is not ready, under not_ready")},
)
async def readyz(request: Request, readiness: ReadinessOf) -> Ready | JSONResponse:
    """Names everything that is missing, each with what to do about it, or else what the process
    serves of the published catalogue. To serve an older one, or none, is no reason to be sent
    nothing, and neither is a fault that is worked around."""
    state = await readiness.state()
    if not state.missing:
        return Ready.of(state.catalogue, state.faults)
    detail = " ".join(f"{name}: {sentence}" for name, sentence in state.missing.items())
    members = {"not_ready": state.missing, "faults": state.faults}
    return problem(request, NOT_READY, detail, members=members)
