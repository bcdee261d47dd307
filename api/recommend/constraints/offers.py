"""Where a title can be watched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from psycopg import Cursor

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.names.service_spellings import service_key
from api.catalogue.offers.provider_names import plain_names
from api.domain.arrays import Ints, Mask
from api.domain.items import INCLUDED_OFFERS, OfferType
from api.language.intent import Value
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle, listed
from api.recommend.constraints.library import Owned

# ix_availability_country_service; without services the country's offers are read.
_OFFERED = """
SELECT item_id FROM availability
WHERE country = %(country)s AND offer_type = ANY(%(offer_types)s)
"""
_HAS_ANY = "SELECT EXISTS (SELECT FROM availability WHERE country = %(country)s)"
_BY_SERVICE = " AND service = ANY(%(services)s)"


@dataclass(frozen=True, slots=True)
class Offers(Constraint):
    """Offered in the country, by one of the services where some are named."""

    code = "not_offered"
    intent_field = "service"
    goes_along_with_vectors = True

    country: str
    services: frozenset[str]  # short names; any where there are none
    offer_types: frozenset[OfferType]  # empty: INCLUDED_OFFERS
    titles: Ints | None = field(default=None, compare=False)  # ascending
    none_in_country: bool = field(default=False, compare=False)  # of any service at all
    names: Mapping[str, str] = field(default_factory=dict, compare=False)  # by short names

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Offers"]:
        """One for parameter and words together: an offer has to keep both.

        Words that name other services only make one of their own, which contradicts the parameter.
        """
        wanted, in_words = frozenset(asked.request.services), asked.intent.services
        country, offer_types = asked.request.country, asked.intent.offer_types
        if wanted:
            written = f"services={','.join(sorted(wanted))}"
            services = wanted & in_words or wanted
            yield cls("parameter", country, services, offer_types, written=written)
        elif in_words or offer_types:
            yield cls("words", country, in_words, offer_types)
        elif asked.request.evening is not None and not _is_owned(asked):
            yield cls("parameter", country, in_words, offer_types, written="tonight")
        if wanted and in_words and not wanted & in_words:
            yield cls("words", country, in_words, offer_types)

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, Offers) and not self.services & other.services

    def looked_up(self, cursor: Cursor[Any]) -> "Offers":
        parameters = {
            "country": self.country,
            "offer_types": sorted(self.offer_types or INCLUDED_OFFERS),
            "services": sorted(self.services),
        }
        statement = _OFFERED + _BY_SERVICE if self.services else _OFFERED
        found = cursor.execute(statement, parameters).fetchall()
        titles = np.fromiter((row[0] for row in found), dtype=np.int32)
        has_any = found or cursor.execute(_HAS_ANY, parameters).fetchone() == (True,)
        return replace(
            self,
            titles=np.unique(titles),
            none_in_country=not has_any,
            names=plain_names(cursor, self.services) if self.services else {},
        )

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        if self.titles is None:
            raise ValueError("offers are looked up before titles are compared with them")
        return ~facts.are_among(rows, self.titles)

    def explain(self, title: PreviewedTitle) -> Explained:
        offers = [
            {"service": offer["service"], "offer_type": offer["offer_type"]}
            for offer in title.record["offers"]
        ]
        evidence = {"services": sorted(self.services), "country": self.country, "offers": offers}
        return f"Not {self.place}.", evidence

    @property
    def _named(self) -> str:
        """The services by their plain names; rows of one service are told as one."""
        names = [self.names.get(one, one) for one in sorted(self.services)]
        return listed(
            list({service_key(name): name for name in reversed(names)}.values())[::-1], "or"
        )

    @property
    def place(self) -> str:
        how = f" ({listed(sorted(self.offer_types), 'or')})" if self.offer_types else ""
        at = f"on {self._named}" if self.services else "to be watched"
        return f"{at} in {self.country}{how}"

    @property
    def lacks(self) -> str | None:
        if not self.none_in_country:
            return None
        return (
            f"No offer of any service is known in {self.country}; name another `country`, or "
            "fetch its offers with `make etl-justwatch`."
        )

    def shown(self) -> tuple[Value, str]:
        label = self._named or f"Included at any service in {self.country}"
        return sorted(self.services), label


def _is_owned(asked: Asked) -> bool:
    """Whether nothing but what the household owns is asked for: that can be watched anywhere."""
    return any(isinstance(one, Owned) and not one.excluded for one in asked.request.filters)
