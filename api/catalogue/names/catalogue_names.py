"""The names of a catalogue's titles, people and companies, read from the database."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Self

import numpy as np

from api.catalogue.names.canonical import key_of
from api.catalogue.names.name_index import EXACT, Grade, Match, NameIndex, one_by_one
from api.catalogue.names.numbered_parts import Part, numbered_parts
from api.catalogue.names.standing import STANDING
from api.catalogue.names.typed_names import name_within
from api.domain.arrays import Arrays, Ints, Mask, part_of, put_under
from api.platform.database import Database

_VERSION = "SELECT catalogue_version FROM service_state"
_TITLES = """
SELECT id, media_type = 'tv', coalesce(release_year, 0)::int,
    ln(1 + vote_count) + ln(1 + greatest(popularity, 0)),
    title, array_remove(array_prepend(original_title, alternative_titles), NULL),
    collection_name, release_date
FROM items WHERE retired_at IS NULL ORDER BY id
"""
# How much somebody did weighs more than how much they are looked at this week.
_PEOPLE = f"""
SELECT id, name, aliases, coalesce(standing, 0) + ln(1 + greatest(popularity, 0))
FROM people LEFT JOIN (
    SELECT person_id, {STANDING} AS standing FROM credits GROUP BY person_id
) AS did ON person_id = people.id
ORDER BY id
"""  # noqa: S608 - constants only

# A network may be one of the companies too: whoever has the more titles comes first.
_COMPANIES = """
SELECT companies.id, name, ln(1 + count(item_id))
FROM companies JOIN item_companies ON company_id = companies.id
GROUP BY companies.id ORDER BY companies.id
"""

# "Heat (1995)", "dune 2021"; "2021 dune", "dune '21".
_WITH_YEAR = re.compile(r"(?P<name>.*\S)\s*[(\[]?\b(?P<year>(?:18|19|20)\d\d)[)\]]?\s*")
_YEAR_FIRST = re.compile(r"\s*[(\[]?(?P<year>(?:18|19|20)\d\d)[)\]]?\s+(?P<name>\S.*)")
_YEAR_SHORT = re.compile(r"(?P<name>.*\S)\s+['\u2018\u2019](?P<year>\d\d)\s*")
_NEXT_YEARS = 30  # '21 is 2021, '82 is 1982
_ENOUGH = 5  # titles with every word, beyond which nobody made a slip
_COLUMNS = ("title_ids", "is_show", "years", "people_ids", "company_ids")
_A_YEAR_OFF = 1  # sources differ on the year of a festival's film


@dataclass(frozen=True, slots=True)
class CatalogueNames:
    """All of one moment. Rows of `titles` and `people` are places in the arrays of ids."""

    version: int
    titles: NameIndex
    title_ids: Ints
    is_show: Mask
    years: Ints  # 0 for unknown
    people: NameIndex
    people_ids: Ints
    companies: NameIndex
    company_ids: Ints

    def arrays(self) -> Arrays:
        """All but the version, for of_arrays."""
        return {
            **{name: getattr(self, name) for name in _COLUMNS},
            **put_under("titles", self.titles.arrays),
            **put_under("people", self.people.arrays),
            **put_under("companies", self.companies.arrays),
        }

    @classmethod
    def of_arrays(cls, version: int, arrays: Arrays) -> Self:
        """Over these arrays, which are not copied."""
        return cls(
            version=version,
            titles=NameIndex(part_of(arrays, "titles")),
            people=NameIndex(part_of(arrays, "people")),
            companies=NameIndex(part_of(arrays, "companies")),
            **{name: arrays[name] for name in _COLUMNS},
        )

    def titles_with_every_word(self, typed: str) -> Iterator[Match]:
        """Titles whose names have every word, the best first, some twice; a year chooses among
        namesakes. Where there are none, words around the name are left out ("movie")."""
        found = self._by_year(typed, self.titles.with_every_word)
        first = next(found, None)
        if first is not None:
            return chain([first], found)
        within = name_within(typed)
        if within is None:
            return iter(())
        return self._by_year(within.name, self.titles.with_every_word, is_show=within.is_show)

    def titles_called(self, typed: str, *, with_most: bool = True) -> Iterator[Match]:
        """Titles that may be meant, the best first, some twice; a year chooses among namesakes.

        Where few names have every word, those follow that were meant but for a slip; behind the
        very name only those that are better known. Where no name has every word, those follow,
        too, that have every word but for slips and, unless `with_most` is off, most of them.
        """
        strict = self.titles_with_every_word(typed)
        first = list(islice(strict, _ENOUGH))
        if len(first) == _ENOUGH:
            return chain(first, strict)
        if not first:
            return self._by_year(typed, partial(self.titles.loosely, with_most=with_most))
        meant = self._by_year(typed, self.titles.but_for_a_slip)
        if any(match.grade == EXACT for match in first):
            known = max(self.titles.fame[match.row] for match in first)
            return chain(first, (one for one in meant if self.titles.fame[one.row] > known))
        return chain(first, meant)

    def people_called(self, typed: str) -> Iterator[Match]:
        """People whose names have every word, the best first."""
        return self.people.matches(typed)

    def people_meant(self, typed: str) -> Iterator[Match]:
        """People whose names were meant but for a slip, or have most of the words."""
        return self.people.loose_matches(typed)

    def companies_called(self, typed: str) -> Iterator[Match]:
        """Companies and networks whose names have every word, the best first."""
        return self.companies.matches(typed)

    def makers_called(self, typed: str, *, most: int) -> tuple[frozenset[int], frozenset[int]]:
        """Ids of the best known people, and of companies, who are called so, if only in part."""
        people = islice(self.people.with_whole_words(typed), most)
        companies = islice(self.companies.with_whole_words(typed), most)
        return (
            frozenset(int(self.people_ids[match.row]) for match in people),
            frozenset(int(self.company_ids[match.row]) for match in companies),
        )

    def _by_year(
        self,
        typed: str,
        look: Callable[[str], Iterator[Grade]],
        *,
        is_show: bool | None = None,
    ) -> Iterator[Match]:
        """Those of the year that is told first; of each grade those of the kind that is."""
        named_in = _year_told(typed)
        if named_in is None:
            return one_by_one(self._of_kind(look(typed), is_show))
        name, year = named_in
        # "Blade Runner 2049" and "1917" are names.
        whole = Grade(EXACT, np.unique(self.titles.exact(typed)))
        named = list(self._of_kind(look(name), is_show))
        off = [np.abs(self.years[one.rows] - year) for one in named]
        in_year = [Grade(one.grade, one.rows[by == 0]) for one, by in zip(named, off, strict=True)]
        about = [
            Grade(one.grade, one.rows[by == _A_YEAR_OFF])
            for one, by in zip(named, off, strict=True)
        ]
        return one_by_one(chain([whole], in_year, about, look(typed)))

    def _of_kind(self, grades: Iterable[Grade], is_show: bool | None) -> Iterator[Grade]:
        """Each grade twice, those of the kind first; once where no kind is told."""
        for one in grades:
            if is_show is not None:
                yield Grade(one.grade, one.rows[self.is_show[one.rows] == is_show])
            yield one


def _year_told(typed: str) -> tuple[str, int] | None:
    if found := _WITH_YEAR.fullmatch(typed) or _YEAR_FIRST.fullmatch(typed):
        return found["name"], int(found["year"])
    if found := _YEAR_SHORT.fullmatch(typed):
        short = int(found["year"])
        return found["name"], short + (2000 if short < _NEXT_YEARS else 1900)
    return None


def read_catalogue_names(database: Database) -> CatalogueNames:
    """Reads and indexes all names: 3 s for 30,000 titles with 98,000 people."""
    with database.autocommit() as cursor:
        # The version first: a change while the names are read must lead to another load.
        version = cursor.execute(_VERSION).fetchone()
        titles = cursor.execute(_TITLES).fetchall()
        people = cursor.execute(_PEOPLE).fetchall()
        companies = cursor.execute(_COMPANIES).fetchall()
    names = [_distinct_as_spelled([title[4], *title[5]]) for title in titles]
    numbered = numbered_parts(
        Part(row, names[row], title[6], title[7])
        for row, title in enumerate(titles)
        if title[6] is not None and title[7] is not None
    )
    return CatalogueNames(
        version=0 if version is None else version[0],
        titles=NameIndex.of(
            ((row, name) for row, own in enumerate(names) for name in own),
            np.array([title[3] for title in titles], dtype=np.float32),
            given=numbered,
        ),
        title_ids=np.array([title[0] for title in titles], dtype=np.int32),
        is_show=np.array([title[1] for title in titles], dtype=np.bool_),
        years=np.array([title[2] for title in titles], dtype=np.int32),
        people=NameIndex.of(
            (
                (row, name)
                for row, person in enumerate(people)
                for name in _distinct_as_spelled([person[1], *person[2]])
            ),
            np.array([person[3] for person in people], dtype=np.float32),
        ),
        people_ids=np.array([person[0] for person in people], dtype=np.int32),
        companies=NameIndex.of(
            enumerate(company[1] for company in companies),
            np.array([company[2] for company in companies], dtype=np.float32),
        ),
        company_ids=np.array([company[0] for company in companies], dtype=np.int32),
    )


def _distinct_as_spelled(names: list[str]) -> list[str]:
    """Without those that are another one spelled otherwise."""
    if len(names) == 1:
        return names
    return list({key_of(name): name for name in reversed(names)}.values())
