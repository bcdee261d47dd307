"""`seenemall ratings`: a public ratings set from its licence to a model, in one step."""

import sys

import typer

from api.jobs.job_options import JobOptions
from api.platform.errors import InvalidInput
from api.platform.migrations import migrated_database
from config.settings import Settings
from etl.commands.run import run_on
from etl.http_source import HttpSource
from etl.neighbours.public_set import PUBLIC_SETS, PublicSet, fetch

_REQUESTS_PER_SECOND = 2.0


def learn_from_public_set(name: str, *, agreed: bool) -> int:
    """Shows the licence, asks, downloads, learns; the exit status of the job that learns.

    Raises InvalidInput for an unknown set, and where nobody agreed to the licence.
    """
    if (wanted := PUBLIC_SETS.get(name)) is None:
        raise InvalidInput(f"There is no set {name!r}; known: {', '.join(PUBLIC_SETS)}.")
    settings = Settings.load()
    url = str(settings.grouplens_url).rstrip("/")
    typer.echo(wanted.licence(url), err=True)
    if not (agreed or _agrees(wanted)):
        raise InvalidInput("Nothing was downloaded, as nobody agreed to the licence.")
    with migrated_database(settings) as database:
        source = HttpSource("GroupLens", url, rate_per_second=_REQUESTS_PER_SECOND)
        try:
            path = fetch(wanted, source, settings.data_dir / "ratings")
        finally:
            source.close()
        database.work_in_background()
        options = JobOptions(ratings=str(path))
        return run_on(database, settings, "neighbours", options, as_json=False)


def _agrees(wanted: PublicSet) -> bool:
    if not sys.stdin.isatty():
        raise InvalidInput("Nobody can be asked here: --yes agrees to the licence.")
    return typer.confirm(f"Do you agree, and shall {wanted.name} be downloaded?", err=True)
