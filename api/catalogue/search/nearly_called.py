"""Whom a name meant that nobody has, for whoever mistyped it in a parameter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.name_index import Match
from api.catalogue.names.near_words import is_a_slip
from api.catalogue.search.statements import companies_of, people_of
from api.domain.arrays import Ints
from api.domain.folding import fold
from api.domain.items import CompanyKind
from api.platform.database import Database
from api.platform.resident import Resident
from api.platform.service_state import catalogue_version

_MOST = 3
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class NearlyCalled:
    """Asks the same index as the search; a name that has only some of the words is none of these.

    Nothing is said of titles, so that no limit is touched.
    """

    database: Database
    names: Resident[CatalogueNames]

    def people(self, name: str) -> list[str]:
        """The best known people whose names this is but for a slip, three at most."""
        names = self._current()
        ids = _ids(names.people.loose_matches, name, names.people_ids)
        with self.database.autocommit() as cursor:
            found = people_of(cursor, ids)
        return _slips(name, [found[one].name for one in ids if one in found])

    def companies(self, name: str, kind: CompanyKind) -> list[str]:
        """The same of companies, or of networks."""
        names = self._current()
        ids = _ids(names.companies.loose_matches, name, names.company_ids)
        with self.database.autocommit() as cursor:
            found = companies_of(cursor, ids)
        some = [found[one] for one in ids if one in found]
        return _slips(name, [one.name for one in some if one.kind == kind])

    def _current(self) -> CatalogueNames:
        return self.names.current(catalogue_version(self.database))


def _ids(look: Callable[[str], Iterator[Match]], name: str, ids: Ints) -> list[int]:
    return [int(ids[match.row]) for match in islice(look(name), _LOOKED_AT)]


def _slips(name: str, near: Sequence[str]) -> list[str]:
    own = fold(name)
    return list(dict.fromkeys(one for one in near if is_a_slip(own, fold(one))))[:_MOST]
