"""Questions that are asked together: answered as one after the other would be, and never half."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from api.platform.database import Database
from api.platform.questions import AskingRows, Question

_IS_LOCKED = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 7"


def _counted(last: int, *, then: int = 0) -> AskingRows[list[int]]:
    rows = yield Question("SELECT generate_series(1, %(last)s::int)", {"last": last})
    if then:
        rows += yield Question("SELECT generate_series(1, %(last)s::int)", {"last": then})
    return [number for (number,) in rows]


def _known() -> AskingRows[str]:
    yield from ()
    return "known"


def _failing() -> AskingRows[None]:
    yield Question("SELECT 1 / 0", {})


def test_each_is_answered_in_whatever_order_answers_are_called_for(database: Database) -> None:
    with database.asking_together() as ask:
        few, more, known = ask(_counted(2)), ask(_counted(3, then=2)), ask(_known())
        assert known() == "known"
        assert more() == [1, 2, 3, 1, 2]
        assert few() == [1, 2]
        assert ask(_counted(1))() == [1]


@pytest.mark.parametrize("asking", [lambda: _counted(3), lambda: _counted(3, then=2), _known])
def test_one_alone_is_answered_the_same(
    database: Database, asking: Callable[[], AskingRows[object]]
) -> None:
    with database.asking_together() as ask:
        together = ask(asking())()
    assert database.read(asking()) == together


def test_the_database_works_while_the_block_does(database: Database) -> None:
    with database.pipelined() as connection, database.autocommit() as watching:
        connection.execute("SELECT pg_advisory_lock(7)")
        looks = (watching.execute(_IS_LOCKED).fetchone() for _ in range(10_000))
        assert any(looks)
        connection.execute("SELECT pg_advisory_unlock(7)")


def test_what_is_sent_is_committed_when_the_block_ends(database: Database) -> None:
    with database.pipelined() as connection:
        connection.execute("CREATE TABLE made (id int)")
        connection.execute("INSERT INTO made VALUES (7)")
    with database.autocommit() as cursor:
        assert cursor.execute("SELECT id FROM made").fetchall() == [(7,)]


def test_what_fails_fails_the_block_and_nothing_of_it_stays(database: Database) -> None:
    def make() -> None:
        with database.pipelined() as connection:
            connection.execute("CREATE TABLE made (id int)")
            connection.execute("SELECT 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        make()
    with database.autocommit() as cursor:
        assert cursor.execute("SELECT to_regclass('made')").fetchone() == (None,)


def test_a_question_that_fails_ends_what_is_asked_together(database: Database) -> None:
    def ask_both() -> None:
        with database.asking_together() as ask:
            answer, failing = ask(_counted(1)), ask(_failing())
            failing()
            answer()

    with pytest.raises(psycopg.errors.DivisionByZero):
        ask_both()
    assert database.read(_counted(2)) == [1, 2]


def test_half_of_the_connections_are_left_for_what_is_asked_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Database(database.libpq_url, pool_size=2)
    small.open_pool()
    try:
        with small.pipelined():
            assert small.read(_counted(1)) == [1]
            monkeypatch.setattr("api.platform.database._CONNECT_TIMEOUT_SECONDS", 0.01)
            with pytest.raises(PoolTimeout), small.pipelined():
                pass
        with small.pipelined():
            pass
    finally:
        small.close()
