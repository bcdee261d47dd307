"""A job that changed a large catalogue publishes it, and does not fail where it cannot."""

from pathlib import Path

from api.catalogue.published.publish import FEWEST_TITLES
from api.catalogue.published.snapshot_store import newest_snapshot
from api.catalogue.writing.catalogue_version import bump_catalogue_version
from api.platform.database import Database
from api.platform.service_state import catalogue_version
from etl.publishing import then_published
from etl.running.foreground import SUCCESS
from etl.running.job import JobRun
from tests.builders import add_items
from tests.doubles.jobs import run


def change(job: JobRun) -> None:
    with job.batch() as connection:
        bump_catalogue_version(connection, ())


def test_what_a_job_changed_is_published_at_its_end(database: Database, tmp_path: Path) -> None:
    add_items(database, FEWEST_TITLES)
    nothing = run(database, then_published(lambda _: None, tmp_path), job="tmdb")
    assert (nothing.status, newest_snapshot(database)) == (SUCCESS, None)
    for _ in range(2):
        assert run(database, then_published(change, tmp_path), job="tmdb").status == SUCCESS
        newest = newest_snapshot(database)
        assert newest is not None
        assert newest.version == catalogue_version(database)
    (tmp_path / "file").touch()
    again = run(database, then_published(change, tmp_path / "file" / "folder"), job="tmdb")
    assert (again.status, newest_snapshot(database)) == (SUCCESS, newest)
