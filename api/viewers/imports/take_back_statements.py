"""How what an import wrote is taken back, in one transaction of the caller's."""

from typing import Any

from psycopg import Cursor

from api.viewers.imports.apply_statements import MOVE_VERSION, PATIENCE

# An event that a viewer changed since has no import any more, and stays as they left it.
_PUT_BACK = """
    UPDATE interactions SET rating = kept.rating, scale = kept.scale, source = kept.source,
        occurred_at = kept.occurred_at, recorded_at = kept.recorded_at,
        -- Of an import that retention has ended nothing is taken back any more.
        import_id = (SELECT id FROM imports WHERE id = kept.replaced_import_id)
    FROM import_replaced AS kept
    WHERE kept.import_id = %(import_id)s AND interactions.id = kept.interaction_id
        AND interactions.import_id = %(import_id)s
"""
# A later import that changed an opinion of this one would put it back: it gets what this one had
# changed itself, or nothing, where it is then an event of its own.
_HAND_ON = """
    UPDATE import_replaced AS later SET rating = kept.rating, scale = kept.scale,
        source = kept.source, occurred_at = kept.occurred_at, recorded_at = kept.recorded_at,
        replaced_import_id = kept.replaced_import_id
    FROM import_replaced AS kept
    WHERE kept.import_id = %(import_id)s AND later.interaction_id = kept.interaction_id
        AND later.replaced_import_id = %(import_id)s
"""
_FORGET_REPLACED = "DELETE FROM import_replaced WHERE replaced_import_id = %(import_id)s"
_TAKE_BACK = (
    _PUT_BACK,
    _HAND_ON,
    _FORGET_REPLACED,
    "DELETE FROM interactions WHERE import_id = %(import_id)s",
    "DELETE FROM watchlist WHERE import_id = %(import_id)s",
    "DELETE FROM library WHERE import_id = %(import_id)s",
    "DELETE FROM imports WHERE id = %(import_id)s",
)


def take_back(cursor: Cursor[Any], import_id: int, *, profile_id: int | None) -> None:
    """Removes the import and all it wrote, and puts back what it had changed."""
    cursor.execute(PATIENCE)
    for statement in _TAKE_BACK:
        cursor.execute(statement, {"import_id": import_id})
    if profile_id is not None:
        cursor.execute(MOVE_VERSION, {"profile_id": profile_id})
