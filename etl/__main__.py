"""The command line of every job: `python -m etl JOB [--dry-run] [--limit N] ...`."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import OperationalError

from api.catalogue.index.index_state import read_spaces
from api.jobs.job_options import JobName, JobOptions
from api.platform import migrations
from api.platform.database import Database, open_database
from api.platform.errors import DatabaseUnavailable, SeenEmAllError
from config.settings import Settings
from etl.embeddings.drop import drop_old_spaces, drop_space
from etl.embeddings.listing import table_of
from etl.jobs import work_of, works
from etl.running.foreground import FAILURE, run_job, say_failure
from etl.running.job import sentence_of

app = typer.Typer(
    help="Seen'emAll's jobs. Each is safe to run twice, and goes on where it stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_UNFOLDED = 200  # columns

DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all but write.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Work on so many at most.")]
Full = Annotated[bool, typer.Option("--full", help="Take every title anew.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help="What changed from this day on."),
]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", help="In place of the configured ones; may be repeated."),
]
Items = Annotated[
    list[int] | None, typer.Option("--item", min=1, help="This title, by our id; may be repeated.")
]
Ratings = Annotated[
    str | None,
    typer.Option(
        "--ratings",
        help="Learn from this ratings set as well, a folder or zip in MovieLens format; later runs "
        "do, too, until one is told: off.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Report as one JSON object on stdout.")]


@app.command()
def refresh(
    dry_run: DryRun = False,
    limit: Limit = None,
    since: Since = None,
    country: Countries = None,
    as_json: AsJson = False,
) -> None:
    """Everything that keeps the catalogue fresh, one job after the other."""
    options = JobOptions(dry_run, limit, since=_day(since), countries=_countries(country))
    _run("refresh", options, as_json=as_json)


@app.command()
def tmdb(
    dry_run: DryRun = False,
    limit: Limit = None,
    full: Full = False,
    since: Since = None,
    as_json: AsJson = False,
) -> None:
    """TMDB into the catalogue: everything first, later what changed."""
    _run("tmdb", JobOptions(dry_run, limit, full, _day(since)), as_json=as_json)


@app.command()
def justwatch(
    dry_run: DryRun = False,
    limit: Limit = None,
    country: Countries = None,
    as_json: AsJson = False,
) -> None:
    """JustWatch's offers, with links, for titles that can be watched in these countries."""
    options = JobOptions(dry_run, limit, countries=_countries(country))
    _run("justwatch", options, as_json=as_json)


@app.command()
def embed(
    dry_run: DryRun = False,
    limit: Limit = None,
    full: Full = False,
    item: Items = None,
    as_json: AsJson = False,
) -> None:
    """Vectors for what is new or whose text changed; a new space is switched to when complete."""
    _run("embed", JobOptions(dry_run, limit, full, items=tuple(item or ())), as_json=as_json)


@app.command()
def neighbours(dry_run: DryRun = False, ratings: Ratings = None, as_json: AsJson = False) -> None:
    """The collaborative model, learned anew."""
    _run("neighbours", JobOptions(dry_run, ratings=ratings), as_json=as_json)


@app.command()
def sample(dry_run: DryRun = False, limit: Limit = None, as_json: AsJson = False) -> None:
    """A catalogue, offers and viewers to try the service with."""
    _run("sample", JobOptions(dry_run, limit), as_json=as_json)


@app.command()
def spaces(
    drop: Annotated[int | None, typer.Option("--drop", help="Drop the space of this id.")] = None,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Drop those that were active once and are not now.")
    ] = False,
) -> None:
    """The embedding spaces and their indexes; drops those that are no longer searched."""
    with _migrated(Settings.load()) as database:
        database.open_pool()
        dropped = [drop_space(database, drop)] if drop is not None else []
        if drop_old:
            dropped += drop_old_spaces(database)
        for space in dropped:
            print(f"Dropped space {space.id} with its {space.vectors:,} vectors.", file=sys.stderr)
        # Lines in a file or a pipe are not folded as those of a terminal are.
        width = None if sys.stdout.isatty() else _UNFOLDED
        Console(markup=False, width=width).print(table_of(read_spaces(database)))


@app.command()
def graph() -> None:
    """The text encoder's graph alone, for an image or a machine that serves and runs no jobs."""
    # Loads ONNX Runtime, which the other commands do without.
    from etl.embeddings.graph import prepare_graph

    prepare_graph(Settings.load())


@app.command()
def worker() -> None:
    """Run queued and scheduled jobs until it is told to stop."""
    # procrastinate is for workers alone.
    from etl.running.worker import CONNECTIONS, Worker

    settings = Settings.load()
    with _migrated(settings.model_copy(update={"database_pool_size": CONNECTIONS})) as database:
        here = Worker(database, works(settings), refresh_schedule=settings.refresh_cron)
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: here.stop())
        here.run()


@app.command()
def demo() -> None:
    """Everything `make demo` serves: the schema, the sample, its vectors, its neighbours."""
    settings = Settings.load()
    with _database(settings) as database:
        print("Preparing the database ...", file=sys.stderr)
        migrations.upgrade(database)
        steps: tuple[JobName, ...] = ("sample", "embed", "neighbours")
        for job in steps:
            if status := _run_on(database, settings, job, JobOptions(), as_json=False):
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
    for chatty in ("alembic", "procrastinate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # `docker stop` ends a job as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except (SeenEmAllError, OperationalError) as error:
        print(sentence_of(error), file=sys.stderr)
        sys.exit(FAILURE)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _countries(written: list[str] | None) -> tuple[str, ...]:
    for text in written or ():
        if len(text) != 2 or not (text.isascii() and text.isalpha()):
            raise typer.BadParameter(
                f"{text!r} is not a country of two letters, such as IL.", param_hint="--country"
            )
    return tuple(text.upper() for text in written or ())


def _run(job: JobName, options: JobOptions, *, as_json: bool) -> None:
    try:
        options.refuse_unfit(job, today=datetime.now(UTC).date())
        settings = Settings.load()
        with _migrated(settings) as database:
            status = _run_on(database, settings, job, options, as_json=as_json)
    except (SeenEmAllError, OperationalError) as error:
        if as_json:
            say_failure(Console(), job, sentence_of(error))
        raise
    raise typer.Exit(status)


def _run_on(
    database: Database, settings: Settings, job: JobName, options: JobOptions, *, as_json: bool
) -> int:
    return run_job(
        job,
        database,
        work_of(job, settings),
        options=options,
        out=Console(),
        err=Console(stderr=True),
        as_json=as_json,
    )


@contextmanager
def _migrated(settings: Settings) -> Iterator[Database]:
    with _database(settings) as database:
        if not migrations.is_at_head(database):
            raise DatabaseUnavailable("The database is not at the newest schema; run make migrate.")
        yield database


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    with closing(open_database(settings)) as database:
        yield database


if __name__ == "__main__":
    main()
