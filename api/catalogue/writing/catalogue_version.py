"""The catalogue's version, and which titles each step of it changed."""

from collections.abc import Iterable
from functools import partial

from sqlalchemy import Connection, event, text

# Four hours of a job that writes a batch every few seconds: longer than any process takes to read
# the catalogue anew.
STEPS_KEPT = 5_000
# More are not worth telling apart from all of them.
_MOST_TOLD = 10_000

_BUMP = text("""
WITH moved AS (
    UPDATE service_state SET catalogue_version = catalogue_version + 1 RETURNING catalogue_version
), forgotten AS (
    DELETE FROM catalogue_changes USING moved WHERE version <= catalogue_version - :kept
)
INSERT INTO catalogue_changes (version, item_ids)
SELECT catalogue_version, CAST(:item_ids AS integer[]) FROM moved
""")


def bump_catalogue_version(connection: Connection, changed: Iterable[int] | None) -> None:
    """Makes answers stale; called once per committed batch that changed something.

    `changed` are the titles whose rows, offers or vectors in the active space differ now; empty
    where only what belongs to no title changed, None where it may be any of them.

    The version moves when the transaction commits, and its lock is the last that is taken: who held
    it any longer would keep all other writers waiting, some of them in a circle, for what they hold
    is yet to be written.
    """
    told = None if changed is None else sorted(set(changed))
    if told is not None and len(told) > _MOST_TOLD:
        told = None
    event.listen(connection, "commit", partial(_move, told), once=True)


def _move(told: list[int] | None, connection: Connection) -> None:
    connection.execute(_BUMP, {"kept": STEPS_KEPT, "item_ids": told})
