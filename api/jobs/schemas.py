"""/admin/jobs on the wire."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.jobs.job_options import JobName, JobOptions, JobState, RequestedBy
from api.platform.largest_integer import LARGEST_INTEGER
from api.platform.wire.inputs import CountryCode, Cursor, Strict

_RUN: JsonDict = {
    "id": 42,
    "job": "refresh",
    "state": "progress",
    "percent": 50.0,
    "parent_id": None,
    "requested_by": "schedule",
    "options": {},
    "report": {
        "read": 1200,
        "written": 35,
        "unchanged": 1161,
        "rejected": {"gone": 4},
        "dropped": {"credits.cast: id, int_type": 2},
        "notes": [],
        "seconds": 61.5,
    },
    "created_at": "2026-03-01T03:15:00Z",
    "started_at": "2026-03-01T03:15:01Z",
    "finished_at": None,
    "cancel_requested_at": None,
}


class Options(Strict):
    """What may be asked of a job; an option that the job does not take is refused."""

    dry_run: Annotated[bool, Field(description="Do all but write.")] = False
    limit: Annotated[
        int | None, Field(ge=1, le=LARGEST_INTEGER, description="So many titles at most.")
    ] = None
    full: Annotated[bool, Field(description="Do everything anew.")] = False
    since: Annotated[
        date | None, Field(description="What changed from this day on.", examples=["2026-02-01"])
    ] = None
    countries: Annotated[
        tuple[CountryCode, ...],
        Field(max_length=300, description="In place of the settings'."),
    ] = ()
    items: Annotated[
        tuple[Annotated[int, Field(ge=1, le=LARGEST_INTEGER)], ...],
        Field(max_length=1000, description="These titles alone, by our ids."),
    ] = ()

    def parsed(self) -> JobOptions:
        """As jobs have them."""
        return JobOptions(
            dry_run=self.dry_run,
            limit=self.limit,
            full=self.full,
            since=self.since,
            countries=self.countries,
            items=self.items,
        )


class JobRequest(Strict):
    """A job that is to run."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"job": "tmdb", "options": {"since": "2026-02-01"}}}
    )

    job: Annotated[JobName, Field(description="Which job.")]
    options: Options = Options()


class JobsQuery(Strict):
    """Parameters of a page of runs."""

    job: Annotated[JobName | None, Field(description="Runs of this job alone.")] = None
    state: Annotated[JobState | None, Field(description="Runs that stand so alone.")] = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100, description="Runs on a page.")] = 20


class Run(BaseModel):
    """One run of a job."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"example": _RUN})

    id: int
    job: JobName
    state: JobState
    percent: Annotated[float, Field(description="Of the stretch at work, 0 to 100.")]
    parent_id: Annotated[int | None, Field(description="The run that this one is a step of.")]
    requested_by: RequestedBy
    options: dict[str, Any]
    report: Annotated[
        dict[str, Any] | None, Field(description="Counts so far; a failed run's has an `error`.")
    ]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_requested_at: datetime | None


class ShownRun(Run):
    """One run on its own."""

    waits_for: Annotated[
        str | None, Field(description="What a pending run lacks: nobody works on the queue.")
    ] = None


class RunDetails(ShownRun):
    """One run with its log and its steps."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": _RUN
            | {
                "log": ["2026-03-01 03:16:02 tmdb: read 1,200, written 35, ..."],
                "children": [_RUN | {"id": 43, "job": "tmdb", "parent_id": 42}],
            }
        }
    )

    log: Annotated[list[str], Field(description="The last lines, with their time in UTC.")]
    children: Annotated[list[Run], Field(description="Its steps, in their order.")]


class RunPage(BaseModel):
    """Runs, the newest first."""

    items: list[Run]
    next_cursor: str | None = None


class ScheduledJob(BaseModel):
    """A job that workers queue by themselves."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "example": {
                "job": "refresh",
                "cron": "15 3 * * *",
                "next_at": "2026-03-02T03:15:00Z",
                "last_run": _RUN,
            }
        },
    )

    job: JobName
    cron: Annotated[str, Field(description="In UTC.")]
    next_at: datetime
    last_run: Annotated[Run | None, Field(description="The newest, whoever asked for it.")]


class ScheduleList(BaseModel):
    """Every schedule that is on."""

    items: list[ScheduledJob]
    waits_for: Annotated[
        str | None, Field(description="What keeps them from beginning: nobody works on the queue.")
    ] = None
