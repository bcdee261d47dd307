"""Running a job or a worker from the command line, on the database of the environment."""

import signal
from datetime import UTC, datetime

from rich.console import Console

from api.jobs.job_options import JobName, JobOptions
from api.platform.database import Database
from api.platform.errors import SeenEmAllError
from api.platform.migrations import migrated_database
from config.settings import Settings
from etl.jobs import work_of, works
from etl.lists import OpensMaker
from etl.running.foreground import print_failure, run_job


def run(
    job: JobName, options: JobOptions, *, as_json: bool, lists: OpensMaker | None = None
) -> int:
    """Runs a job in the foreground; returns the exit status.

    Raises one of our errors when the job cannot even begin.
    """
    # `docker stop` ends a job as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        options.refuse_unfit(job, today=datetime.now(UTC).date())
        settings = Settings.load()
        with migrated_database(settings) as database:
            database.work_in_background()
            return run_on(database, settings, job, options, as_json=as_json, lists=lists)
    except SeenEmAllError as error:
        if as_json:
            print_failure(Console(), job, str(error))
        raise


def run_on(
    database: Database,
    settings: Settings,
    job: JobName,
    options: JobOptions,
    *,
    as_json: bool,
    lists: OpensMaker | None = None,
) -> int:
    """Runs a job on a database that is open; returns the exit status."""
    return run_job(
        job,
        database,
        work_of(job, settings, lists),
        options=options,
        out=Console(),
        err=Console(stderr=True),
        as_json=as_json,
    )


def run_worker(lists: OpensMaker | None = None) -> None:
    """Runs queued and scheduled jobs until SIGTERM or Ctrl-C."""
    # procrastinate is for workers alone.
    from etl.running.worker import CONNECTIONS, Worker

    settings = Settings.load()
    wide = settings.model_copy(update={"database_pool_size": CONNECTIONS})
    with migrated_database(wide) as database:
        database.work_in_background()
        worker = Worker(
            database,
            works(settings, lists),
            refresh_schedule=settings.refresh_cron,
            sync_schedule=settings.sync_cron,
        )
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: worker.stop())
        worker.run()
