"""What every component of a stage promises (see protocols.py), on catalogues at random.

The components are those of the default strategy, on sources of the test's own instead of Postgres.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.items.synopses import Synopsis
from api.domain.arrays import Floats, Ints
from api.domain.genres import GENRES
from api.language.intent import Intent
from api.recommend.constraints.constraints import Lookups
from api.recommend.constraints.hydrator import ConstraintsAndRules
from api.recommend.constraints.keeps_constraints import KeepsConstraints
from api.recommend.constraints.unseen import Unseen
from api.recommend.evidence import affinities as affinities
from api.recommend.evidence import signals
from api.recommend.evidence.ann import Ann
from api.recommend.evidence.lexical import Lexical
from api.recommend.evidence.resident import (
    Audience,
    Collaborative,
    FanLiked,
    Followed,
    Neighbours,
    People,
    Popular,
    Related,
    Trending,
)
from api.recommend.evidence.story import Story
from api.recommend.pipeline.protocols import Filter, Ranker, Reranker, Scorer, Selector, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.rank.head_embeddings import HeadEmbeddings
from api.recommend.rank.mixer import WeightedMixer
from api.recommend.ranking import Ranking
from api.recommend.rerank.llm import LlmReranker
from api.recommend.rerank.llm_rerank import ModelScore, RerankQuestion
from api.recommend.rerank.small import SmallReranker
from api.recommend.select.exact_matches_first import ExactMatchesFirst
from api.recommend.select.exploration import Exploration
from api.recommend.select.franchise_cap import FranchiseCap
from api.recommend.select.mmr import Mmr
from api.viewers.taste.ignored_impressions import IgnoredImpressions
from api.viewers.taste.taste import Affinity, Proposed, Taste
from config.business_rules import BusinessRules, Filters
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings
from tests.facts_builder import RANKING, Title, facts_of, query_over

_DIMENSION = 4
_NAMES = sorted(GENRES.values())[:5]
_NUMBERS = RANKING.retrieval


def vectors_of(ids: Sequence[int] | Ints) -> Floats:
    """The unit vector of each title, always the same."""
    rows = [np.random.default_rng(int(item_id)).normal(size=_DIMENSION) for item_id in ids]
    matrix = np.array(rows, dtype=np.float32).reshape(-1, _DIMENSION)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True))


def search_everything(query: Query) -> Any:
    """Stands in for nearest.py: exact, over the query's own catalogue."""

    def nearest(*, vectors: Sequence[Floats], k: int, excluded: Ints, **_: Any) -> Retrieved:
        allowed = query.allowed if query.allowed is not None else np.ones(len(query.facts), bool)
        ids = query.facts.ids[allowed]
        ids = ids[~np.isin(ids, excluded)]
        cosines = (vectors_of(ids) @ np.stack(vectors).T).max(axis=1)
        best = np.lexsort((ids, -cosines))[: k * len(vectors)]
        return Retrieved(ids[best], cosines[best])

    return nearest


def search_titles(query: Query) -> Any:
    """Stands in for the full-text search: odd ids hold the words, and so does an unknown one."""

    def search(text: str, k: int, *, titles: int = 0) -> Retrieved:
        ids = np.append(query.facts.ids[query.facts.ids % 2 == 1], 9999).astype(np.int32)
        return Retrieved(ids[:k], np.linspace(1, 0.1, len(ids), dtype=np.float32)[:k])

    return search


def sources(query: Query) -> list[Source]:
    nearest = search_everything(query)
    return [
        Ann("profile_ann", nearest, _NUMBERS, for_text=False),
        Ann("query_ann", nearest, _NUMBERS, for_text=True),
        Lexical(search_titles(query), _NUMBERS),
        Story(search_titles(query), _NUMBERS),
        Collaborative(_NUMBERS),
        FanLiked(_NUMBERS),
        Followed(_NUMBERS),
        Neighbours(_NUMBERS),
        Audience(_NUMBERS),
        People(_NUMBERS),
        Related(_NUMBERS),
        Trending(_NUMBERS),
        Popular(_NUMBERS),
    ]


FILTERS: list[Filter] = [Unseen(), KeepsConstraints()]
SCORERS: list[Scorer] = [
    signals.AnnSignal(),
    signals.LexicalSignal(),
    signals.StorySignal(),
    signals.CollaborativeSignal(),
    signals.FanLikedSignal(),
    signals.FollowedSignal(),
    signals.NeighboursSignal(),
    signals.AudienceSignal(),
    signals.PeopleSignal(),
    signals.RelatedSignal(),
    signals.TrendingSignal(),
    signals.PopularitySignal(),
    signals.VoteSignal(),
    signals.NoveltySignal(),
    signals.GenreAffinitySignal(),
    affinities.LanguageAffinitySignal(),
    affinities.DecadeAffinitySignal(),
    affinities.PreferenceSignal(),
    signals.FatigueSignal(RANKING.fatigue),
]
RANKER: Ranker = WeightedMixer(RANKING.mixer, RANKING.damping)


