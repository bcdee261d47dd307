"""The command `seenemall`: everything that is started by hand, by a timer or in a container.

What a command needs is imported when it is run: the service and its jobs take seconds to load,
which `--help` and a mistyped command do without.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from api import __version__
from api.platform.errors import SeenEmAllError

if TYPE_CHECKING:
    from api.platform.database import Database
    from config.settings import Settings
    from etl.lists import MakesLists

_ERROR = 1


def _commands_of(module: str) -> typer.Typer:
    """The commands of `module.app`, which is imported when one of them is asked for."""

    class Group(TyperGroup):
        def list_commands(self, ctx: Any) -> Any:
            return self._imported().list_commands(ctx)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            return self._imported().get_command(ctx, cmd_name)

        def _imported(self) -> Any:
            return typer.main.get_group(import_module(module).app)

    return typer.Typer(cls=Group, no_args_is_help=True)


class _Commands(TyperGroup):
    """All of them; what an option would have to be is told as it is to who sends a request."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from pydantic import ValidationError

            from api.platform.wire.validation_problem import message_of

            if isinstance(error.__cause__, ValidationError):
                error.message = f"{message_of(error.__cause__.errors(include_url=False)[0])}."
            raise


app = typer.Typer(
    cls=_Commands,
    help="A self-hosted recommender of movies and TV shows.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(
    _commands_of("etl.commands.job"),
    name="job",
    help="Fill the catalogue and keep it fresh. Each job is safe to run twice.",
)
app.add_typer(
    _commands_of("api.commands.migrate"),
    name="migrate",
    help="Bring the schema up or down, or show where it is.",
)
app.add_typer(
    _commands_of("api.commands.keys"), name="keys", help="Make, list and revoke API keys."
)
app.add_typer(
    _commands_of("api.commands.hooks"),
    name="hooks",
    help="Make, list and remove what media servers call when something was watched.",
)
app.add_typer(
    _commands_of("etl.commands.connections"),
    name="connections",
    help="Which sources are asked for whom: Trakt, Plex, Jellyfin, Radarr, Sonarr.",
)
app.add_typer(
    _commands_of("api.commands.strategies"),
    name="strategies",
    help="List, promote, compare and replay strategies.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@contextmanager
def _open_list_maker(settings: "Settings", database: "Database") -> "Iterator[MakesLists]":
    from api.commands.list_maker import open_list_maker

    with open_list_maker(settings, database) as maker:
        yield maker


@app.callback()
def every_command(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it all
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A self-hosted recommender of movies and TV shows."""
    context.obj = _open_list_maker  # jobs stay apart from the service, and one makes its lists
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for chatty in ("alembic", "procrastinate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@app.command()
def serve(
    check: Annotated[bool, typer.Option("--check", help="Only check that it could start.")] = False,
    examples: Annotated[
        bool, typer.Option("--examples", help="Print requests to try once it answers.")
    ] = False,
    worker: Annotated[
        bool, typer.Option("--worker", help="Run a worker beside it, for queued jobs.")
    ] = False,
) -> None:
    """Serve on HOST:PORT, in WORKERS processes, until Ctrl-C."""
    from api.commands.serve import check_start, serve_until_stopped

    if check:
        check_start()
    else:
        serve_until_stopped(examples=examples, worker=worker)


@app.command()
def publish(
    ends_with_input: Annotated[
        bool, typer.Option("--ends-with-input", hidden=True, help="As the service starts it.")
    ] = False,
) -> None:
    """Publish the catalogue as it is; jobs and the service do so by themselves."""
    from api.commands.publish import publish_catalogue

    publish_catalogue(ends_with_input=ends_with_input)


PassphraseFile = Annotated[
    Path | None, typer.Option(help="Its content is the passphrase; unset, BACKUP_PASSPHRASE.")
]


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write the whole database to one file, sealed when a passphrase is given."""
    from api.commands.backup import write_backup

    write_backup(file, passphrase_file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="As `backup` wrote it.")],
    passphrase_file: PassphraseFile = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the database holds.")
    ] = False,
) -> None:
    """Make the database what a backup holds, whole or not at all."""
    from api.commands.backup import read_backup

    read_backup(file, passphrase_file, replace=replace)


@app.command("import")
def bring_in(
    file: Annotated[
        Path | None, typer.Argument(help="An export from elsewhere, as it came.")
    ] = None,
    user: Annotated[str | None, typer.Option(help="Whose it is.")] = None,
    profile: Annotated[str | None, typer.Option(help="Which profile of theirs.")] = None,
    source: Annotated[str | None, typer.Option(help="What it is of, if it is mistaken.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only this: history, ratings, watchlist or library.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(help="Whose rows, of an export of several people.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it holds.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking.")] = False,
    many: Annotated[
        bool, typer.Option("--many", help="A table of many users' events; see docs/how-to.")
    ] = False,
    take_back: Annotated[
        int | None, typer.Option(help="The number of an import, to remove what it brought.")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List what was brought, with the numbers.")
    ] = False,
) -> None:
    """Bring somebody's history from elsewhere, list what was brought, or take it back."""
    from api.commands import bring

    if take_back is not None:
        bring.take_back(take_back)
    elif listed:
        bring.list_imports(user=user, profile=profile)
    elif many:
        bring.bring_many(file)
    else:
        bring.bring(
            file,
            user=user,
            profile=profile,
            options=bring.Options(source, kind, account, dry_run=dry_run, without_asking=yes),
        )


@app.command()
def viewer(
    user: Annotated[str, typer.Argument(help="Who watches.")],
    profile: Annotated[str | None, typer.Option(help="Which profile of theirs.")] = None,
    country: Annotated[
        str | None, typer.Option(help="Where they are; unset, asked, or this machine's.")
    ] = None,
    services: Annotated[
        str | None, typer.Option(help="What they have, with commas; unset, asked.")
    ] = None,
) -> None:
    """Say where somebody is and which services they have."""
    from api.commands.viewer import set_up_viewer
    from api.viewers.named_viewer import named_viewer

    set_up_viewer(named_viewer(user, profile), country=country, services=services)


@app.command()
def ratings(
    name: Annotated[
        str, typer.Argument(metavar="SET", help="ml-latest-small or ml-32m.")
    ] = "ml-latest-small",
    yes: Annotated[bool, typer.Option("--yes", help="Agree to its licence unasked.")] = False,
) -> None:
    """Learn from a public ratings set what people like together: licence, download, model."""
    from etl.commands.ratings import learn_from_public_set

    if status := learn_from_public_set(name, agreed=yes):
        raise typer.Exit(status)


@app.command()
def demo(
    prepare_only: Annotated[
        bool, typer.Option("--prepare-only", help="Load it and leave.")
    ] = False,
    worker: Annotated[bool, typer.Option(help="Run a worker beside it, for queued jobs.")] = True,
) -> None:
    """Load the sample catalogue, then serve."""
    from etl.commands.demo import prepare_demo

    if not prepare_only:
        from api.commands.serve import check_start

        check_start()  # before a minute of work, not after it
    if status := prepare_demo():
        raise typer.Exit(status)
    if not prepare_only:
        # In place of this process, in whose memory the jobs' libraries and encoder would stay.
        arguments = ["-m", "api.commands.seenemall", "serve", "--examples"]
        arguments += ["--worker"] if worker else []
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


def main() -> None:
    """Runs a command; an error of ours is one sentence on stderr and status 1."""
    try:
        app(prog_name="seenemall")
    except SeenEmAllError as error:
        typer.echo(str(error), err=True)
        sys.exit(_ERROR)


if __name__ == "__main__":
    main()
