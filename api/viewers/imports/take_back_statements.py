"""How what an import wrote is taken back, whole or of some titles, in the caller's transaction.

What other imports told as well, and did not write because it was there, is then to be written.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from psycopg import Cursor

from api.viewers.imports.apply_statements import MOVE_VERSION, PATIENCE
from api.viewers.imports.statements import StoredImport

_OF_THESE = "(%(items)s::int[] IS NULL OR item_id = ANY(%(items)s::int[]))"
# By the primary key of interactions.
_EVENT_OF_THESE = """(%(items)s::int[] IS NULL OR EXISTS (
    SELECT FROM interactions WHERE id = {event} AND item_id = ANY(%(items)s::int[])
))"""

# An event that a viewer changed since has no import any more, and stays as they left it.
_PUT_BACK = f"""
    UPDATE interactions SET rating = kept.rating, scale = kept.scale, source = kept.source,
        occurred_at = kept.occurred_at, recorded_at = kept.recorded_at,
        -- Of an import that retention has ended nothing is taken back any more.
        import_id = (SELECT id FROM imports WHERE id = kept.replaced_import_id)
    FROM import_replaced AS kept
    WHERE kept.import_id = %(import_id)s AND interactions.id = kept.interaction_id
        AND interactions.import_id = %(import_id)s AND {_OF_THESE}
"""  # noqa: S608 - a constant
# A later import that changed an opinion of this one would put it back: it gets what this one had
# changed itself, or nothing, where it is then an event of its own.
_HAND_ON = f"""
    UPDATE import_replaced AS later SET rating = kept.rating, scale = kept.scale,
        source = kept.source, occurred_at = kept.occurred_at, recorded_at = kept.recorded_at,
        replaced_import_id = kept.replaced_import_id
    FROM import_replaced AS kept
    WHERE kept.import_id = %(import_id)s AND later.interaction_id = kept.interaction_id
        AND later.replaced_import_id = %(import_id)s
        AND {_EVENT_OF_THESE.format(event="kept.interaction_id")}
"""  # noqa: S608 - a constant
_FORGET_REPLACED = f"""
    DELETE FROM import_replaced
    WHERE (replaced_import_id = %(import_id)s OR import_id = %(import_id)s)
        AND {_EVENT_OF_THESE.format(event="interaction_id")}
"""  # noqa: S608 - a constant
# What goes, and the opinions that become those of before. By the indexes on import_id.
_GOING = f"""
    CREATE TEMPORARY TABLE going ON COMMIT DROP AS
    SELECT item_id, event_type AS told, watched_at, id IN (
            SELECT interaction_id FROM import_replaced WHERE import_id = %(import_id)s
        ) AS is_put_back
    FROM interactions
    WHERE import_id = %(import_id)s AND {_OF_THESE}
    UNION ALL
    SELECT item_id, 'watchlist', NULL, false FROM watchlist
    WHERE import_id = %(import_id)s AND {_OF_THESE}
    UNION ALL
    SELECT item_id, 'owned', NULL, false FROM library
    WHERE import_id = %(import_id)s AND {_OF_THESE}
"""  # noqa: S608 - a constant
_TAKE_BACK = (
    _GOING,
    "ANALYZE going",
    _PUT_BACK,
    _HAND_ON,
    _FORGET_REPLACED,
    *(
        f"DELETE FROM {table} WHERE import_id = %(import_id)s AND {_OF_THESE}"  # noqa: S608
        for table in ("interactions", "watchlist", "library")
    ),
)
_FORGET = "DELETE FROM imports WHERE id = %(import_id)s"
# Titles that rows of an applied import were taken for until another was chosen, and no more.
_LEFT = """
    SELECT DISTINCT coalesce(items.moved_to, items.id)
    FROM import_rows JOIN items ON items.id = left_item_id WHERE import_id = %(import_id)s
"""
_FORGET_LEFT = """
    UPDATE import_rows SET left_item_id = NULL
    WHERE import_id = %(import_id)s AND left_item_id IS NOT NULL
