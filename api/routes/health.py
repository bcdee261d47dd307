"""For probes: is the process alive, and can it do its work."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.routes.problems import NOT_READY, problem
from api.schemas.health import Alive
from api.schemas.problem import described

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="healthz", summary="Whether the process is alive")
async def healthz() -> Alive:
    """Touches nothing, so a slow database or model never makes it slow."""
    return Alive()


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Whether the service can answer",
    response_model=Alive,
    responses={503: described("Each thing that is not ready, under not_ready")},
)
def readyz(request: Request) -> Alive | JSONResponse:
    """Names everything that is missing, each with what to do about it."""
    missing = request.app.state.services.readiness.missing()
    if not missing:
        return Alive()
    detail = " ".join(f"{name}: {sentence}" for name, sentence in missing.items())
    return problem(request, NOT_READY, detail, members={"not_ready": missing})
