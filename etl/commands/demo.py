"""What `seenemall demo` prepares: the schema, the sample, its vectors, its neighbours, its map."""

import typer

from api.jobs.job_options import JobName, JobOptions
from api.platform import migrations
from api.platform.database import opened_database
from config.settings import Settings
from etl.commands.run import run_on

_STEPS: tuple[JobName, ...] = ("sample", "embed", "neighbours", "map")


def prepare_demo() -> int:
    """Fills the database of the environment; the exit status of the first job that failed, or 0."""
    settings = Settings.load()
    with opened_database(settings) as database:
        country = settings.justwatch_country
        typer.echo(f"Offers are those of {country}; JUSTWATCH_COUNTRY sets another.", err=True)
        typer.echo("`seenemall viewer NAME` asks where you are and what you have.", err=True)
        typer.echo("`seenemall ratings` learns from a public set what people like.", err=True)
        typer.echo("Preparing the database ...", err=True)
        migrations.upgrade(database)
        for job in _STEPS:
            if status := run_on(database, settings, job, JobOptions(), as_json=False):
                return status
    return 0
