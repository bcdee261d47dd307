"""Titles of a list for several viewers that are high up in the own lists of some of them."""

from typing import Any

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


def _for_members(subject: Subject) -> dict[str, Any] | None:
    count = int(subject.record["for_members"])
    if not count:
        return None
    return {"count": count, "members": int(subject.record["of_members"])}


TOGETHER = Kind(
    columns=(Column("for_members", "<u1"), Column("of_members", "<u1")),
    note=_note,
    reasons=(
        GivesReason(
            code="for_members",
            form=ReasonForm(
                "High up for {count} of the {members} of you.", {"count": 2, "members": 3}
            ),
            facts=MembersCount,
            stands="before",
            is_personal=True,
            evidence=_for_members,
        ),
    ),
)