def last_first(question: RerankQuestion) -> list[ModelScore]:
    """A language model that reverses the first ten and has a word for each."""
    places = range(min(10, len(question.candidates)))
    return [ModelScore(place, 0.5, "Fits your search.") for place in reversed(places)]


def synopses(ids: Sequence[int]) -> dict[int, Synopsis]:
    """Every title's but 7's."""
    return {item_id: Synopsis(f"Title {item_id}", "A story.") for item_id in ids if item_id != 7}


RERANKERS: list[Reranker] = [
    SmallReranker(window=10, output_limit=4, rank_weight=0.05),
    LlmReranker(
        "rerank_openai",
        last_first,
        synopses,
        ExplanationTemplatesFile(Settings.load({}).explanation_templates_path),
    ),
]
SELECTORS: list[Selector] = [
    FranchiseCap(cap=2, head=10),
    Mmr(lambda_=0.7, pool=20, head=8),
    Exploration(RANKING.diversify),
    ExactMatchesFirst(),
]

_TITLES = st.lists(
    st.builds(
        Title,
        id=st.integers(1, 400),
        is_show=st.booleans(),
        genres=st.lists(st.sampled_from(_NAMES), max_size=3).map(tuple),
        year=st.sampled_from([0, 1950, 1999, 2026]),
        collection=st.sampled_from([0, 0, 5, 6]),
        popularity=st.floats(0, 500, width=32),
        vote_average=st.floats(0, 10, width=32),
        vote_count=st.sampled_from([0, 10, 100, 10_000]),
        trending_rank=st.sampled_from([0, 0, 1, 20]),
    ),
    max_size=50,
    unique_by=lambda title: title.id,
)


_INTENTS = st.none() | st.builds(
    Intent,
    text=st.just("heist"),
    free_text=st.sampled_from(["", "heist"]),
    genres=st.sampled_from([(), (frozenset({28}),), (frozenset({28}), frozenset({12, 16}))]),
    years=st.sampled_from([(), ((1990, 1999),)]),
    excluded_years=st.sampled_from([(), ((1940, 1950),)]),
    count=st.sampled_from([None, 3]),
)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A hydrated query over a catalogue at random, of a viewer with or without a taste."""
    titles = draw(_TITLES)
    facts = facts_of(titles)
    every = [title.id for title in titles] or [1]
    some = st.lists(st.sampled_from([*every, 9998]), max_size=8, unique=True).map(sorted)
    vectors = tuple(vectors_of(draw(st.lists(st.integers(500, 510), max_size=3))))
    query = query_over(
        facts,
        rules=BusinessRules(
            filters=Filters(exclude_genres=draw(st.sampled_from([[], ["Action"]])))
        ),
        taste=draw(_tastes(some)),
        excluded=draw(some),
        limit=draw(st.integers(1, 30)),
        text=draw(st.sampled_from([None, "heist"])),
        media_type=draw(st.sampled_from([None, "movie", "tv"])),
        genres=draw(st.sampled_from([(), (28,), (12, 16)])),
        diversify=draw(st.booleans()),
    )
    shown = np.array(draw(some), dtype=np.int32)
    days = np.full(len(shown), draw(st.integers(0, 30_000)), dtype=np.int32)
    viewer = replace(
        query.viewer,
        shares_taste=draw(st.booleans()),
        ignored_impressions=IgnoredImpressions(shown, days),
    )
    query = query.with_(viewer=viewer, intent=draw(_INTENTS) if query.request.text else None)
    query = ConstraintsAndRules(lambda _constraints: Lookups()).hydrate(query)
    has_words = query.request.text is not None and bool(vectors)
    return query.with_(vectors=vectors, text_vector=vectors[0] if has_words else None)


@st.composite
def _tastes(draw: st.DrawFn, some: st.SearchStrategy[list[int]]) -> Taste:
    genres = draw(st.sampled_from([{}, {28: 1.0}, {12: 0.7, 16: 0.3}]))
    of_people = _proposed(draw(some), 1.0)
    return Taste(
        genre_prefs=genres,
        people=(Affinity(1, "Al Pacino", 2, 1.0),) if len(of_people) else (),
        of_people=of_people,
        co_liked=_proposed(draw(some), 3.0),
        fan_liked=_proposed(draw(some), 1.0),
        followed=_proposed(draw(some), 4.0),
        related=_proposed(draw(some), 1.0),
        chosen_by_neighbours=_proposed(draw(some), 1.0),
    )


def _proposed(ids: list[int], strongest: float) -> Proposed:
    return Proposed(
        np.array(ids, dtype=np.int32),
        np.linspace(0.1, strongest, len(ids), dtype=np.float32),
        np.ones(len(ids), dtype=np.int32),
    )


def pool_of(query: Query) -> Pool:
    """What the sources propose, fused."""
    found = {s.name: s.retrieve(query) for s in sources(query) if s.applies_to(query)}
    ids = np.unique(np.concatenate([retrieved.ids for retrieved in found.values()]))
    rows = query.facts.known_rows(ids)
    pool = Pool(query.facts, rows, np.zeros(len(rows), dtype=np.uint16))
    for name, retrieved in found.items():
        pool.retrieved[name] = np.full(len(rows), np.nan, dtype=np.float32)
        pool.retrieved[name][np.searchsorted(pool.ids, retrieved.ids)] = retrieved.scores
    return pool


def ranking_over(query: Query) -> Ranking:
    """The mixer's order, with vectors of its head but for every seventh title."""
    pool = pool_of(query)
    ranking = RANKER.rank(query, pool, {s.name: s.score(query, pool) for s in SCORERS})

    def read(_space: int, ids: Ints) -> tuple[Ints, Floats]:
        stored = ids[ids % 7 != 0][::-1]
        return stored, vectors_of(stored)

    return HeadEmbeddings(read, 15).load(query, ranking)


