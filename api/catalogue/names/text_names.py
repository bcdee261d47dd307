"""The names of a catalogue, for finding titles, people and services in a text.

Names have the one spelling of canonical.py, so that what search finds is found in a text too. An
index never changes, so threads share it.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log1p
from typing import Self

import numpy as np

from api.catalogue.names.canonical import (
    as_they_sound,
    forms_of,
    plain_words_of,
    spelled,
    spellings_of,
    without_article,
    words_of,
)
from api.catalogue.names.group_names import GroupName, Groups
from api.catalogue.names.name_table import Labels, NameTable
from api.catalogue.names.near_words import NearNames
from api.catalogue.names.numbered_parts import Part, numbered_parts
from api.catalogue.names.topics import Keyword, Topics
from api.domain.arrays import Arrays, Ints, part_of, put_under
from api.domain.countries import country_bits
from api.domain.folding import fold
from api.domain.items import MediaType

_ROLES = ("cast", "director", "creator", "writer", "composer", "producer")
_COLLECTION = " collection"
# What people call services, by the folded names that TMDB and JustWatch give them; the best first.
_NICKNAMES = {
    "amazon prime video": ("prime video", "amazon prime", "prime"),
    "disney plus": ("disney",),
    "hbo max": ("max",),
    "apple tv plus": ("apple tv",),
    "apple tv": ("apple tv plus",),
    "paramount plus": ("paramount",),
    "paramount plus premium": ("paramount plus", "paramount"),
    "peacock premium": ("peacock",),
}
_FEWEST_INITIALS = 4
# Stand before a last name and belong to it: Robert De Niro, Jean-Claude Van Damme.
_PARTICLES = frozenset(("de", "di", "da", "del", "della", "van", "von", "der", "den", "la", "le"))
_BEHIND_NAMES = frozenset(("jr", "sr", "ii", "iii"))
_KNOWN_BY_FIRST_NAME = 30.0  # standing
_IN_A_FAMILY = 6.0  # standing of whoever makes a last name that of several
_BESIDE_THE_BEST = 0.4  # of the best known one's standing, for one family's
_LARGEST_FAMILY = 4  # people of a last name: more are namesakes
_OFTEN_MISTYPED = 12.0  # standing from which a last name may be mistyped
_FAR_BEFORE = 3.0  # times the standing of the next


@dataclass(frozen=True, slots=True)
class TitleName:
    """A title as the index is built from it; `others` are its original and alternative titles."""

    id: int
    is_show: bool
    year: int  # 0 unknown
    popularity: float
    vote_count: int
    title: str
    others: Sequence[str] = ()
    collection: str | None = None
    released: date | None = None
    countries: Sequence[str] = ()  # ISO 3166-1


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person; `standing` is how much they did, weighed by role."""

    id: int
    name: str
    standing: float
    roles: Sequence[str] = ()
    folded: str | None = None  # the name folded, where it is at hand


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A streaming service with everything it is called."""

    short_name: str
    name: str
    aliases: Sequence[str] = ()


class Titles:
    """Titles by all their names."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._ids: Ints = arrays["ids"]
        self.ids = self._ids.data
        self._years = arrays["years"].data
        self._shows = arrays["is_show"].data
        self._countries = arrays["countries"].data
        self._standing = arrays["standing"].data
        self._well_known = float(arrays["well_known"][0])
        self._famous = float(arrays["famous"][0])
        self.labels = Labels(part_of(arrays, "labels"))
        self._names = NameTable(part_of(arrays, "names"))
        self._short_names = NameTable(part_of(arrays, "short_names"))
        self._numbered = NameTable(part_of(arrays, "numbered"))
        self._keys = NameTable(part_of(arrays, "keys"))
        self._words = NameTable(part_of(arrays, "words"))
        self._initials = NameTable(part_of(arrays, "initials"))
        self._with_slips = NameTable(part_of(arrays, "with_slips"))
        self._mistyped = NearNames(self._with_slips, part_of(arrays, "mistyped"))

    @classmethod
    def of(cls, titles: Iterable[TitleName]) -> Self:
        """An index of these."""
        own = list(titles)
        whole, short, numbered = _Entries(), _Entries(), _Entries()
        keys, slips = _Entries(), _Entries()
        standing = np.array(
            [log1p(one.vote_count) + log1p(max(one.popularity, 0)) for one in own],
            dtype=np.float32,
        )
        in_order = np.sort(standing)[::-1]
        famous = in_order[len(own) // 50 :][:1] if own else np.zeros(1, np.float32)
        well_known = in_order[len(own) // 10 :][:1] if own else np.zeros(1, np.float32)
        for row, title in enumerate(own):
            is_famous = bool(standing[row] >= famous[0])
            _enter(title, row, whole, short, is_known=bool(standing[row] >= well_known[0]))
            _enter_forms(title, row, keys, slips, is_famous=is_famous)
        with_slips = slips.table()
        words = sorted({word for name in whole for word in name.split()})
        for row, name in numbered_parts(_parts_of(own)):
            numbered.add(name, row)
            _enter_without_article(name, row, numbered)
        initials = _Entries()
        for row, one in enumerate(own):
            if standing[row] >= famous[0]:
                _enter_initials(one, row, initials)
        return cls(
            {
                "ids": np.array([one.id for one in own], dtype=np.int32),
                "years": np.array([one.year for one in own], dtype=np.int16),
                "is_show": np.array([one.is_show for one in own], dtype=np.bool_),
                "countries": np.array([country_bits(one.countries) for one in own], np.uint32),
                "standing": standing,
                "well_known": well_known,
                "famous": famous,
                **put_under("labels", Labels.of(one.title for one in own).arrays),
                **put_under("names", whole.table().arrays),
                **put_under("short_names", short.table().arrays),
                **put_under("numbered", numbered.table().arrays),
                **put_under("keys", keys.table().arrays),
                **put_under("words", NameTable.of(words, [0] * len(words)).arrays),
                **put_under("initials", initials.table().arrays),
                **put_under("with_slips", with_slips.arrays),
                **put_under("mistyped", NearNames.of(with_slips, slips).arrays),
            }
        )

    def named(self, name: str) -> tuple[int, ...]:
        """Rows of this name: by the whole name, else by a part that stands for it, else by the
        place in a series ("harry potter 3")."""
        spelling = spelled(name)
        rows = self._names.get(spelling) or self._short_names.get(spelling)
        # Who says "I" means himself, and no first part.
        return rows or (() if name.endswith(" i") else self._numbered.get(spelling))

    def called(self, name: str) -> tuple[int, ...]:
        """Rows of this name by a whole name of theirs alone."""
        return self._names.get(spelled(name))

    def series(self, name: str) -> list[int]:
        """Ids of the titles that begin with this name and a colon, or are called so."""
        spelling = spelled(name)
        rows = (*self._names.get(spelling), *self._short_names.get(spelling))
        return [self.ids[row] for row in rows]

    def near(self, name: str) -> tuple[int, ...]:
        """Rows of the names that one which is misspelt most likely stands for."""
        return self.written_otherwise(name) or self.mistyped(name)

    def written_otherwise(self, name: str) -> tuple[int, ...]:
        """Rows of the names that this is but for spaces that are missing ("thegodfather"), or that
        sound like it ("too fast too furious")."""
        for way in forms_of(name):
            rows = self._keys.get("".join(way))
            # "Gam eof Thrones" is one, "to go" is no Togo.
            if any(len(way) <= len(words_of(self.labels[row])) for row in rows):
                return rows
        for way in as_they_sound(words_of(name)):
            if rows := self._keys.get("".join(way)):
                return rows
        return ()

    def mistyped(self, name: str) -> tuple[int, ...]:
        """Rows of the names that have the fewest slips in this one, and one at least."""
        near = {one for way in forms_of(name) for one in self._mistyped.nearest(" ".join(way))}
        return tuple({row for one in near for row in self._with_slips.get(one)})

    def by_initials(self, word: str) -> tuple[int, ...]:
        """Rows of the famous titles whose names begin with these letters, as "himym"."""
        return self._initials.get(word)

    def has_word(self, word: str) -> bool:
        """Whether it is a word of any name."""
        return bool(self._words.get(word))

    def best(
        self,
        rows: Sequence[int],
        *,
        year: int | None = None,
        media: MediaType | None = None,
        country: str | None = None,
    ) -> int:
        """The row that is most likely meant: of that year, country and kind if there is one, best
        known."""
        return max(
            rows,
            key=lambda row: (
                year is not None and self._years[row] == year,
                country is not None and self.is_made_in((row,), country),
                media is not None and bool(self._shows[row]) == (media == "tv"),
                self._standing[row],
                -self.ids[row],
            ),
        )

    def row_of(self, item_id: int) -> int | None:
        """The row of an item; None for one that these names are without."""
        return _place_of(item_id, self._ids)

    def has_year(self, rows: Sequence[int], year: int) -> bool:
        """Whether one of the rows is of that year."""
        return any(self._years[row] == year for row in rows)

    def is_made_in(self, rows: Sequence[int], country: str) -> bool:
        """Whether one of the rows is of that country."""
        wanted = country_bits((country,))
        return any(self._countries[row] & wanted for row in rows)

    def year(self, row: int) -> int:
        """The year of a row, 0 if unknown."""
        year: int = self._years[row]
        return year

    def is_known(self, row: int) -> bool:
        """Whether many know it: half as much as one of the best known, on a log scale."""
        return self._standing[row] >= self._well_known / 2

    def is_well_known(self, row: int) -> bool:
        """Whether the title is among the best known tenth."""
        return self._standing[row] >= self._well_known

    def is_famous(self, row: int) -> bool:
        """Whether the title is among the best known fiftieth."""
        return self._standing[row] >= self._famous


class People:
    """People by name, the best known person of each last name, and who is meant by a first one."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._ids: Ints = arrays["ids"]
        self.ids = self._ids.data
        self._standing = arrays["standing"].data
        self._roles = arrays["roles"].data
        self.labels = Labels(part_of(arrays, "labels"))
        self._names = NameTable(part_of(arrays, "names"))
        self._last_names = NameTable(part_of(arrays, "last_names"))
        self._first_names = NameTable(part_of(arrays, "first_names"))
        self._families = NameTable(part_of(arrays, "families"))
        self._mistyped = NearNames(self._names, part_of(arrays, "mistyped"))
        self._last_mistyped = NearNames(self._last_names, part_of(arrays, "last_mistyped"))

    @classmethod
    def of(cls, people: Iterable[PersonName]) -> Self:
        """An index of these."""
        own = list(people)
        names = _Entries()
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
        return cls(
            {
                "ids": np.array([one.id for one in own], dtype=np.int32),
                "standing": np.array([one.standing for one in own], dtype=np.float32),
                "roles": np.array([_as_bits(one.roles) for one in own], dtype=np.uint8),
                **put_under("labels", Labels.of(one.name for one in own).arrays),
                **put_under("names", table.arrays),
                **put_under("last_names", last_names.arrays),
                **put_under("last_mistyped", NearNames.of(last_names, often).arrays),
                **put_under(
                    "families",
                    NameTable.of([one for one, _ in kin], [row for _, row in kin]).arrays,
                ),
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

    def first_name(self, word: str) -> tuple[int, ...]:
        """Who is meant by a first name alone, as by "Denzel": one person far before all others."""
        return self._first_names.get(word)

    def near(self, name: str) -> tuple[int, ...]:
        """Rows of the name that a misspelt one most likely stands for."""
        return tuple(row for one in self._mistyped.nearest(name) for row in self._names.get(one))

    def row_of(self, person_id: int) -> int | None:
        """The row of a person; None for one that these names are without."""
        return _place_of(person_id, self._ids)

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


class Services:
    """Streaming services by all their names."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._short_names = Labels(part_of(arrays, "short_names"))
        self._labels = Labels(part_of(arrays, "labels"))
        self._names = NameTable(part_of(arrays, "names"))
        self._namesakes = NameTable(part_of(arrays, "namesakes"))

    @classmethod
    def of(cls, services: Iterable[ServiceName]) -> Self:
        """An index of these; a later one takes a name from an earlier one, and no nickname does."""
        own = list(services)
        rows = {
            fold(name): row
            for row, one in enumerate(own)
            for name in (*one.aliases, one.short_name, one.name)
        }
        for name, nicknames in _NICKNAMES.items():
            for nickname in nicknames if name in rows else ():
                rows.setdefault(nickname, rows[name])
        return cls(
            {
                **put_under("short_names", Labels.of(one.short_name for one in own).arrays),
                **put_under("labels", Labels.of(one.name for one in own).arrays),
                **put_under("names", NameTable.of(list(rows), list(rows.values())).arrays),
                **put_under(
                    "namesakes",
                    NameTable.of([fold(one.name) for one in own], range(len(own))).arrays,
                ),
            }
        )

    def called(self, name: str) -> list[str]:
        """The short names of all services of this name: countries may have one each."""
        return [self._short_names[row] for row in self._namesakes.get(fold(name))]

    def longest(
        self, words: Sequence[str], start: int, stop: int
    ) -> tuple[int, ServiceName | None]:
        """(end, service) of the longest name that begins at `start`; without its other names."""
        for end in range(min(start + 4, stop), start, -1):
            if rows := self._names.get(" ".join(words[start:end])):
                (row,) = rows
                return end, ServiceName(self._short_names[row], self._labels[row])
        return start, None


@dataclass(frozen=True, slots=True)
class TextNames:
    """All names of one version of the catalogue that a text may have."""

    version: int
    titles: Titles
    people: People
    services: Services
    groups: Groups
    topics: Topics

    @classmethod
    def of(
        cls,
        titles: Iterable[TitleName] = (),
        people: Iterable[PersonName] = (),
        services: Iterable[ServiceName] = (),
        groups: Iterable[GroupName] = (),
        keywords: Iterable[Keyword] = (),
        *,
        version: int = 0,
    ) -> Self:
        """An index of these names: 5 s of 30,000 titles with 98,000 people."""
        own = list(titles)
        return cls(
            version,
            Titles.of(own),
            People.of(people),
            Services.of(services),
            Groups.of(groups),
            Topics.of(keywords, titles=len(own)),
        )

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            **put_under("titles", self.titles.arrays),
            **put_under("people", self.people.arrays),
            **put_under("services", self.services.arrays),
            **put_under("groups", self.groups.arrays),
            **put_under("topics", self.topics.arrays),
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version,
            Titles(part_of(arrays, "titles")),
            People(part_of(arrays, "people")),
            Services(part_of(arrays, "services")),
            Groups(part_of(arrays, "groups")),
            Topics(part_of(arrays, "topics")),
        )


class _Entries:
    """Names with their rows, before they are laid out."""

    def __init__(self) -> None:
        self._names, self._rows = list[str](), array("i")

    def add(self, name: str, row: int) -> None:
        self._names.append(name)
        self._rows.append(row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def table(self) -> NameTable:
        return NameTable.of(self._names, self._rows)


def _enter(title: TitleName, row: int, whole: _Entries, short: _Entries, *, is_known: bool) -> None:
    for written in (title.title, *title.others):
        for name in spellings_of(written):
            whole.add(name, row)
            _enter_without_article(name, row, short)
        # "The Fellowship of the Ring" for the long name, and the series' name for all of it.
        head, tail = _halves_of(written)
        for part in filter(None, (head, tail)):
            for name in spellings_of(part):
                # "Birdman" and "Borat" are known by the word; others may mean what it means.
                if " " in name or (is_known and part is head):
                    short.add(name, row)
                    _enter_without_article(name, row, short)
    if title.collection is not None:
        for name in spellings_of(title.collection):
            series = name.removesuffix(_COLLECTION)
            short.add(series, row)
            _enter_without_article(series, row, short)


def _halves_of(name: str) -> tuple[str, str]:
    """The name before and behind a colon or "or" with a bracket; nothing for a name of one part."""
    head, colon, tail = name.partition(": ")
    if not colon:
        head, colon, tail = name.partition(" (")
    return (head.removesuffix(" or"), tail.rstrip(")")) if colon else ("", "")


def _enter_initials(title: TitleName, row: int, initials: _Entries) -> None:
    """By four letters and more: "lotr" for the parts of The Lord of the Rings."""
    head = title.title.partition(": ")[0]
    for name in {title.title, head}:
        words = plain_words_of(name)
        for parts in {tuple(words), tuple(without_article(words))}:
            if len(parts) >= _FEWEST_INITIALS:
                initials.add("".join(part[0] for part in parts), row)


def _enter_forms(
    title: TitleName, row: int, keys: _Entries, slips: _Entries, *, is_famous: bool
) -> None:
    for parts in {parts for name in (title.title, *title.others) for parts in forms_of(name)}:
        bare = without_article(parts)
        keys.add("".join(parts), row)
        keys.add("".join(bare), row)
        slips.add(" ".join(parts), row)
        # One word that is all but another one is too little of a sign, but for a famous name's.
        if (1 if is_famous else 2) <= len(bare) < len(parts):
            slips.add(" ".join(bare), row)
    head = title.title.partition(": ")[0]
    if is_famous and head != title.title:
        for parts in forms_of(head):
            slips.add(" ".join(without_article(parts)), row)


def _enter_without_article(name: str, row: int, short: _Entries) -> None:
    words = name.split(" ")
    if len(rest := without_article(words)) < len(words):
        short.add(" ".join(rest), row)


def _parts_of(titles: Iterable[TitleName]) -> Iterator[Part]:
    for row, one in enumerate(titles):
        if one.collection is not None and one.released is not None:
            yield Part(row, (one.title, *one.others), one.collection, one.released)


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


def _add_shortened(people: Sequence[PersonName], names: "_Entries") -> None:
    """What people leave out of names, where nobody has the name that is left."""
    taken = set(names)
    for row, person in enumerate(people):
        if person.standing >= _IN_A_FAMILY:
            for way in _ways_to_name(person):
                for short in dict.fromkeys(_shortened(way)):
                    if short not in taken:
                        names.add(short, row)


def _kin(people: Sequence[PersonName], rows: Sequence[int]) -> list[int]:
    best = max(people[row].standing for row in rows)
    near = [row for row in rows if people[row].standing >= _BESIDE_THE_BEST * best]
    return near if 1 < len(near) <= _LARGEST_FAMILY else []


def _stands_out(people: Sequence[PersonName], rows: Sequence[int]) -> int | None:
    """The row of whoever has a first name and stands far before all others who have it."""
    ranked = sorted(rows, key=lambda row: -people[row].standing)
    others = people[ranked[1]].standing if len(ranked) > 1 else 0.0
    standing = people[ranked[0]].standing
    return ranked[0] if standing >= max(_KNOWN_BY_FIRST_NAME, _FAR_BEFORE * others) else None


def _as_bits(roles: Iterable[str]) -> int:
    return sum(1 << _ROLES.index(role) for role in set(roles))


def _place_of(sought: int, ids: Ints) -> int | None:
    found = np.flatnonzero(ids == sought)
    return int(found[0]) if len(found) else None
