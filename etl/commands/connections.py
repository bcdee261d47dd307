"""`seenemall connections`: which sources are asked for whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.platform.database import Database
from api.platform.errors import InvalidInput, NotFound
from api.platform.migrations import migrated_database
from api.viewers.connections import trakt_device
from api.viewers.connections.connecting import Connecting
from api.viewers.connections.connections import Connections
from api.viewers.connections.sealing import seal
from api.viewers.connections.sources import SYNC_SOURCES
from api.viewers.named_viewer import named_viewer
from config.settings import Settings

app = typer.Typer()


@app.command()
def add(
    source: Annotated[str, typer.Argument(help=f"One of {', '.join(SYNC_SOURCES)}.")],
    user: Annotated[str, typer.Option(help="Whose history, or library, it is for.")],
    profile: Annotated[str | None, typer.Option(help="Which profile of theirs.")] = None,
    account: Annotated[
        str | None, typer.Option(help="Of Plex and Jellyfin: the account or user there.")
    ] = None,
) -> None:
    """Connect a profile with a source, which `seenemall job sync` and workers then ask."""
    if source not in SYNC_SOURCES:
        raise InvalidInput(f"There is no source {source!r}; there are {', '.join(SYNC_SOURCES)}.")
    settings = Settings.load()
    with _database(settings) as database:
        viewer, connections = named_viewer(user, profile), Connections(database)
        connections.require_profile(viewer)
        if source == "trakt":
            tokens = _tokens(settings)
            added = connections.add(viewer, source, account=None, sealed_tokens=tokens)
        else:
            added = Connecting(connections, settings).add(viewer, source, account)
    typer.echo(f"Connected: {added}. Ask it with: seenemall job sync --source {source}")


@app.command("list")
def list_connections() -> None:
    """Show every connection, when it was asked last, and what went wrong."""
    table = Table("id", "source", "user", "profile", "account", "asked", "problem")
    with _database(Settings.load()) as database:
        for one in Connections(database).all():
            asked = f"{one.synced_at:%Y-%m-%d %H:%M}" if one.synced_at else "never"
            names = (one.profile or "", one.account or "")
            table.add_row(str(one.id), one.source, one.user_id, *names, asked, one.problem or "")
    Console().print(table)


@app.command()
def remove(connection: Annotated[int, typer.Argument(help="Its id, as `list` shows it.")]) -> None:
    """End a connection; what it brought stays."""
    with _database(Settings.load()) as database:
        removed = Connections(database).remove(connection)
    if not removed:
        raise NotFound(f"There is no connection {connection}.")
    typer.echo(f"Removed connection {connection}.")


def _tokens(settings: Settings) -> bytes:
    """Waits until the holder of the account has typed the code in."""
    code = trakt_device.begin(settings)
    typer.echo(f"Go to {code.address} and type in {code.user}")
    secret = trakt_device.client_of(settings)["client_secret"]
    return seal(trakt_device.wait(settings, code), secret)


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    with migrated_database(settings) as database:
        database.open_pool()
        yield database
