"""The runner: stages in their order, provenance kept, optional parts left out when they fail."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from api.domain.arrays import Floats, Mask
from api.domain.deadline import Deadline
from api.platform.errors import EncoderUnavailable, OutOfTime, UpstreamUnavailable
from api.recommend.pipeline.protocols import Answer, Scorer
from api.recommend.pipeline.runner import Pipeline, with_falling_scores
from api.recommend.pipeline.trace import Trace
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_FACTS = facts_of([Title(n) for n in range(1, 9)])


@dataclass
class FakeSource:
    """Proposes ids with scores, or fails."""

    name: str
    found: dict[int, float] = field(default_factory=dict)
    error: Exception | None = None
    applies: bool = True
    takes: Callable[[], None] = lambda: None
    begins_early: bool = False

    def applies_to(self, query: Query) -> bool:
        return self.applies

    def asked(self, query: Query) -> AbstractContextManager[Answer] | None:
        return None

    def retrieve(self, query: Query) -> Retrieved:
        self.takes()
        if self.error is not None:
            raise self.error
        ids = np.array(list(self.found), dtype=np.int32)
        return Retrieved(ids, np.array(list(self.found.values()), dtype=np.float32))


@dataclass
class Asking(FakeSource):
    """Has the database asked, and notes when, and when its answer is read."""

    notes: list[str] = field(default_factory=list)

    @contextmanager
    def asked(self, query: Query) -> Iterator[Answer]:
        self.notes.append("asked")

        def read() -> Retrieved:
            self.notes.append("read")
            return self.retrieve(query)

        yield read
        self.notes.append("left")


@dataclass
class FakeHydrator:
    """Changes the query, or fails."""

    name: str
    change: Callable[[Query], Query] = lambda query: query
    error: Exception | None = None
    awaits_encoder: bool = False

    def hydrate(self, query: Query) -> Query:
        if self.error is not None:
            raise self.error
        return self.change(query)


@dataclass
class Rejecting:
    """Rejects these ids for these reasons."""

    reasons: dict[str, Sequence[int]]
    name: str = "rejecting"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        return {reason: np.isin(pool.ids, ids) for reason, ids in self.reasons.items()}


class ById(Scorer):
    """Larger ids are better."""

    name = "by_id"

    def score(self, query: Query, pool: Pool) -> Floats:
        return (pool.ids / 10).astype(np.float32)


class Summed:
    """A ranker: the sum of all signals; it keeps the pool that it was given."""

    def __init__(self) -> None:
        self.pool: Pool | None = None

    def rank(self, query: Query, pool: Pool, signals: dict[str, Floats]) -> Ranking:
        self.pool = pool
        scores = sum(signals.values(), np.zeros(len(pool)))
        order = np.argsort(-scores, kind="stable").astype(np.int32)
        return Ranking(pool, order, scores[order].astype(np.float32), signals)


def no_evidence(query: Query, ranking: Ranking) -> Any:
    return np.zeros(len(ranking.order))


class NoEmbeddings:
    def load(self, query: Query, ranking: Ranking) -> Ranking:
        return ranking


@dataclass
class Reversing:
    """A reranker or selector that turns the list around, or fails."""

    name: str = "reversing"
    error: Exception | None = None
    applies: bool = True
    takes: Callable[[], None] = lambda: None

    def applies_to(self, query: Query) -> bool:
        return self.applies

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        self.takes()
        if self.error is not None:
            raise self.error
        return replace(ranking, order=ranking.order[::-1])

    select = rerank


def pipeline(**parts: Any) -> Pipeline:
    usual: dict[str, Any] = {
        "hydrators": (),
        "sources": (FakeSource("popular", dict.fromkeys(range(1, 9), 1.0)),),
        "filters": (),
        "scorers": (ById(),),
        "ranker": Summed(),
        "embeddings": NoEmbeddings(),
        "reranker": None,
        "selectors": (),
        "list_size": 100,
        "gather_evidence": no_evidence,
    }
    return Pipeline(**usual | parts)


def ran(**parts: Any) -> tuple[list[int], Trace]:
    run = pipeline(**parts).run(query_over(_FACTS))
    return ids_of(run.listed), run.trace


_DOWN = UpstreamUnavailable("The model does not answer.")


def test_a_source_that_is_down_is_left_out_and_the_others_go_on() -> None:
    sources = (FakeSource("query_ann", error=_DOWN), FakeSource("popular", {3: 1.0, 5: 1.0}))
    found, trace = ran(sources=sources)
    assert found == [5, 3]
    assert trace.degraded == ("query_ann",)


def test_while_the_database_works_others_are_asked_and_scorers_prepare() -> None:
    notes: list[str] = []

    class Preparing(ById):
        def prepare(self, query: Query) -> None:
            notes.append("prepared")

    sources = (
        FakeSource("before", {1: 0.5}, takes=lambda: notes.append("before")),
        Asking("asked", {3: 0.9}, notes=notes),
        FakeSource("behind", {5: 0.5}, takes=lambda: notes.append("behind")),
    )
    found, trace = ran(sources=sources, scorers=(Preparing(),))
    assert found == [5, 3, 1]
    assert notes == ["asked", "before", "behind", "prepared", "read", "left"]
    spans = [(span.component, span.facts) for span in trace.spans if span.stage == "retrieve"]
    assert spans == [(name, {"found": 1}) for name in ("before", "asked", "behind")]


def test_a_source_whose_answer_does_not_come_is_left_out() -> None:
    sources = (Asking("asked", error=_DOWN), FakeSource("popular", {3: 1.0}))
    found, trace = ran(sources=sources)
    assert found == [3]
    assert trace.degraded == ("asked",)


def test_the_question_of_one_source_ends_where_another_one_fails() -> None:
    notes: list[str] = []
    sources = (Asking("asked", notes=notes), FakeSource("broken", error=ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        ran(sources=sources)
    assert notes == ["asked"]


def test_a_source_that_needs_no_vector_works_while_words_are_encoded() -> None:
    has_begun, is_encoded = Event(), Event()

    class Early(FakeSource):
        def retrieve(self, query: Query) -> Retrieved:
            assert query.relaxed == ("genres",)
            has_begun.set()
            assert is_encoded.wait(timeout=10)
            return super().retrieve(query)

    def encoded(query: Query) -> Query:
        assert has_begun.wait(timeout=10)
        is_encoded.set()
        return query

    found, trace = ran(
        hydrators=(
            FakeHydrator("constraints", lambda query: replace(query, relaxed=("genres",))),
            FakeHydrator("text_vector", encoded, awaits_encoder=True),
        ),
        sources=(
            FakeSource("query_ann", {5: 0.5}),
            Early("story", {3: 0.9}, begins_early=True),
            Early("silent", {7: 0.9}, begins_early=True, applies=False),
        ),
    )
    assert found == [5, 3]
    assert [span.component for span in trace.spans if span.stage in ("query", "retrieve")] == [
        "constraints",
        "story",
        "text_vector",
        "query_ann",
    ]


def test_a_source_that_began_early_and_failed_is_left_out() -> None:
    found, trace = ran(
        sources=(
            FakeSource("story", error=_DOWN, begins_early=True),
            FakeSource("popular", {1: 1.0}),
        )
    )
    assert found == [1]
    assert trace.degraded == ("story",)


def test_a_hydrator_that_is_down_leaves_the_query_as_it_was() -> None:
    def narrowed(query: Query) -> Query:
        return replace(query, relaxed=("genres",))

    down = FakeHydrator("text_vector", error=EncoderUnavailable("Still loading."))
    run = pipeline(hydrators=(down, FakeHydrator("constraints", narrowed))).run(query_over(_FACTS))
    assert run.query.relaxed == ("genres",)
    assert run.given.relaxed == ()
    assert len(ids_of(run.ranking)) == 8
    assert run.trace.degraded == ("text_vector",)


def test_a_reranker_that_is_down_leaves_the_order_of_the_mixer() -> None:
    found, trace = ran(reranker=Reversing(error=_DOWN))
    assert found == [8, 7, 6, 5, 4, 3, 2, 1]
    assert trace.degraded == ("reversing",)


@dataclass
class _Clock:
    """Seconds that pass when something takes them."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now

    def take(self) -> None:
        self.now += 2.0


