"""Nearest neighbours under constraints: both paths find what brute force finds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.embeddings.space_index import build_index
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.domain.arrays import Floats, Ints, Mask
from api.domain.genres import GENRES
from api.domain.items import MediaType
from api.language.intent import Part
from api.platform import tables
from api.platform.database import Database
from api.recommend.constraints.constraint_clauses import look_up
from api.recommend.constraints.constraints import Constraints
from api.recommend.evidence.nearest import nearest, session_settings, statement_for
from tests.builders import add_items, rows_of
from tests.conftest import DatabaseFactory, opened
from tests.facts_builder import NOW, RANKING

_TITLES, _DIMENSION, _CLUSTERS = 3000, 32, 40
_PEOPLE = 30
_NONE = np.empty(0, np.int32)
_GENRES = sorted(GENRES)[:8]


@dataclass(frozen=True)
class World:
    """A catalogue of clustered vectors; `vectors` are as stored, row for row with `facts`."""

    database: Database
    space_id: int
    facts: CatalogueFacts
    vectors: Floats

    def allowed(self, constraints: Constraints) -> Mask:
        """The rows that keep the constraints, by the mask over the facts."""
        return constraints.allowed(self.facts, look_up(self.database, constraints))

    def find(
        self,
        vector: Floats,
        constraints: Constraints,
        *,
        k: int,
        exact: bool,
        excluded: Ints = _NONE,
        among: Ints | None = None,
    ) -> list[int]:
        found = nearest(
            self.database,
            space_id=self.space_id,
            vectors=[vector],
            k=k,
            constraints=constraints,
            excluded=excluded,
            exact=exact,
            ef_search=400,
            among=among,
        )
        assert (np.diff(found.scores) <= 0).all()
        rows = self.facts.rows_of(found.ids)
        assert found.scores == pytest.approx(self.vectors[rows] @ vector, abs=2e-3)
        return [int(item_id) for item_id in found.ids]

    def brute_force(self, vector: Floats, allowed: Mask, *, k: int) -> set[int]:
        rows = np.flatnonzero(allowed)
        best = rows[np.argsort(-(self.vectors[rows] @ vector))[:k]]
        return {int(item_id) for item_id in self.facts.ids[best]}


def _unit(vectors: Any) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def world(clone: DatabaseFactory, migrated_template: str) -> Iterator[World]:
    rng, more = np.random.default_rng(2), np.random.default_rng(3)
    with opened(clone(migrated_template)) as database:
        rows = [
            {
                "media_type": "tv" if rng.random() < 0.3 else "movie",
                "tmdb_id": number,
                "title": f"Title {number}",
                "search_name": f"title {number}",
                "genre_ids": rng.choice(_GENRES, rng.integers(0, 4), replace=False).tolist(),
                "release_year": int(rng.integers(1950, 2026)) if rng.random() < 0.95 else None,
                "release_date": date(2026, 1, 1) + timedelta(days=int(more.integers(0, 365)))
                if more.random() < 0.3
                else None,
                "vote_count": int(rng.exponential(500)),
                "runtime": int(more.integers(1, 240)) if more.random() < 0.9 else None,
                "original_language": str(more.choice(["en", "fr", "ko", "cn"]))
                if more.random() < 0.9
                else None,
                "countries": more.choice(["US", "GB", "FR"], more.integers(0, 3), False).tolist(),
                "maturity_age": int(more.choice([0, 8, 13, 17, 18]))
                if more.random() < 0.6
                else None,
                "retired_at": NOW if rng.random() < 0.05 else None,
            }
            for number in range(1, _TITLES + 1)
        ]
        with database.engine.begin() as connection:
            ids = list(
                connection.execute(
                    insert(tables.items).returning(tables.items.c.id, sort_by_parameter_order=True),
                    rows,
                ).scalars()
            )
            offers = [
                {
                    "item_id": item_id,
                    "country": country,
                    "service": service,
                    "offer_type": offer_type,
                    "source": "sample",
                }
                for item_id in ids
                for country in ("IL", "US")
                for service in ("nfx", "dnp")
                for offer_type in ("subscription", "rent")
                if rng.random() < 0.1
            ]
            connection.execute(insert(tables.availability), offers)
            _add_people_and_keywords(connection, ids, more)
        centres = rng.normal(size=(_CLUSTERS, _DIMENSION))
        members = rng.integers(0, _CLUSTERS, _TITLES)
        vectors = _unit(centres[members] + rng.normal(0, 0.5, (_TITLES, _DIMENSION)))
        names = {"model": "synthetic", "version": "1", "template": "natural"}
        with database.engine.begin() as connection:
            space = open_space(connection, **names, dimension=_DIMENSION)
            write_vectors(connection, space, ids, vectors, [b""] * len(ids))
            switch_to(connection, space)
        build_index(database.engine, space_id=space.id, dimension=space.dimension)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        facts = load_facts(database, NOW, trend=RANKING.trend)
        stored = vectors[np.searchsorted(np.array(ids), facts.ids)].astype(np.float16)
        yield World(database, space.id, facts, stored.astype(np.float32))


def _add_people_and_keywords(connection: Any, ids: list[int], rng: Any) -> None:
    people = [{"id": n, "name": f"P {n}", "search_name": f"p {n}"} for n in range(1, _PEOPLE + 1)]
    connection.execute(insert(tables.people), people)
    connection.execute(insert(tables.keywords), [{"id": 1, "name": "gore"}, {"id": 2, "name": "x"}])
    credits = {
        (item_id, str(rng.choice(["cast", "director"])), int(rng.integers(1, _PEOPLE + 1)))
        for item_id in ids
        for _ in range(2)
    }
    connection.execute(
        insert(tables.credits),
        [
            {"item_id": item_id, "role": role, "person_id": person, "position": 0}
            for item_id, role, person in sorted(credits)
        ],
    )
    connection.execute(
        insert(tables.item_keywords),
        [
            {"item_id": item_id, "keyword_id": keyword}
            for item_id in ids
            for keyword in (1, 2)
            if rng.random() < 0.1
        ],
    )


_CONSTRAINTS = {
    "none": Constraints(),
    "shows": Constraints(media_types=frozenset({"tv"})),
    "a genre": Constraints(genres=(frozenset(_GENRES[:1]),)),
    "two genres at once": Constraints(genres=(frozenset(_GENRES[:1]), frozenset(_GENRES[1:2]))),
    "a genre and a rule": Constraints(
        genres=(frozenset(_GENRES[:3]),), rule_genres=frozenset(_GENRES[4:6])
    ),
    "no genre of four": Constraints(excluded_genres=frozenset(_GENRES[:4])),
    "a decade": Constraints(year_min=1990, year_max=1999),
    "the newest": Constraints(year_min=2024),
    "what is out": Constraints(released_by=date(2026, 7, 1)),
    "well known": Constraints(vote_count_min=2000),
    "a service": Constraints(services=frozenset({"nfx"}), country="IL"),
    "shows of two services": Constraints(
        services=frozenset({"nfx", "dnp"}), country="US", media_types=frozenset({"tv"})
    ),
    "French or Korean": Constraints(languages=frozenset({"fr", "ko"})),
    "two hours at most": Constraints(runtime_max=120),
    "for children": Constraints(age_max=8),
    "by one of two": Constraints(parts=(Part(frozenset({1, 2}), frozenset({"director"})),)),
    "without half": Constraints(excluded_ids=frozenset(range(1, 1500))),
    "no media type": Constraints(media_types=frozenset(), year_min=1950),
    "an unknown genre": Constraints(genres=(frozenset({80_000}),)),
    "a handful": Constraints(year_min=2020, vote_count_min=1500, media_types=frozenset({"tv"})),
}


@pytest.mark.parametrize("constraints", _CONSTRAINTS.values(), ids=_CONSTRAINTS)
@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
@pytest.mark.parametrize("k", [20, 200])
def test_finds_what_brute_force_finds(
    world: World, constraints: Constraints, exact: bool, k: int
) -> None:
    allowed = world.allowed(constraints)
    rng = np.random.default_rng(k)
    hits = wanted = 0
    for row in rng.integers(0, len(world.facts), 8):
        vector = _unit(world.vectors[row] + rng.normal(0, 0.1, _DIMENSION))
        found = world.find(vector, constraints, k=k, exact=exact)
        assert len(found) == len(set(found)) == min(k, int(allowed.sum()))
        assert allowed[world.facts.rows_of(np.array(found, dtype=np.int32))].all()
        nearest_ids = world.brute_force(vector, allowed, k=k)
        hits += len(nearest_ids & set(found))
        wanted += len(nearest_ids)
    assert hits >= 0.98 * wanted


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_seen_titles_make_room_for_others(world: World, exact: bool) -> None:
    vector = world.vectors[7]
    seen = np.array(world.find(vector, Constraints(), k=300, exact=True), dtype=np.int32)
    found = world.find(vector, Constraints(), k=100, exact=exact, excluded=seen)
    unseen = ~np.isin(world.facts.ids, seen)
    assert len(found) == 100
    assert len(world.brute_force(vector, unseen, k=100) & set(found)) >= 98


@pytest.mark.parametrize("constraints", _CONSTRAINTS.values(), ids=_CONSTRAINTS)
def test_few_matches_are_compared_by_their_ids(world: World, constraints: Constraints) -> None:
    among = world.facts.ids[world.allowed(constraints)][::2]
    by_id = world.find(world.vectors[3], Constraints(), k=50, exact=True, among=among)
    allowed = np.isin(world.facts.ids, among)
    expected = world.brute_force(world.vectors[3], allowed, k=50)
    assert len(by_id) == len(set(by_id)) == len(expected)
    assert len(expected & set(by_id)) >= 0.98 * len(expected)


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_what_several_vectors_find_is_one_list_with_the_best_cosine_of_each(
    world: World, exact: bool
) -> None:
    vectors = world.vectors[[5, 6, 5]]
    found = nearest(
        world.database,
        space_id=world.space_id,
        vectors=list(vectors),
        k=100,
        constraints=Constraints(),
        excluded=_NONE,
        exact=exact,
        ef_search=400,
    )
    rows = world.facts.rows_of(found.ids)
    assert len(set(found.ids.tolist())) == len(found.ids)
    assert (np.diff(found.scores) <= 0).all()
    assert found.scores == pytest.approx((world.vectors[rows] @ vectors.T).max(axis=1), abs=2e-3)
    everything = world.allowed(Constraints())
    for vector in vectors:
        assert len(world.brute_force(vector, everything, k=100) & set(found.ids.tolist())) >= 98


def _plan(world: World, *, exact: bool) -> str:
    statement, parameters = statement_for(
        space_id=world.space_id,
        vectors=[world.vectors[0]],
        k=20,
        constraints=Constraints(),
        excluded=_NONE,
        exact=exact,
    )
    with psycopg.connect(world.database.libpq_url) as connection:
        # Three thousand rows are few: the planner may find a scan as cheap as the index.
        connection.execute("SET enable_seqscan = off")
        connection.execute(*session_settings(40))
        rows = connection.execute(f"EXPLAIN {statement}", parameters).fetchall()
    return "\n".join(row[0] for row in rows)


def test_the_index_serves_one_path_and_not_the_other(world: World) -> None:
    assert f"hnsw_space_{world.space_id}" in _plan(world, exact=False)
    assert "hnsw" not in _plan(world, exact=True)


def test_a_space_without_vectors_finds_nothing(world: World) -> None:
    empty = replace(world, space_id=world.space_id + 1)
    for exact in (True, False):
        assert empty.find(world.vectors[0], Constraints(), k=20, exact=exact) == []


_GENRE_SETS = st.frozensets(st.sampled_from([*_GENRES, 80_000]), max_size=3)
_YEARS = st.none() | st.integers(1940, 2030)
_RANGES = st.lists(st.tuples(st.integers(1940, 2030), st.integers(1940, 2030)), max_size=2).map(
    tuple
)
_LANGUAGES = st.frozensets(st.sampled_from(["en", "fr", "ko", "xx"]), max_size=2)
_COUNTRIES = st.frozensets(st.sampled_from(["US", "GB"]), max_size=2)
_AGES = st.none() | st.integers(0, 18)
_MINUTES = st.none() | st.integers(1, 250)
_PARTS = st.lists(
    st.builds(
        Part,
        st.frozensets(st.integers(1, _PEOPLE + 1), min_size=1, max_size=3),
        st.frozensets(st.sampled_from(["cast", "director"]), max_size=1),
    ),
    max_size=2,
).map(tuple)
_OFFERS = st.frozensets(st.sampled_from(["subscription", "rent", "free"]), max_size=2)
_MEDIA_TYPES: st.SearchStrategy[frozenset[MediaType]] = st.frozensets(
    st.sampled_from(["movie", "tv"])
)


@settings(max_examples=150)
@given(
    st.builds(
        Constraints,
        media_types=_MEDIA_TYPES,
        genres=st.lists(_GENRE_SETS.filter(bool), max_size=2).map(tuple),
        rule_genres=_GENRE_SETS,
        excluded_genres=_GENRE_SETS,
        years=_RANGES,
        excluded_years=_RANGES,
        released_by=st.none() | st.dates(date(2025, 12, 1), date(2027, 1, 31)),
        runtime_min=_MINUTES,
        runtime_max=_MINUTES,
        languages=_LANGUAGES,
        excluded_languages=_LANGUAGES,
        countries=_COUNTRIES,
        excluded_countries=_COUNTRIES,
        age_min=_AGES,
        age_max=_AGES,
        offer_types=_OFFERS,
        parts=_PARTS,
        any_part=st.booleans(),
        excluded_parts=_PARTS,
        excluded_keywords=st.frozensets(st.sampled_from(["gore", "x", "gone"]), max_size=2),
        year_min=_YEARS,
        year_max=_YEARS,
        vote_count_min=st.none() | st.integers(0, 3000),
        services=st.frozensets(st.sampled_from(["nfx", "dnp", "gone"]), max_size=2),
        country=st.sampled_from(["IL", "US", "FR", ""]),
        excluded_ids=st.frozensets(st.integers(1, _TITLES), max_size=300),
    )
)
def test_the_clauses_in_sql_and_the_mask_over_the_facts_agree(
    world: World, constraints: Constraints
) -> None:
    found = world.find(world.vectors[0], constraints, k=_TITLES, exact=True)
    assert sorted(found) == world.facts.ids[world.allowed(constraints)].tolist()


def _offered(database: Database, constraints: Constraints) -> list[int]:
    offered = look_up(database, constraints).offered
    assert offered is not None
    return [int(item) for item in offered]


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
    on_netflix = Constraints(services=frozenset({"nfx"}), country="IL")
    assert _offered(database, on_netflix) == items[:3]
    assert _offered(database, replace(on_netflix, country="US")) == []
    to_rent = replace(on_netflix, offer_types=frozenset({"rent"}))
    assert _offered(database, to_rent) == items[3:4]
    assert _offered(database, replace(to_rent, services=frozenset())) == items[3:4]
    assert len(rows_of(database, "SELECT 1 FROM availability")) == 5
