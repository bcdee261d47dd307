"""An age that a request names is a limit: a title may be shown with a milder certificate than
another board's."""

from dataclasses import replace

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import Limits
from api.recommend.constraints.age import OldestAge
from api.recommend.constraints.hydrator import asked_of
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query


class ShownToAge(QueryHydrator):
    """Sets `shown_to_age`."""

    name = "shown_to_age"

    def __init__(self, shown: ShownTitles) -> None:
        self._shown = shown

    def hydrate(self, query: Query) -> Query:
        return replace(query, shown_to_age=self._shown.mask(query.facts, _limits_asked_for(query)))


def _limits_asked_for(query: Query) -> Limits:
    """The youngest age that the request or the viewer's preferences name for sure.

    Words about adults ("nothing rated R") mean the certificate that is shown.
    """
    unsure = query.intent.preferred if query.intent is not None else frozenset()
    ages = [
        one.age
        for one in (*query.request.filters, *OldestAge.made_from(asked_of(query)))
        if isinstance(one, OldestAge)
        and one.hides_unrated
        and not (one.asked_by == "words" and one.intent_field in unsure)
    ]
    if not ages:
        return Limits()
    country = query.versions.limits.country or query.request.country or None
    return Limits(max_age=min(ages), hides_unrated=True, country=country)
