"""What every component of a stage promises (see protocols.py), on catalogues at random.

The components are those of the default strategy, on sources of the test's own instead of Postgres.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.embeddings.kept_embeddings import KeptEmbeddings
from api.catalogue.embeddings.keyword_centroids import centroids_of
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.synopses import Synopsis
from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.domain.arrays import Floats, Ints
from api.domain.genres import GENRES
from api.domain.languages import language_code
from api.language.intent import Intent
from api.recommend.constraints.hydrator import ConstraintsAndRules
from api.recommend.constraints.keeps_constraints import KeepsConstraints
from api.recommend.constraints.unseen import Unseen
from api.recommend.evidence.ann import Ann
from api.recommend.evidence.kind import FindsTitles, Needs, ScoresTitles
from api.recommend.evidence.lexical import Lexical
from api.recommend.evidence.nearest import Among
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.evidence.story import Choose, Story
from api.recommend.likeness.likeness import Likeness, likeness_of
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
from api.recommend.select.likely_first import LikelyFirst
from api.recommend.select.mmr import Mmr
from api.recommend.select.series_order import SeriesOrder
from api.recommend.select.shares_of_taste import SharesOfTaste
from api.viewers.preferences.preference import Preference
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

    @contextmanager
    def ask(
        *, vectors: Sequence[Floats], k: int, among: Among, **_: Any
    ) -> Iterator[Callable[[], Retrieved]]:
        ids = query.facts.ids
        if isinstance(among, bytes):
            bits = np.unpackbits(np.frombuffer(among, np.uint8), bitorder="little")
            ids = ids[bits[ids] == 1]
        else:
            ids = among
        cosines = (vectors_of(ids) @ np.stack(vectors).T).max(axis=1)
        best = np.lexsort((ids, -cosines))[: k * len(vectors)]
        found = Retrieved(ids[best], cosines[best])
        yield lambda: found

    return ask


def search_titles(query: Query) -> Any:
    """Stands in for the full-text search: odd ids hold the words, and so does an unknown one."""

    def search(text: str, k: int) -> Retrieved:
        ids = np.append(query.facts.ids[query.facts.ids % 2 == 1], 9999).astype(np.int32)
        return Retrieved(ids[:k], np.linspace(1, 0.1, len(ids), dtype=np.float32)[:k])

    return search


def search_words(query: Query) -> Any:
    """Stands in for the index of words: the same ids, in ascending order."""
    search = search_titles(query)
    return lambda text, *, version: search(text, 10_000)


def search_stories(query: Query) -> Any:
    """The same for stories: of all ids those that are chosen."""
    search = search_titles(query)

    def chosen(text: str, *, version: int, choose: Choose) -> Retrieved:
        found = search(text, 10_000)
        wanted = choose(found.ids, found.scores)
        return Retrieved(found.ids[wanted], found.scores[wanted])

    return chosen


_NOTHING: Any = None


def _centroids() -> Any:
    """Stands in for the keywords' stories: three of them, and every title has one."""
    rows = [(vectors_of([900 + one])[0], list(range(one, 60, 3))) for one in range(1, 4)]
    space = query_over(facts_of([])).versions.space_id
    held = centroids_of(1, space, np.zeros(_DIMENSION), 60, rows)
    return SimpleNamespace(current=lambda version: held)


_NEEDS = Needs(_NOTHING, RANKING, centroids=_centroids())


def sources(query: Query) -> list[Source]:
    """All that are declared; those that ask Postgres on searches of the test's own."""
    ask = search_everything(query)
    instead = {
        "profile_ann": Ann("profile_ann", ask, _NUMBERS, for_text=False),
        "query_ann": Ann("query_ann", ask, _NUMBERS, for_text=True),
        "lexical": Lexical(search_words(query), _NUMBERS.source_k),
        "story": Story(search_stories(query), _NUMBERS.source_k),
    }
    return [instead.get(one.name) or one.build(_NEEDS) for one in EVIDENCE.sources]


