"""A run whose list is not served, asked how a title came to its place."""

from dataclasses import dataclass

import numpy as np

from api.recommend.pipeline.recording import Step
from api.recommend.pipeline.run import Run
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.strategy import Strategy
from config.ranking import Ranking as Numbers


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The run, and the strategy that it is one of."""

    strategy: Strategy
    run: Run

    @property
    def query(self) -> Query:
        """As hydrated."""
        return self.run.query

    @property
    def ranking(self) -> Ranking:
        """The final order of everything that was ranked."""
        return self.run.ranking

    @property
    def steps(self) -> tuple[Step, ...]:
        """The orders before it; there is one at least."""
        return self.run.steps

    @property
    def numbers(self) -> Numbers:
        """The numbers that the strategy ranked with."""
        return self.strategy.file.configuration.ranking

    @property
    def scored(self) -> Ranking:
        """The mixer's order, with its own scores."""
        return self.steps[0].ranking

    def index_of(self, row: int) -> int | None:
        """The candidate at this row of the facts, as an index of the pool; None for no candidate.

        Every order of the run is one of the same pool.
        """
        rows = self.ranking.pool.rows
        index = int(np.searchsorted(rows, row))
        return index if index < len(rows) and rows[index] == row else None

    def broken_by(self, row: int) -> list[str]:
        """What the pipeline's own filters have against the title at this row."""
        pool = Pool(self.query.facts, np.array([row], dtype=np.int32))
        found = self.strategy.pipeline.rejections(self.query, pool)
        return [reason for reason, rejected in found.items() if rejected[0]]

    def found_by_source(self) -> dict[str, int]:
        """How many titles each source proposed; those that failed or had nothing to say are out."""
        return {
            span.component: span.facts["found"]
            for span in self.run.trace.spans
            if span.stage == "retrieve" and "found" in span.facts
        }


def rank_in(ranking: Ranking, index: int) -> int | None:
    """The place of a candidate, from 1; None where it was dropped."""
    places = np.flatnonzero(ranking.order == index)
    return int(places[0]) + 1 if len(places) else None
