"""Constraints as SQL over `items i`, and the ids that a mask over the facts needs beside it."""

from typing import Any

import numpy as np

from api.domain.arrays import Ints
from api.domain.items import EVERY_MEDIA_TYPE, INCLUDED_OFFERS
from api.language.intent import Part
from api.platform.database import Database
from api.recommend.constraints.constraints import OLDEST_CHILD, Constraints, Lookups

# ix_availability_country_service; without services the country's offers are read.
_OFFERED = """
SELECT a.item_id FROM availability a
WHERE a.country = %(country)s AND a.offer_type = ANY(%(offer_types)s)
"""
_BY_SERVICE = " AND a.service = ANY(%(services)s)"

# ix_credits_person_id.
_PARTS = "SELECT item_id, person_id, role FROM credits WHERE person_id = ANY(%(people)s::int[])"

# uq_keywords_name, then ix_item_keywords_keyword_id.
_KEYWORDS = """
SELECT k.item_id FROM item_keywords k JOIN keywords w ON w.id = k.keyword_id
WHERE w.name = ANY(%(keywords)s)
"""


def look_up(database: Database, constraints: Constraints) -> Lookups:
    """The ids of titles for constraints that no column of the facts can tell; ascending."""
    offered: Ints | None = None
    parts: tuple[Ints, ...] = ()
    excluded: Ints | None = None
    with database.autocommit() as cursor:
        if constraints.asks_for_offers:
            statement, parameters = _offers(constraints)
            offered = _ids(row[0] for row in cursor.execute(statement, parameters))
        if wanted := (*constraints.parts, *constraints.excluded_parts):
            people = sorted({person for part in wanted for person in part.people})
            rows = cursor.execute(_PARTS, {"people": people}).fetchall()
            parts = tuple(_titles_of(part, rows) for part in constraints.parts)
            refused = [_titles_of(part, rows) for part in constraints.excluded_parts]
            excluded = np.unique(np.concatenate(refused)) if refused else None
        if constraints.excluded_keywords:
            keywords = {"keywords": sorted(constraints.excluded_keywords)}
            found = _ids(row[0] for row in cursor.execute(_KEYWORDS, keywords))
            excluded = found if excluded is None else np.union1d(excluded, found)
    return Lookups(offered, parts, excluded)


def clauses_of(constraints: Constraints) -> tuple[list[str], dict[str, Any]]:
    """Conditions on `items i`, to be joined by AND, and their parameters."""
    sql = _Clauses()
    if constraints.media_types != EVERY_MEDIA_TYPE:
        types = sorted(constraints.media_types)
        sql.add("i.media_type = ANY(%(media_types)s)", media_types=types)
    _add_genres(sql, constraints)
    _add_years(sql, constraints)
    _add_bounds(sql, constraints)
    _add_origins(sql, constraints)
    _add_people(sql, constraints)
    if constraints.asks_for_offers:
        statement, parameters = _offers(constraints)
        sql.add(f"EXISTS ({statement} AND a.item_id = i.id)", **parameters)
    if constraints.excluded_keywords:
        keywords = sorted(constraints.excluded_keywords)
        sql.add(f"NOT EXISTS ({_KEYWORDS} AND k.item_id = i.id)", keywords=keywords)
    if constraints.excluded_ids:
        excluded = sorted(constraints.excluded_ids)
        sql.add("i.id <> ALL(%(excluded_ids)s::int[])", excluded_ids=excluded)
    return sql.clauses, sql.parameters


class _Clauses:
    def __init__(self) -> None:
        self.clauses: list[str] = []
        self.parameters: dict[str, Any] = {}

    def add(self, clause: str, **parameters: Any) -> None:
        self.clauses.append(clause)
        self.parameters.update(parameters)


def _add_genres(sql: _Clauses, constraints: Constraints) -> None:
    # The casts: the driver sends a list of small numbers as smallint[], which && does not take.
    for number, wanted in enumerate(constraints.genres):
        name = f"genres_{number}"
        sql.add(f"i.genre_ids && %({name})s::int[]", **{name: sorted(wanted)})
    if constraints.rule_genres:
        rule = sorted(constraints.rule_genres)
        sql.add("i.genre_ids && %(rule_genres)s::int[]", rule_genres=rule)
    if constraints.excluded_genres:
        excluded = sorted(constraints.excluded_genres)
        sql.add("NOT i.genre_ids && %(excluded_genres)s::int[]", excluded_genres=excluded)


