"""Titles as texts name them: whole, without an article, by their initials, with a slip."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
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
from api.catalogue.names.name_table import Labels, NameEntries, NameTable, place_of
from api.catalogue.names.near_words import NearNames
from api.catalogue.names.numbered_parts import Part, numbered_parts
from api.domain.arrays import Arrays, Ints, part_of, put_under
from api.domain.countries import country_bits
from api.domain.folding import fold
from api.domain.items import MediaType

_COLLECTION = " collection"
_FEWEST_INITIALS = 4
_MOST_BEGUN = 1000  # names that are looked at for one beginning: of a million some begin with any
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_AN_OWNER = re.compile(r"(?P<owner>\S+( \S+)+?)['’]s? (?P<name>\S+ .*\S)")
# Words that tell parts of series apart, and name none.
_OF_ANY_SERIES = frozenset(
    {"the", "a", "tv", "series", "season", "movie", "film", "part", "volume", "vol", "chapter"}
    | {"episode", "special", "complete", "one", "two", "three", "four", "five", "first", "second"}
    | {"third", "i", "ii", "iii", "iv", "v"}
)


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
    runtime: int = 0  # minutes, of a show an episode's; 0 unknown


class Titles:
    """Titles by all their names."""

    def __init__(self, arrays: Arrays) -> None:
        """Of the arrays of another one, which are not copied."""
        self.arrays = arrays
        self._ids: Ints = arrays["ids"]
        self.ids = self._ids.data
        self._years = arrays["years"].data
        self._runtimes = arrays["runtimes"].data
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
    def of(
        cls, titles: Iterable[TitleName], *, is_a_person: Callable[[str], bool] = lambda _: False
    ) -> Self:
        """An index of these; `is_a_person` tells of a folded name whether somebody has it."""
        own = list(titles)
        whole, short, numbered = NameEntries(), NameEntries(), NameEntries()
        keys, slips = NameEntries(), NameEntries()
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
            _enter_without_owner(title, row, short, is_a_person)
            _enter_forms(title, row, keys, slips, is_famous=is_famous)
        with_slips = slips.table()
        words = sorted({word for name in whole for word in name.split()})
        for row, name in numbered_parts(_parts_of(own)):
            numbered.add(name, row)
            _enter_without_article(name, row, numbered)
        initials = NameEntries()
        for row, one in enumerate(own):
            if standing[row] >= famous[0]:
                _enter_initials(one, row, initials)
        return cls(
            {
                "ids": np.array([one.id for one in own], dtype=np.int32),
                "years": np.array([one.year for one in own], dtype=np.int16),
                "runtimes": np.array([one.runtime for one in own], dtype=np.int16),
                "is_show": np.array([one.is_show for one in own], dtype=np.bool_),
                "countries": np.array([country_bits(one.countries) for one in own], np.uint64),
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
        rows = self._own_first(spelling)
        if not rows or self.is_unheard_of(self.best(rows)):
            # "Without Remorse" is Tom Clancy's, and no entry that nobody has voted for.
            rows = self._short_names.get(spelling) or rows
        # Who says "I" means himself, and no first part.
        return rows or (() if name.endswith(" i") else self._numbered.get(spelling))

    def _own_first(self, spelling: str) -> tuple[int, ...]:
        """Rows of a whole name; a well-known title of that very name comes before those that have
        it beside their own: Spider-Man 3 is no other one that some country counts as the third."""
        rows = self._names.get(spelling)
        if len(rows) < 2:
            return rows
        own = tuple(row for row in rows if spelled(self.labels[row]) == spelling)
        return own if own and self.is_well_known(self.best(own)) else rows

    def called(self, name: str) -> tuple[int, ...]:
        """Rows of this name by a whole name of theirs alone."""
        return self._names.get(spelled(name))

    def beginning(self, name: str) -> tuple[int, ...]:
        """Rows of the well-known titles whose names begin with these words: "eternal sunshine"."""
        longer = islice(self._names.beginning_with(spelled(name)), _MOST_BEGUN)
        rows = {row for one in longer for row in self._names.get(one)}
        return tuple(sorted(row for row in rows if self.is_well_known(row)))

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
            # "Gam eof Thrones" is one and "war games" is WarGames, but "to go" is no Togo.
            if any(
                len(way) <= len(words_of(_INNER_CAPITAL.sub(" ", self.labels[row]))) for row in rows
            ):
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
                media is not None and self.is_a(row, media),
                self._standing[row],
                -self.ids[row],
            ),
        )

    def row_of(self, item_id: int) -> int | None:
        """The row of an item; None for one that these names are without."""
        return place_of(item_id, self._ids)

    def has_year(self, rows: Sequence[int], year: int) -> bool:
        """Whether one of the rows is of that year."""
        return any(self._years[row] == year for row in rows)

    def is_a(self, row: int, media: MediaType) -> bool:
        """Whether the row is a film, or a show."""
        return bool(self._shows[row]) == (media == "tv")

    def is_made_in(self, rows: Sequence[int], country: str) -> bool:
        """Whether one of the rows is of that country."""
        wanted = country_bits((country,))
        return any(self._countries[row] & wanted for row in rows)

    def year(self, row: int) -> int:
        """The year of a row, 0 if unknown."""
        year: int = self._years[row]
        return year

    def runtime(self, row: int) -> int:
        """The minutes of a row, of a show an episode's; 0 if unknown."""
        minutes: int = self._runtimes[row]
        return minutes

    def is_unheard_of(self, row: int) -> bool:
        """Whether few know it and not even its year: an entry, and hardly a title."""
        return self._years[row] == 0 and not self.is_known(row)

    def is_known(self, row: int) -> bool:
        """Whether many know it: half as much as one of the best known, on a log scale."""
        return self._standing[row] >= self._well_known / 2

    def is_well_known(self, row: int) -> bool:
        """Whether the title is among the best known tenth."""
        return self._standing[row] >= self._well_known

    def is_famous(self, row: int) -> bool:
        """Whether the title is among the best known fiftieth."""
        return self._standing[row] >= self._famous


