"""From parameters of the wire to the request that the pipeline takes."""

from dataclasses import dataclass

from api.catalogue.offers.provider_names import short_names
from api.platform.database import Database
from api.recommend.recommendation import Wish
from api.recommend.schemas import ListWish


@dataclass(frozen=True, slots=True)
class RequestReader:
    """Fills in what a client leaves to the service, and what only the catalogue can tell."""

    database: Database
    default_country: str

    def read(self, parameters: ListWish) -> Wish:
        """The request; raises InvalidInput naming the first service that is unknown."""
        return parameters.wish(
            default_country=self.default_country,
            services=short_names(self.database, parameters.wished_services),
        )
