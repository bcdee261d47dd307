"""Titles that people with the viewer's likings like, by predicted liking (EASE, Steck 2019)."""

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

# The title whose fans like this one too; what fan_liked.py knows fills in where this is silent.
BECAUSE = Column("because_id", "<i4", is_title=True)


def _proposed(taste: Taste) -> Proposed:
    return taste.co_liked


# As the model states it, not relative to the best: one liked title predicts little, and then the
# audience leads.
COLLABORATIVE = Kind(
    sources=(
        FindsTitles(
            "collaborative",
            "titles liked together with the viewer's own",
            lambda needs: ProposedByTaste(
                "collaborative", _proposed, needs.numbers.retrieval.source_k
            ),
        ),
    ),
    signal=ScoresTitles(
        "collab",
        "predicted liking",
        lambda _: RetrievedScore("collab", "collaborative", full=1.0, applies=has(_proposed)),
        Weights(cold=0.3, few=2.0, warm=2.0, query=0.15, like=0.05),
    ),
    columns=(BECAUSE,),
    note=notes_why(BECAUSE.name, _proposed),
    reasons=(
        GivesReason(
            code="co_liked",
            form=ReasonForm("Viewers who liked {title} also liked this.", {"title": "Heat"}),
            facts=NamedTitle,
            signals=("collab", "fan_liked"),
            is_personal=True,
            evidence=names_title(BECAUSE.name),
        ),
    ),
)
