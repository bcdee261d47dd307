"""The names of a catalogue, for finding titles, people and services in a text.

Names have the one spelling of api/catalogue/names, so that what search finds is found in a text
too. An index never changes, so threads share it.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from api.catalogue.names.canonical import plain_words_of, spelled, spellings_of, without_article
from api.catalogue.names.near_words import NearNames
from api.domain.folding import fold
from api.domain.items import MediaType
from api.language.group_names import GroupName, Groups
from api.language.lexicon import Lexicon
from api.language.load_lexicon import shipped_lexicon

_LONGEST = 14  # words of a name that is looked for in a text
_ROLES = ("cast", "director", "creator", "writer", "composer", "producer")


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


class _NameIndex:
    """Folded names to their rows; a single row is stored as a bare int to save memory."""

    def __init__(self) -> None:
        self._rows: dict[str, int | tuple[int, ...]] = {}

    def add(self, name: str, row: int) -> None:
        known = self._rows.get(name)
        if known is None:
            self._rows[name] = row
        elif isinstance(known, int):
            if known != row:
                self._rows[name] = (known, row)
        elif row not in known:
            self._rows[name] = (*known, row)

    def get(self, name: str) -> tuple[int, ...]:
        found = self._rows.get(name)
        return () if found is None else (found,) if isinstance(found, int) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)


class Titles:
    """Titles by all their names."""

    def __init__(self, titles: Iterable[TitleName]) -> None:
        self.ids, self._years = array("i"), array("h")
        self._standing, self._shows = array("f"), bytearray()
        self.labels: list[str] = []
        self._names, self._short_names = _NameIndex(), _NameIndex()
        for row, title in enumerate(titles):
            self.ids.append(title.id)
            self._years.append(title.year)
            self._shows.append(title.is_show)
            self._standing.append(log1p(title.vote_count) + log1p(max(title.popularity, 0)))
            self.labels.append(title.title)
            self._add(row, title)
        self._mistyped = NearNames(self._names)
        in_order = sorted(self._standing, reverse=True)
        self._well_known = in_order[len(in_order) // 10] if in_order else 0.0

    def _add(self, row: int, title: TitleName) -> None:
        for written in (title.title, *title.others):
            for name in spellings_of(written):
                self._names.add(name, row)
                self._add_without_article(row, name)
            # "The Fellowship of the Ring" for the long name, and the series' name for all of it.
            head, colon, tail = written.partition(": ")
            for part in (head, tail) if colon else ():
                for short in spellings_of(part):
                    if " " in short:
                        self._short_names.add(short, row)
                        self._add_without_article(row, short)
        if title.collection is not None:
            for series in spellings_of(title.collection):
                self._short_names.add(series.removesuffix(" collection"), row)
                self._add_without_article(row, series.removesuffix(" collection"))

    def _add_without_article(self, row: int, name: str) -> None:
        words = name.split(" ")
        if len(rest := without_article(words)) < len(words):
            self._short_names.add(" ".join(rest), row)

    def named(self, name: str) -> tuple[int, ...]:
        """Rows of this name: by the whole name, else by a part that stands for it."""
        spelling = spelled(name)
        return self._names.get(spelling) or self._short_names.get(spelling)

    def called(self, name: str) -> tuple[int, ...]:
        """Rows of this name by a whole name of theirs alone."""
        return self._names.get(spelled(name))

    def series(self, name: str) -> list[int]:
        """Ids of the titles that begin with this name and a colon, or are called so."""
        spelling = spelled(name)
        rows = (*self._names.get(spelling), *self._short_names.get(spelling))
        return [self.ids[row] for row in rows]

    def longest(self, words: Sequence[str], start: int, stop: int) -> tuple[int, tuple[int, ...]]:
        """(end, rows) of the longest name that begins at `start` and ends by `stop`."""
        for end in range(min(start + _LONGEST, stop), start, -1):
            if rows := self.named(" ".join(words[start:end])):
                return end, rows
        return start, ()

    def near(self, name: str) -> tuple[int, ...]:
        """Rows of the name that a misspelt one most likely stands for."""
        found = self._mistyped.nearest(spelled(name))
        return () if found is None else self._names.get(found)

    def best(
        self, rows: Sequence[int], *, year: int | None = None, media: MediaType | None = None
    ) -> int:
        """The row that is most likely meant: of that year and kind if there is one, best known."""
        return max(
            rows,
            key=lambda row: (
                year is not None and self._years[row] == year,
                media is not None and bool(self._shows[row]) == (media == "tv"),
                self._standing[row],
                -self.ids[row],
            ),
        )

    def row_of(self, item_id: int) -> int | None:
        """The row of an item; None for one that these names are without."""
        return self.ids.index(item_id) if item_id in self.ids else None

    def has_year(self, rows: Sequence[int], year: int) -> bool:
        """Whether one of the rows is of that year."""
        return any(self._years[row] == year for row in rows)

    def year(self, row: int) -> int:
        """The year of a row, 0 if unknown."""
        return self._years[row]

    def is_known(self, row: int) -> bool:
        """Whether many know it: half as much as one of the best known, on a log scale."""
        return self._standing[row] >= self._well_known / 2

    def is_well_known(self, row: int) -> bool:
        """Whether the title is among the best known tenth."""
        return self._standing[row] >= self._well_known


class People:
    """People by name, and the best known person of each last name."""

    def __init__(self, people: Iterable[PersonName]) -> None:
        self.ids, self._standing, self._roles = array("i"), array("f"), bytearray()
        self.labels: list[str] = []
        self._names, self._last_names = _NameIndex(), {}
        for row, person in enumerate(people):
            self.ids.append(person.id)
            self._standing.append(person.standing)
            self._roles.append(sum(1 << _ROLES.index(role) for role in set(person.roles)))
            self.labels.append(person.name)
            # The words of a text end at a sign: "conan o brien"; typed without it: "obrien".
            name = fold(person.name) if person.folded is None else person.folded
            for way in dict.fromkeys((name, " ".join(plain_words_of(person.name)))):
                if way:
                    self._names.add(way, row)
                    self._add_last_name(way, row)
        self._mistyped = NearNames(name for name in self._names if " " in name)

    _last_names: dict[str, int]

    def _add_last_name(self, name: str, row: int) -> None:
        first, _, last = name.rpartition(" ")
        if first:
            known = self._last_names.get(last)
            if known is None or self._standing[row] > self._standing[known]:
                self._last_names[last] = row

    def longest(self, words: Sequence[str], start: int, stop: int) -> tuple[int, tuple[int, ...]]:
        """(end, rows) of the longest whole name, of two words or more, that begins at `start`."""
        for end in range(min(start + 5, stop), start + 1, -1):
            if rows := self._names.get(" ".join(words[start:end])):
                return end, rows
        return start, ()

    def named(self, name: str) -> tuple[int, ...]:
        """Rows of this folded name, a single word included."""
        return self._names.get(name)

    def last_name(self, word: str, *, standing: float) -> tuple[int, ...]:
        """The best known person of that last name, if their standing is at least that."""
        row = self._last_names.get(word)
        return () if row is None or self._standing[row] < standing else (row,)

    def near(self, name: str) -> tuple[int, ...]:
        """Rows of the name that a misspelt one most likely stands for."""
        found = self._mistyped.nearest(name)
        return () if found is None else self._names.get(found)

    def row_of(self, person_id: int) -> int | None:
        """The row of a person; None for one that these names are without."""
        return self.ids.index(person_id) if person_id in self.ids else None

    def standing(self, rows: Sequence[int]) -> float:
        """The highest standing among the rows."""
        return max((self._standing[row] for row in rows), default=0.0)

    def best(self, rows: Sequence[int]) -> int:
        """The row with the highest standing."""
        return max(rows, key=lambda row: (self._standing[row], -self.ids[row]))

    def have_role(self, rows: Sequence[int], roles: Iterable[str]) -> bool:
        """Whether one of them ever had one of the roles."""
        wanted = sum(1 << _ROLES.index(role) for role in roles)
        return any(self._roles[row] & wanted for row in rows)


class Services:
    """Streaming services by all their names."""

    def __init__(self, services: Iterable[ServiceName]) -> None:
        self._by_name: dict[str, ServiceName] = {}
        for service in services:
            for name in (*service.aliases, service.short_name, service.name):
                self._by_name[fold(name)] = service

    def longest(
        self, words: Sequence[str], start: int, stop: int
    ) -> tuple[int, ServiceName | None]:
        """(end, service) of the longest name that begins at `start`."""
        for end in range(min(start + 4, stop), start, -1):
            if service := self._by_name.get(" ".join(words[start:end])):
                return end, service
        return start, None


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one version of the catalogue, and the words that are known beside them."""

    titles: Titles
    people: People
    services: Services
    groups: Groups
    lexicon: Lexicon
    version: int = 0


def names_of(
    titles: Iterable[TitleName] = (),
    people: Iterable[PersonName] = (),
    services: Iterable[ServiceName] = (),
    groups: Iterable[GroupName] = (),
    *,
    lexicon: Lexicon | None = None,
    version: int = 0,
) -> Names:
    """An index of these names; `lexicon` None stands for the languages of this project."""
    lexicon = lexicon or shipped_lexicon()
    return Names(
        Titles(titles), People(people), Services(services), Groups(groups), lexicon, version
    )