@pytest.mark.parametrize("slow", ["hydrator", "source", "reranker"])
def test_a_request_that_has_had_its_time_is_given_up_behind_the_stage_that_took_it(
    slow: str,
) -> None:
    clock = _Clock()
    takes = {slow: clock.take}

    def nothing() -> None:
        pass

    def hydrated(query: Query) -> Query:
        takes.get("hydrator", nothing)()
        return query

    hydrator = FakeHydrator("slow", hydrated)
    source = FakeSource("popular", {3: 1.0, 5: 1.0}, takes=takes.get("source", nothing))
    reranker = Reversing(takes=takes.get("reranker", nothing))
    trace = Trace()
    query = replace(query_over(_FACTS), deadline=Deadline.after(1.0, clock))
    parts = pipeline(hydrators=(hydrator,), sources=(source,), reranker=reranker)
    with pytest.raises(OutOfTime):
        parts.run(query, trace)
    reached = {span.stage for span in trace.spans}
    assert ("retrieve" in reached, "score" in reached) == {
        "hydrator": (False, False),
        "source": (True, False),
        "reranker": (True, True),
    }[slow]
    assert "explain" not in reached
    # In time, or without a deadline, all of it runs.
    assert ids_of(parts.run(replace(query, deadline=None)).listed)


def test_everything_down_is_an_empty_list_that_names_each() -> None:
    found, trace = ran(
        hydrators=(FakeHydrator("text_vector", error=_DOWN),),
        sources=(FakeSource("query_ann", error=_DOWN), FakeSource("lexical", error=_DOWN)),
    )
    assert found == []
    assert trace.degraded == ("text_vector", "query_ann", "lexical")


