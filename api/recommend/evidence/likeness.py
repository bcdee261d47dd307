"""Titles like those that the request names: by what they are, and by who likes them."""

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Weights,
)
from api.recommend.evidence.reason_facts import AlikeTitle
from api.recommend.evidence.shapes import best_allowed, best_places, names_title
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# Below this a title has little more in common than its kind, its language and its decade.
_ALIKE = 0.15


class MostAlike(Source):
    """The titles that are most like all that the request names."""

    name = "likeness"

    def __init__(self, k: int) -> None:
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return query.likeness is not None

    def retrieve(self, query: Query) -> Retrieved:
        if query.likeness is None:
            raise ValueError("a query that names no title has nothing to be like")
        scores = np.where(query.allowed, query.likeness.scores, -1)
        best = best_places(scores, self._k)
        return best_allowed(query, query.facts.ids[best], query.likeness.scores[best], self._k)


class LikenessSignal(Scorer):
    """How like the named titles a candidate is, whoever proposed it."""

    name = "likeness"

    def applies_to(self, query: Query) -> bool:
        return query.likeness is not None

    def score(self, query: Query, pool: Pool) -> Floats:
        if query.likeness is None:
            return np.zeros(len(pool), dtype=np.float32)
        return query.likeness.scores[pool.rows]


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """The named title that each is most like, and how much, where that is more than chance."""
    if query.likeness is None:
        return
    rows = ranking.pool.rows[ranking.order]
    to_each = query.likeness.to_each[:, rows]
    nearest = to_each.argmax(axis=0)
    most = to_each[nearest, np.arange(len(rows))]
    alike = most >= _ALIKE
    ids = np.array(query.likeness.ids, dtype=np.int32)
    records["like_id"] = np.where(alike, ids[nearest], 0)
    records["likeness"] = np.where(alike, most, 0)


LIKENESS = Kind(
    sources=(
        FindsTitles(
            "likeness",
            "titles most like those that the request names",
            lambda needs: MostAlike(needs.numbers.retrieval.slate_size),
        ),
    ),
    signal=ScoresTitles(
        "likeness",
        "genres, keywords, people, words and co-liking shared with the titles that are named",
        lambda _: LikenessSignal(),
        Weights(query=1.0, narrative=1.34, like=1.0),
    ),
    columns=(
        Column("like_id", "<i4", is_title=True),  # the named title that this one is most like
        Column("likeness", "<f4"),
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="like_named",
            form=ReasonForm("Much like {title}.", {"title": "Heat"}),
            facts=AlikeTitle,
            signals=("likeness",),
            is_personal=False,
            evidence=names_title("like_id", likeness="likeness"),
        ),
    ),
)
