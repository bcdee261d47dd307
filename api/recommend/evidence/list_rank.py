"""Ranks on TMDB's lists, as far as they are worth telling."""

from typing import Any

from api.domain.arrays import Ints
from api.recommend.evidence.kind import Subject
from config.explanations import ReasonForm

_SHOWN_RANK = 100


def rank_sentence(sentence: str) -> ReasonForm:
    """A sentence on a rank among the movies or the shows."""
    return ReasonForm(sentence, {"rank": 3, "kind": "movies"})


def rank_on(ranks: Ints, subject: Subject) -> dict[str, Any] | None:
    """The rank by one of the facts' columns of ranks, of which 0 is none."""
    rank: int = ranks.item(subject.row)
    if not 0 < rank <= _SHOWN_RANK:
        return None
    return {"rank": rank, "kind": "shows" if subject.facts.is_show[subject.row] else "movies"}
