"""/admin/strategies and /admin/experiments, as `seenemall strategies` has them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.access.dependency import CallerOf
from api.experiments.experiments import Experiments
from api.experiments.schemas import (
    ExperimentReport,
    Promoted,
    ReportQuery,
    StrategyList,
    StrategyName,
)
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query


def _admin_only(caller: CallerOf) -> None:
    caller.require_admin()


router = APIRouter(prefix="/admin", tags=["admin"], dependencies=[Depends(_admin_only)])

ExperimentsOf = Annotated[Experiments, Depends(provided(Experiments))]


@router.get(
    "/strategies",
    operation_id="list_strategies",
    summary="The strategies that are configured, and the last promotions",
    responses=documented(403),
)
def strategies(experiments: ExperimentsOf) -> StrategyList:
    """Needs scope admin."""
    return StrategyList.of(list(experiments.strategies.values()), experiments.promotions())


@router.post(
    "/strategies/{name:segment}/promote",
    operation_id="promote_strategy",
    summary="Make a strategy champion at the next request",
    responses=documented(403, 404),
)
def promote(
    name: Annotated[StrategyName, Path(description="The strategy, by its name.")],
    caller: CallerOf,
    experiments: ExperimentsOf,
) -> Promoted:
    """Needs scope admin; the record says which credential did it."""
    was = experiments.promote(name, by=caller.identity)
    return Promoted(champion=name, was=was)


@router.get(
    "/experiments",
    operation_id="report_experiments",
    summary="What became of each strategy's lists, and whether one is better",
    responses=documented(403),
)
def experiments(
    experiments: ExperimentsOf, query: Annotated[ReportQuery, from_query(ReportQuery)]
) -> ExperimentReport:
    """Needs scope admin. A finding takes enough viewers on both sides; else it says so."""
    return ExperimentReport.of(experiments.report(days=query.days))
