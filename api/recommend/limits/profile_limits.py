"""What the profile may be shown, and what is made for children where a list is for them."""

from dataclasses import replace

from api.catalogue.limits.made_for_children import MadeForChildren
from api.catalogue.limits.shown_titles import ShownTitles
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query


class ProfileLimits(QueryHydrator):
    """Sets `shown`, `made_for_children` and `children_first`."""

    name = "limits"

    def __init__(self, shown: ShownTitles, children: MadeForChildren) -> None:
        self._shown = shown
        self._children = children

    def hydrate(self, query: Query) -> Query:
        limits = query.versions.limits
        is_for_children = query.intent is not None and query.intent.is_for_small_children
        leads = limits.is_child or is_for_children
        grades = self._children.grades(query.facts) if leads else None
        return replace(
            query,
            shown=self._shown.mask(query.facts, limits),
            made_for_children=grades if limits.is_child else None,
            children_first=grades,
        )
