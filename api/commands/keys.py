"""`seenemall keys`: make, list and revoke API keys."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.access.key_store import MOST_OF_LABEL, ApiKeyStore, KeyScope
from api.platform import migrations
from api.platform.database import opened_database
from config.settings import Settings

_FIRST = (
    "This is the first key: from now on a key is needed on this machine too, and whoever was the "
    "operator without one no longer is."
)
_NO_ADMIN = (
    "It does not open /admin; for that make a second one: "
    "seenemall keys create --scope admin --label NAME"
)
_LAST = (
    "That was the last valid key of the table. Nobody is let in without one, on this machine "
    "neither; make another: seenemall keys create --scope admin --label NAME"
)

app = typer.Typer()


@app.command()
def create(
    label: Annotated[str, typer.Option(help="Who will use it.")],
    scope: Annotated[KeyScope, typer.Option(help="client, or admin.")] = "client",
) -> None:
    """Make a key and show it, once."""
    with _key_store() as keys:
        is_first = not keys.has_keys()
        key = keys.make(label=label, scope=scope)
    typer.echo(key)
    typer.echo("Keep it now: only its hash is stored.", err=True)
    if is_first:
        typer.echo(_FIRST, err=True)
    if is_first and scope != "admin":
        typer.echo(_NO_ADMIN, err=True)
        if sys.stdin.isatty() and typer.confirm("Make one now?", default=True, err=True):
            beside = " (admin)"
            create(label=label[: MOST_OF_LABEL - len(beside)] + beside, scope="admin")


@app.command("list")
def list_keys() -> None:
    """Show every key's prefix, label, scope and dates."""
    table = Table("prefix", "label", "scope", "created", "revoked")
    with _key_store() as keys:
        for key in keys.all():
            revoked = f"{key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else ""
            created = f"{key.created_at:%Y-%m-%d %H:%M}"
            table.add_row(key.prefix, key.label, key.scope, created, revoked)
    Console().print(table)


@app.command()
def revoke(prefix: Annotated[str, typer.Argument(help="As `list` shows it.")]) -> None:
    """Revoke a key, in every process at once."""
    with _key_store() as keys:
        labels = keys.revoke(prefix)
        is_last = all(key.revoked_at is not None for key in keys.all())
    if not labels:
        typer.echo(
            f"No valid key is called {prefix}; `seenemall keys list` shows how each begins.",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(f"Revoked: {', '.join(labels)}.")
    if is_last:
        typer.echo(_LAST, err=True)


@contextmanager
def _key_store() -> Iterator[ApiKeyStore]:
    with opened_database(Settings.load()) as database:
        migrations.upgrade(database)
        database.open_pool()
        yield ApiKeyStore(database)
