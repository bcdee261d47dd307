"""`seenemall hooks`: make, list and remove what media servers call."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.access.hooks.hook_store import HookStore
from api.access.households import Households
from api.platform import migrations
from api.platform.database import Database, opened_database
from api.platform.errors import InvalidInput, NotFound
from api.viewers.hooks.hooks import Hooks
from api.viewers.hooks.servers import HOOK_SOURCES
from api.viewers.imports.live import LiveIntake
from api.viewers.named_viewer import named_viewer
from config.settings import Settings

app = typer.Typer()


@app.command()
def create(
    source: Annotated[str, typer.Argument(help=f"One of {', '.join(HOOK_SOURCES)}.")],
    user: Annotated[str, typer.Option(help="Whose history it is for.")],
    account: Annotated[
        list[str] | None,
        typer.Option(
            help="Whose plays count, by name or id there: NAME, or NAME=PROFILE; * for everybody. "
            "May be repeated."
        ),
    ] = None,
) -> None:
    """Make a hook and show the path that its server is to call, once."""
    known = next((one for one in HOOK_SOURCES if one == source), None)
    if known is None:
        raise InvalidInput(f"There is no hook for {source!r}; there are {', '.join(HOOK_SOURCES)}.")
    user = named_viewer(user).user_id
    accounts = _accounts(account or ())
    with _database() as database:
        _require_profiles(database, user, accounts.values())
        intake, households = LiveIntake(database, _utc_now), Households(database)
        hooks = Hooks(HookStore(database), intake, households, _utc_now)
        _, token = hooks.add(user, known, accounts)
    typer.echo(f"/hooks/{source}?token={token}")
    typer.echo("Keep it now: only its hash is stored.", err=True)


@app.command("list")
def list_hooks(user: Annotated[str | None, typer.Option(help="Only this user's.")] = None) -> None:
    """Show every hook with whose plays count."""
    table = Table("id", "user", "source", "token begins", "accounts", "created")
    with _database() as database:
        for hook in HookStore(database).all(user):
            accounts = ", ".join(
                name if profile is None else f"{name}={profile}"
                for name, profile in sorted(hook.accounts.items())
            )
            created = f"{hook.created_at:%Y-%m-%d %H:%M}"
            table.add_row(str(hook.id), hook.user_id, hook.source, hook.prefix, accounts, created)
    Console().print(table)


@app.command()
def remove(hook: Annotated[int, typer.Argument(help="Its id, as `list` shows it.")]) -> None:
    """End a hook, in every process at once; what it brought stays."""
    with _database() as database:
        removed = HookStore(database).remove(hook)
    if not removed:
        raise NotFound(f"There is no hook {hook}.")
    typer.echo(f"Removed hook {hook}.")


def _accounts(written: Sequence[str]) -> dict[str, str | None]:
    accounts: dict[str, str | None] = {}
    for one in written:
        name, equals, profile = one.partition("=")
        if not name or (equals and not profile):
            raise InvalidInput(f"{one!r} is neither NAME nor NAME=PROFILE.")
        accounts[name] = profile or None
    return accounts


def _require_profiles(database: Database, user: str, profiles: Iterable[str | None]) -> None:
    """In a household with limits a mistyped profile is none, as everywhere."""
    for profile in (named_viewer(user, profile).profile for profile in profiles):
        household = Households(database).of(user, profile)
        if household.lacks(profile):
            raise NotFound(f"{user} has no profile {profile!r}.")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _database() -> Iterator[Database]:
    with opened_database(Settings.load()) as database:
        migrations.upgrade(database)
        database.open_pool()
        yield database
