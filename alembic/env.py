"""Alembic's entry: migrates the configured database, embedded or not."""

from alembic import context
from api.platform.database import open_database
from api.platform.migrations import compares
from api.platform.tables import metadata
from config.settings import Settings


def _migrate(connection: object) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=compares,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
elif (given := context.config.attributes.get("connection")) is not None:
    _migrate(given)
else:
    database = open_database(Settings.load())
    try:
        with database.engine.connect() as connection:
            _migrate(connection)
            connection.commit()
    finally:
        database.close()
