"""The schema goes from nothing to head and back, and tables.py says the same as the database."""

from sqlalchemy import inspect

from api.platform import migrations
from api.platform.database import Database


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
