"""The command line of every job: `python -m etl JOB [--dry-run] [--limit N]`."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import OperationalError

from api.domain.jobs import JobName, JobOptions
from api.errors import DatabaseUnavailable, SeenEmAllError
from api.storage import migrations
from api.storage.database import Database, open_database
from config.settings import Settings
from etl.job import FAILURE, run_job, sentence_of
from etl.jobs import work_of

app = typer.Typer(
    help="Seen'emAll's jobs. Each is safe to run twice, and goes on where it stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all but write.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Work on so many at most.")]


@app.command()
def tmdb(
    dry_run: DryRun = False,
    limit: Limit = None,
    full: Annotated[bool, typer.Option("--full", help="Ask for every title anew.")] = False,
) -> None:
    """TMDB into the catalogue: everything first, later what changed."""
    _run("tmdb", JobOptions(dry_run=dry_run, limit=limit, full=full))


@app.command()
def justwatch(
    dry_run: DryRun = False,
    limit: Limit = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", help="ISO 3166-1; may be repeated.")
    ] = None,
) -> None:
    """JustWatch's offers, with links, for titles that can be watched in these countries."""
    _run("justwatch", JobOptions(dry_run=dry_run, limit=limit, countries=tuple(country or ())))


@app.command()
def embed(dry_run: DryRun = False, limit: Limit = None) -> None:
    """Vectors for what is new or whose text changed; a new space is switched to when complete."""
    _run("embed", JobOptions(dry_run=dry_run, limit=limit))


@app.command()
def neighbours(dry_run: DryRun = False) -> None:
    """The collaborative model, learned anew."""
    _run("neighbours", JobOptions(dry_run=dry_run))


@app.command()
def sample(dry_run: DryRun = False, limit: Limit = None) -> None:
    """A catalogue, offers and viewers to try the service with."""
    _run("sample", JobOptions(dry_run=dry_run, limit=limit))


@app.command()
def demo() -> None:
    """Everything `make demo` serves: the schema, the sample, its vectors, its neighbours."""
    settings = Settings.load()
    with _database(settings) as database:
        print("Preparing the database ...", file=sys.stderr)
        migrations.upgrade(database)
        steps: tuple[JobName, ...] = ("sample", "embed", "neighbours")
        for job in steps:
            if status := _run_on(database, settings, job, JobOptions()):
                raise typer.Exit(status)


@app.command()
def migrate(
    down: Annotated[str | None, typer.Option("--down", help='A revision, or "base".')] = None,
) -> None:
    """Bring the schema to head, or down to a revision."""
    with _database(Settings.load()) as database:
        if down is None:
            migrations.upgrade(database)
        else:
            migrations.downgrade(database, down)


def main() -> None:
    """Runs the command; an error of ours is one sentence on stderr and status 1."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # `docker stop` ends a job as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except (SeenEmAllError, OperationalError) as error:
        print(sentence_of(error), file=sys.stderr)
        sys.exit(FAILURE)


def _run(job: JobName, options: JobOptions) -> None:
    settings = Settings.load()
    with _database(settings) as database:
        if not migrations.is_at_head(database):
            raise DatabaseUnavailable("The database is not at the newest schema; run make migrate.")
        status = _run_on(database, settings, job, options)
    raise typer.Exit(status)


def _run_on(database: Database, settings: Settings, job: JobName, options: JobOptions) -> int:
    with work_of(job, settings) as work:
        return run_job(
            job, database, work, options=options, out=Console(), err=Console(stderr=True)
        )


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    main()
