"""What composes its statements for a request fails as the request path does."""

import psycopg
import pytest
from psycopg_pool import PoolTimeout
from sqlalchemy import text

from api.platform.database import Database


def test_an_engine_is_made_by_who_first_composes(database: Database) -> None:
    beside = Database(database.libpq_url, pool_size=2)
    assert beside.engine_if_made is None
    assert beside.composing_connections == (0, 2)
    with beside.composing() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
        assert beside.composing_connections == (1, 2)
    beside.close()


def test_failures_are_the_drivers(database: Database) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable), database.composing() as connection:
        connection.execute(text("SELECT 1 FROM nothing"))


def test_a_full_pool_is_told_as_the_other_pool_tells_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.platform.database._CONNECT_TIMEOUT_SECONDS", 0.01)
    beside = Database(database.libpq_url, pool_size=1)
    with beside.composing(), pytest.raises(PoolTimeout), beside.composing():
        pass
    beside.close()
