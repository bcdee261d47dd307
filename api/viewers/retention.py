"""How long histories and feedback are kept, where an operator sets an end to that; and imports."""

from datetime import datetime

from api.domain.profile_version import MOVE_VERSIONS
from api.platform.database import Database
from api.platform.retried import retried

# Both scan the table: they run once an hour, and no request looks for what is old.
#
# By arrival, so that a history that is imported today is not gone tomorrow. The profiles are held
# first, as by every other write of theirs; their tastes and kept answers follow at once.
_PRUNE_EVENTS = f"""
    WITH held AS (
        {MOVE_VERSIONS}
        WHERE id IN (SELECT profile_id FROM interactions WHERE recorded_at < %(before)s)
        RETURNING id
    )
    DELETE FROM interactions USING held WHERE profile_id = held.id AND recorded_at < %(before)s
"""  # noqa: S608 - no value is part of the text
# Feedback of no profile goes too.
_PRUNE_FEEDBACK = f"""
    WITH held AS (
        {MOVE_VERSIONS}
        WHERE id IN (SELECT profile_id FROM feedback WHERE occurred_at < %(before)s)
        RETURNING id
    )
    DELETE FROM feedback WHERE occurred_at < %(before)s
        AND (profile_id IS NULL OR profile_id IN (SELECT id FROM held))
"""  # noqa: S608 - no value is part of the text

# Scans imports, of which there are few. What was applied goes with the events that it brought.
_PRUNE_IMPORTS = """
    DELETE FROM imports
    WHERE state = 'previewed' AND created_at < %(previewed_before)s
        OR state = 'applied' AND applied_at < %(applied_before)s
"""


def prune_events(database: Database, before: datetime) -> int:
    """Deletes events that arrived before `before`; returns how many."""
    return _prune(database, _PRUNE_EVENTS, before)


def prune_feedback(database: Database, before: datetime) -> int:
    """Deletes feedback from before `before`; returns how many pieces."""
    return _prune(database, _PRUNE_FEEDBACK, before)


def prune_imports(
    database: Database, *, previewed_before: datetime, applied_before: datetime | None
) -> int:
    """Deletes imports that nobody applied, and with a retention of histories the applied ones."""
    limits = {"previewed_before": previewed_before, "applied_before": applied_before}

    def write() -> int:
        with database.transaction() as cursor:
            return cursor.execute(_PRUNE_IMPORTS, limits).rowcount

    return retried(write)


def _prune(database: Database, statement: str, before: datetime) -> int:
    def write() -> int:
        with database.transaction() as cursor:
            return cursor.execute(statement, {"before": before}).rowcount

    return retried(write)
