"""People as texts name them: whole, by their last or first name, as a family, with a slip."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from api.catalogue.names.canonical import (
    plain_words_of,
)
from api.catalogue.names.name_table import Labels, NameEntries, NameTable, place_of
from api.catalogue.names.near_words import NearNames
from api.domain.arrays import Arrays, Ints, part_of, put_under
from api.domain.folding import fold
from api.domain.genres import genre_bits

_ROLES = ("cast", "director", "creator", "writer", "composer", "producer")
# Stand before a last name and belong to it: Robert De Niro, Jean-Claude Van Damme.
_PARTICLES = frozenset(("de", "di", "da", "del", "della", "van", "von", "der", "den", "la", "le"))
_BEHIND_NAMES = frozenset(("jr", "sr", "ii", "iii"))
# Standing of those whom nearly all know: a last name says who is meant, though it is another word.
OUTSTANDING = 40.0
_KNOWN_BY_FIRST_NAME = 30.0  # standing
_IN_A_FAMILY = 6.0  # standing of whoever makes a last name that of several
_BESIDE_THE_BEST = 0.4  # of the best known one's standing, for one family's
_MAKERS = frozenset(("director", "creator"))
_LARGEST_FAMILY = 4  # people of a last name: more are namesakes
_OFTEN_MISTYPED = 12.0  # standing from which a last name may be mistyped
_OFTEN_GIVEN = 5  # people who have a first name, from which it is one before any last name
_FAR_BEFORE = 3.0  # times the standing of the next


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person; `standing` is how much they did, weighed by role, `known_for` are the roles that
    weigh most in it, none where nothing tells, and `genres` those of what they often make."""

    id: int
    name: str
    standing: float
    roles: Sequence[str] = ()
    folded: str | None = None  # the name folded, where it is at hand
    known_for: Sequence[str] = ()
    genres: Sequence[int] = ()


