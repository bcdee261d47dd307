"""The names of a catalogue's titles, people and companies, read from the database."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Self

import numpy as np

from api.catalogue.names.canonical import key_of
from api.catalogue.names.name_index import EXACT, Grade, Match, NameIndex, one_by_one
from api.catalogue.names.standing import STANDING
from api.domain.arrays import Arrays, Ints, Mask, part_of, put_under
from api.platform.database import Database

_VERSION = "SELECT catalogue_version FROM service_state"
_TITLES = """
SELECT id, media_type = 'tv', coalesce(release_year, 0)::int,
    ln(1 + vote_count) + ln(1 + greatest(popularity, 0)),
    title, array_remove(array_prepend(original_title, alternative_titles), NULL)
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

# "Heat (1995)", "dune 2021".
_WITH_YEAR = re.compile(r"(?P<name>.*\S)\s*[(\[]?\b(?P<year>(?:18|19|20)\d\d)[)\]]?\s*")
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

    def titles_called(self, typed: str, *, with_most: bool = True) -> Iterator[Match]:
        """Titles that may be meant, the best first, some twice; a year chooses among namesakes.

        Where few names have every word, those follow that were meant but for a slip and, unless
        `with_most` is off, where there is none at all, those that have most of the words.
        """
        strict = self._by_year(typed, self.titles.with_every_word)
        first = list(islice(strict, _ENOUGH))
        if len(first) == _ENOUGH or any(match.grade == EXACT for match in first):
            return chain(first, strict)
        if first:
            return chain(first, self._by_year(typed, self.titles.but_for_a_slip))
        return self._by_year(typed, partial(self.titles.loosely, with_most=with_most))

    def people_called(self, typed: str) -> Iterator[Match]:
        """People whose names have every word, the best first."""
        return self.people.matches(typed)

    def people_meant(self, typed: str) -> Iterator[Match]:
        """People whose names were meant but for a slip, or have most of the words."""
        return self.people.loose_matches(typed)

    def companies_called(self, typed: str) -> Iterator[Match]:
        """Companies and networks whose names have every word, the best first."""
        return self.companies.matches(typed)

    def _by_year(self, typed: str, look: Callable[[str], Iterator[Grade]]) -> Iterator[Match]:
        found = _WITH_YEAR.fullmatch(typed)
        if found is None:
            return one_by_one(look(typed))
        name, year = found["name"], int(found["year"])
        # "Blade Runner 2049" and "1917" are names.
        whole = Grade(EXACT, np.unique(self.titles.exact(typed)))
        named = list(look(name))
        off = [np.abs(self.years[one.rows] - year) for one in named]
        in_year = [Grade(one.grade, one.rows[by == 0]) for one, by in zip(named, off, strict=True)]
        about = [
            Grade(one.grade, one.rows[by == _A_YEAR_OFF])
            for one, by in zip(named, off, strict=True)
        ]
        return one_by_one(chain([whole], in_year, about, look(typed)))


def read_catalogue_names(database: Database) -> CatalogueNames:
    """Reads and indexes all names: 3 s for 30,000 titles with 98,000 people."""
    with database.autocommit() as cursor:
        # The version first: a change while the names are read must lead to another load.
        version = cursor.execute(_VERSION).fetchone()
        titles = cursor.execute(_TITLES).fetchall()
        people = cursor.execute(_PEOPLE).fetchall()
        companies = cursor.execute(_COMPANIES).fetchall()
    return CatalogueNames(
        version=0 if version is None else version[0],
        titles=NameIndex.of(
            (
                (row, name)
                for row, title in enumerate(titles)
                for name in _distinct_as_spelled([title[4], *title[5]])
            ),
            np.array([title[3] for title in titles], dtype=np.float32),
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