FILTERS: list[Filter] = [Unseen(), KeepsConstraints()]
SCORERS: list[Scorer] = EVIDENCE.built_scorers(_NEEDS)
RANKER: Ranker = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame, SCORERS)


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
        ExplanationTemplatesFile(
            Settings.load({}).explanation_templates_path, EVIDENCE.reason_forms
        ),
    ),
]
SELECTORS: list[Selector] = [
    FranchiseCap(cap=2, head=10),
    Mmr(lambda_=0.7, pool=20, head=8),
    Exploration(RANKING.diversify),
    SharesOfTaste(RANKING.diversify),
    SeriesOrder(),
    ExactMatchesFirst(),
    # Titles with an even id are likely to be liked.
    LikelyFirst(lambda viewers, facts, ids: np.where(ids % 2, 0.1, 0.9)[None, :].astype("f4")),
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
    query = replace(query, viewer=viewer, intent=draw(_INTENTS) if query.request.text else None)
    query = ConstraintsAndRules(lambda constraints, _: constraints).hydrate(query)
    has_words = query.request.text is not None and bool(vectors)
    named = draw(some)[:5]
    return replace(
        query,
        vectors=vectors,
        text_vector=vectors[0] if has_words else None,
        likeness=_likeness_to(named, facts) if named else None,
        similarity=draw(st.sampled_from([None, _similarity_of(facts)])),
    )


def _similarity_of(facts: CatalogueFacts) -> ItemSimilarity:
    """By two genres, and keywords that every third title has in common."""
    rows = np.arange(len(facts), dtype=np.int32)
    fields = [Features(rows, rows % 2), Features(rows, rows % 3)]
    none = Features(rows[:0], rows[:0])
    return similarity_of(version=1, ids=facts.ids, features=[*fields, *[none] * 5])


def _likeness_to(named: Sequence[int], facts: CatalogueFacts) -> Likeness:
    """Of every title at random to each of these."""
    to_each = np.random.default_rng(len(facts)).random((len(named), len(facts)), dtype=np.float32)
    return likeness_of(tuple(named), to_each)


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
        **_known(draw(some)),
    )


def _known(ids: list[int]) -> dict[str, Any]:
    """A history of these titles, some of them disliked."""
    return {
        "known_ids": np.array(ids, dtype=np.int32),
        "known_weights": np.linspace(1, -0.5, len(ids), dtype=np.float32),
        "known_named": np.linspace(1, -0.5, len(ids)) > 0,
    }


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
    pool = Pool(query.facts, rows)
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

    return HeadEmbeddings(KeptEmbeddings(read, lambda *_: None), 15).load(query, ranking)


@given(queries())
def test_sources_propose_only_what_is_allowed_once_and_the_best_first(query: Query) -> None:
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
    everything = Pool(query.facts, rows)
    kept = np.ones(len(rows), dtype=np.bool_)
    for component in FILTERS:
        for rejected in component.rejections(query, everything).values():
            kept &= ~rejected
    np.testing.assert_array_equal(kept, query.allowed)


@pytest.mark.parametrize("declared", EVIDENCE.sources, ids=lambda declared: declared.name)
def test_a_source_has_the_name_that_it_is_declared_with(declared: FindsTitles) -> None:
    assert declared.build(_NEEDS).name == declared.name


@given(queries())
def test_every_signal_is_a_number_from_0_to_1_for_every_candidate(query: Query) -> None:
    pool = pool_of(query)
    for declared in EVIDENCE.signals:
        values = declared.build(_NEEDS).score(query, pool)
        assert values.shape == (len(pool),), declared.name
        assert values.dtype == np.float32, declared.name
        # NaN is neither.
        assert ((values >= 0) & (values <= 1)).all(), declared.name
        again = declared.build(_NEEDS).score(query, pool)
        np.testing.assert_array_equal(values, again, declared.name)


