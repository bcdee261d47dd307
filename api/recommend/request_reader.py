"""From parameters of the wire to the request that the pipeline takes."""

from dataclasses import dataclass

from api.catalogue.offers.provider_names import short_names
from api.platform.database import Database
from api.recommend.constraints.parameters import filters_of
from api.recommend.request import RecommendRequest
from api.recommend.schemas import Known, ListParameters, ListShape


@dataclass(frozen=True, slots=True)
class RequestReader:
    """Fills in what a client leaves to the service, and what only the catalogue can tell."""

    database: Database
    default_country: str

    def read(self, parameters: ListParameters, *, country: str | None = None) -> RecommendRequest:
        """The request; `country` is the profile's own. Raises as `known` does."""
        return parameters.request(self.known(parameters, country=country))

    def known(self, parameters: ListShape, *, country: str | None = None) -> Known:
        """What the parameters of any list need to become a request.

        Raises InvalidInput or UnknownItems for names that are unknown.
        """
        return Known(
            country=country or self.default_country,
            services=short_names(self.database, parameters.service_names),
            filters=filters_of(parameters, self.database),
        )
