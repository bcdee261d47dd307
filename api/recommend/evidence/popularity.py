"""The most popular titles: the whole answer of a cold start, the tail of every other list."""

from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.recommend.evidence.kind import (
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.list_rank import rank_on, rank_sentence
from api.recommend.evidence.reason_facts import Place
from api.recommend.evidence.shapes import CatalogueScore, first_allowed
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from api.viewers.preferences.preference import balance, shifts


class Popular(Source):
    """As many popular titles as a list has places."""

    name = "popular"

    def __init__(self, size: int) -> None:
        self._size = size

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return True

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        if query.exact_matches is not None:
            # Exact matches lead the list, so none of them may fall off its end.
            rows = first_allowed(query, facts.by_popularity)
            is_other = ~query.exact_matches[rows]
            rows = rows[np.sort(np.argsort(is_other, kind="stable")[: self._size])]
        elif shifts(query.viewer.preferences):
            rows = first_allowed(query, facts.by_popularity)
            rows = rows[self._with_preferred(query, rows)]
        else:
            rows = first_allowed(query, facts.by_popularity, self._size)
        return Retrieved(facts.ids[rows], facts.popularity[rows])

    def _with_preferred(self, query: Query, rows: Ints) -> Ints:
        """Places of the most popular rows, half of them kept for what the viewer prefers."""
        preferred = balance(query.viewer.preferences, query.facts, rows) > 0
        first = np.flatnonzero(preferred)[: self._size // 2]
        most_popular = np.arange(min(self._size - len(first), len(rows)))
        return np.union1d(first, most_popular).astype(np.int32)


def popularity(facts: CatalogueFacts, rows: Ints) -> Floats:
    """On a log scale, 1 for the most popular title of the catalogue."""
    top = float(facts.popularity[facts.by_popularity[:1]].max(initial=0.0))
    return np.asarray(np.log1p(facts.popularity[rows]) / max(np.log1p(top), 1e-6), np.float32)


def _on_the_list(subject: Subject) -> dict[str, Any] | None:
    return rank_on(subject.facts.popular_rank, subject) if subject.row >= 0 else None


POPULARITY = Kind(
    sources=(
        FindsTitles(
            "popular",
            "the most popular titles: a cold start, and the tail of every list",
            lambda needs: Popular(needs.numbers.retrieval.slate_size),
        ),
    ),
    signal=ScoresTitles(
        "popularity",
        "popularity on a log scale",
        lambda _: CatalogueScore("popularity", popularity),
        Weights(cold=0.25, narrative=0.1),
    ),
    reasons=(
        GivesReason(
            code="popular",
            form=rank_sentence("Number {rank} of the most popular {kind}."),
            facts=Place,
            signals=("popularity",),
            is_personal=False,
            evidence=_on_the_list,
        ),
    ),
)