def telling_query() -> Query:
    """Of a viewer whom all is known of, in words, over titles that differ in everything."""
    some = [3, 7, 11, 20]
    facts = facts_of(
        [
            Title(
                id=number,
                genres=(_NAMES[number % 5],),
                year=1950 + 10 * (number % 7),
                popularity=10.0 * number,
                vote_average=number / 4,
                vote_count=500 * number,
                trending_rank=number % 10,
                language=("en", "ko", "fr")[number % 3],
                is_show=number in some,
            )
            for number in range(1, 31)
        ]
    )
    taste = Taste(
        genre_prefs={28: 0.7, 12: 0.3},
        languages={language_code("ko"): 0.8},
        decades={1990: 0.7},
        people=(Affinity(1, "Al Pacino", 2, 1.0),),
        of_people=_proposed(some, 1.0),
        co_liked=_proposed(some, 0.9),
        fan_liked=_proposed(some, 0.9),
        followed=_proposed(some, 2.0),
        related=_proposed(some, 1.0),
        **_known(some),
    )
    query = query_over(
        facts, taste=taste, text="heist", preferences=[Preference("language", "fr", "prefer")]
    )
    shown = IgnoredImpressions(np.array([5], dtype=np.int32), np.array([20_758], dtype=np.int32))
    query = replace(query, viewer=replace(query.viewer, ignored_impressions=shown))
    query = ConstraintsAndRules(lambda constraints, _: constraints).hydrate(query)
    vectors = tuple(vectors_of([500]))
    return replace(
        query,
        vectors=vectors,
        text_vector=vectors[0],
        likeness=_likeness_to([3], facts),
        similarity=_similarity_of(facts),
    )


@pytest.mark.parametrize("declared", EVIDENCE.signals, ids=lambda declared: declared.name)
def test_a_signal_tells_titles_apart_where_there_is_evidence(declared: ScoresTitles) -> None:
    query = telling_query()
    scorer = declared.build(_NEEDS)
    assert scorer.name == declared.name
    if not scorer.applies_to(query):  # with words: they say what is asked for
        query = replace(query, request=replace(query.request, text=None))
    assert scorer.applies_to(query)
    assert np.ptp(scorer.score(query, pool_of(query))) > 0


@pytest.mark.parametrize("declared", EVIDENCE.signals, ids=lambda declared: declared.name)
def test_a_signal_of_an_empty_pool_is_empty(declared: ScoresTitles) -> None:
    query = query_over(facts_of([]))
    assert len(declared.build(_NEEDS).score(query, Pool(query.facts, query.facts.ids))) == 0


def assert_same_candidates(ranking: Ranking, changed: Ranking) -> None:
    assert sorted(changed.order.tolist()) == sorted(ranking.order.tolist())
    assert len(changed.scores) == len(changed.order)


@given(queries())
def test_the_ranker_orders_everyone_by_falling_score_and_ties_by_id(query: Query) -> None:
    ranking = ranking_over(query)
    assert sorted(ranking.order.tolist()) == list(range(len(ranking.pool)))
    keys = list(zip((-ranking.scores).tolist(), ranking.pool.ids[ranking.order], strict=True))
    assert keys == sorted(keys)


@given(queries())
def test_rerankers_move_their_window_and_lose_nobody(query: Query) -> None:
    ranking = ranking_over(query)
    for reranker in RERANKERS:
        if reranker.applies_to(query):
            reranked = reranker.rerank(query, ranking)
            assert_same_candidates(ranking, reranked)
            assert reranked.order[10:].tolist() == ranking.order[10:].tolist(), reranker.name
            assert reranked.scores.tolist() == ranking.scores.tolist(), reranker.name


@given(queries())
def test_selectors_lose_nobody_and_keep_scores_with_their_titles(query: Query) -> None:
    ranking = ranking_over(query)
    score_of = dict(zip(ranking.order.tolist(), ranking.scores.tolist(), strict=True))
    for selector in SELECTORS:
        if not selector.applies_to(query):
            continue
        selected = selector.select(query, ranking)
        assert_same_candidates(ranking, selected)
        order = selected.order.tolist()
        assert [score_of[place] for place in order] == selected.scores.tolist(), selector.name
        assert selected.explored.keys() <= set(order), selector.name
        assert all(0 < propensity <= 1 for propensity in selected.explored.values())


@given(queries())
def test_variety_is_for_those_who_want_it(query: Query) -> None:
    plain = replace(query, request=replace(query.request, diversify=False))
    for selector in SELECTORS[:3]:
        assert not selector.applies_to(plain), selector.name
