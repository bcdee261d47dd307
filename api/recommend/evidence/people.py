"""Titles of the people whom the viewer's liked titles have in common."""

from functools import partial
from typing import Any

from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.reason_facts import Person
from api.recommend.evidence.shapes import ProposedByTaste, RetrievedScore, notes_why
from api.recommend.query import Query
from api.viewers.taste.taste import Proposed, Taste
from config.explanations import ReasonForm


def people_behind(query: Query) -> dict[int, tuple[str, int]]:
    """The people that reasons may name: id to name and liked titles with that person."""
    return {p.person_id: (p.name, p.titles) for p in query.viewer.taste.people}


def _proposed(taste: Taste) -> Proposed:
    return taste.of_people


def _knows_people(query: Query) -> bool:
    return bool(query.viewer.taste.people)


def _with_person(subject: Subject, *, often: bool) -> dict[str, Any] | None:
    person_id = int(subject.record["person_id"])
    name, count = subject.people.get(person_id, ("", 0))
    if not count or (count > 1) != often:
        return None
    return {"person_id": person_id, "person": name, "count": count}


PEOPLE = Kind(
    sources=(
        FindsTitles(
            "people",
            "titles of the people behind the viewer's own",
            lambda needs: ProposedByTaste("people", _proposed, needs.numbers.retrieval.source_k),
        ),
    ),
    signal=ScoresTitles(
        "people",
        "strength of the shared people",
        lambda _: RetrievedScore("people", "people", full=None, applies=_knows_people),
        Weights(warm=0.2, lone=0.2, query=0.3),
    ),
    columns=(Column("person_id", "<i4"),),
    note=notes_why("person_id", _proposed),
    reasons=(
        GivesReason(
            code="person_in_common",
            form=ReasonForm(
                "With {person}, as in {count} titles you watched or liked.",
                {"person": "Al Pacino", "count": 2},
            ),
            facts=Person,
            signals=("people",),
            is_personal=True,
            evidence=partial(_with_person, often=True),
        ),
        GivesReason(
            code="same_maker",
            form=ReasonForm("{person} made another title you chose.", {"person": "Al Pacino"}),
            facts=Person,
            signals=("people",),
            is_personal=True,
            evidence=partial(_with_person, often=False),
        ),
    ),
)
