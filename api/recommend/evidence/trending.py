"""Titles on the newest trending list, and those that this instance's viewers react to."""

from typing import Any

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
from api.recommend.evidence.shapes import CatalogueScore, best_allowed
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query


class Trending(Source):
    """The strongest trends, as far as the constraints allow them."""

    name = "trending"

    def __init__(self, k: int) -> None:
        self._k = k

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return self._k > 0

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = facts.trending
        return best_allowed(query, facts.ids[rows], facts.trend[rows], self._k)


def _on_the_list(subject: Subject) -> dict[str, Any] | None:
    return rank_on(subject.facts.trending_rank, subject) if subject.row >= 0 else None


TRENDING = Kind(
    sources=(
        FindsTitles(
            "trending",
            "trending lists, and what this instance's viewers react to",
            lambda needs: Trending(needs.numbers.retrieval.trending_k),
        ),
    ),
    signal=ScoresTitles(
        "trending",
        "rank on the lists, or our own trend",
        lambda _: CatalogueScore("trending", lambda facts, rows: facts.trend[rows]),
        Weights(cold=0.2, query=0.05),
    ),
    reasons=(
        GivesReason(
            code="trending",
            form=rank_sentence("Number {rank} of the trending {kind}."),
            facts=Place,
            signals=("trending",),
            is_personal=False,
            evidence=_on_the_list,
        ),
    ),
)
