"""`seenemall job NAME`: the options of every job, as its command takes them.

The jobs' libraries are imported when one runs, not to show its options.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.jobs.job_options import JobName, JobOptions
from api.platform.country_codes import country_of

if TYPE_CHECKING:
    from etl.lists import OpensMaker

app = typer.Typer()

DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all but write.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Work on so many at most.")]
Full = Annotated[bool, typer.Option("--full", help="Take everything anew.")]
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
        "do, too, until one is given: off.",
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


@app.command("map")
def title_map(dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Links between titles that are alike, and their places on a map."""
    _run("map", JobOptions(dry_run), as_json=as_json)


@app.command()
def sample(dry_run: DryRun = False, limit: Limit = None, as_json: AsJson = False) -> None:
    """A catalogue, offers and viewers to try the service with."""
    _run("sample", JobOptions(dry_run, limit), as_json=as_json)


@app.command()
def sync(
    source: Annotated[
        str | None, typer.Option("--source", help="The connections with this one alone.")
    ] = None,
    dry_run: DryRun = False,
    full: Full = False,
    as_json: AsJson = False,
) -> None:
    """What viewers watched elsewhere since the last time, and what they own."""
    _run("sync", JobOptions(dry_run, full=full, source=source), as_json=as_json)


@app.command()
def lists(context: typer.Context, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """What was ordered for many viewers at POST /recommend/batches."""
    _run("lists", JobOptions(dry_run), as_json=as_json, lists=_list_maker(context))


@app.command()
def spaces(
    drop: Annotated[int | None, typer.Option("--drop", help="Drop the space of this id.")] = None,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Drop those that were active once and are not now.")
    ] = False,
) -> None:
    """The embedding spaces and their indexes; drops those that are no longer searched."""
    from etl.commands.spaces import show_spaces

    show_spaces(drop=drop, drop_old=drop_old)


@app.command()
def graph() -> None:
    """The text encoder's graph alone, for an image or a machine that serves and runs no jobs."""
    from config.settings import Settings
    from etl.embeddings.graph import prepare_graph

    prepare_graph(Settings.load())


@app.command()
def worker(context: typer.Context) -> None:
    """Run queued and scheduled jobs until Ctrl-C."""
    from etl.commands.run import run_worker

    run_worker(_list_maker(context))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _countries(written: list[str] | None) -> tuple[str, ...]:
    try:
        return tuple(map(country_of, written or ()))
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--country") from error


def _run(
    job: JobName, options: JobOptions, *, as_json: bool, lists: "OpensMaker | None" = None
) -> None:
    from etl.commands.run import run

    raise typer.Exit(run(job, options, as_json=as_json, lists=lists))


def _list_maker(context: typer.Context) -> "OpensMaker | None":
    """What the command above this one gave: jobs know no way to make lists."""
    above: OpensMaker | None = context.obj
    return above
