"""What speaks for a title where one is wanted for an evening, or one for several.

Such a list owes a reason that holds for everybody who watches: the mood that was asked for, a
length that fits, that many like it. Other lists tell these by what they contributed, or not at all.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.limits.made_for_children import MADE
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.runtime import LongestRuntime
from api.recommend.evidence.kind import MOST_REASONS, Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import Asked, Minutes, NoFacts, Votes
from api.recommend.evidence.votes import liked_by_voters
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    request, facts = query.request, query.facts
    records["for_occasion"] = bool(request.members) or request.evening is not None
    rows = ranking.pool.rows[ranking.order]
    if query.made_for_children is not None and records["for_occasion"].any():
        records["is_for_family"] = query.made_for_children[rows] >= MADE
    if request.evening is None:
        return
    if moods := [one for one in query.preferred if isinstance(one, Moods)]:
        records["keeps_mood"] = np.all([one.suits(facts, rows) for one in moods], axis=0)
    longest = [one for one in query.constraints if isinstance(one, LongestRuntime)]
    if longest := [one for one in longest if one.asked_by == "parameter" and not one.is_relaxed]:
        fits = ~np.any([one.broken(facts, rows) for one in longest], axis=0)
        records["minutes_of_evening"] = np.where(fits, facts.runtime[rows], 0)


def _mood(subject: Subject) -> dict[str, Any] | None:
    if subject.row < 0 or not subject.record["keeps_mood"]:
        return None
    labels = [
        chip.label
        for chip in subject.interpreted
        if chip.field == "mood" and chip.source == "words" and chip.status != "unsupported"
    ]
    return {"asked": ", ".join(dict.fromkeys(labels))} if labels else None


def _minutes(subject: Subject) -> dict[str, Any] | None:
    minutes = subject.record["minutes_of_evening"]
    is_told = subject.row >= 0 and minutes > 1 and len(subject.codes) < MOST_REASONS
    return {"minutes": minutes} if is_told else None


def _for_family(subject: Subject) -> dict[str, Any] | None:
    is_told = subject.record["is_for_family"] and len(subject.codes) < MOST_REASONS
    return {} if is_told and subject.row >= 0 else None


def _liked(subject: Subject) -> dict[str, Any] | None:
    is_told = subject.record["for_occasion"] and len(subject.codes) < MOST_REASONS
    if not is_told or {"liked_by_many", "acclaimed"} & {*subject.codes}:
        return None
    return liked_by_voters(subject)


OCCASION = Kind(
    columns=(
        Column("for_occasion", "?"),
        Column("keeps_mood", "?"),
        Column("is_for_family", "?"),  # where a child watches
        Column("minutes_of_evening", "<u2"),  # 0 where no time was said
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="suits_mood",
            form=ReasonForm("{asked}, as you asked.", {"asked": "Light"}),
            facts=Asked,
            stands="before",
            is_personal=False,
            evidence=_mood,
        ),
        GivesReason(
            code="well_liked",
            form=ReasonForm(
                "Well liked: {average} out of 10 from {votes} voters.",
                {"average": 7.1, "votes": 9200},
            ),
            facts=Votes,
            stands="behind",
            is_personal=False,
            evidence=_liked,
        ),
        GivesReason(
            code="for_the_family",
            form=ReasonForm("Made for children and their families."),
            facts=NoFacts,
            stands="behind",
            is_personal=False,
            evidence=_for_family,
        ),
        GivesReason(
            code="fits_the_time",
            form=ReasonForm("It takes {minutes} minutes, and you have the time.", {"minutes": 97}),
            facts=Minutes,
            stands="behind",
            is_personal=False,
            evidence=_minutes,
        ),
    ),
)
