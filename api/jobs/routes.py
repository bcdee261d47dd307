"""/admin/jobs: past, present and queued runs of jobs. For administrators only."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from api.access.dependency import CallerOf
from api.jobs.job_runs import StoredRun
from api.jobs.jobs import Jobs
from api.jobs.schemas import (
    JobRequest,
    JobsQuery,
    Run,
    RunDetails,
    RunPage,
    ScheduledJob,
    ScheduleList,
    ShownRun,
)
from api.platform.largest_integer import LARGEST_INTEGER
from api.platform.wire.inputs import ReferenceInPath
from api.platform.wire.problem import described, documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query


def _admin_only(caller: CallerOf) -> None:
    caller.require_admin()


router = APIRouter(prefix="/admin", tags=["jobs"], dependencies=[Depends(_admin_only)])

JobsOf = Annotated[Jobs, Depends(provided(Jobs))]

Answers = dict[int | str, dict[str, Any]]
RunInPath = Annotated[int, Path(ge=1, le=LARGEST_INTEGER, description="A run.", examples=[1])]
_WAITING: Answers = {409: described("A run of the job waits already; `run` is its id")}
_ENDED: Answers = {409: described("The run has ended already")}


@router.get(
    "/jobs",
    operation_id="list_jobs",
    summary="Runs of jobs, the newest first",
    responses=documented(400, 403),
    response_model_exclude_unset=True,
)
def list_runs(query: Annotated[JobsQuery, from_query(JobsQuery)], jobs: JobsOf) -> RunPage:
    """Children are listed as well, each with its parent_id."""
    runs, next_cursor = jobs.page(
        job=query.job, state=query.state, cursor=query.cursor, limit=query.limit
    )
    items = [Run.model_validate(run) for run in runs]
    if next_cursor is None:
        return RunPage(items=items)
    return RunPage(items=items, next_cursor=next_cursor)


@router.post(
    "/jobs",
    operation_id="request_job",
    summary="Queue a job",
    status_code=202,
    responses=documented(400, 403, 413) | _WAITING,
)
def request(body: JobRequest, jobs: JobsOf, response: Response) -> ShownRun:
    """A worker takes it up (`make worker`). Of each job one run waits at most."""
    return _queued(jobs, jobs.request(body.job, body.options.parsed()), response)


@router.get(
    "/jobs/{run:segment}",
    operation_id="read_job",
    summary="One run, with its steps and its last log lines",
    responses=documented(403, 404),
)
def read(run: RunInPath, jobs: JobsOf) -> RunDetails:
    """A running job writes its row once a second at most."""
    found, children = jobs.read(run)
    return RunDetails(
        **Run.model_validate(found).model_dump(),
        waits_for=jobs.why_it_waits(found),
        log=found.log,
        children=[Run.model_validate(child) for child in children],
    )


@router.post(
    "/jobs/{run:segment}/cancel",
    operation_id="cancel_job",
    summary="Cancel a run and every step of it",
    responses=documented(403, 404) | _ENDED,
)
def cancel(run: RunInPath, jobs: JobsOf) -> Run:
    """What waits is revoked at once, what runs at the end of its batch; what it committed stays."""
    return Run.model_validate(jobs.cancel(run))


@router.get(
    "/schedules",
    operation_id="list_schedules",
    summary="What workers queue by themselves, and when next",
    responses=documented(403),
)
def list_schedules(jobs: JobsOf) -> ScheduleList:
    """Empty when REFRESH_SCHEDULE is off."""
    schedules = jobs.schedules()
    return ScheduleList(
        items=[ScheduledJob.model_validate(one) for one in schedules],
        waits_for=jobs.why_all_wait(),
    )


@router.post(
    "/items/{item:segment}/embed",
    operation_id="embed_item",
    summary="Queue the vector of one title",
    status_code=202,
    responses=documented(403, 404) | _WAITING,
)
def embed(item: ReferenceInPath, jobs: JobsOf, response: Response) -> ShownRun:
    """As the job `embed` with this item alone."""
    return _queued(jobs, jobs.embed_item(item), response)


def _queued(jobs: Jobs, run: StoredRun, response: Response) -> ShownRun:
    response.headers["Location"] = f"/admin/jobs/{run.id}"
    waits_for = jobs.why_it_waits(run)
    return ShownRun(**Run.model_validate(run).model_dump(), waits_for=waits_for)
