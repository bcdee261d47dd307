"""Titles of the people whom the viewer's liked titles have in common."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import is_among
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
from api.recommend.evidence.shapes import ProposedByTaste, RetrievedScore, because_of
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.viewers.taste.taste import Proposed, Taste
from config.explanations import ReasonForm


def people_behind(query: Query) -> dict[int, tuple[str, int]]:
    """The people that reasons may name: id to name and liked titles with that person."""
    return {p.person_id: (p.name, p.titles) for p in query.viewer.taste.people}


def _proposed(taste: Taste) -> Proposed:
    return taste.of_people


def _knows_people(query: Query) -> bool:
    return bool(query.viewer.taste.people)


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    ids = ranking.pool.ids[ranking.order]
    records["person_id"] = because_of(ids, query.viewer.taste.of_people)
    records["person_made"] = is_among(ids, query.viewer.taste.made_by_people)


def _person(subject: Subject) -> dict[str, Any] | None:
    person_id: int = subject.record["person_id"]
    name, count = subject.people.get(person_id, ("", 0))
    return {"person_id": person_id, "person": name, "count": count} if count else None


def _in_common(subject: Subject) -> dict[str, Any] | None:
    found = None if subject.record["person_made"] else _person(subject)
    return found if found is not None and found["count"] > 1 else None


def _made(subject: Subject) -> dict[str, Any] | None:
    found = _person(subject) if subject.record["person_made"] else None
    return found if found is not None and found["count"] > 1 else None


def _same_maker(subject: Subject) -> dict[str, Any] | None:
    """Who is known from one title alone made that one and this one, see Viewers."""
    found = _person(subject)
    return found if found is not None and found["count"] == 1 else None


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
    columns=(
        Column("person_id", "<i4"),
        Column("person_made", "?"),  # whether that person made the title and does not play in it
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="person_in_common",
            form=ReasonForm(
                "With {person}, whom you know from {count} titles.",
                {"person": "Al Pacino", "count": 2},
            ),
            facts=Person,
            signals=("people",),
            is_personal=True,
            evidence=_in_common,
        ),
        GivesReason(
            code="made_by_person",
            form=ReasonForm(
                "By {person}, whom you know from {count} titles.",
                {"person": "Michael Mann", "count": 2},
            ),
            facts=Person,
            signals=("people",),
            is_personal=True,
            evidence=_made,
        ),
        GivesReason(
            code="same_maker",
            form=ReasonForm("{person} is behind another title you chose.", {"person": "Al Pacino"}),
            facts=Person,
            signals=("people",),
            is_personal=True,
            evidence=_same_maker,
        ),
    ),
)