@pytest.mark.parametrize(
    "parts",
    [
        {"hydrators": (FakeHydrator("text_vector", error=ZeroDivisionError()),)},
        {"sources": (FakeSource("popular", error=ZeroDivisionError()),)},
        {"reranker": Reversing(error=ZeroDivisionError())},
        {"selectors": (Reversing(error=ZeroDivisionError()),)},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_fault_of_ours_ends_the_request(parts: dict[str, Any]) -> None:
    with pytest.raises(ZeroDivisionError):
        ran(**parts)


def test_components_that_do_not_apply_do_not_run() -> None:
    broken = ZeroDivisionError()
    found, trace = ran(
        sources=(
            FakeSource("profile_ann", error=broken, applies=False),
            FakeSource("popular", {1: 1.0}),
        ),
        reranker=Reversing(error=broken, applies=False),
        selectors=(Reversing(error=broken, applies=False),),
    )
    assert found == [1]
    assert [span.component for span in trace.spans] == [
        "popular",
        "pool",
        "mixer",
        "embeddings",
        "list",
        "evidence",
    ]


def test_fusion_keeps_who_proposed_a_title_and_with_which_score() -> None:
    ranker = Summed()
    sources = (
        FakeSource("profile_ann", {4: 0.9, 2: 0.7}),
        FakeSource("collaborative", {2: 3.0, 6: 1.0}),
        FakeSource("trending"),
    )
    ran(sources=sources, ranker=ranker)
    pool = ranker.pool
    assert pool is not None
    assert pool.ids.tolist() == [2, 4, 6]
    assert pool.found_by("profile_ann").tolist() == [True, True, False]
    assert pool.found_by("collaborative").tolist() == [True, False, True]
    assert not pool.found_by("trending").any()
    assert not pool.found_by("story").any()
    nan = float("nan")
    np.testing.assert_allclose(pool.retrieved["profile_ann"], [0.7, 0.9, nan], rtol=1e-6)
    np.testing.assert_allclose(pool.retrieved["collaborative"], [3.0, nan, 1.0])
    assert np.isnan(pool.retrieved["trending"]).all()


def test_titles_that_the_facts_do_not_know_yet_are_left_out() -> None:
    found, _ = ran(sources=(FakeSource("query_ann", {3: 0.9, 99: 0.8}),))
    assert found == [3]


def test_filters_remove_and_the_trace_counts_each_title_once() -> None:
    found, trace = ran(filters=(Rejecting({"seen": [1, 2], "genre": [2, 3], "never": []}),))
    assert found == [8, 7, 6, 5, 4]
    (span,) = [span for span in trace.spans if span.stage == "filter"]
    assert span.facts["rejected"] == {"seen": 2, "genre": 1}


def test_a_filter_keeps_scores_with_their_titles() -> None:
    ranker = Summed()
    scores = {n: n / 10 for n in range(1, 9)}
    ran(
        sources=(FakeSource("query_ann", scores),),
        filters=(Rejecting({"seen": [1, 4, 5]}),),
        ranker=ranker,
    )
    assert ranker.pool is not None
    assert ranker.pool.retrieved["query_ann"] == pytest.approx(ranker.pool.ids / 10)


def test_a_selector_may_turn_the_order_and_scores_still_fall() -> None:
    run = pipeline(selectors=(Reversing(),)).run(query_over(_FACTS))
    assert ids_of(run.ranking) == list(range(1, 9))
    assert (np.diff(run.ranking.scores) <= 0).all()


def test_a_list_ends_where_the_strategy_says_and_the_ranking_goes_on() -> None:
    gathered: list[list[int]] = []

    def gather(query: Query, ranking: Ranking) -> Any:
        gathered.append(ids_of(ranking))
        return no_evidence(query, ranking)

    run = pipeline(list_size=3, gather_evidence=gather).run(query_over(_FACTS))
    assert ids_of(run.ranking) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert run.item_ids.tolist() == [8, 7, 6]
    assert run.listed.scores.tolist() == run.ranking.scores[:3].tolist()
    assert gathered == [[8, 7, 6]]


def test_titles_that_chance_brings_to_the_head_are_explained_by_their_vectors_too() -> None:
    @dataclass
    class HeadOfTwo:
        loaded: list[list[int]] = field(default_factory=list)

        def load(self, query: Query, ranking: Ranking) -> Ranking:
            self.loaded.append(ids_of(ranking)[:2])
            return ranking

    class Exploring(Reversing):
        def select(self, query: Query, ranking: Ranking) -> Ranking:
            return replace(self.rerank(query, ranking), explored={0: 0.5})

    loader = HeadOfTwo()
    pipeline(embeddings=loader, selectors=(Exploring(),)).run(query_over(_FACTS))
    assert loader.loaded == [[8, 7], [1, 2]]
    loader = HeadOfTwo()
    pipeline(embeddings=loader, selectors=(Reversing(),)).run(query_over(_FACTS))
    assert loader.loaded == [[8, 7]]


def test_a_run_notes_every_order_on_its_way() -> None:
    parts = pipeline(
        reranker=Reversing("rerank"), selectors=(Reversing("mmr"), Reversing("not", applies=False))
    )
    steps = parts.run(query_over(_FACTS)).steps
    assert [(step.component, ids_of(step.ranking)[0]) for step in steps] == [
        ("mixer", 8),
        ("rerank", 1),
        ("mmr", 8),
    ]


def test_a_reranker_that_is_down_has_moved_nothing() -> None:
    steps = pipeline(reranker=Reversing(error=_DOWN)).run(query_over(_FACTS)).steps
    assert [ids_of(step.ranking)[0] for step in steps] == [8, 8]


def test_filters_can_be_asked_about_a_title_that_no_source_proposed() -> None:
    filters = (Rejecting({"seen": [1]}), Rejecting({"genre": [2, 3], "year": [1]}))
    pool = Pool(_FACTS, np.array([0, 1], dtype=np.int32))
    found = pipeline(sources=(), filters=filters).rejections(query_over(_FACTS), pool)
    assert {reason: rejected.tolist() for reason, rejected in found.items()} == {
        "seen": [True, False],
        "genre": [False, True],
        "year": [True, False],
    }


def test_an_empty_catalogue_runs_through() -> None:
    run = pipeline(sources=(FakeSource("popular"),)).run(query_over(facts_of([])))
    assert ids_of(run.listed) == []
    assert run.trace.degraded == ()


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40))
def test_falling_scores_never_rise_and_stay_in_range(scores: list[float]) -> None:
    facts = facts_of([Title(n) for n in range(1, len(scores) + 1)])
    ranking = ranking_of(facts, range(1, len(scores) + 1), scores)
    fallen = with_falling_scores(ranking).scores
    assert (np.diff(fallen) <= 0).all()
    assert min(scores) - 1e-6 <= fallen.min() <= fallen.max() <= max(scores) + 1e-6
    if scores == sorted(scores, reverse=True):
        assert fallen.tolist() == ranking.scores.tolist()


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60))
def test_falling_scores_are_the_nearest_in_least_squares(scores: list[float]) -> None:
    facts = facts_of([Title(n) for n in range(1, len(scores) + 1)])
    ranking = ranking_of(facts, range(1, len(scores) + 1), scores)
    nearest = isotonic_regression(ranking.scores.astype(np.float64), increasing=False).x
    assert np.allclose(with_falling_scores(ranking).scores, nearest, atol=1e-6)


def test_the_trace_adds_up_stages_and_names_each_failure_once() -> None:
    trace = Trace()
    for component in ("query_ann", "lexical", "query_ann"):
        with trace.span("retrieve", component) as span:
            span.degraded = "It does not answer."
    with pytest.raises(ZeroDivisionError), trace.span("score", "mixer"):
        raise ZeroDivisionError
    assert trace.degraded == ("query_ann", "lexical")
    assert [part.split(";")[0] for part in trace.server_timing().split(", ")] == [
        "retrieve",
        "score",
    ]
    assert trace.as_dicts()[0]["degraded"] == "It does not answer."
    assert "degraded" not in trace.as_dicts()[3]
