"""The constraints' masks agree with SQL written apart from them, whatever is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.domain.items import MediaType
from api.language.intent import Intent, Part
from api.platform import tables
from api.platform.database import Database
from api.recommend.constraints.constraints import Constraints, look_up
from api.recommend.constraints.hydrator import constraints_of
from api.recommend.constraints.kept_look_ups import KeptLookUps
from api.recommend.constraints.offers import Offers
from config.business_rules import BusinessRules, Filters
from tests.builders import add_items, rows_of
from tests.conftest import DatabaseFactory, opened
from tests.facts_builder import NOW, RANKING, query_over
from tests.integration.recommend.catalogue_at_random import GENRE_IDS, PEOPLE, fill
from tests.matching_sql import matching_ids

_TITLES = 2000


@dataclass(frozen=True)
class Catalogue:
    """Titles at random, resident and in the database."""

    database: Database
    facts: CatalogueFacts
    look_ups: KeptLookUps


@pytest.fixture(scope="module")
def catalogue(clone: DatabaseFactory, migrated_template: str) -> Iterator[Catalogue]:
    with opened(clone(migrated_template)) as database:
        with database.engine.begin() as connection:
            fill(connection, _TITLES)
        facts = load_facts(database, NOW, trend=RANKING.trend)
        yield Catalogue(database, facts, KeptLookUps(database))


_GENRE_SETS = st.frozensets(st.sampled_from([*GENRE_IDS, 80_000]), max_size=3)
_RANGES = st.lists(st.tuples(st.integers(1940, 2030), st.integers(1940, 2030)), max_size=2)
_LANGUAGES = st.frozensets(st.sampled_from(["en", "fr", "ko", "xx"]), max_size=2)
_COUNTRIES = st.frozensets(st.sampled_from(["US", "GB", "BE", "FR", "HK"]), max_size=2)
_AGES = st.none() | st.integers(0, 18)
_MINUTES = st.none() | st.integers(1, 250)
_YEARS = st.none() | st.integers(1940, 2030)
_IDS = st.frozensets(st.integers(1, _TITLES), max_size=100)
_PARTS = st.lists(
    st.builds(
        Part,
        st.frozensets(st.integers(1, PEOPLE + 1), min_size=1, max_size=3),
        st.frozensets(st.sampled_from(["cast", "director"]), max_size=1),
    ),
    max_size=2,
).map(tuple)
_MEDIA_TYPES: st.SearchStrategy[frozenset[MediaType]] = st.frozensets(
    st.sampled_from(["movie", "tv"])
)
_GENRE_NAMES = st.lists(st.sampled_from(["Action", "Comedy", "Crime"]), max_size=2)


_WORDS: dict[str, st.SearchStrategy[Any]] = {
    "media_types": _MEDIA_TYPES,
    "genres": st.lists(_GENRE_SETS.filter(bool), max_size=2).map(tuple),
    "excluded_genres": _GENRE_SETS,
    "excluded_kinds": st.frozensets(
        st.frozensets(st.sampled_from(GENRE_IDS), min_size=1, max_size=2), max_size=2
    ),
    "years": _RANGES.map(tuple),
    "excluded_years": _RANGES.map(tuple),
    "runtime_min": _MINUTES,
    "runtime_max": _MINUTES,
    "languages": _LANGUAGES,
    "excluded_languages": _LANGUAGES,
    "countries": _COUNTRIES,
    "excluded_countries": _COUNTRIES,
    "age_min": _AGES,
    "age_max": _AGES,
    "offer_types": st.frozensets(st.sampled_from(["subscription", "rent", "free"]), max_size=2),
    "services": st.frozensets(st.sampled_from(["nfx", "dnp", "gone"]), max_size=2),
    "parts": _PARTS,
    "excluded_parts": _PARTS,
    "excluded_keywords": st.frozensets(st.sampled_from(["gore", "x", "gone"]), max_size=2),
    "excluded_titles": _IDS,
    "seeds": _IDS.map(tuple),
}
_RULES: dict[str, st.SearchStrategy[Any]] = {
    "include_genres": _GENRE_NAMES,
    "exclude_genres": _GENRE_NAMES,
    "min_vote_count": st.none() | st.integers(0, 2000),
    "min_release_year": _YEARS,
    "max_release_year": _YEARS,
    "exclude_media_types": st.sampled_from([[], ["movie"], ["tv"]]),
    "exclude_ids": _IDS.map(sorted),
}


def _some_of(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """At most three of the fields: of more, hardly a title would be left."""
    names = st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({n: fields[n] for n in chosen}))


def _leaves_titles(rules: dict[str, Any]) -> bool:
    """Whether these are rules: those that leave no title are refused."""
    included, excluded = set(rules.get("include_genres", ())), set(rules.get("exclude_genres", ()))
    first, last = rules.get("min_release_year"), rules.get("max_release_year")
    return not (included and included <= excluded) and not (first and last and first > last)


@settings(max_examples=300)
@given(
    _some_of(_WORDS).map(lambda fields: Intent("in words", **fields)),
    _some_of(_RULES).filter(_leaves_titles).map(lambda fields: Filters(**fields)),
    st.sampled_from(["IL", "US", "FR"]),
)
def test_what_is_asked_for_allows_what_sql_finds(
    catalogue: Catalogue, intent: Intent, rules: Filters, country: str
) -> None:
    query = query_over(catalogue.facts, rules=BusinessRules(filters=rules), country=country)
    wanted = constraints_of(replace(query, intent=intent))
    asked = catalogue.look_ups.look_up(wanted, catalogue.facts.version)
    allowed = catalogue.facts.ids[asked.allowed(catalogue.facts)].tolist()
    today: date = NOW.date()
    database = catalogue.database
    assert allowed == matching_ids(database, intent, rules, country=country, today=today)


def _offered(database: Database, wanted: Offers) -> list[int]:
    (offers,) = look_up(database, Constraints((wanted,)))
    assert isinstance(offers, Offers)
    assert offers.titles is not None
    return [int(item) for item in offers.titles]


def test_rent_and_buy_are_not_on_the_service(database: Database) -> None:
    items = add_items(database, 5)
    kinds = ("subscription", "free", "ads", "rent", "buy")
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.availability),
            [
                {
                    "item_id": item,
                    "country": "IL",
                    "service": "nfx",
                    "offer_type": kind,
                    "source": "sample",
                }
                for item, kind in zip(items, kinds, strict=True)
            ],
        )
    on_netflix = Offers("words", "IL", frozenset({"nfx"}), frozenset())
    assert _offered(database, on_netflix) == items[:3]
    assert _offered(database, replace(on_netflix, country="US")) == []
    to_rent = replace(on_netflix, offer_types=frozenset({"rent"}))
    assert _offered(database, to_rent) == items[3:4]
    assert _offered(database, replace(to_rent, services=frozenset())) == items[3:4]
    assert len(rows_of(database, "SELECT 1 FROM availability")) == 5
