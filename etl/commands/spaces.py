"""`seenemall job spaces`: lists embedding spaces and drops those that are no longer searched."""

import sys

import typer
from rich.console import Console

from api.catalogue.index.index_state import read_spaces
from api.platform.counted import counted
from api.platform.migrations import migrated_database
from config.settings import Settings
from etl.embeddings.drop import drop_old_spaces, drop_space
from etl.embeddings.listing import table_of

_UNFOLDED = 200  # columns


def show_spaces(*, drop: int | None, drop_old: bool) -> None:
    """Drops the space of an id, or all old ones, when asked to; then lists what there is."""
    with migrated_database(Settings.load()) as database:
        database.open_pool()
        dropped = [drop_space(database, drop)] if drop is not None else []
        if drop_old:
            dropped += drop_old_spaces(database)
        for space in dropped:
            typer.echo(
                f"Dropped space {space.id} with its {counted(space.vectors, 'vector')}.", err=True
            )
        # Lines in a file or a pipe are not folded as those of a terminal are.
        width = None if sys.stdout.isatty() else _UNFOLDED
        Console(markup=False, width=width).print(table_of(read_spaces(database)))
