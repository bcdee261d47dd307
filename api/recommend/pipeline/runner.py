"""Runs the stages in their one order. It knows components, but not what a film is."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Bits, Floats, Ints, Mask
from api.platform.beside import BESIDE
from api.platform.errors import UpstreamUnavailable
from api.recommend.pipeline.protocols import (
    Answer,
    EmbeddingLoader,
    Filter,
    QueryHydrator,
    Ranker,
    Reranker,
    Scorer,
    Selector,
    Source,
)
from api.recommend.pipeline.recording import Step
from api.recommend.pipeline.run import Run
from api.recommend.pipeline.trace import Span, Trace
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking

# A hydrated query and a list -> one EVIDENCE record per title, in the list's order.
GatherEvidence = Callable[[Query, Ranking], NDArray[np.void]]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The components of one strategy, in the order in which they run."""

    hydrators: Sequence[QueryHydrator]
    sources: Sequence[Source]
    filters: Sequence[Filter]
    scorers: Sequence[Scorer]
    ranker: Ranker
    embeddings: EmbeddingLoader
    reranker: Reranker | None
    selectors: Sequence[Selector]
    list_size: int  # titles of a list, over all its pages
    gather_evidence: GatherEvidence

    def run(self, query: Query, trace: Trace | None = None) -> Run:
        """Everything from a query as it was given to a list with its evidence.

        Nothing is stored, sent or kept: that is up to the side effects of whoever runs it.
        """
        trace = trace or Trace()
        hydrated, ranking = self.rank(query, trace)
        return self.finish(query, hydrated, ranking, trace)

    def rank(self, query: Query, trace: Trace) -> tuple[Query, Ranking]:
        """The hydrated query, and its candidates by the mixer's score alone.

        Raises OutOfTime between its stages, as `finish` does, where the request has had its time.
        """
        query, pool = self.retrieve(query, trace)
        return query, self.score(query, pool, trace)

    def retrieve(self, query: Query, trace: Trace) -> tuple[Query, Pool]:
        """The hydrated query, and the candidates that the filters leave; raises as `rank`."""
        first, last = self._around_encoder()
        query = _hydrated(first, query, trace)
        early = self._begun_early(query, trace)
        query = _hydrated(last, query, trace)
        query.require_time()
        found = self._retrieve(query, trace, early)
        query.require_time()
        with trace.span("fuse", "pool"):
            pool = self._fuse(query, found)
        return query, self._filter(query, pool, trace)

    def finish(self, given: Query, query: Query, ranking: Ranking, trace: Trace) -> Run:
        """From scored candidates to the list: reranked, selected, with its evidence."""
        query.require_time()
        ranking, steps = self._order(query, ranking, trace)
        query.require_time()
        with trace.span("select", "list"):
            ranking = with_falling_scores(ranking)
            listed = replace(
                ranking,
                order=ranking.order[: self.list_size],
                scores=ranking.scores[: self.list_size],
            )
        with trace.span("explain", "evidence"):
            # Chance brings titles to the head that were too far behind to have vectors yet.
            if listed.explored or listed.drawn:
                listed = self.embeddings.load(query, listed)
            evidence = self.gather_evidence(query, listed)
        return Run(given, query, ranking, listed, evidence, steps, trace)

    def offline(self) -> "Pipeline":
        """The pipeline without the components that ask other services, which may cost money."""
        hydrators = tuple(part for part in self.hydrators if not part.asks_others)
        reranker = self.reranker
        if reranker is not None and reranker.asks_others:
            reranker = None
        return replace(self, hydrators=hydrators, reranker=reranker)

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        """What the filters say of these titles of a hydrated query, proposed by a source or not."""
        return {
            reason: rejected
            for component in self.filters
            for reason, rejected in component.rejections(query, pool).items()
        }

    def hydrate(self, query: Query, trace: Trace) -> Query:
        """The query with everything that sources and scorers need to know of it."""
        return _hydrated(self.hydrators, query, trace)

    def _around_encoder(self) -> tuple[Sequence[QueryHydrator], Sequence[QueryHydrator]]:
        """The hydrators that know all of a request but its vectors, and the others."""
        for place, hydrator in enumerate(self.hydrators):
            if hydrator.awaits_encoder:
                return self.hydrators[:place], self.hydrators[place:]
        return self.hydrators, ()

    def _begun_early(self, query: Query, trace: Trace) -> dict[str, "_Asked"]:
        """Sources that work, each in a thread of its own, while words are still encoded."""
        return {
            source.name: BESIDE.submit(
                _retrieved, source, query, trace.span("retrieve", source.name)
            )
            for source in self.sources
            if source.begins_early and source.applies_to(query)
        }

    def _retrieve(
        self, query: Query, trace: Trace, early: Mapping[str, "_Asked"]
    ) -> dict[str, Retrieved]:
        """What each source proposes, in their order; the database answers some beside the others.

        Their spans are as long as each took, so they say more than the stage took.
        """
        asked = [
            (source, trace.span("retrieve", source.name))
            for source in self.sources
            if not source.begins_early and source.applies_to(query)
        ]
        with ExitStack() as block:
            answers: dict[str, tuple[Answer, Span]] = {}
            for source, span in asked:
                if (question := source.asked(query)) is not None:
                    block.enter_context(span)
                    answers[source.name] = block.enter_context(question), span
            found = {
                source.name: _retrieved(source, query, span)
                for source, span in asked
                if source.name not in answers
            }
            if answers:
                for scorer in self.scorers:
                    scorer.prepare(query)
            found |= {name: _read(answer, span) for name, (answer, span) in answers.items()}
        found |= {name: doing.result() for name, doing in early.items()}
        return {
            source.name: retrieved
            for source in self.sources
            if (retrieved := found.get(source.name)) is not None
        }

    @staticmethod
    def _fuse(query: Query, found: dict[str, Retrieved]) -> Pool:
        """One pool of distinct candidates that remember who proposed them, with which score, and by
        which words of the request."""
        located = {name: _located(query, retrieved) for name, retrieved in found.items()}
        every = [rows for rows, *_ in located.values()] or [np.empty(0, np.int32)]
        rows = np.unique(np.concatenate(every))
        scores: dict[str, Floats] = {}
        words = np.zeros(len(rows), dtype=np.uint64)
        for name, (source_rows, source_scores, source_words) in located.items():
            places = np.searchsorted(rows, source_rows)
            scores[name] = np.full(len(rows), np.nan, dtype=np.float32)
            scores[name][places] = source_scores
            if source_words is not None:
                words[places] |= source_words
        return Pool(query.facts, rows, scores, words)

    def _filter(self, query: Query, pool: Pool, trace: Trace) -> Pool:
        for component in self.filters:
            with trace.span("filter", component.name) as span:
                keep = np.ones(len(pool), dtype=np.bool_)
                for reason, rejected in component.rejections(query, pool).items():
                    if count := int((rejected & keep).sum()):
                        span.facts.setdefault("rejected", {})[reason] = count
                    keep &= ~rejected
                pool = pool if keep.all() else pool.keep(keep)
        return pool

    def score(self, query: Query, pool: Pool, trace: Trace) -> Ranking:
        """The candidates, whoever's sources found them, by the mixer's score."""
        with trace.span("score", "mixer") as span:
            signals = {scorer.name: scorer.score(query, pool) for scorer in self.scorers}
            span.facts["candidates"] = len(pool)
            span.facts["signals"] = {
                name: int(np.count_nonzero(signal)) for name, signal in signals.items()
            }
            return self.ranker.rank(query, pool, signals)

    def _order(
        self, query: Query, ranking: Ranking, trace: Trace
    ) -> tuple[Ranking, tuple[Step, ...]]:
        """What reranker and selectors make of the mixer's order, and every order on the way."""
        steps = [Step("mixer", ranking)]
        with trace.span("hydrate", "embeddings"):
            ranking = self.embeddings.load(query, ranking)
        if self.reranker is not None and self.reranker.applies_to(query):
            ranking = self._rerank(self.reranker, query, ranking, trace)
            steps.append(Step(self.reranker.name, ranking))
        for selector in self.selectors:
            if selector.applies_to(query):
                with trace.span("select", selector.name):
                    ranking = selector.select(query, ranking)
                steps.append(Step(selector.name, ranking))
        return ranking, tuple(steps)

    @staticmethod
    def _rerank(reranker: Reranker, query: Query, ranking: Ranking, trace: Trace) -> Ranking:
        with trace.span("rerank", reranker.name) as span:
            try:
                return reranker.rerank(query, ranking)
            except UpstreamUnavailable as error:
                span.degraded = str(error)
        return ranking


