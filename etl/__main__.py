"""The command line of every job: `python -m etl JOB [--dry-run] [--limit N] ...`."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy.exc import OperationalError

from api.domain.jobs import HEEDED, JobName, JobOptions, OptionName
from api.errors import DatabaseUnavailable, SeenEmAllError
from api.storage import migrations
from api.storage.database import Database, open_database
from config.settings import Settings
from etl.foreground import FAILURE, run_job, say_failure
from etl.job import sentence_of
from etl.jobs import work_of, works

app = typer.Typer(
    help="Seen'emAll's jobs. Each is safe to run twice, and goes on where it stopped.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_SUMMARIES: dict[JobName, str] = {
    "refresh": "Everything that keeps the catalogue fresh, one job after the other.",
    "tmdb": "TMDB into the catalogue: everything first, later what changed.",
    "justwatch": "Offers of JustWatch, with links that open the title.",
    "embed": "Vectors for what is new or has another text; switches to a complete space.",
    "neighbours": "The collaborative model, learned anew.",
    "sample": "A catalogue, offers and viewers to try the service with.",
}


def _country(text: str) -> str:
    if len(text) != 2 or not (text.isascii() and text.isalpha()):
        raise typer.BadParameter(f"{text!r} is not a country of two letters, such as IL.")
    return text.upper()


# As the command line spells the options of JobOptions.
_FLAGS: dict[OptionName, Any] = {
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Do all but write.")],
    "limit": Annotated[
        int | None, typer.Option("--limit", min=1, help="Work on so many titles at most.")
    ],
    "full": Annotated[bool, typer.Option("--full", help="Do everything anew.")],
    "since": Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="What changed from this day on."),
    ],
    "countries": Annotated[
        list[str],
        typer.Option("--country", parser=_country, help="In place of the settings'; repeatable."),
    ],
    "items": Annotated[
        list[int], typer.Option("--item", min=1, help="This one alone, by our id; repeatable.")
    ],
}
_AS_JSON = Annotated[bool, typer.Option("--json", help="Report as one JSON object on stdout.")]


def _command(job: JobName) -> Callable[..., None]:
    """The command of one job, with the options that it heeds."""

    def command(**given: Any) -> None:
        as_json = given.pop("as_json")
        since = given.get("since")
        options = JobOptions(
            **given
            | {name: tuple(given[name]) for name in ("countries", "items") if name in given}
            | ({"since": since.date()} if since else {})
        )
        _run(job, options, as_json=as_json)

    default = JobOptions()
    flags: dict[str, tuple[Any, Any]] = {
        name: (_FLAGS[name], getattr(default, name)) for name in HEEDED[job]
    }
    flags["as_json"] = (_AS_JSON, False)
    # typer reads the options off the signature.
    command.__signature__ = Signature(  # type: ignore[attr-defined] # functions may have one
        [
            Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in flags.items()
        ]
    )
    command.__annotations__ = {name: annotation for name, (annotation, _) in flags.items()}
    return command


for _job, _summary in _SUMMARIES.items():
    app.command(_job, help=_summary)(_command(_job))


@app.command()
def worker() -> None:
    """Run queued and scheduled jobs until it is told to stop."""
    # procrastinate is for workers alone.
    from etl.worker import CONNECTIONS, Worker

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
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    main()
