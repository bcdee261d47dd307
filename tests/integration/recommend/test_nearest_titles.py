"""Nearest neighbours among allowed titles: every path finds what brute force finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import psycopg
import pytest

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.embeddings.space_index import build_index
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.domain.arrays import Floats, Mask
from api.domain.genres import genre_bits
from api.platform.database import Database
from api.recommend.evidence.nearest import (
    Among,
    asked_nearest,
    mask_of,
    nearest,
    session_settings,
    statement_for,
)
from api.recommend.pool import Retrieved
from tests.conftest import DatabaseFactory, opened
from tests.facts_builder import NOW, RANKING, Title, facts_of
from tests.integration.recommend.catalogue_at_random import GENRE_IDS, fill

_TITLES, _DIMENSION, _CLUSTERS = 3000, 32, 40


@dataclass(frozen=True)
class World:
    """A catalogue of clustered vectors; `vectors` are as stored, row for row with `facts`."""

    database: Database
    space_id: int
    facts: CatalogueFacts
    vectors: Floats

    def among(self, allowed: Mask) -> Among:
        """The allowed titles as the index is searched with them."""
        return mask_of(self.facts, allowed)

    def find(self, vector: Floats, among: Among, *, k: int, exact: bool) -> list[int]:
        question: Any = {
            "space_id": self.space_id,
            "vectors": [vector],
            "k": k,
            "among": among,
            "exact": exact,
            "ef_search": 400,
        }
        found = nearest(self.database, **question)
        with asked_nearest(self.database, **question) as answer:
            assert answer().ids.tolist() == found.ids.tolist()
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
    rng = np.random.default_rng(2)
    with opened(clone(migrated_template)) as database:
        with database.engine.begin() as connection:
            ids = fill(connection, _TITLES)
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


_ALLOWED: dict[str, Callable[[CatalogueFacts], Mask]] = {
    "everything": lambda facts: facts.ids > 0,
    "shows": lambda facts: facts.is_show,
    "a genre": lambda facts: (facts.genres & np.uint32(genre_bits(GENRE_IDS[:1]))) != 0,
    "a decade": lambda facts: (facts.year >= 1990) & (facts.year <= 1999),
    "well known": lambda facts: facts.vote_count >= 2000,
    "without half": lambda facts: facts.ids % 2 == 0,
    "one of fifty": lambda facts: facts.ids % 50 == 0,
    "a handful": lambda facts: facts.ids < 20,
    "nothing": lambda facts: facts.ids < 0,
}


@pytest.mark.parametrize("allow", _ALLOWED.values(), ids=_ALLOWED)
@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
@pytest.mark.parametrize("k", [20, 200])
def test_finds_what_brute_force_finds(
    world: World, allow: Callable[[CatalogueFacts], Mask], exact: bool, k: int
) -> None:
    allowed = allow(world.facts)
    among = world.among(allowed)
    rng = np.random.default_rng(k)
    hits = wanted = 0
    for row in rng.integers(0, len(world.facts), 8):
        vector = _unit(world.vectors[row] + rng.normal(0, 0.1, _DIMENSION))
        found = world.find(vector, among, k=k, exact=exact)
        assert len(found) == len(set(found)) == min(k, int(allowed.sum()))
        assert allowed[world.facts.rows_of(np.array(found, dtype=np.int32))].all()
        nearest_ids = world.brute_force(vector, allowed, k=k)
        hits += len(nearest_ids & set(found))
        wanted += len(nearest_ids)
    assert hits >= 0.98 * wanted


def test_more_titles_are_found_than_the_index_takes_for_its_breadth(world: World) -> None:
    allowed = np.ones(len(world.facts), dtype=np.bool_)
    found = world.find(world.vectors[5], world.among(allowed), k=1200, exact=False)
    assert len(found) == len(set(found)) == 1200
    assert len(world.brute_force(world.vectors[5], allowed, k=1200) & set(found)) >= 1140


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_seen_titles_make_room_for_others(world: World, exact: bool) -> None:
    vector = world.vectors[7]
    everything = np.ones(len(world.facts), dtype=np.bool_)
    seen = world.find(vector, world.among(everything), k=300, exact=True)
    unseen = ~np.isin(world.facts.ids, seen)
    found = world.find(vector, world.among(unseen), k=100, exact=exact)
    assert len(found) == 100
    assert len(world.brute_force(vector, unseen, k=100) & set(found)) >= 98


@pytest.mark.parametrize("allow", _ALLOWED.values(), ids=_ALLOWED)
@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_ids_find_what_their_mask_finds(
    world: World, allow: Callable[[CatalogueFacts], Mask], exact: bool
) -> None:
    allowed = allow(world.facts)
    by_id = world.find(world.vectors[3], world.facts.ids[allowed], k=50, exact=exact)
    expected = world.brute_force(world.vectors[3], allowed, k=50)
    assert len(by_id) == len(set(by_id)) == len(expected)
    assert len(expected & set(by_id)) >= 0.98 * len(expected)


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_a_title_newer_than_the_mask_is_not_found(world: World, exact: bool) -> None:
    older = world.facts.ids[:1000]
    among = mask_of(*_allowing(dict.fromkeys(older.tolist(), True)))
    found = world.find(world.vectors[2000], among, k=1000, exact=exact)
    assert len(found) == 1000
    assert max(found) <= older[-1]


def test_a_mask_has_a_bit_for_each_id_and_none_beyond() -> None:
    mask = mask_of(*_allowing({1: True, 8: True, 11: False, 15: True}))
    assert isinstance(mask, bytes)
    bits = np.unpackbits(np.frombuffer(mask, np.uint8), bitorder="little")
    assert np.flatnonzero(bits).tolist() == [1, 8, 15]
    assert len(bits) > 16


def test_ids_with_wide_gaps_are_named_one_by_one() -> None:
    ids = mask_of(*_allowing({1: True, 40: False, 5_000_000: True}))
    assert isinstance(ids, np.ndarray)
    assert ids.tolist() == [1, 5_000_000]


def _allowing(titles: dict[int, bool]) -> tuple[CatalogueFacts, Mask]:
    """A catalogue of these ids, and which of them are allowed."""
    return facts_of([Title(item_id) for item_id in titles]), np.array([*titles.values()])


@pytest.mark.parametrize("exact", [True, False], ids=["exact", "hnsw"])
def test_what_several_vectors_find_is_one_list_with_the_best_cosine_of_each(
    world: World, exact: bool
) -> None:
    vectors = world.vectors[[5, 6, 5]]
    everything = np.ones(len(world.facts), dtype=np.bool_)
    found = nearest(
        world.database,
        space_id=world.space_id,
        vectors=list(vectors),
        k=100,
        among=world.among(everything),
        exact=exact,
        ef_search=400,
    )
    rows = world.facts.rows_of(found.ids)
    assert len(set(found.ids.tolist())) == len(found.ids)
    assert (np.diff(found.scores) <= 0).all()
    assert found.scores == pytest.approx((world.vectors[rows] @ vectors.T).max(axis=1), abs=2e-3)
    for vector in vectors:
        assert len(world.brute_force(vector, everything, k=100) & set(found.ids.tolist())) >= 98


def _plan(world: World, *, exact: bool, plan_cache_mode: str) -> str:
    statement, parameters = statement_for(
        space_id=world.space_id,
        vectors=[world.vectors[0]],
        k=20,
        among=world.among(np.ones(len(world.facts), dtype=np.bool_)),
        exact=exact,
    )
    with psycopg.connect(world.database.libpq_url) as connection:
        # Three thousand rows are few: the planner may find a scan as cheap as the index.
        connection.execute("SET enable_seqscan = off")
        connection.execute(f"SET plan_cache_mode = {plan_cache_mode}")
        connection.execute(*session_settings(40))
        rows = connection.execute(f"EXPLAIN {statement}", parameters, prepare=True).fetchall()
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
def test_the_index_serves_one_path_and_not_the_other(world: World, mode: str) -> None:
    assert f"hnsw_space_{world.space_id}" in _plan(world, exact=False, plan_cache_mode=mode)
    assert "hnsw" not in _plan(world, exact=True, plan_cache_mode=mode)


def test_a_space_without_vectors_finds_nothing(world: World) -> None:
    empty = replace(world, space_id=world.space_id + 1)
    among = world.among(np.ones(len(world.facts), dtype=np.bool_))
    for exact in (True, False):
        assert empty.find(world.vectors[0], among, k=20, exact=exact) == []


def test_the_breadth_of_a_search_that_failed_is_set_again_for_the_next(world: World) -> None:
    """It was set in the transaction that failed."""
    everything = world.among(np.ones(len(world.facts), dtype=np.bool_))
    fresh = Database(world.database.libpq_url, pool_size=2)  # one connection, as long as it does
    fresh.open_pool()

    def search(vector: Floats) -> Retrieved:
        with asked_nearest(
            fresh,
            space_id=world.space_id,
            vectors=[vector],
            k=500,
            among=everything,
            exact=False,
            ef_search=500,
        ) as answer:
            return answer()

    try:
        with pytest.raises(psycopg.Error):
            search(world.vectors[5][:-1])  # of another dimension than the space
        assert len(search(world.vectors[5]).ids) == 500
    finally:
        fresh.close()
