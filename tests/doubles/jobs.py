"""Runs a job as the command line does and keeps what it said."""

from dataclasses import dataclass
from io import StringIO

from rich.console import Console

from api.storage.database import Database
from etl.job import Options, Work, run_job


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
    dry_run: bool = False,
    limit: int | None = None,
) -> Outcome:
    out, err = StringIO(), StringIO()
    status = run_job(
        job,
        database,
        work,
        options=Options(dry_run, limit),
        out=Console(file=out),
        err=Console(file=err),
    )
    return Outcome(status, out.getvalue(), err.getvalue())
