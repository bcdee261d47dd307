"""Reads what titles, people, services and groups of titles are called, for finding them in a text,
and which of them TMDB means."""

from collections.abc import Sequence
from typing import Any, Literal

from api.catalogue.names.standing import STANDING
from api.domain.items import MediaType
from api.platform.database import Database

# One statement, so that all names are of one moment. People who only played once are left out of
# large catalogues by the limit: those with the most and the weightiest parts come first.
_NAMES = f"""
SELECT 'title', id, (media_type = 'tv')::int, coalesce(release_year, 0), popularity, vote_count,
       title, array_remove(array_prepend(original_title, alternative_titles), NULL),
       collection_name
FROM items WHERE retired_at IS NULL
UNION ALL
SELECT * FROM (
    SELECT 'person', p.id, 0, 0, did.standing::real, 0, p.name, did.roles, p.search_name
    FROM people p JOIN (
        SELECT person_id, array_agg(DISTINCT role) AS roles, {STANDING} AS standing
        FROM credits GROUP BY person_id
    ) did ON did.person_id = p.id
    ORDER BY did.standing DESC, p.id LIMIT %(people)s
) AS people
UNION ALL
SELECT 'service', 0, 0, 0, 0, 0, short_name, array_prepend(name, aliases), NULL FROM providers
UNION ALL
SELECT 'company', companies.id, 0, 0, count(*)::real, 0, name, NULL, NULL
FROM companies JOIN item_companies ON company_id = companies.id GROUP BY companies.id
UNION ALL
SELECT 'franchise', collection_id, 0, 0, count(*)::real, 0, min(collection_name), NULL, NULL
FROM items WHERE retired_at IS NULL AND collection_name IS NOT NULL GROUP BY collection_id
UNION ALL
SELECT 'character', 0, 0, 0, count(*)::real, 0, min(character), NULL, NULL
FROM credits WHERE character LIKE '%% %%' AND character NOT LIKE '%%(%%' AND role = 'cast'
GROUP BY lower(character) HAVING count(*) >= 3
"""  # noqa: S608 - constants only
_MOST_PEOPLE = 200_000

# Look-ups in uq_items_media_type_tmdb_id and uq_people_tmdb_id.
_BY_TMDB_ID = """
SELECT given.kind, given.tmdb_id,
       CASE WHEN given.kind = 'person' THEN (SELECT id FROM people WHERE tmdb_id = given.tmdb_id)
            ELSE (SELECT id FROM items WHERE media_type = given.kind
                  AND tmdb_id = given.tmdb_id AND retired_at IS NULL)
       END AS id
FROM unnest(%(kinds)s::text[], %(tmdb_ids)s::int[]) AS given(kind, tmdb_id)
"""


def read_names(database: Database) -> tuple[int, list[tuple[Any, ...]]]:
    """(catalogue version, rows) where a row begins with what it names.

    title: id, is show, year, popularity, votes, title, other titles, collection.
    person: id, -, -, standing, -, name, roles, folded name.
    service: -, -, -, -, -, short name, names, -.
    company, franchise, character: id, -, -, titles, -, name, -, -; a character has no id.
    """
    with database.patiently() as cursor:
        # The version first: a change while the names are read must lead to another load.
        version = cursor.execute("SELECT catalogue_version FROM service_state").fetchone()
        rows = cursor.execute(_NAMES, {"people": _MOST_PEOPLE}).fetchall()
    return (0 if version is None else version[0]), rows


def ids_of_tmdb(
    database: Database, references: Sequence[tuple[MediaType | Literal["person"], int]]
) -> dict[tuple[str, int], int]:
    """The ids of titles and people that the catalogue has, by their kind and id at TMDB."""
    kinds, tmdb_ids = zip(*references, strict=True) if references else ((), ())
    with database.autocommit() as cursor:
        found = cursor.execute(_BY_TMDB_ID, {"kinds": list(kinds), "tmdb_ids": list(tmdb_ids)})
        return {(kind, tmdb_id): row_id for kind, tmdb_id, row_id in found if row_id is not None}
