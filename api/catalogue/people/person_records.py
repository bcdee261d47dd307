"""A person with the titles they are part of, in two statements."""

from dataclasses import dataclass
from typing import Any

from psycopg.rows import dict_row

from api.catalogue.limits.shown_titles import shown_clause
from api.domain.limits import Limits
from api.platform.database import Database

# By the primary key of people, and by its unique tmdb_id.
_OF_ID = "SELECT id, tmdb_id, name, aliases FROM people WHERE id = %(id)s"
_OF_TMDB_ID = "SELECT id, tmdb_id, name, aliases FROM people WHERE tmdb_id = %(id)s"

# By ix_credits_person_id; a title counts once, with every part in it.
_TITLES = """
SELECT items.id, tmdb_id, media_type, title, release_year, poster_path, vote_average, popularity,
    (SELECT jsonb_agg(jsonb_build_object('role', role, 'character', character) ORDER BY role)
     FROM credits WHERE credits.item_id = items.id AND person_id = %(id)s) AS parts
FROM items
WHERE id IN (SELECT item_id FROM credits WHERE person_id = %(id)s)
    AND retired_at IS NULL AND {shown}
ORDER BY popularity DESC, items.id
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as a client names them: by our id, or by TMDB's."""

    id: int
    is_tmdb: bool


def read_person(database: Database, person: PersonRef) -> dict[str, Any] | None:
    """The columns of the person; None where there is none."""
    statement = _OF_TMDB_ID if person.is_tmdb else _OF_ID
    with database.autocommit() as cursor:
        rows = cursor.connection.cursor(row_factory=dict_row)
        return rows.execute(statement, {"id": person.id}).fetchone()


def read_titles_of(
    database: Database, person_id: int, *, limits: Limits, limit: int
) -> list[dict[str, Any]]:
    """The most popular titles first, of those that may be shown; at most `limit`."""
    shown, own = shown_clause(limits)
    with database.autocommit() as cursor:
        rows = cursor.connection.cursor(row_factory=dict_row)
        parameters = own | {"id": person_id, "limit": limit}
        return rows.execute(_TITLES.format(shown=shown), parameters).fetchall()
