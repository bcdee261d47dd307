"""Titles that TMDB lists beside those the viewer likes; says most where few viewers rate."""

from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Weights,
)
from api.recommend.evidence.reason_facts import NamedTitle
from api.recommend.evidence.shapes import (
    ProposedByTaste,
    RetrievedScore,
    has,
    names_title,
    notes_why,
)
from api.viewers.taste.taste import Proposed, Taste
from config.explanations import ReasonForm


def _proposed(taste: Taste) -> Proposed:
    return taste.related


RELATED = Kind(
    sources=(
        FindsTitles(
            "related",
            "titles that TMDB lists beside liked ones",
            lambda needs: ProposedByTaste("related", _proposed, needs.numbers.retrieval.related_k),
        ),
    ),
    signal=ScoresTitles(
        "related",
        "what TMDB's lists beside liked titles say",
        lambda _: RetrievedScore("related", "related", full=None, applies=has(_proposed)),
        Weights(warm=0.15, lone=0.3, query=0.2),
    ),
    columns=(Column("listed_id", "<i4", is_title=True),),  # the liked title that says most for it
    note=notes_why("listed_id", _proposed),
    reasons=(
        GivesReason(
            code="listed_beside",
            form=ReasonForm("TMDB lists it beside {title}.", {"title": "Heat"}),
            facts=NamedTitle,
            signals=("related",),
            is_personal=True,
            evidence=names_title("listed_id"),
        ),
    ),
)
