"""Places that exploration drew at random, and how probable each draw was."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import VoteCount
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:  # noqa: ARG001
    drawn = np.zeros(len(ranking.pool), dtype=np.bool_)
    drawn[list(ranking.explored)] = True
    records["explored"] = drawn[ranking.order]
    propensity = np.ones(len(ranking.pool), dtype=np.float32)
    for chances in (ranking.drawn, ranking.explored):
        propensity[list(chances)] = list(chances.values())
    records["propensity"] = propensity[ranking.order]


def _is_explored(subject: Subject) -> dict[str, Any] | None:
    """Of films alone: of shows that everybody knows a third has no vote at TMDB."""
    is_told = subject.record["explored"] and subject.row >= 0
    if not is_told or subject.facts.is_show[subject.row]:
        return None
    votes = int(subject.facts.vote_count[subject.row])
    return {"votes": votes} if votes != 1 else None  # sentences speak of votes


EXPLORED = Kind(
    columns=(
        Column("explored", "?"),
        Column("propensity", "<f4", default=1.0),  # with which it got its place; 1 unless drawn
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="off_the_beaten_path",
            form=ReasonForm(
                "A less known title to discover: {votes} votes at TMDB.", {"votes": 240}
            ),
            facts=VoteCount,
            stands="behind",
            is_personal=False,
            evidence=_is_explored,
        ),
    ),
)
