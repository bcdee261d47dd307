"""What TMDB's voters think of a title."""

from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.recommend.evidence.kind import GivesReason, Kind, ScoresTitles, Subject, Weights
from api.recommend.evidence.list_rank import rank_on, rank_sentence
from api.recommend.evidence.reason_facts import Place, Votes
from api.recommend.evidence.shapes import CatalogueScore
from config.explanations import ReasonForm

# Bayesian average: a title with no votes has the mean, as if it had this many votes of it.
_PRIOR_VOTES = 50.0
_PRIOR_AVERAGE = 6.0
# Worth telling.
_MANY_VOTES = 500
_HIGH_AVERAGE = 7.5
_LIKED_AVERAGE = 6.5


def vote(facts: CatalogueFacts, rows: Ints) -> Floats:
    """Average vote, shrunk to the mean where votes are few, from 5 of 10 (0) to 9 of 10 (1)."""
    votes = facts.vote_count[rows].astype(np.float32)
    average = facts.vote_average[rows]
    shrunk = (votes * average + _PRIOR_VOTES * _PRIOR_AVERAGE) / (votes + _PRIOR_VOTES)
    return np.clip((shrunk - 5) / 4, 0, 1).astype(np.float32)


def are_liked(facts: CatalogueFacts, rows: Ints) -> Mask:
    """Which titles many know and on the whole like."""
    average = facts.vote_average[rows].astype(np.float64).round(1)
    return np.asarray((facts.vote_count[rows] >= _MANY_VOTES) & (average >= _LIKED_AVERAGE))


def liked_by_voters(subject: Subject) -> dict[str, Any] | None:
    """What many who on the whole like it say of a title, as evidence; None where they do not."""
    facts, row = subject.facts, subject.row
    if row < 0 or not are_liked(facts, np.array([row], dtype=np.int32))[0]:
        return None
    average, votes = facts.vote_average.item(row), facts.vote_count.item(row)
    return {"average": round(average, 1), "votes": votes}


def _on_the_list(subject: Subject) -> dict[str, Any] | None:
    return rank_on(subject.facts.top_rated_rank, subject) if subject.row >= 0 else None


def _acclaimed(subject: Subject) -> dict[str, Any] | None:
    facts, row = subject.facts, subject.row
    if "liked_by_many" in subject.codes:  # the same facts
        return None
    if row < 0:
        return None
    votes, average = facts.vote_count.item(row), facts.vote_average.item(row)
    is_acclaimed = votes >= _MANY_VOTES and average >= _HIGH_AVERAGE
    return {"average": round(average, 1), "votes": votes} if is_acclaimed else None


VOTES = Kind(
    signal=ScoresTitles(
        "vote",
        "average vote, shrunk where votes are few",
        lambda _: CatalogueScore("vote", vote),
        Weights(cold=0.2, lone=0.4, query=0.2, narrative=0.1),
    ),
    reasons=(
        GivesReason(
            code="top_rated",
            form=rank_sentence("Number {rank} of the top rated {kind}."),
            facts=Place,
            signals=("vote",),
            is_personal=False,
            evidence=_on_the_list,
        ),
        GivesReason(
            code="acclaimed",
            form=ReasonForm(
                "Rated {average} out of 10 by {votes} voters.", {"average": 8.1, "votes": 1200}
            ),
            facts=Votes,
            signals=("vote",),
            is_personal=False,
            evidence=_acclaimed,
        ),
    ),
)