"""

# Rows of the profile's other imports that what is gone had kept from being written, by the rules of
# apply_statements.py. Others are left alone: what they wrote a viewer may have taken back. Of an
# opinion that is put back only later imports tell a newer one. Imports by ix_imports_user_id, their
# rows by the primary key.
_KEPT_OUT = """
    SELECT import_id, imports.source, position
    FROM imports JOIN import_rows ON import_id = imports.id JOIN items ON items.id = item_id
    WHERE user_id = %(user_id)s AND profile IS NOT DISTINCT FROM %(profile)s::text
        AND state = 'applied' AND imports.id <> %(import_id)s AND import_rows.status = 'matched'
        AND EXISTS (
            SELECT FROM going
            WHERE going.item_id = coalesce(items.moved_to, items.id)
                AND (NOT going.is_put_back OR imports.id > %(import_id)s AND kind = 'rated')
                AND CASE
                WHEN going.told IN ('watched', 'rated') THEN kind IN ('watched', 'rated', 'liked')
                    AND CASE
                        WHEN import_rows.watched_at IS NULL THEN kind <> 'liked'
                        WHEN is_part OR episodes IS NOT NULL
                            THEN going.watched_at >= import_rows.watched_at - interval '26 hours'
                        ELSE abs(extract(epoch FROM going.watched_at - import_rows.watched_at))
                            <= 26 * 3600
                    END
                ELSE kind = going.told AND kind <> 'owned'
            END
        )
    ORDER BY import_id, position
"""
# A library is the household's: what any of its profiles brought is still owned.
_STILL_OWNED = """
    INSERT INTO library (user_id, item_id, added_at, import_id)
    SELECT DISTINCT ON (going.item_id) %(user_id)s, going.item_id, applied_at, imports.id
    FROM imports JOIN import_rows ON import_id = imports.id JOIN items ON items.id = item_id
    JOIN going ON going.item_id = coalesce(items.moved_to, items.id) AND going.told = 'owned'
    WHERE user_id = %(user_id)s AND state = 'applied' AND imports.id <> %(import_id)s
        AND import_rows.status = 'matched' AND (kind = 'owned' OR is_owned)
    ORDER BY going.item_id, imports.id
    ON CONFLICT DO NOTHING
"""


def take_back(cursor: Cursor[Any], stored: StoredImport, *, profile_id: int | None) -> None:
    """Removes the import and all it wrote, and puts back what it had changed."""
    _undo(cursor, stored, None)
    cursor.execute(_FORGET, {"import_id": stored.id})
    if profile_id is not None:
        cursor.execute(MOVE_VERSION, {"profile_id": profile_id})


def take_back_left(cursor: Cursor[Any], stored: StoredImport) -> bool:
    """The same of the titles that its rows were taken for when it was applied last, and are not any
    more, or not all; whether there are any. What rows say of them still is to be applied again."""
    left = [item for (item,) in cursor.execute(_LEFT, {"import_id": stored.id})]
    if not left:
        return False
    _undo(cursor, stored, left)
    cursor.execute(_FORGET_LEFT, {"import_id": stored.id})
    return True


def kept_out(cursor: Cursor[Any], stored: StoredImport) -> Iterator[tuple[int, str, Sequence[int]]]:
    """What was told by others, too, and is not there since what this one wrote is gone: of each
    import its source and the positions of such rows."""
    key = {"import_id": stored.id, "user_id": stored.user_id, "profile": stored.profile}
    rows = cursor.execute(_KEPT_OUT, key).fetchall()
    for (import_id, source), of_one in groupby(rows, key=lambda row: row[:2]):
        yield import_id, source, [position for *_, position in of_one]


def _undo(cursor: Cursor[Any], stored: StoredImport, items: Sequence[int] | None) -> None:
    cursor.execute(PATIENCE)
    for statement in _TAKE_BACK:
        cursor.execute(statement, {"import_id": stored.id, "items": items})
    cursor.execute(_STILL_OWNED, {"import_id": stored.id, "user_id": stored.user_id})
