"""/search/interpret: what a request in words is understood to ask for."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.access.dependency import CallerOf
from api.language.interpretations import Interpretations
from api.language.schemas import Interpretation, InterpretQuery
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided

router = APIRouter(tags=["catalogue"])

InterpretationsOf = Annotated[Interpretations, Depends(provided(Interpretations))]


@router.get(
    "/search/interpret",
    operation_id="interpret",
    summary="What a request in words is understood to ask for",
    responses=documented(),
)
def interpret(
    query: Annotated[InterpretQuery, Query()],
    caller: CallerOf,  # noqa: ARG001 - any caller may look
    interpretations: InterpretationsOf,
) -> Interpretation:
    """The filters, people and titles that GET /recommend would apply, for no viewer."""
    intent, degraded = interpretations.of(query.q, use_model=query.use_llm_intent)
    return Interpretation.of(intent, degraded)
