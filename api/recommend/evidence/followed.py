"""Titles that people liked soon after those which the viewer saw last."""

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

_MANY_TIMES = 3.0  # as often as usual: counts as 1


def _proposed(taste: Taste) -> Proposed:
    return taste.followed


FOLLOWED = Kind(
    sources=(
        FindsTitles(
            "followed",
            "titles liked soon after those seen last",
            lambda needs: ProposedByTaste("followed", _proposed, needs.numbers.retrieval.source_k),
        ),
    ),
    signal=ScoresTitles(
        "followed",
        "how much more than usual it is liked after what was seen last",
        lambda _: RetrievedScore("followed", "followed", full=_MANY_TIMES, applies=has(_proposed)),
        Weights(few=1.4, warm=1.2),
    ),
    columns=(Column("followed_id", "<i4", is_title=True),),  # the recent title it is liked after
    note=notes_why("followed_id", _proposed),
    reasons=(
        GivesReason(
            code="followed",
            form=ReasonForm("Often liked soon after {title}.", {"title": "Heat"}),
            facts=NamedTitle,
            signals=("followed",),
            is_personal=True,
            evidence=names_title("followed_id"),
        ),
    ),
)
