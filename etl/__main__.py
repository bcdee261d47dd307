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
from api.storage.index_state import read_spaces
from config.settings import Settings
from etl.embeddings.drop import drop_old_spaces, drop_space
from etl.embeddings.listing import table_of
from etl.job import FAILURE, run_job, sentence_of
from etl.jobs import work_of

app = typer.Typer(
    help="Seen'emAll's jobs. Each is safe to run twice, and goes on where it stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_UNFOLDED = 200  # columns

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
def embed(
    dry_run: DryRun = False,
    limit: Limit = None,
    full: Annotated[bool, typer.Option("--full", help="Embed every title anew.")] = False,
) -> None:
    """Vectors for what is new or whose text changed; a new space is switched to when complete."""
    _run("embed", JobOptions(dry_run=dry_run, limit=limit, full=full))


@app.command()
def spaces(
    drop: Annotated[int | None, typer.Option("--drop", help="Drop the space of this id.")] = None,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Drop those that were active once and are not now.")
    ] = False,
) -> None:
    """The embedding spaces and their indexes; drops those that are no longer searched."""
    with _database(Settings.load()) as database:
        _refuse_older_schema(database)
        database.open_reads()
        dropped = [drop_space(database, drop)] if drop is not None else []
        if drop_old:
            dropped += drop_old_spaces(database)
        for space in dropped:
            print(f"Dropped space {space.id} with its {space.vectors:,} vectors.", file=sys.stderr)
        # Lines in a file or a pipe are not folded as those of a terminal are.
        width = None if sys.stdout.isatty() else _UNFOLDED
        Console(markup=False, width=width).print(table_of(read_spaces(database)))


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
        _refuse_older_schema(database)
        status = _run_on(database, settings, job, options)
    raise typer.Exit(status)


def _refuse_older_schema(database: Database) -> None:
    if not migrations.is_at_head(database):
        raise DatabaseUnavailable("The database is not at the newest schema; run make migrate.")


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
