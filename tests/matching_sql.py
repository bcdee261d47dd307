"""Which titles keep what is asked for, told by SQL that the service has no part in.

It goes by what was asked, not by the constraints made of that, so it checks the one and the other.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.domain.countries import COUNTRIES
from api.domain.items import INCLUDED_OFFERS
from api.language.intent import Intent, Part
from api.platform.database import Database
from config.business_rules import Filters


def matching_ids(
    database: Database,
    intent: Intent,
    rules: Filters,
    *,
    country: str,
    today: date,
) -> list[int]:
    """The ids of recommendable titles that keep words, rules and calendar, ascending."""
    clauses = _Clauses()
    _add_words(clauses, intent)
    _add_people(clauses, intent)
    if intent.services or intent.offer_types:
        _add_offers(clauses, intent, country)
    _add_rules(clauses, rules)
    is_about_the_future = intent.years and all(first > today.year for first, _ in intent.years)
    if not is_about_the_future:
        clauses.add("(i.release_date IS NULL OR i.release_date <= %(today)s)", today=today)
    where = " AND ".join(["i.retired_at IS NULL", *clauses.texts])
    with database.autocommit() as cursor:
        found = cursor.execute(
            f"SELECT i.id FROM items i WHERE {where} ORDER BY i.id", clauses.parameters
        ).fetchall()
    return [row[0] for row in found]


class _Clauses:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parameters: dict[str, Any] = {}

    def add(self, text: str, **parameters: Any) -> None:
        self.texts.append(text)
        self.parameters |= parameters


def _add_words(clauses: _Clauses, intent: Intent) -> None:
    if intent.media_types:
        clauses.add("i.media_type = ANY(%(types)s)", types=sorted(intent.media_types))
    for number, wanted in enumerate(intent.genres):
        name = f"genres_{number}"
        clauses.add(f"i.genre_ids && %({name})s::int[]", **{name: sorted(wanted)})
    refused = sorted(intent.excluded_genres)
    clauses.add("NOT i.genre_ids && %(not_genres)s::int[]", not_genres=refused)
    for number, kind in enumerate(sorted(intent.excluded_kinds, key=sorted)):
        name = f"not_kind_{number}"
        clauses.add(f"NOT i.genre_ids @> %({name})s::int[]", **{name: sorted(kind)})
    _add_spans(clauses, intent)
    if intent.languages:
        clauses.add("i.original_language = ANY(%(spoken)s)", spoken=sorted(intent.languages))
    if intent.excluded_languages:
        # NULL is not true: an unknown language may be one of them.
        clauses.add(
            "i.original_language <> ALL(%(not_spoken)s::text[])",
            not_spoken=sorted(intent.excluded_languages),
        )
    if intent.countries and intent.languages:
        clauses.add("i.countries && %(made_in)s::text[]", made_in=sorted(intent.countries))
    elif intent.countries:
        clauses.add(_FROM.format("from"), **_from("from", intent.countries))
    if intent.excluded_countries:
        is_from = _FROM.format("not_from")
        clauses.add(f"NOT {is_from}", **_from("not_from", intent.excluded_countries))
    refused_titles = sorted({*intent.excluded_titles, *intent.seeds})
    clauses.add("i.id <> ALL(%(not_ids)s::int[])", not_ids=refused_titles)


# A language that is not known is none of them.
_FROM = """
(i.countries && %({0}_any)s::text[]
OR EXISTS (SELECT FROM unnest(%({0}_of)s::text[], %({0}_in)s::text[]) AS own (made, spoken)
           WHERE made = ANY(i.countries) AND spoken = coalesce(i.original_language, ''))
OR i.countries = '{{}}' AND coalesce(i.original_language, '') = ANY(%({0}_usual)s::text[]))
"""


def _from(name: str, countries: Iterable[str]) -> dict[str, Any]:
    """The parameters of _FROM."""
    wanted = frozenset(countries)
    own = {code: COUNTRIES[code] for code in wanted if COUNTRIES[code].languages}
    pairs = [(code, one) for code, country in own.items() for one in country.languages]
    return {
        f"{name}_any": sorted(wanted - own.keys()),
        f"{name}_of": [code for code, _ in pairs],
        f"{name}_in": [language for _, language in pairs],
        f"{name}_usual": [one for country in own.values() for one in country.usual],
    }


def _add_spans(clauses: _Clauses, intent: Intent) -> None:
    """Of years, running times and ages."""
    if intent.years:
        clauses.add(_spans(intent.years))
    if intent.excluded_years:
        clauses.add(f"NOT coalesce({_spans(intent.excluded_years)}, false)")
    if intent.runtime_min is not None:
        clauses.add("i.runtime >= %(shortest)s", shortest=intent.runtime_min)
    if intent.runtime_max is not None:
        clauses.add("i.runtime BETWEEN 1 AND %(longest)s", longest=intent.runtime_max)
    if intent.age_min is not None:
        clauses.add("i.maturity_age >= %(youngest)s", youngest=intent.age_min)
    if intent.age_max is not None:
        unrated = "" if intent.age_max <= 16 else "i.maturity_age IS NULL OR "
        clauses.add(f"({unrated}i.maturity_age <= %(oldest)s)", oldest=intent.age_max)


def _add_people(clauses: _Clauses, intent: Intent) -> None:
    for number, part in enumerate(intent.parts):
        clauses.add(_part(clauses, f"part_{number}", part))
    for number, part in enumerate(intent.excluded_parts):
        clauses.add("NOT " + _part(clauses, f"not_part_{number}", part))
    clauses.add(
        "NOT EXISTS (SELECT FROM item_keywords k JOIN keywords w ON w.id = k.keyword_id"
        " WHERE k.item_id = i.id AND w.name = ANY(%(keywords)s::text[]))",
        keywords=sorted(intent.excluded_keywords),
    )


def _part(clauses: _Clauses, name: str, part: Part) -> str:
    clauses.parameters |= {name: sorted(part.people), f"{name}_roles": sorted(part.roles)}
    return (
        "EXISTS (SELECT FROM credits c WHERE c.item_id = i.id"
        f" AND c.person_id = ANY(%({name})s::int[])"
        f" AND (%({name}_roles)s::text[] = '{{}}' OR c.role = ANY(%({name}_roles)s)))"
    )


def _add_offers(clauses: _Clauses, intent: Intent, country: str) -> None:
    clauses.add(
        "EXISTS (SELECT FROM availability a WHERE a.item_id = i.id AND a.country = %(country)s"
        " AND a.offer_type = ANY(%(offer_types)s)"
        " AND (%(services)s::text[] = '{}' OR a.service = ANY(%(services)s)))",
        country=country,
        offer_types=sorted(intent.offer_types or INCLUDED_OFFERS),
        services=sorted(intent.services),
    )


def _add_rules(clauses: _Clauses, rules: Filters) -> None:
    of_genres = "EXISTS (SELECT FROM genres g WHERE g.id = ANY(i.genre_ids) AND g.name = ANY({}))"
    if rules.include_genres:
        clauses.add(of_genres.format("%(only)s"), only=rules.include_genres)
    clauses.add("NOT " + of_genres.format("%(never)s::text[]"), never=rules.exclude_genres)
    if rules.min_vote_count is not None:
        clauses.add("i.vote_count >= %(votes)s", votes=rules.min_vote_count)
    if rules.min_release_year is not None:
        clauses.add("i.release_year >= %(first)s", first=rules.min_release_year)
    if rules.max_release_year is not None:
        clauses.add("i.release_year <= %(last)s", last=rules.max_release_year)
    clauses.add("i.media_type <> ALL(%(no_types)s::text[])", no_types=rules.exclude_media_types)
    clauses.add("i.id <> ALL(%(no_ids)s::int[])", no_ids=rules.exclude_ids)


def _spans(spans: Iterable[tuple[int, int]]) -> str:
    ranges = (f"i.release_year BETWEEN {first:d} AND {last:d}" for first, last in spans)
    return f"({' OR '.join(ranges)})"
