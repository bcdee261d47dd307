"""What only time shows of a history: snoozes that end, keys that expire, writers that meet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.platform.idempotency import Repeatable
from api.viewers.events import EventType, ProfileKey
from api.viewers.history.history import History, Outcome, StatedEvent
from tests.builders import add_item, add_items, rows_of

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_DANA = ProfileKey("dana")


class Clock:
    """Shows the time it was set to."""

    def __init__(self) -> None:
        self.now = _NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(database: Database, clock: Clock) -> History:
    return History(database, Cursors(lambda: b"secret"), clock)


def _record(
    history: History,
    *items: int,
    event_type: EventType = "watched",
    watched_at: datetime | None = None,
    repeatable: Repeatable | None = None,
) -> Outcome:
    statements = [
        StatedEvent(item, event_type, None, watched_at, position)
        for position, item in enumerate(items)
    ]
    return history.record(_DANA, statements, weight=1, snooze_days=30, repeatable=repeatable)


def test_a_snooze_is_renewed_once_it_has_ended(
    history: History, clock: Clock, database: Database
) -> None:
    item = add_item(database)
    assert _record(history, item, event_type="not_now").recorded == 1
    clock.now += timedelta(days=29)
    assert _record(history, item, event_type="not_now").recorded == 0
    clock.now += timedelta(days=2)
    assert _record(history, item, event_type="not_now").recorded == 1
    ((until,),) = rows_of(database, "SELECT snoozed_until FROM interactions")
    assert until == clock.now + timedelta(days=30)


@pytest.mark.parametrize(("ahead", "taken"), [(4, True), (6, False)])
def test_a_clock_may_run_five_minutes_ahead(
    history: History, database: Database, ahead: int, taken: bool
) -> None:
    item = add_item(database)
    watched_at = _NOON + timedelta(minutes=ahead)
    if taken:
        assert _record(history, item, watched_at=watched_at).recorded == 1
    else:
        with pytest.raises(InvalidInput, match="future"):
            _record(history, item, watched_at=watched_at)


def test_writers_that_meet_store_each_event_once(history: History, database: Database) -> None:
    items = add_items(database, 50)

    def write(turn: int) -> int:
        return _record(history, *(items if turn % 2 else items[::-1])).recorded

    with ThreadPoolExecutor(4) as threads:
        recorded = list(threads.map(write, range(8)))
    assert sum(recorded) == 50
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(50,)]
    assert rows_of(database, "SELECT count(*) FROM profiles") == [(1,)]


def test_one_key_used_by_many_at_once_is_one_write(history: History, database: Database) -> None:
    item = add_item(database)
    repeatable = Repeatable(caller="key:1", key="import", request_hash=b"hash")

    def write(_: int) -> Outcome:
        return _record(history, item, repeatable=repeatable)

    with ThreadPoolExecutor(4) as threads:
        outcomes = set(threads.map(write, range(8)))
    assert outcomes == {Outcome(recorded=1, duplicates=0)}


def test_kept_answers_go_after_a_day(history: History, database: Database) -> None:
    add_item(database)
    _record(history, repeatable=Repeatable(caller="c", key="old", request_hash=b"1"))
    with database.transaction() as cursor:
        cursor.execute("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'")
    _record(history, repeatable=Repeatable(caller="c", key="new", request_hash=b"1"))
    assert rows_of(database, "SELECT key FROM idempotency_keys") == [("new",)]