def _add_years(sql: _Clauses, constraints: Constraints) -> None:
    for name, ranges in (("years", constraints.years), ("not_years", constraints.excluded_years)):
        if not ranges:
            continue
        spans = []
        for number, (first, last) in enumerate(ranges):
            low, high = f"{name}_{number}_first", f"{name}_{number}_last"
            spans.append(f"i.release_year BETWEEN %({low})s AND %({high})s")
            sql.parameters.update({low: first, high: last})
        within = f"({' OR '.join(spans)})"
        sql.add(within if name == "years" else f"NOT coalesce({within}, false)")
    if constraints.released_by is not None:
        released_by = constraints.released_by
        sql.add("coalesce(i.release_date <= %(released_by)s, true)", released_by=released_by)
    if constraints.year_min is not None:
        sql.add("i.release_year >= %(year_min)s", year_min=constraints.year_min)
    if constraints.year_max is not None:
        sql.add("i.release_year <= %(year_max)s", year_max=constraints.year_max)


def _add_bounds(sql: _Clauses, constraints: Constraints) -> None:
    if constraints.runtime_min is not None:
        sql.add("i.runtime >= %(runtime_min)s", runtime_min=constraints.runtime_min)
    if constraints.runtime_max is not None:
        sql.add("i.runtime BETWEEN 1 AND %(runtime_max)s", runtime_max=constraints.runtime_max)
    if constraints.age_min is not None:
        sql.add("i.maturity_age >= %(age_min)s", age_min=constraints.age_min)
    if constraints.age_max is not None:
        is_for_children = constraints.age_max <= OLDEST_CHILD
        age = "i.maturity_age" if is_for_children else "coalesce(i.maturity_age, 0)"
        sql.add(f"{age} <= %(age_max)s", age_max=constraints.age_max)
    if constraints.vote_count_min is not None:
        sql.add("i.vote_count >= %(vote_count_min)s", vote_count_min=constraints.vote_count_min)


def _add_origins(sql: _Clauses, constraints: Constraints) -> None:
    if constraints.languages:
        languages = sorted(constraints.languages)
        sql.add("i.original_language = ANY(%(languages)s)", languages=languages)
    if constraints.excluded_languages:
        refused = sorted(constraints.excluded_languages)
        sql.add(
            "coalesce(i.original_language, '') <> ALL(%(not_languages)s)", not_languages=refused
        )
    if constraints.countries:
        sql.add("i.countries && %(countries)s::text[]", countries=sorted(constraints.countries))
    if constraints.excluded_countries:
        refused = sorted(constraints.excluded_countries)
        sql.add("NOT i.countries && %(not_countries)s::text[]", not_countries=refused)


def _add_people(sql: _Clauses, constraints: Constraints) -> None:
    wanted = [_part(sql, f"part_{n}", part) for n, part in enumerate(constraints.parts)]
    if wanted:
        sql.add(f"({(' OR ' if constraints.any_part else ' AND ').join(wanted)})")
    for number, part in enumerate(constraints.excluded_parts):
        sql.add("NOT " + _part(sql, f"not_part_{number}", part))


def _part(sql: _Clauses, name: str, part: Part) -> str:
    sql.parameters[name] = sorted(part.people)
    clause = f"c.item_id = i.id AND c.person_id = ANY(%({name})s::int[])"
    if part.roles:
        sql.parameters[f"{name}_roles"] = sorted(part.roles)
        clause += f" AND c.role = ANY(%({name}_roles)s)"
    return f"EXISTS (SELECT FROM credits c WHERE {clause})"


def _offers(constraints: Constraints) -> tuple[str, dict[str, Any]]:
    parameters: dict[str, Any] = {
        "country": constraints.country,
        "offer_types": sorted(constraints.offer_types or INCLUDED_OFFERS),
    }
    if not constraints.services:
        return _OFFERED, parameters
    return _OFFERED + _BY_SERVICE, parameters | {"services": sorted(constraints.services)}


def _titles_of(part: Part, rows: list[tuple[int, int, str]]) -> Ints:
    return _ids(
        item
        for item, person, role in rows
        if person in part.people and (not part.roles or role in part.roles)
    )


def _ids(found: Any) -> Ints:
    return np.unique(np.fromiter(found, dtype=np.int32))
