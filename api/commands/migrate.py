"""`seenemall migrate`: the schema of the database, up, down, and where it is."""

from typing import Annotated

import typer

from api.platform import migrations
from api.platform.database import opened_database
from config.settings import Settings

app = typer.Typer()


@app.command()
def up() -> None:
    """Bring the schema to its newest revision."""
    with opened_database(Settings.load()) as database:
        migrations.upgrade(database)
        typer.echo(f"The schema is at {migrations.current_revision(database)}.")


@app.command()
def down(
    revision: Annotated[str, typer.Argument(help='As `head` shows it, or "base" for no schema.')],
) -> None:
    """Take the schema down to a revision; what later ones stored is lost."""
    with opened_database(Settings.load()) as database:
        migrations.downgrade(database, revision)
        typer.echo(f"The schema is at {migrations.current_revision(database) or 'base'}.")


@app.command()
def head() -> None:
    """Show the schema's revision, and the newest one."""
    with opened_database(Settings.load()) as database:
        current = migrations.current_revision(database) or "base"
    typer.echo(f"current: {current}")
    typer.echo(f"newest:  {migrations.newest_revision()}")
