"""Where served lists lie: those of a week in a table of its own, which is dropped as a whole.

To delete the lists of a large service row by row leaves as much to be cleaned up as was written.
Lists with ids of before, and those that came when their week was not made yet, lie with the others.
"""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from psycopg import Cursor, errors, sql

from api.platform.database import Database
from api.recommend.lists.list_id import first_id_at

log = logging.getLogger(__name__)

_NAME = "from_%Y_%m_%d"  # a Monday's, in UTC
_WEEK = timedelta(days=7)
_AHEAD = 2  # weeks beyond this one: a service may not be looked after for as long

# Whatever is asked of lists waits behind what waits for all of them: not for long.
_PATIENCE = "SET LOCAL lock_timeout = '500ms'"
_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('seenemall-slate-weeks'))"
_WEEKS = """
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'slates'::regclass AND starts_with(relname, 'from_')
"""
# By the primary key.
_HAS_SOME = "SELECT EXISTS (SELECT FROM slate_weeks.others WHERE id >= %s AND id < %s)"
# Made by itself and then attached: what is made as a part has all that is asked of lists wait.
_MAKE = sql.SQL(
    "CREATE TABLE {week} (LIKE slates INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)"
)
_ATTACH = sql.SQL("ALTER TABLE slates ATTACH PARTITION {week} FOR VALUES FROM ({first}) TO ({end})")
_COUNT = sql.SQL("SELECT count(*) FROM {week}")
# By their primary keys, which begin with the list. What is taken off takes nothing else with it.
_FORGET = (
    "DELETE FROM list_members WHERE slate_id >= %s AND slate_id < %s",
    "DELETE FROM shadow_lists WHERE slate_id >= %s AND slate_id < %s",
)
_DETACH = sql.SQL("ALTER TABLE slates DETACH PARTITION {week}")
_DROP = sql.SQL("DROP TABLE {week}")


def make_weeks(database: Database, now: datetime) -> None:
    """Makes tables for the lists of this week and the next ones, where there are none."""
    monday = now.astimezone(UTC).date() - timedelta(days=now.astimezone(UTC).weekday())
    for week in (monday + number * _WEEK for number in range(_AHEAD + 1)):
        _changed(database, partial(_make, week))


def drop_weeks(database: Database, before: datetime) -> int:
    """Drops the weeks that had ended before `before`, with all that is said of their lists; returns
    how many lists those were."""
    with database.autocommit() as cursor:
        over = [week for week in _weeks(cursor) if _begin(week + _WEEK) <= before]
    return sum(_changed(database, partial(_drop, week)) for week in over)


def _changed(database: Database, change: Callable[[Cursor[Any]], int]) -> int:
    """What the change returns; 0 where it is left to another process, or to the next time."""
    try:
        with database.transaction() as cursor:
            cursor.execute(_PATIENCE)
            is_alone = cursor.execute(_ONE_AT_A_TIME).fetchall()[0][0]
            return change(cursor) if is_alone else 0
    except (errors.LockNotAvailable, errors.InsufficientPrivilege) as error:
        # Lists without a week lie with the others, where they are deleted one by one.
        log.warning("weeks of lists stay", extra={"fields": {"error": type(error).__name__}})
        return 0


def _weeks(cursor: Cursor[Any]) -> list[date]:
    """The Mondays from which on there is a table, in order."""
    names = [name for (name,) in cursor.execute(_WEEKS).fetchall()]
    return sorted(datetime.strptime(name, _NAME).replace(tzinfo=UTC).date() for name in names)


def _make(week: date, cursor: Cursor[Any]) -> int:
    first, end = first_id_at(_begin(week)), first_id_at(_begin(week + _WEEK))
    if week in _weeks(cursor) or cursor.execute(_HAS_SOME, (first, end)).fetchall()[0][0]:
        return 0
    table = _table(week)
    cursor.execute(_MAKE.format(week=table))
    bounds = {"first": sql.Literal(str(first)), "end": sql.Literal(str(end))}
    cursor.execute(_ATTACH.format(week=table, **bounds))
    return 1


def _drop(week: date, cursor: Cursor[Any]) -> int:
    if week not in _weeks(cursor):
        return 0
    table = _table(week)
    lists: int = cursor.execute(_COUNT.format(week=table)).fetchall()[0][0]
    for forget in _FORGET:
        cursor.execute(forget, (first_id_at(_begin(week)), first_id_at(_begin(week + _WEEK))))
    cursor.execute(_DETACH.format(week=table))
    cursor.execute(_DROP.format(week=table))
    return lists


def _begin(week: date) -> datetime:
    return datetime.combine(week, time(), tzinfo=UTC)


def _table(week: date) -> sql.Identifier:
    return sql.Identifier("slate_weeks", week.strftime(_NAME))
