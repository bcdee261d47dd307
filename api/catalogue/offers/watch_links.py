"""The link that opens a title at a streaming service."""

from collections.abc import Iterator

from api.catalogue.offers.links import is_safe
from api.catalogue.offers.offers import Offer, offers_of
from api.catalogue.offers.provider_names import service_spellings
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import NotFound
from config.settings import Settings


class WatchLinks:
    """The use case of GET /watch-link/{item}."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._country = settings.justwatch_country

    def find(
        self, reference: str, *, service: str | None, country: str | None, limits: Limits
    ) -> str:
        """The link of the best offer (a subscription before a purchase) that can be followed.

        Raises NotFound without one, and for a title above the limits.
        """
        country = country or limits.country or self._country
        item = ItemRef.parse(reference)
        if item is None:
            raise _unknown_link(reference, service, country)
        wanted = {service} | service_spellings(self._database).called(service) if service else None
        for offer in offers_of(self._database, item, country=country, limits=limits):
            if wanted is None or offer.service in wanted:
                for link in _links(offer):
                    return link
        raise _unknown_link(reference, service, country)


def _unknown_link(reference: str, service: str | None, country: str) -> NotFound:
    """The same for a title that there is not: nobody learns which there are."""
    at = "" if service is None else f" at {service}"
    return NotFound(
        f"No link to {reference}{at} is known in {country}; `watch_options` of GET /items/{{item}} "
        "has those there are."
    )


def _links(offer: Offer) -> Iterator[str]:
    return (url for url in (offer.deep_link, offer.url) if url and is_safe(url))
