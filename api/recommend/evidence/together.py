"""Titles of a list for several viewers that are high up in the own lists of some of them."""

from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import MembersCount
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    members = len(query.request.members)
    if members and "together" in ranking.signals:
        share = ranking.signals["together"][ranking.order]
        records["of_members"] = members
        records["for_members"] = np.rint(share * members)


def _for_members(
    subject: Subject, *, which: Literal["all", "some", "one"]
) -> dict[str, Any] | None:
    count, members = subject.record["for_members"], subject.record["of_members"]
    if not count or _which(count, members) != which:
        return None
    return {"count": count, "members": members}


def _which(count: int, members: int) -> str:
    if count == members:
        return "all"
    return "one" if count == 1 else "some"


TOGETHER = Kind(
    columns=(Column("for_members", "<u1"), Column("of_members", "<u1")),
    note=_note,
    reasons=(
        GivesReason(
            code="for_all_members",
            form=ReasonForm("High up for each of you."),
            facts=MembersCount,
            stands="before",
            is_personal=True,
            evidence=partial(_for_members, which="all"),
        ),
        GivesReason(
            code="for_one_member",
            form=ReasonForm("High up for one of you."),
            facts=MembersCount,
            stands="before",
            is_personal=True,
            evidence=partial(_for_members, which="one"),
        ),
        GivesReason(
            code="for_members",
            form=ReasonForm(
                "High up for {count} of the {members} of you.", {"count": 2, "members": 3}
            ),
            facts=MembersCount,
            stands="before",
            is_personal=True,
            evidence=partial(_for_members, which="some"),
        ),
    ),
)
