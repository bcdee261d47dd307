"""Titles, people and companies that a search has found, as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Cursor

from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import CompanyKind, MediaType
from api.domain.limits import Limits

# By the primary keys.
_TITLES = """
    SELECT id, tmdb_id, media_type, title, release_year, poster_path, popularity
    FROM items WHERE id = ANY(%(ids)s) AND retired_at IS NULL AND {shown}
"""
_PEOPLE = "SELECT id, tmdb_id, name FROM people WHERE id = ANY(%(ids)s)"

# Look-ups in the primary keys, which begin with the title.
_MADE_BY = """
SELECT DISTINCT item_id, person_id FROM credits
WHERE item_id = ANY(%(items)s) AND person_id = ANY(%(people)s)
"""
_MADE_AT = """
SELECT item_id, company_id FROM item_companies
WHERE item_id = ANY(%(items)s) AND company_id = ANY(%(companies)s)
"""

_COMPANIES = "SELECT id, tmdb_id, kind, name FROM companies WHERE id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title that may be meant."""

    id: int
    tmdb_id: int | None
    media_type: MediaType
    title: str
    release_year: int | None
    poster_path: str | None
    popularity: float


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person who may be meant."""

    id: int
    tmdb_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company or network that may be meant."""

    id: int
    tmdb_id: int
    kind: CompanyKind
    name: str


def titles_of(cursor: Cursor[Any], ids: Sequence[int], limits: Limits) -> dict[int, FoundTitle]:
    """Those of the titles that are there and within the limits, by id."""
    shown, own = shown_clause(limits)
    rows = cursor.execute(_TITLES.format(shown=shown), own | {"ids": list(ids)})
    return {row[0]: FoundTitle(*row) for row in rows}


def people_of(cursor: Cursor[Any], ids: Sequence[int]) -> dict[int, FoundPerson]:
    """Those of the people that are there, by id."""
    return {row[0]: FoundPerson(*row) for row in cursor.execute(_PEOPLE, {"ids": list(ids)})}


def companies_of(cursor: Cursor[Any], ids: Sequence[int]) -> dict[int, FoundCompany]:
    """Those of the companies that are there, by id."""
    return {row[0]: FoundCompany(*row) for row in cursor.execute(_COMPANIES, {"ids": list(ids)})}


def made_by(
    cursor: Cursor[Any], *, items: Sequence[int], people: Sequence[int]
) -> set[tuple[int, int]]:
    """(title, person) of those of the people who had a part in those of the titles."""
    asked = {"items": list(items), "people": list(people)}
    return {(row[0], row[1]) for row in cursor.execute(_MADE_BY, asked)}


def made_at(
    cursor: Cursor[Any], *, items: Sequence[int], companies: Sequence[int]
) -> set[tuple[int, int]]:
    """(title, company) of those of the companies that made or showed those of the titles."""
    asked = {"items": list(items), "companies": list(companies)}
    return {(row[0], row[1]) for row in cursor.execute(_MADE_AT, asked)}
