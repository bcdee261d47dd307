"""/admin/rules: the business rules read, tried on a viewer's list without effect, and replaced."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.problem import described, documented
from api.platform.wire.provided import provided
from api.recommend.request_reader import RequestReader
from api.recommend.rules.rules_desk import RulesDesk
from api.recommend.rules.schemas import RulesOut, RulesPut, RulesTry, TrialOut


def _admin_only(caller: CallerOf) -> None:
    caller.require_admin()


router = APIRouter(prefix="/admin/rules", tags=["admin"], dependencies=[Depends(_admin_only)])

DeskOf = Annotated[RulesDesk, Depends(provided(RulesDesk))]
ReaderOf = Annotated[RequestReader, Depends(provided(RequestReader))]


@router.get(
    "",
    operation_id="read_rules",
    summary="The business rules in force",
    responses=documented(403),
)
def read(desk: DeskOf) -> RulesOut:
    """Needs scope admin."""
    return RulesOut.of(desk.read())


@router.post(
    "/try",
    operation_id="try_rules",
    summary="What other rules would make of a viewer's list",
    responses=documented(400, 403, 404, 413),
)
def try_rules(body: RulesTry, desk: DeskOf, reader: ReaderOf, caller: CallerOf) -> TrialOut:
    """Needs scope admin. Ranks the list twice; nothing is stored, and nothing counts as served."""
    limits = caller.require_viewer(body.user_id, body.profile)
    request = reader.read(body, names_within=caller.names_within(limits), country=limits.country)
    return TrialOut.model_validate(desk.try_out(request, body.rules, head=body.limit))


@router.put(
    "",
    operation_id="put_rules",
    summary="Replace the business rules, in every process at its next request",
    responses=documented(400, 403, 413)
    | {409: described("The rules were changed meanwhile, or the file may not be written")},
)
def put(body: RulesPut, desk: DeskOf) -> RulesOut:
    """Needs scope admin."""
    return RulesOut.of(desk.put(body.rules, edition=body.edition))
