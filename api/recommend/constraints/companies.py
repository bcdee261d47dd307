"""Which companies made a title, and which networks showed it first."""

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
from api.domain.items import CompanyKind
from api.language.intent import Intent, Value
from api.platform.database import Database
from api.platform.errors import UnknownNames
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.parameters import Csv, FilterGroup, split

# ix_item_companies_company_id.
_TITLES = "SELECT DISTINCT item_id FROM item_companies WHERE company_id = ANY(%(companies)s::int[])"
# By the primary key, or by ix_companies_search_name.
_COMPANIES = """
SELECT id, name, search_name FROM companies
WHERE kind = %(kind)s AND (id = ANY(%(ids)s::int[]) OR search_name = ANY(%(names)s::text[]))
ORDER BY id
"""
_ID = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Companies(Constraint):
    """Made, or first shown, by one of these."""

    code = "of_another_company"
    intent_field = "company"
    goes_along_with_vectors = True

    companies: frozenset[int]
    names: tuple[str, ...] = ()
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Companies"]:
        for companies in asked.intent.companies:
            yield cls("words", companies, _labels(asked.intent, companies))

    def looked_up(self, cursor: Cursor[Any]) -> "Companies":
        return replace(self, titles=_titles_of(cursor, self.companies))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("companies are looked up before titles are compared with them")
        return ~facts.are_among(rows, self.titles)

    def explain(self, title: PreviewedTitle) -> Explained:
        names = listed(self.names, "or")
        of_title = [company["name"] for company in title.record["companies"]]
        sentence = f"Not of {names}, as {self.asker} {self.verb('ask')} for."
        return sentence, {"companies": of_title, "needed": list(self.names)}

    def shown(self) -> tuple[Value, str]:
        return sorted(self.companies), listed(self.names, "or")


@dataclass(frozen=True, slots=True)
class ExcludedCompanies(Constraint):
    """Of none of these."""

    code = "of_an_excluded_company"
    intent_field = "exclude_company"

    companies: frozenset[int]
    titles: Ints | None = field(default=None, compare=False)  # ascending

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedCompanies"]:
        if asked.intent.excluded_companies:
            yield cls("words", asked.intent.excluded_companies)

    def looked_up(self, cursor: Cursor[Any]) -> "ExcludedCompanies":
        return replace(self, titles=_titles_of(cursor, self.companies))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("companies are looked up before titles are compared with them")
        return facts.are_among(rows, self.titles)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return ~facts.has_companies[rows]

    def explain(self, title: PreviewedTitle) -> Explained:
        names = [
            company["name"]
            for company in title.record["companies"]
            if company["id"] in self.companies
        ]
        sentence = f"Of {listed(names, 'and')}, which {self.asker} {self.verb('exclude')}."
        return sentence, {"companies": names}


class CompanyParameters(FilterGroup):
    """Companies and networks by name or id."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (Companies,)

    companies: Csv | None = Field(
        default=None,
        description="Only titles made by one of these companies, by id or by their whole name.",
        examples=["A24,Studio Ghibli"],
    )
    networks: Csv | None = Field(
        default=None,
        description="Only shows that one of these networks showed first, by id or by whole name.",
        examples=["HBO"],
    )

    def constraints(self, database: Database) -> Iterator[Constraint]:
        if wanted := split(self.companies):
            yield _known(database, "production", wanted, written=f"companies={self.companies}")
        if wanted := split(self.networks):
            yield _known(database, "network", wanted, written=f"networks={self.networks}")


def _known(
    database: Database, kind: CompanyKind, wanted: Sequence[str], *, written: str
) -> Companies:
    """Everybody who is meant; raises UnknownNames."""
    ids = [int(one) for one in wanted if _ID.fullmatch(one)]
    parameters = {"kind": kind, "ids": ids, "names": [_folded(one) for one in wanted]}
    with database.autocommit() as cursor:
        known = cursor.execute(_COMPANIES, parameters).fetchall()
    called = {str(row[0]) for row in known} | {row[2] for row in known}
    if unknown := [one for one in wanted if not {one, _folded(one)} & called]:
        parameter = written.partition("=")[0]
        raise UnknownNames(
            unknown,
            field=parameter,
            said="none is known as",
            found_by="GET /search finds companies by parts of their names",
        )
    names = tuple(dict.fromkeys(row[1] for row in known))
    return Companies("parameter", frozenset(_ids(known)), names, written=written)


def _titles_of(cursor: Cursor[Any], companies: frozenset[int]) -> Ints:
    """The ids of the titles of any of them, ascending."""
    found = cursor.execute(_TITLES, {"companies": sorted(companies)}).fetchall()
    return np.unique(np.fromiter((row[0] for row in found), np.int32))


def _labels(intent: Intent, companies: frozenset[int]) -> tuple[str, ...]:
    """What the words of the request call them."""
    called = (one for one in intent.mentions if one.field == "company")
    return tuple(one.label for one in called if one.value == sorted(companies))


def _ids(known: Iterable[tuple[int, str, str]]) -> Iterator[int]:
    return (company for company, _, _ in known)


def _folded(name: str) -> str:
    return fold(name) or name.casefold()
