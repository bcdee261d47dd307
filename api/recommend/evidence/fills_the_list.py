"""Titles that nothing in particular speaks for: a list is longer than what is known of a taste."""

from typing import Any

from api.recommend.evidence.kind import GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import NoFacts
from config.explanations import ReasonForm


def _is_there(subject: Subject) -> dict[str, Any] | None:
    return {} if subject.row >= 0 else None


FILLS_THE_LIST = Kind(
    reasons=(
        GivesReason(
            code="fills_the_list",
            form=ReasonForm("One to consider beside the others."),
            facts=NoFacts,
            stands="alone",
            is_personal=False,
            evidence=_is_there,
        ),
    ),
)
