"""`seenemall strategies`: list, promote, compare and replay strategies."""

import getpass
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import orjson
import typer
from rich.console import Console

from api.commands.strategy_tables import (
    promotions_table,
    replay_lines,
    served_table,
    shadow_table,
    strategies_table,
)
from api.experiments.promotions import promote as store_promotion
from api.experiments.promotions import read_promotions
from api.experiments.strategy_report import report as make_report
from api.platform.counted import counted
from api.platform.database import Database
from api.platform.errors import ConfigurationError
from api.platform.migrations import migrated_database
from config.settings import Settings
from config.strategy_files import CHAMPION, STANDARD

log = logging.getLogger(__name__)

_UNFOLDED = 200  # columns
_SHOWN_PROMOTIONS = 20

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]


@app.command("list")
def list_strategies() -> None:
    """Show every strategy that is configured, and the last promotions."""
    settings = Settings.load()
    with _ready(settings) as database:
        promotions = read_promotions(database, _SHOWN_PROMOTIONS)
    champion = promotions[0].strategy if promotions else STANDARD
    console = _console()
    console.print(strategies_table(settings.strategies.values(), champion))
    if promotions:
        console.print(promotions_table(promotions))


@app.command()
def promote(
    name: Annotated[str, typer.Argument(help="As `list` shows it.")],
    by: Annotated[str | None, typer.Option(help="Who decided it; unset, who runs this.")] = None,
) -> None:
    """Make a strategy champion, in every process at its next request."""
    settings = Settings.load()
    if name not in settings.strategies:
        known = ", ".join(settings.strategies)
        why = "stands for the champion" if name == CHAMPION else "is not configured"
        raise ConfigurationError(f"{name!r} {why}; strategies: {known}.")
    who = by or getpass.getuser()
    with _ready(settings) as database:
        before = read_promotions(database, 1)
        store_promotion(database, name, by=who)
    was = before[0].strategy if before else STANDARD
    log.info("%s promoted by %s; champion until now: %s.", name, who, was)


@app.command()
def report(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Lists of so many days.")] = 28,
    as_json: AsJson = False,
) -> None:
    """Show what became of each strategy's lists, and whether one is better."""
    with _ready(Settings.load()) as database:
        made = make_report(database, now=datetime.now(UTC), days=days)
    if as_json:
        typer.echo(orjson.dumps(made, option=orjson.OPT_INDENT_2))
        return
    console = _console()
    if not made.strategies:
        console.print(f"No list was served in the last {counted(days, 'day')}.")
        return
    console.print(served_table(made))
    if made.shadows:
        console.print()
        console.print(shadow_table(made))
    console.print(
        f"\nA finding needs {made.least_viewers} viewers and {made.least_impressions} impressions "
        f"(or {made.least_lists} lists) on both sides; differences with 95 % intervals, viewers "
        "resampled."
    )


@app.command()
def replay(
    recommendation_id: Annotated[UUID, typer.Argument(help="As /recommend gave it.")],
    as_json: AsJson = False,
) -> None:
    """Recompute a served list; status 1 when it is not the same."""
    # Loads the text encoder, which the other commands do without.
    from api.commands.replaying import replay_list

    settings = Settings.load()
    with _ready(settings) as database:
        replayed = replay_list(settings, database, recommendation_id)
    if as_json:
        typer.echo(orjson.dumps(replayed, option=orjson.OPT_INDENT_2))
    else:
        for line in replay_lines(replayed):
            typer.echo(line)
    if not replayed.identical:
        raise typer.Exit(1)


def _console() -> Console:
    # Lines in a file or a pipe are not folded as those of a terminal are.
    return Console(markup=False, width=None if sys.stdout.isatty() else _UNFOLDED)


@contextmanager
def _ready(settings: Settings) -> Iterator[Database]:
    with migrated_database(settings) as database:
        database.open_pool()
        yield database