@given(queries())
def test_sources_propose_only_what_is_allowed_once_and_the_best_first(query: Query) -> None:
    assert query.allowed is not None
    allowed = set(query.facts.ids[query.allowed].tolist())
    for source in sources(query):
        if not source.applies_to(query):
            continue
        found = source.retrieve(query)
        ids = found.ids.tolist()
        assert len(ids) == len(set(ids)) == len(found.scores), source.name
        assert set(ids) <= allowed, source.name
        assert (np.diff(found.scores) <= 1e-6).all(), source.name
        assert np.isfinite(found.scores).all(), source.name


@given(queries())
def test_filters_find_nothing_to_reject_in_what_the_sources_propose(query: Query) -> None:
    pool = pool_of(query)
    for component in FILTERS:
        for reason, rejected in component.rejections(query, pool).items():
            assert rejected.shape == (len(pool),)
            assert rejected.dtype == np.bool_
            assert not rejected.any(), f"{component.name}: {reason}"


@given(queries())
def test_filters_reject_exactly_what_is_not_allowed(query: Query) -> None:
    rows = np.arange(len(query.facts), dtype=np.int32)
    everything = Pool(query.facts, rows, np.zeros(len(rows), dtype=np.uint16))
    kept = np.ones(len(rows), dtype=np.bool_)
    for component in FILTERS:
        for rejected in component.rejections(query, everything).values():
            kept &= ~rejected
    np.testing.assert_array_equal(kept, query.allowed)


@given(queries())
def test_scorers_give_every_candidate_a_number_from_0_to_1(query: Query) -> None:
    pool = pool_of(query)
    for scorer in SCORERS:
        values = scorer.score(query, pool)
        assert values.shape == (len(pool),), scorer.name
        assert values.dtype == np.float32, scorer.name
        assert ((values >= 0) & (values <= 1)).all(), scorer.name


def assert_same_candidates(ranking: Ranking, changed: Ranking) -> None:
    assert sorted(changed.order.tolist()) == sorted(ranking.order.tolist())
    assert len(changed.scores) == len(changed.order)


@given(queries())
def test_the_ranker_orders_everyone_by_falling_score_and_ties_by_id(query: Query) -> None:
    ranking = ranking_over(query)
    assert sorted(ranking.order.tolist()) == list(range(len(ranking.pool)))
    keys = list(zip((-ranking.scores).tolist(), ranking.pool.ids[ranking.order], strict=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize("reranker", RERANKERS, ids=lambda reranker: reranker.name)
@given(query=queries())
def test_rerankers_move_their_window_and_lose_nobody(reranker: Reranker, query: Query) -> None:
    ranking = ranking_over(query)
    if reranker.applies_to(query):
        reranked = reranker.rerank(query, ranking)
        assert_same_candidates(ranking, reranked)
        assert reranked.order[10:].tolist() == ranking.order[10:].tolist()
        assert reranked.scores.tolist() == ranking.scores.tolist()


@pytest.mark.parametrize("selector", SELECTORS, ids=lambda selector: selector.name)
@given(query=queries())
def test_selectors_lose_nobody_and_keep_scores_with_their_titles(
    selector: Selector, query: Query
) -> None:
    ranking = ranking_over(query)
    if not selector.applies_to(query):
        return
    score_of = dict(zip(ranking.order.tolist(), ranking.scores.tolist(), strict=True))
    selected = selector.select(query, ranking)
    assert_same_candidates(ranking, selected)
    assert [score_of[index] for index in selected.order.tolist()] == selected.scores.tolist()
    assert selected.explored.keys() <= set(selected.order.tolist())
    assert all(0 < propensity <= 1 for propensity in selected.explored.values())


@pytest.mark.parametrize("selector", SELECTORS[:3], ids=lambda selector: selector.name)
@given(query=queries())
def test_variety_is_for_those_who_want_it(selector: Selector, query: Query) -> None:
    plain = query.with_(request=replace(query.request, diversify=False))
    assert not selector.applies_to(plain)
