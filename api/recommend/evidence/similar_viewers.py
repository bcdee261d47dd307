"""Titles that the viewers of the most similar taste chose lately, by their share of them."""

from typing import Any

from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.shapes import ProposedByTaste, RetrievedScore, has, notes_why
from api.viewers.taste.taste import Proposed, Taste
from config.explanations import ReasonForm


def _proposed(taste: Taste) -> Proposed:
    return taste.chosen_by_neighbours


def _chosen_by(subject: Subject) -> dict[str, Any] | None:
    count = int(subject.record["neighbours"])
    return {"count": count} if count else None


SIMILAR_VIEWERS = Kind(
    sources=(
        FindsTitles(
            "neighbours",
            "titles that the viewers of the most similar taste chose lately",
            lambda needs: ProposedByTaste(
                "neighbours", _proposed, needs.numbers.retrieval.source_k
            ),
        ),
    ),
    signal=ScoresTitles(
        "neighbours",
        "the share of the most similar viewers who chose it",
        lambda _: RetrievedScore("neighbours", "neighbours", full=1.0, applies=has(_proposed)),
        Weights(),
    ),
    columns=(Column("neighbours", "<i2"),),  # how many of the most similar viewers like it
    note=notes_why("neighbours", _proposed),
    reasons=(
        GivesReason(
            code="chosen_by_neighbours",
            strength=60,
            form=ReasonForm(
                "Watched or liked by {count} viewers whose taste is close to yours.", {"count": 2}
            ),
            is_personal=True,
            evidence=_chosen_by,
        ),
    ),
)
