"""Nothing above the profile's limits or the request's is served, whichever source proposes it.

Nor, to a child, what is rated mildly and surely made for others: Jaws, which is rated PG.
"""

from api.domain.arrays import Mask
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class WithinLimits(Filter):
    """Rejects what is above the profile's limits or the age asked for, or no child's to see."""

    name = "limits"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        found: dict[str, Mask] = {}
        if query.versions.limits.hide_titles:
            if query.shown is None:
                raise RuntimeError("a viewer with limits reached the filters without them")
            found["above_limits"] = ~query.shown[pool.rows]
        if query.shown_to_age is not None:
            found["for_older"] = ~query.shown_to_age[pool.rows]
        if query.made_for_children is not None:
            found["not_for_children"] = query.made_for_children[pool.rows] < 0
        return found
