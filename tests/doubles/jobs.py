"""Runs a job as the command line does and keeps what it said."""

from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich.console import Console

from api.jobs.job_options import JobOptions
from api.platform.database import Database
from etl.running.foreground import run_job
from etl.running.job import Work


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    status: int
    out: str
    err: str


def run(
    database: Database,
    work: Work,
    *,
    job: str = "job",
    **options: Any,
) -> Outcome:
    """`options` are those of JobOptions."""
    out, err = StringIO(), StringIO()
    status = run_job(
        job,
        database,
        work,
        options=JobOptions(**options),
        out=Console(file=out),
        err=Console(file=err),
    )
    return Outcome(status, out.getvalue(), err.getvalue())
