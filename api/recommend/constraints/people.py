"""Who made a title or plays in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask, is_among
from api.language.intent import Part
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed

_TURN = 40

# ix_credits_person_id.
_CREDITS = "SELECT item_id, person_id, role FROM credits WHERE person_id = ANY(%(people)s::int[])"


@dataclass(frozen=True, slots=True)
class People(Constraint):
    """Every part is in the title; when relaxed one of several is enough."""

    code = "without_person"
    intent_field = "person"
    relaxed_as = "people"
    turns = (_TURN,)
    goes_along_with_vectors = True

    parts: tuple[Part, ...]
    any_will_do: bool = False
    titles: tuple[Ints, ...] | None = field(default=None, compare=False)  # of each part

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["People"]:
        if asked.intent.parts:
            yield cls("words", asked.intent.parts)

    def looked_up(self, cursor: Cursor[Any]) -> "People":
        return replace(self, titles=titles_of(cursor, self.parts))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("people are looked up before titles are compared with them")
        ids = facts.ids[rows]
        held = np.sum([is_among(ids, titles) for titles in self.titles], axis=0)
        return np.asarray(held < (1 if self.any_will_do else len(self.parts)))

    def looser(self, turn: int) -> "People":
        if turn != _TURN or len(self.parts) < 2:
            return self
        return replace(self, any_will_do=True, is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        item_id = title.facts.ids[title.row]
        missing = [
            part
            for part, titles in zip(self.parts, self.titles or (), strict=True)
            if item_id not in titles
        ]
        names = [listed(_labels(title, part), "or") for part in missing]
        told = listed(names, "or" if self.any_will_do else "and")
        return f"Without {told}, as the request asks for.", {"people": names}


def titles_of(cursor: Cursor[Any], parts: Iterable[Part]) -> tuple[Ints, ...]:
    """Of each part the ids of its titles, ascending; in one statement."""
    parts = tuple(parts)
    people = sorted({person for part in parts for person in part.people})
    credits = cursor.execute(_CREDITS, {"people": people}).fetchall() if people else []
    return tuple(
        np.unique(
            np.fromiter(
                (item for item, person, role in credits if is_in(part, person, role)),
                dtype=np.int32,
            )
        )
        for part in parts
    )


def is_in(part: Part, person: int, role: str) -> bool:
    """Whether this person in this role is one that the part means."""
    return person in part.people and (not part.roles or role in part.roles)


def _labels(title: PreviewedTitle, part: Part) -> list[str]:
    """The names that the words of the request gave these people."""
    found = [
        chip.label
        for chip in title.interpreted
        if chip.field == "person"
        and isinstance(chip.value, list)
        and part.people.issuperset(chip.value)
    ]
    return found or ["the person"]
