"""Titles and people by the words of their names."""

from dataclasses import dataclass
from typing import Any

from psycopg import Cursor

from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import MediaType
from api.domain.limits import Limits

# The words come from ix_items_search_vector. Quality: the very name, then names that begin like
# it, then names that have the words anywhere.
_BY_NAME = """
    SELECT * FROM (
        SELECT id, tmdb_id, media_type, title, release_year, poster_path, popularity,
            CASE WHEN search_name = %(name)s THEN 0
                 WHEN search_name LIKE %(name)s || '%%' THEN 1 ELSE 2 END AS quality
        FROM items
        WHERE retired_at IS NULL AND search_vector @@ to_tsquery('simple', %(words)s)
            AND (%(media_type)s::text IS NULL OR media_type = %(media_type)s)
            AND {shown}
    ) AS found
    WHERE (quality, -popularity, id) > (%(quality)s::int, -%(popularity)s::real, %(id)s::int)
    ORDER BY quality, popularity DESC, id
    LIMIT %(limit)s
"""

# Titles that need an alternative title for one of the words, by ix_items_all_names_vector.
_BY_ALTERNATIVE = """
    SELECT id, tmdb_id, media_type, title, release_year, poster_path, popularity, 3 AS quality
    FROM items
    WHERE retired_at IS NULL AND all_names_vector @@ to_tsquery('simple', %(words)s)
        AND NOT search_vector @@ to_tsquery('simple', %(words)s)
        AND (%(media_type)s::text IS NULL OR media_type = %(media_type)s)
        AND {shown}
        AND (3, -popularity, id) > (%(quality)s::int, -%(popularity)s::real, %(id)s::int)
    ORDER BY popularity DESC, id
    LIMIT %(limit)s
"""

# By ix_people_words.
_PEOPLE = """
    SELECT id, tmdb_id, name
    FROM people
    WHERE to_tsvector('simple'::regconfig, search_name) @@ to_tsquery('simple', %(words)s)
    ORDER BY CASE WHEN search_name = %(name)s THEN 0
                  WHEN search_name LIKE %(name)s || '%%' THEN 1
                  ELSE 2 END, popularity DESC, id
    LIMIT %(limit)s
"""

_WORDS = """
    SELECT word FROM ts_stat(
        'SELECT search_vector || all_names_vector FROM items WHERE retired_at IS NULL'
    )
    UNION
    SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', search_name) FROM people')
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of titles: just after this quality, popularity and id."""

    quality: int
    popularity: float
    id: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the titles must be beside their names."""

    media_type: MediaType | None
    limits: Limits


BEFORE_ALL = Place(quality=-1, popularity=0.0, id=0)


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title that has the words."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    title: str
    release_year: int | None
    poster_path: str | None
    popularity: float
    quality: int


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person whose name has the words."""

    id: int
    tmdb_id: int | None
    name: str


def titles(
    cursor: Cursor[Any],
    *,
    words: str,
    name: str,
    narrow: Narrowed,
    after: Place,
    limit: int,
) -> list[FoundTitle]:
    """Titles that match the tsquery `words`, those nearest to the folded `name` first.

    Alternative titles are looked at where names alone do not give `limit` titles.
    """
    shown, own = shown_clause(narrow.limits)
    parameters = own | {
        "words": words,
        "name": name,
        "media_type": narrow.media_type,
        "quality": after.quality,
        "popularity": after.popularity,
        "id": after.id,
        "limit": limit,
    }
    found = [FoundTitle(*row) for row in cursor.execute(_BY_NAME.format(shown=shown), parameters)]
    if len(found) < limit:
        parameters["limit"] = limit - len(found)
        others = cursor.execute(_BY_ALTERNATIVE.format(shown=shown), parameters)
        found += [FoundTitle(*row) for row in others]
    return found


def people(cursor: Cursor[Any], *, words: str, name: str, limit: int) -> list[FoundPerson]:
    """People that match the tsquery `words`, those nearest to the folded `name` first."""
    rows = cursor.execute(_PEOPLE, {"words": words, "name": name, "limit": limit})
    return [FoundPerson(*row) for row in rows]


def all_words(cursor: Cursor[Any]) -> list[str]:
    """Every word of a title, its alternatives too, or of a person's name, in no order.

    155,000 words of 30,000 titles with twelve alternatives each took 1.4 s, sorting included.
    """
    return [row[0] for row in cursor.execute(_WORDS)]
