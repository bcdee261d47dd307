"""What a query of queries.jsonl wants, as SQL of its own, and what an intent says of the same.

Nothing here shares code with the service's filters: a mistake there must show here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.domain.genres import GENRES
from api.language.intent import Intent

QUERIES = Path(__file__).parent / "queries.jsonl"
COUNTRY = "US"

_GENRE = (
    "EXISTS (SELECT FROM genres g WHERE g.id = ANY(i.genre_ids)"
    " AND g.name = ANY(%({name})s::text[]))"
)
_PERSON = (
    "EXISTS (SELECT FROM credits c JOIN people p ON p.id = c.person_id WHERE c.item_id = i.id"
    " AND p.name = ANY(%({name})s) AND (%({name}_roles)s::text[] = '{{}}'"
    " OR c.role = ANY(%({name}_roles)s)))"
)
_KEYWORD = (
    "NOT EXISTS (SELECT FROM item_keywords k JOIN keywords w ON w.id = k.keyword_id"
    " WHERE k.item_id = i.id AND w.name = ANY(%(not_keywords)s))"
)
_NOT_TOLD = "concat_ws(' ', i.title, i.tagline, i.overview) !~* %({name})s"  # any form of a word
_OFFERED = (
    "EXISTS (SELECT FROM availability a WHERE a.item_id = i.id AND a.country = %(country)s"
    " AND a.service = ANY(%(services)s) AND a.offer_type NOT IN ('rent', 'buy'))"
)


@dataclass(frozen=True)
class Case:
    """A query and what it asks for; a field that is not named is not asked for."""

    text: str
    want: dict[str, Any]


def cases(this_year: int) -> list[Case]:
    """Every query, spans of "the last n years" counted from this one."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    return [_dated(Case(**json.loads(line)), this_year) for line in lines]


def names_needed(case: Case) -> tuple[list[str], list[str]]:
    """(titles, people) that a catalogue must have for the query to make sense."""
    want = case.want
    titles = [*want.get("seeds", ()), *want.get("not_titles", ())]
    parts = [name for part in want.get("parts", ()) for name in part["names"]]
    return titles, [*parts, *want.get("not_people", ())]


def where(case: Case) -> tuple[str, dict[str, Any]]:
    """The condition on `items i` that every title of an unrelaxed answer keeps."""
    clauses, parameters = ["i.retired_at IS NULL"], {"country": COUNTRY}
    for clause, values in _clauses(case.want):
        clauses.append(clause)
        parameters |= values
    return " AND ".join(clauses), parameters


def _dated(case: Case, this_year: int) -> Case:
    years = [
        [this_year - last + 1, 2100] if first == "last" else [first, last]
        for first, last in case.want.get("years", ())
    ]
    return Case(case.text, case.want | ({"years": years} if years else {}))


def _clauses(want: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, group in enumerate(want.get("genres", ())):
        name = f"genres_{number}"
        yield _GENRE.format(name=name), {name: group}
    if refused := want.get("not_genres"):
        yield "NOT " + _GENRE.format(name="not_genres"), {"not_genres": refused}
    if years := want.get("years"):
        spans = [f"i.release_year BETWEEN {first:d} AND {last:d}" for first, last in years]
        yield f"({' OR '.join(spans)})", {}
    for first, last in want.get("not_years", ()):
        yield f"NOT coalesce(i.release_year BETWEEN {first:d} AND {last:d}, false)", {}
    shortest, longest = want.get("runtime", (None, None))
    if shortest is not None:
        yield f"i.runtime >= {shortest:d}", {}
    if longest is not None:
        yield f"i.runtime BETWEEN 1 AND {longest:d}", {}
    yield from _origins(want)
    yield from _people_and_the_rest(want)


def _origins(want: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if languages := want.get("languages"):
        yield "i.original_language = ANY(%(languages)s)", {"languages": languages}
    if refused := want.get("not_languages"):
        yield (
            "coalesce(i.original_language, '') <> ALL(%(not_languages)s)",
            {"not_languages": refused},
        )
    if countries := want.get("countries"):
        yield "i.countries && %(countries)s::text[]", {"countries": countries}
    if refused := want.get("not_countries"):
        yield "NOT i.countries && %(not_countries)s::text[]", {"not_countries": refused}


def _people_and_the_rest(want: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if (oldest := want.get("age_max")) is not None:
        age = "i.maturity_age" if oldest <= 13 else "coalesce(i.maturity_age, 0)"
        yield f"{age} <= {oldest:d}", {}
    if (youngest := want.get("age_min")) is not None:
        yield f"i.maturity_age >= {youngest:d}", {}
    if media := want.get("media"):
        yield "i.media_type = ANY(%(media)s)", {"media": media}
    for number, part in enumerate(want.get("parts", ())):
        name = f"part_{number}"
        yield _PERSON.format(name=name), {name: part["names"], f"{name}_roles": part["roles"]}
    if refused := want.get("not_people"):
        yield (
            "NOT " + _PERSON.format(name="not_people"),
            {
                "not_people": refused,
                "not_people_roles": [],
            },
        )
    if keywords := want.get("not_keywords"):
        yield _KEYWORD, {"not_keywords": keywords}
    for number, word in enumerate(want.get("not_told", ())):
        name = f"not_told_{number}"
        yield _NOT_TOLD.format(name=name), {name: rf"\m({word})\M"}
    if services := want.get("services"):
        yield _OFFERED, {"services": services}
    if titles := want.get("not_titles"):
        yield "i.title <> ALL(%(not_titles)s)", {"not_titles": titles}


def understood(intent: Intent) -> dict[str, Any]:
    """The intent in the words of queries.jsonl, for comparing field by field."""

    def names(field: str) -> list[str]:
        return [m.label.removeprefix("Not ") for m in intent.mentions if m.field == field]

    series = [name.removesuffix(" Collection") for name in names("exclude_franchise")]

    found: dict[str, Any] = {
        "genres": sorted(sorted(GENRES[genre] for genre in group) for group in intent.genres),
        "not_genres": sorted(GENRES[genre] for genre in intent.excluded_genres),
        "years": sorted(map(list, intent.years)),
        "not_years": sorted(map(list, intent.excluded_years)),
        "runtime": [intent.runtime_min, intent.runtime_max],
        "languages": sorted(intent.languages),
        "not_languages": sorted(intent.excluded_languages),
        "countries": sorted(intent.countries),
        "not_countries": sorted(intent.excluded_countries),
        "age_max": intent.age_max,
        "age_min": intent.age_min,
        "media": sorted(intent.media_types),
        "people": sorted(names("person")),
        "not_people": sorted(names("exclude_person")),
        "services": sorted(intent.services),
        "seeds": sorted(names("seed")),
        "not_titles": sorted([*names("exclude_title"), *series]),
        "count": intent.count,
    }
    return found


def expected(case: Case) -> dict[str, Any]:
    """The same of a query, fields that it does not name at nothing."""
    want = case.want
    lists: tuple[str, ...] = (
        "not_genres",
        "years",
        "not_years",
        "languages",
        "not_languages",
        "countries",
    )
    lists += ("not_countries", "media", "not_people", "services", "seeds", "not_titles")
    found: dict[str, Any] = {name: sorted(want.get(name, ())) for name in lists}
    found["genres"] = sorted(sorted(group) for group in want.get("genres", ()))
    found["people"] = sorted(name for part in want.get("parts", ()) for name in part["names"])
    found["runtime"] = list(want.get("runtime", (None, None)))
    return found | {name: want.get(name) for name in ("age_max", "age_min", "count")}
