"""A run on the command line: a bar or lines on stderr, one summary on stdout, an exit status.

Exit statuses: 0 for success and for a second run that leaves because the first still runs (a timer
that fires twice is no failure), 1 for a failure or a cancelled run, 130 after Ctrl-C, as shells
have it.
"""

from typing import Any

import orjson
from rich.console import Console

from api.jobs.job_options import JobOptions
from api.platform.database import Database
from etl.running.job import Busy, Ended, RunContext, Work, new_row, run_at
from etl.running.progress import display_on

SUCCESS, FAILURE, INTERRUPTED = 0, 1, 130
_BUSY = "another run is at work; leaving it to that one."


def run_job(
    job: str,
    database: Database,
    work: Work,
    *,
    options: JobOptions,
    out: Console,
    err: Console,
    as_json: bool = False,
) -> int:
    """Runs `work` under the lock of `job`; returns the exit status.

    The summary goes to `out`, everything else to `err`. An error of ours becomes one sentence; one
    that nobody expected is recorded and raised. With `as_json` the only thing on `out` is an object
    of the job, its state and its report or error.
    """
    context = RunContext(database, display_on(err))
    try:
        ended = run_at(context, job, work, options, new_row(job, options))
    except Busy:
        _print(err, f"{job}: {_BUSY}")
        if as_json:
            _print_json(out, {"job": job, "state": "revoked", "error": f"A{_BUSY[1:]}"})
        return SUCCESS
    except KeyboardInterrupt:
        _print(
            err, f"{job}: interrupted. Its committed batches stay; the next run continues there."
        )
        if as_json:
            _print_json(out, {"job": job, "state": "failure", "error": "Interrupted."})
        return INTERRUPTED
    assert ended is not None  # noqa: S101 - a new row is not over
    if as_json:
        _print_json(out, _outcome(job, ended))
    if ended.error is not None:
        _print(err, f"{job}: {ended.error}")
        return FAILURE
    if not as_json:
        dry = " (Dry run: nothing was kept.)" if options.dry_run else ""
        _print(out, f"{job}: {ended.report.sentence()}{dry}")
    return SUCCESS


def print_failure(out: Console, job: str, error: str) -> None:
    """Prints the JSON object of a job that could not even begin."""
    _print_json(out, {"job": job, "state": "failure", "error": error})


def _outcome(job: str, ended: Ended) -> dict[str, Any]:
    error = {} if ended.error is None else {"error": ended.error}
    return {
        "job": job,
        "state": ended.state,
        "run": ended.run_id,
        **ended.report.as_json(),
        **error,
    }


def _print_json(console: Console, outcome: dict[str, Any]) -> None:
    _print(console, orjson.dumps(outcome).decode())


def _print(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
