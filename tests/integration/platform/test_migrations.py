"""The schema goes from nothing to head and back, and tables.py says the same as the database."""

from sqlalchemy import inspect

from api.jobs import job_queue
from api.platform import migrations
from api.platform.database import Database
from etl.running.job import JobRun
from tests.doubles.job_site import enqueue, wait_for_end, working


def test_database_at_head_equals_the_declared_tables(database: Database) -> None:
    migrations.check(database)
    assert migrations.is_at_head(database)


def test_every_migration_is_reversible(database: Database) -> None:
    migrations.downgrade(database, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    assert not migrations.is_at_head(database)
    migrations.upgrade(database)
    migrations.check(database)


def test_two_databases_do_not_share_their_cursor_secret(database: Database) -> None:
    with database.engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT cursor_secret FROM service_state").scalar_one()
    assert len(before) >= 16
    migrations.downgrade(database, "base")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        after = connection.exec_driver_sql("SELECT cursor_secret FROM service_state").scalar_one()
    assert after != before


def test_a_run_that_waits_is_taken_up_on_both_sides_of_the_migration(database: Database) -> None:
    waiting, running = enqueue(database, "tmdb"), enqueue(database, "embed")
    with database.transaction() as cursor:
        # Two entries name the second: it was put back, and the worker died before it said so.
        job_queue.put_back(cursor, "embed", running, log=[], at=None)
        ids = [id for (id,) in cursor.execute(_ENTRIES)]
    migrations.downgrade(database, "0011")
    with database.engine.connect() as connection:
        linked = connection.exec_driver_sql("SELECT id, queue_id FROM job_runs ORDER BY id")
        assert linked.fetchall() == [(waiting, ids[0]), (running, ids[2])]
    migrations.upgrade(database)
    with working(database, {"tmdb": _nothing, "embed": _nothing}):
        for run_id in (waiting, running):
            assert wait_for_end(database, run_id).state == "success"


_ENTRIES = "SELECT id FROM procrastinate.procrastinate_jobs ORDER BY id"


def _nothing(run: JobRun) -> None:
    pass
