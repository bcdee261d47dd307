"""From parameters of the wire to the request that the pipeline takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from api.catalogue.offers.provider_names import short_names
from api.catalogue.search.nearly_called import NearlyCalled
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import UnknownNames
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.kinds import FilterParameters
from api.recommend.constraints.parameters import filters_of
from api.recommend.request import RecommendRequest
from api.recommend.schemas import Known, ListParameters, ListShape
from api.viewers.events import ProfileKey

# Filters may name what only the catalogue knows, or be of what viewers have, and services have
# several names.
_ASKED_FOR = {"services", *FilterParameters.model_fields}


@dataclass(frozen=True, slots=True)
class RequestReader:
    """Fills in what a client leaves to the service, and what only the catalogue can tell."""

    database: Database
    default_country: str
    nearly_called: NearlyCalled

    def read(
        self, parameters: ListParameters, *, names_within: Limits, country: str | None = None
    ) -> RecommendRequest:
        """The request; `country` is the profile's own. Raises as `known` does."""
        viewer = ProfileKey(parameters.user_id, parameters.profile)
        return parameters.request(
            self.known(parameters, [viewer], names_within=names_within, country=country)
        )

    @staticmethod
    def asks_nothing(parameters: ListParameters) -> bool:
        """Whether they become a request by themselves and the viewer's country alone."""
        return parameters.model_fields_set.isdisjoint(_ASKED_FOR)

    def known(
        self,
        parameters: ListShape,
        viewers: Sequence[ProfileKey],
        *,
        names_within: Limits,
        country: str | None = None,
    ) -> Known:
        """What the parameters of any list need to become a request.

        `viewers` are those whom it is for; nobody has no name. `names_within` are the limits within
        which whoever asks may name titles: what is above them is unknown.

        Raises InvalidInput or UnknownItems for names that are unknown, and InvalidInput for what
        only somebody has.
        """
        return Known(
            country=country or self.default_country,
            services=short_names(self.database, parameters.service_names),
            filters=self._filters(parameters, viewers, names_within),
        )

    def _filters(
        self, parameters: ListShape, viewers: Sequence[ProfileKey], names_within: Limits
    ) -> tuple[Constraint, ...]:
        named = [one for one in viewers if one.user_id]
        try:
            return filters_of(parameters, self.database, named, names_within=names_within)
        except UnknownNames as error:
            raise error.meaning(self._meant(error)) from error

    def _meant(self, error: UnknownNames) -> list[str]:
        """What the unknown names may have been but for a slip."""
        match error.field:
            case "people":
                look = self.nearly_called.people
            case "networks":
                look = partial(self.nearly_called.companies, kind="network")
            case _:
                look = partial(self.nearly_called.companies, kind="production")
        return [meant for name in error.names for meant in look(name)]
