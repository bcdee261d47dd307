"""/search/interpret: what a request in words is understood to ask for."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.catalogue.limits.shown_titles import ShownTitles
from api.language.interpretations import Interpretations
from api.language.named_titles import told_within
from api.language.schemas import Interpretation, InterpretQuery
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(tags=["catalogue"])

ShownOf = Annotated[ShownTitles, Depends(provided(ShownTitles))]
InterpretationsOf = Annotated[Interpretations, Depends(provided(Interpretations))]


@router.get(
    "/search/interpret",
    operation_id="interpret",
    summary="What a request in words is understood to ask for",
    responses=documented(403, 404),
)
def interpret(
    query: Annotated[InterpretQuery, from_query(InterpretQuery)],
    caller: CallerOf,
    shown: ShownOf,
    interpretations: InterpretationsOf,
) -> Interpretation:
    """The filters, people and titles that GET /recommend would apply, whatever the taste."""
    limits = caller.limits(query.user_id, query.profile)
    intent, degraded = interpretations.of(query.q, use_model=query.use_llm_intent)
    named = told_within(intent.interpreted(), limits, shown)
    return Interpretation.of(intent, named, degraded)