def _enter(
    title: TitleName, row: int, whole: NameEntries, short: NameEntries, *, is_known: bool
) -> None:
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
    if not colon:
        return "", ""
    tail = tail.rstrip(")")
    return head.removesuffix(" or"), "" if _says_no_name(tail) else tail


def _says_no_name(tail: str) -> bool:
    """ "The TV Series", "Season 2", "Part One"."""
    return all(word in _OF_ANY_SERIES or word.isdigit() for word in words_of(tail))


def _enter_initials(title: TitleName, row: int, initials: NameEntries) -> None:
    """By four letters and more: "lotr" for the parts of The Lord of the Rings."""
    head = title.title.partition(": ")[0]
    for name in {title.title, head}:
        words = plain_words_of(name)
        for parts in {tuple(words), tuple(without_article(words))}:
            if len(parts) >= _FEWEST_INITIALS:
                initials.add("".join(part[0] for part in parts), row)


def _enter_forms(
    title: TitleName, row: int, keys: NameEntries, slips: NameEntries, *, is_famous: bool
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


def _enter_without_article(name: str, row: int, short: NameEntries) -> None:
    words = name.split(" ")
    if len(rest := without_article(words)) < len(words):
        short.add(" ".join(rest), row)


def _enter_without_owner(
    title: TitleName, row: int, short: NameEntries, is_a_person: Callable[[str], bool]
) -> None:
    """ "Without Remorse" for Tom Clancy's, where two words or more are left."""
    for written in (title.title, *title.others):
        owned = _OF_AN_OWNER.fullmatch(written)
        if owned is not None and is_a_person(fold(owned["owner"])):
            for name in spellings_of(owned["name"]):
                short.add(name, row)
                _enter_without_article(name, row, short)


def _parts_of(titles: Iterable[TitleName]) -> Iterator[Part]:
    for row, one in enumerate(titles):
        if one.collection is not None and one.released is not None:
            yield Part(row, (one.title, *one.others), one.collection, one.released)
