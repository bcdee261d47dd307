"""Who made a title or plays in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
from psycopg import Cursor
from pydantic import Field

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.folding import fold
from api.language.intent import Part, Value
from api.platform.database import Database
from api.platform.errors import UnknownNames
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.parameters import Csv, FilterGroup, split

_TURN = 40

# ix_credits_person_id.
# By the primary key, by the unique tmdb_id, or by ix_people_search_name.
_PEOPLE = """
SELECT id, name, ARRAY[id::text, 'tmdb:' || tmdb_id, search_name] FROM people
WHERE id = ANY(%(ids)s::int[]) OR tmdb_id = ANY(%(tmdb_ids)s::int[])
    OR search_name = ANY(%(names)s::text[])
ORDER BY popularity DESC, id
"""
_ID = re.compile(r"(tmdb:)?([1-9][0-9]{0,8})", re.ASCII)

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
    names: tuple[str, ...] = ()  # of each part, where a parameter names them
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
        held = np.sum([facts.are_among(rows, titles) for titles in self.titles], axis=0)
        return np.asarray(held < (1 if self.any_will_do else len(self.parts)))

    def looser(self, turn: int) -> "People":
        if turn != _TURN or len(self.parts) < 2:
            return self
        return replace(self, any_will_do=True, is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        item_id = title.facts.ids[title.row]
        labels = self.names or [listed(_labels(title, part), "or") for part in self.parts]
        names = [
            label
            for label, titles in zip(labels, self.titles or (), strict=True)
            if item_id not in titles
        ]
        wanted = listed(names, "or" if self.any_will_do else "and")
        return f"Without {wanted}, as the request asks for.", {"people": names}

    def shown(self) -> tuple[Value, str]:
        ids = sorted(person for part in self.parts for person in part.people)
        return ids, listed(self.names, "and")


class PeopleParameters(FilterGroup):
    """People by name or id."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (People,)

    people: Csv | None = Field(
        default=None,
        description="Only titles with all of these people, by id, as tmdb:1158, or by their whole "
        "name.",
        examples=["Al Pacino,Robert De Niro"],
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:
        if wanted := split(self.people):
            parts, names = _known_people(database, wanted)
            yield People("parameter", parts, names=names, written=f"people={self.people}")


def _known_people(
    database: Database, wanted: Sequence[str]
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """One part per person wanted, with everybody of that name; raises UnknownNames."""
    numbers = [number for number in map(_ID.fullmatch, wanted) if number]
    called = {one: one if _ID.fullmatch(one) else fold(one) for one in wanted}
    parameters = {
        "ids": [int(one[2]) for one in numbers if not one[1]],
        "tmdb_ids": [int(one[2]) for one in numbers if one[1]],
        "names": [name for one, name in called.items() if not _ID.fullmatch(one)],
    }
    with database.autocommit() as cursor:
        known = cursor.execute(_PEOPLE, parameters).fetchall()
    found = {
        one: [(person, name) for person, name, names in known if called[one] in names]
        for one in wanted
    }
    if unknown := [one for one, people in found.items() if not people]:
        raise UnknownNames(
            unknown,
            field="people",
            said="nobody is known as",
            found_by="GET /search finds people by parts of their names",
        )
    parts = tuple(Part(frozenset(person for person, _ in people)) for people in found.values())
    return parts, tuple(people[0][1] for people in found.values())


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