# What a source proposes, once it is done; None where it cannot.
_Asked = Future[Retrieved | None]


def _hydrated(hydrators: Sequence[QueryHydrator], query: Query, trace: Trace) -> Query:
    for hydrator in hydrators:
        with trace.span("query", hydrator.name) as span:
            try:
                query = hydrator.hydrate(query)
            except UpstreamUnavailable as error:
                span.degraded = str(error)
    return query


def _retrieved(source: Source, query: Query, span: Span) -> Retrieved | None:
    """What the source proposes; None where it cannot, which its span tells."""
    with span:
        return _read(partial(source.retrieve, query), span)


def _read(answer: Answer, span: Span) -> Retrieved | None:
    """What comes of a source that was asked; None where it cannot say, which its span tells."""
    try:
        retrieved = answer()
    except UpstreamUnavailable as error:
        span.degraded = str(error)
        return None
    span.facts["found"] = len(retrieved.ids)
    return retrieved


def _located(query: Query, retrieved: Retrieved) -> tuple[Ints, Floats, Bits | None]:
    """Rows, scores and words of what may be recommended; titles newer than the facts are left
    out."""
    rows = query.facts.rows_of(retrieved.ids)
    known = rows >= 0
    words = None if retrieved.words is None else retrieved.words[known]
    return rows[known], retrieved.scores[known], words


def with_falling_scores(ranking: Ranking) -> Ranking:
    """Scores that never rise down the list, as near as possible to each title's own.

    Selectors reorder for variety, so raw scores would contradict the order. Isotonic regression
    (Barlow et al. 1972) is the nearest falling sequence in least squares.
    """
    rises = np.flatnonzero(np.diff(ranking.scores) > 0) + 1
    if not len(rises):
        return ranking
    return replace(ranking, scores=_nearest_falling(ranking.scores, rises.tolist()))


def _nearest_falling(scores: Floats, rises: list[int]) -> Floats:
    """Pools each score with those before it for as long as their means rise.

    `rises` are the places, ascending, of scores that are above the one before: what falls between
    two of them is taken over as it is. scipy's `isotonic_regression` gives the same, but its module
    costs each process 20 MB.
    """
    values = scores.tolist()
    means: list[float] = []
    counts: list[int] = []
    place = 0
    for end in (*rises, len(values)):
        while place < end:
            mean, count = values[place], 1
            place += 1
            while means and means[-1] < mean:
                pooled = counts.pop()
                mean = (means.pop() * pooled + mean * count) / (pooled + count)
                count += pooled
            means.append(mean)
            counts.append(count)
            if place < end and values[place] <= mean:  # as all up to the next rise
                means += values[place:end]
                counts += [1] * (end - place)
                place = end
    return np.repeat(np.array(means, np.float32), counts)
