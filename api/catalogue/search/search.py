"""Search by name as one types: the last word may be unfinished, and spelling does not matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Literal

from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.name_index import EXACT, SLIP, Match
from api.catalogue.names.name_table import place_of
from api.catalogue.names.text_names import TextNames
from api.catalogue.search.beside_makers import titles_beside_their_makers
from api.catalogue.search.statements import (
    FoundCompany,
    FoundPerson,
    FoundTitle,
    companies_of,
    people_of,
    titles_of,
)
from api.domain.folding import fold
from api.domain.items import MediaType
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor
from api.platform.fingerprint import fingerprint
from api.platform.resident import Resident
from api.platform.service_state import catalogue_version

Guessed = Literal["items", "people"]

_CURSOR = "search"
_MOST_PEOPLE = 10
_MOST_COMPANIES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One page; people and companies come with the first one only.

    Of what is `guessed` no name has every word.
    """

    titles: Sequence[FoundTitle]
    people: Sequence[FoundPerson]
    companies: Sequence[FoundCompany]
    next_cursor: str | None
    guessed: Sequence[Guessed]


class Search:
    """The use case of GET /search."""

    def __init__(
        self,
        database: Database,
        names: Resident[CatalogueNames],
        text_names: Resident[TextNames],
        cursors: Cursors,
        *,
        images: str,
    ) -> None:
        """`images` is the address that poster paths follow."""
        self.images = images
        self._database = database
        self._names = names
        self._text_names = text_names
        self._cursors = cursors

    def find(
        self,
        text: str,
        *,
        media_type: MediaType | None,
        cursor: str | None,
        limit: int,
        limits: Limits,
    ) -> Found:
        """Titles within the limits, people and companies, by any of their names.

        Where no name has every word, those are found that were meant but for a slip, or that have
        most of the words. Raises InvalidCursor.
        """
        names = self._names.current(catalogue_version(self._database))
        asked = _asked(text, media_type)
        people: list[FoundPerson] = []
        companies: list[FoundCompany] = []
        if cursor is not None:
            start, with_most = self._continue(cursor, asked)
        else:
            people = self._people(names, names.people_called(text), limit)
            companies = self._companies(names, text, limit)
            start, with_most = 0, not people and not companies
        matches, is_loose = self._matches(names, text, with_most=with_most)
        guessed: list[Guessed] = []
        if cursor is None and not people and not companies and is_loose:
            people = self._people(names, names.people_meant(text), limit)
            guessed += ["people"] if people else []
        titles = self._titles(names, matches, media_type, limits)
        page = list(islice(titles, start, start + limit + 1))
        guessed += ["items"] if is_loose and page else []
        if len(page) <= limit:
            return Found(page, people, companies, None, guessed)
        payload = {**asked, "start": start + limit, "with_most": with_most}
        next_cursor = self._cursors.sign(payload, kind=_CURSOR)
        return Found(page[:limit], people, companies, next_cursor, guessed)

    def _matches(
        self, names: CatalogueNames, text: str, *, with_most: bool
    ) -> tuple[Iterator[Match], bool]:
        """Titles that may be meant, and whether the best of them is but a guess, or there is none.

        "heat al pacino" is no name, but a title beside the name of somebody who made it.
        """
        strict, best = _peeked(names.titles_called(text, with_most=with_most))
        if best != EXACT and (known := self._known_by_initials(names, text)):
            return chain(known, strict), False
        is_loose = best is None or best >= SLIP
        if is_loose and (beside := titles_beside_their_makers(self._database, names, text)):
            return iter(beside), False
        return strict, is_loose

    def _known_by_initials(self, names: CatalogueNames, text: str) -> list[Match]:
        """Famous titles that are written so, the most famous first: "lotr", "HIMYM"."""
        titles = self._text_names.current(names.version).titles
        ids = [titles.ids[row] for row in titles.by_initials(fold(text.strip()))]
        rows = [row for one in ids if (row := place_of(one, names.title_ids)) is not None]
        rows.sort(key=lambda row: -names.titles.fame[row])
        return [Match(row, EXACT) for row in rows]

    def _titles(
        self,
        names: CatalogueNames,
        matches: Iterator[Match],
        media_type: MediaType | None,
        limits: Limits,
    ) -> Iterator[FoundTitle]:
        ids = (
            int(names.title_ids[match.row])
            for match in matches
            if media_type is None or names.is_show[match.row] == (media_type == "tv")
        )
        for some in _batches(ids):
            with self._database.autocommit() as cursor:
                found = titles_of(cursor, some, limits)
            yield from (found[one] for one in some if one in found)

    def _people(
        self, names: CatalogueNames, matches: Iterator[Match], limit: int
    ) -> list[FoundPerson]:
        some = islice(matches, min(limit, _MOST_PEOPLE))
        ids = [int(names.people_ids[match.row]) for match in some]
        if not ids:
            return []
        with self._database.autocommit() as cursor:
            found = people_of(cursor, ids)
        return [found[one] for one in ids if one in found]

    def _companies(self, names: CatalogueNames, text: str, limit: int) -> list[FoundCompany]:
        some = islice(names.companies_called(text), min(limit, _MOST_COMPANIES))
        ids = [int(names.company_ids[match.row]) for match in some]
        if not ids:
            return []
        with self._database.autocommit() as cursor:
            found = companies_of(cursor, ids)
        return [found[one] for one in ids if one in found]

    def _continue(self, text: str, asked: Mapping[str, str | None]) -> tuple[int, bool]:
        payload: dict[str, Any] = self._cursors.read(text, kind=_CURSOR)
        if "q" not in payload:  # signed by a version that did not keep the parameters apart
            raise InvalidCursor
        if differing := [name for name, value in asked.items() if payload[name] != value]:
            raise InvalidCursor(differing)
        return int(payload["start"]), bool(payload["with_most"])


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Distinct ids, some at a time, and more at a time the further somebody goes."""
    distinct, size = _distinct(ids), 40
    while some := list(islice(distinct, size)):
        yield some
        size *= 2


def _distinct(ids: Iterable[int]) -> Iterator[int]:
    seen = set[int]()
    for one in ids:
        if one not in seen:
            seen.add(one)
            yield one


def _peeked(matches: Iterator[Match]) -> tuple[Iterator[Match], int | None]:
    """The same, and how well the name of the best of them fits, None where there is none."""
    first = next(matches, None)
    return (iter(()), None) if first is None else (chain([first], matches), first.grade)


def _asked(text: str, media_type: MediaType | None) -> dict[str, str | None]:
    """What a cursor is bound to, by the names of the parameters."""
    return {"q": fingerprint(" ".join(text.split())), "media_type": media_type}
