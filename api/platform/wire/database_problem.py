"""What a failure of the database is called: whether it is away, full, busy or not migrated."""

from dataclasses import dataclass

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from api.platform.retried import IN_THE_WAY


@dataclass(frozen=True, slots=True)
class DatabaseProblem:
    """What happened, in a sentence, and when it is worth another try."""

    detail: str
    retry_after_seconds: int


_AWAY = DatabaseProblem("The database does not answer; see /readyz.", 5)
# The first that fits; what is none of them is a mistake of ours.
_PROBLEMS: tuple[tuple[tuple[type[Exception], ...], DatabaseProblem], ...] = (
    (
        (errors.UndefinedTable,),
        DatabaseProblem("The database is not migrated; see /readyz.", 60),
    ),
    (
        (errors.ReadOnlySqlTransaction,),
        DatabaseProblem("The database is read-only now, so nothing was changed.", 30),
    ),
    (
        (errors.DiskFull,),
        DatabaseProblem("The database's disk is full, so nothing was changed.", 30),
    ),
    (
        (errors.QueryCanceled, errors.LockNotAvailable),
        DatabaseProblem("The database took too long.", 5),
    ),
    (
        IN_THE_WAY,
        DatabaseProblem("Other writes about the same stood in the way, so nothing was changed.", 1),
    ),
    (
        (errors.TooManyConnections, PoolTimeout),
        DatabaseProblem("Every connection to the database is taken, or it does not answer.", 5),
    ),
    (
        (errors.InsufficientResources, errors.OutOfMemory),
        DatabaseProblem("The database is out of resources.", 30),
    ),
    ((psycopg.OperationalError, psycopg.InterfaceError), _AWAY),
)


def database_problem(error: Exception) -> DatabaseProblem | None:
    """What to say of it; None when it is no failure of the database."""
    for kinds, problem in _PROBLEMS:
        if isinstance(error, kinds):
            return problem
    return None
