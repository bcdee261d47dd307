"""What the profile may be shown, and what is made for children where it is a child's."""

from dataclasses import replace

from api.catalogue.limits.made_for_children import MadeForChildren
from api.catalogue.limits.shown_titles import ShownTitles
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query


class ProfileLimits(QueryHydrator):
    """Sets `shown` and `made_for_children`."""

    name = "limits"

    def __init__(self, shown: ShownTitles, children: MadeForChildren) -> None:
        self._shown = shown
        self._children = children

    def hydrate(self, query: Query) -> Query:
        limits = query.versions.limits
        return replace(
            query,
            shown=self._shown.mask(query.facts, limits),
            made_for_children=self._children.grades(query.facts) if limits.is_child else None,
        )