class People:
    """People by name, the best known person of each last name, and who is meant by a first one."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._ids: Ints = arrays["ids"]
        self.ids = self._ids.data
        self._standing = arrays["standing"].data
        self._roles = arrays["roles"].data
        self._known_for = arrays["known_for"].data
        self._genres = arrays["genres"].data
        self.labels = Labels(part_of(arrays, "labels"))
        self._names = NameTable(part_of(arrays, "names"))
        self._last_names = NameTable(part_of(arrays, "last_names"))
        self._first_names = NameTable(part_of(arrays, "first_names"))
        self._families = NameTable(part_of(arrays, "families"))
        self._shared = NameTable(part_of(arrays, "shared"))
        self._given = NameTable(part_of(arrays, "given"))
        self._common = NameTable(part_of(arrays, "common"))
        self._makers = NameTable(part_of(arrays, "makers"))
        self._mistyped = NearNames(self._names, part_of(arrays, "mistyped"))
        self._last_mistyped = NearNames(self._last_names, part_of(arrays, "last_mistyped"))

    @classmethod
    def of(cls, people: Iterable[PersonName]) -> Self:
        """An index of these."""
        own = list(people)
        names = NameEntries()
        best = dict[str, int]()  # of each last name
        called = defaultdict[str, list[int]](list)  # by first name
        families = defaultdict[str, list[int]](list)  # by last name
        for row, person in enumerate(own):
            for way in _ways_to_name(person):
                names.add(way, row)
                for last in _last_names_of(way):
                    if person.standing > own[best.setdefault(last, row)].standing:
                        best[last] = row
                    if person.standing >= _IN_A_FAMILY and row not in families[last]:
                        families[last].append(row)
            if " " in person.name:
                called[fold(person.name).partition(" ")[0]].append(row)
        by_first_name = {first: _stands_out(own, rows) for first, rows in called.items()}
        alone = {first: row for first, row in by_first_name.items() if row is not None}
        _add_shortened(own, names)
        table = names.table()
        last_names = NameTable.of(list(best), list(best.values()))
        often = (last for last, row in best.items() if own[row].standing >= _OFTEN_MISTYPED)
        kin = [(last, row) for last, rows in families.items() for row in _kin(own, rows)]
        given = [first for first, rows in called.items() if len(rows) >= _OFTEN_GIVEN]
        common = [last for last, rows in families.items() if len(_near_the_best(own, rows)) > 1]
        shared = [last for last, rows in families.items() if _are_several_makers(own, rows)]
        makers = [(last, row) for last, rows in families.items() for row in rows if own[row].genres]
        return cls(
            {
                "ids": np.array([one.id for one in own], dtype=np.int32),
                "standing": np.array([one.standing for one in own], dtype=np.float32),
                "roles": np.array([_as_bits(one.roles) for one in own], dtype=np.uint8),
                "known_for": np.array([_as_bits(one.known_for) for one in own], dtype=np.uint8),
                "genres": np.array([genre_bits(one.genres) for one in own], dtype=np.uint32),
                **put_under("labels", Labels.of(one.name for one in own).arrays),
                **put_under("names", table.arrays),
                **put_under("last_names", last_names.arrays),
                **put_under("last_mistyped", NearNames.of(last_names, often).arrays),
                **put_under(
                    "families",
                    NameTable.of([one for one, _ in kin], [row for _, row in kin]).arrays,
                ),
                **put_under(
                    "makers",
                    NameTable.of([one for one, _ in makers], [row for _, row in makers]).arrays,
                ),
                **put_under("given", NameTable.of(given, [0] * len(given)).arrays),
                **put_under("common", NameTable.of(common, [0] * len(common)).arrays),
                **put_under("shared", NameTable.of(shared, [0] * len(shared)).arrays),
                **put_under("first_names", NameTable.of(list(alone), list(alone.values())).arrays),
                **put_under(
                    "mistyped", NearNames.of(table, (one for one in names if " " in one)).arrays
                ),
            }
        )

    def longest(self, words: Sequence[str], start: int, stop: int) -> tuple[int, tuple[int, ...]]:
        """(end, rows) of the longest whole name, of two words or more, that begins at `start`."""
        for end in range(min(start + 5, stop), start + 1, -1):
            if rows := self._names.get(" ".join(words[start:end])):
                return end, rows
        return start, ()

    def named(self, name: str) -> tuple[int, ...]:
        """Rows of this folded name, a single word included."""
        return self._names.get(name)

    def last_name(self, word: str, *, standing: float = 0.0) -> tuple[int, ...]:
        """The best known person of that last name, if their standing is at least that."""
        rows = self._last_names.get(word)
        return () if self.standing(rows) < standing else rows

    def last_name_mistyped(self, word: str) -> tuple[int, ...]:
        """The best known person whose last name has the fewest slips in this one."""
        near = [row for one in self._last_mistyped.nearest(word) for row in self.last_name(one)]
        return (self.best(near),) if near else ()

    def family(self, last_name: str) -> tuple[int, ...]:
        """Those of a last name who are about as well known, as the two Coens; none where one
        outshines the others, or where there are many."""
        return self._families.get(last_name)

    def makers_of(self, last_name: str, genres: Sequence[int]) -> tuple[int, ...]:
        """Those of a last name who often make titles of all these genres, and of them those who
        are about as well known as the best known one."""
        wanted = genre_bits(genres)
        rows = [row for row in self._makers.get(last_name) if self._genres[row] & wanted == wanted]
        least = _BESIDE_THE_BEST * self.standing(rows)
        return tuple(row for row in rows if self._standing[row] >= least)

    def is_shared(self, last_name: str) -> bool:
        """Whether several makers have it who are about as well known, as the Andersons."""
        return bool(self._shared.get(last_name))

    def is_common(self, last_name: str) -> bool:
        """Whether several people have it who are about as well known, whatever they do."""
        return bool(self._common.get(last_name))

    def is_given(self, word: str) -> bool:
        """Whether it is a first name of several people: "thomas" before "hardy"."""
        return bool(self._given.get(word))

    def first_name(self, word: str) -> tuple[int, ...]:
        """Who is meant by a first name alone, as by "Denzel": one person far before all others."""
        return self._first_names.get(word)

    def near(self, name: str) -> tuple[int, ...]:
        """Rows of the name that a misspelt one most likely stands for."""
        return tuple(row for one in self._mistyped.nearest(name) for row in self._names.get(one))

    def row_of(self, person_id: int) -> int | None:
        """The row of a person; None for one that these names are without."""
        return place_of(person_id, self._ids)

    def standing(self, rows: Sequence[int]) -> float:
        """The highest standing among the rows."""
        return max((self._standing[row] for row in rows), default=0.0)

    def best(self, rows: Sequence[int]) -> int:
        """The row with the highest standing."""
        return max(rows, key=lambda row: (self._standing[row], -self.ids[row]))

    def have_role(self, rows: Sequence[int], roles: Iterable[str]) -> bool:
        """Whether one of them ever had one of the roles."""
        wanted = _as_bits(roles)
        return any(self._roles[row] & wanted for row in rows)

    def known_for(self, rows: Sequence[int]) -> tuple[str, ...]:
        """The roles that the best known of them is known for."""
        bits = int(self._known_for[self.best(rows)]) if rows else 0
        return tuple(role for place, role in enumerate(_ROLES) if bits >> place & 1)


def _ways_to_name(person: PersonName) -> Iterator[str]:
    # The words of a text end at a sign: "conan o brien"; typed without it: "obrien".
    name = fold(person.name) if person.folded is None else person.folded
    return filter(None, dict.fromkeys((name, " ".join(plain_words_of(person.name)))))


def _last_names_of(way: str) -> Iterator[str]:
    """ "Niro", "de niro" and "deniro" of Robert De Niro; "downey" of Robert Downey Jr."""
    words = way.split(" ")
    if len(words) > 2 and words[-1] in _BEHIND_NAMES:
        words.pop()
    if len(words) < 2:
        return
    yield words[-1]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    if start < len(words) - 1:
        yield " ".join(words[start:])
        yield "".join(words[start:])


def _shortened(way: str) -> Iterator[str]:
    """ "John reilly" for John C. Reilly, "robert deniro" for Robert De Niro."""
    words = [word for word in way.split(" ") if word not in _BEHIND_NAMES]
    without_initials = [words[0], *(word for word in words[1:] if len(word) > 1)] if words else []
    for one in (words, without_initials):
        start = len(one) - 1
        while start > 1 and one[start - 1] in _PARTICLES:
            start -= 1
        for parts in (one, [*one[:start], "".join(one[start:])]):
            if len(parts) > 1 and (short := " ".join(parts)) != way:
                yield short


def _add_shortened(people: Sequence[PersonName], names: NameEntries) -> None:
    """What people leave out of names, where nobody has the name that is left."""
    taken = set(names)
    for row, person in enumerate(people):
        if person.standing >= _IN_A_FAMILY:
            for way in _ways_to_name(person):
                for short in dict.fromkeys(_shortened(way)):
                    if short not in taken:
                        names.add(short, row)


def _kin(people: Sequence[PersonName], rows: Sequence[int]) -> list[int]:
    near = _near_the_best(people, rows)
    return near if 1 < len(near) <= _LARGEST_FAMILY else []


def _are_several_makers(people: Sequence[PersonName], rows: Sequence[int]) -> bool:
    makers = [row for row in rows if not _MAKERS.isdisjoint(people[row].roles)]
    return len(_near_the_best(people, makers)) > 1


def _near_the_best(people: Sequence[PersonName], rows: Sequence[int]) -> list[int]:
    best = max((people[row].standing for row in rows), default=0.0)
    return [row for row in rows if people[row].standing >= _BESIDE_THE_BEST * best]


def _stands_out(people: Sequence[PersonName], rows: Sequence[int]) -> int | None:
    """The row of whoever has a first name and stands far before all others who have it."""
    ranked = sorted(rows, key=lambda row: -people[row].standing)
    others = people[ranked[1]].standing if len(ranked) > 1 else 0.0
    standing = people[ranked[0]].standing
    return ranked[0] if standing >= max(_KNOWN_BY_FIRST_NAME, _FAR_BEFORE * others) else None


def _as_bits(roles: Iterable[str]) -> int:
    return sum(1 << _ROLES.index(role) for role in set(roles))
