"""Nothing above the profile's limits is served, whichever source proposes it."""

from api.domain.arrays import Mask
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class WithinLimits(Filter):
    """Rejects what the profile may not be shown."""

    name = "limits"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        if not query.versions.limits.hide_titles:
            return {}
        if query.shown is None:
            raise RuntimeError("a viewer with limits reached the filters without them")
        return {"above_limits": ~query.shown[pool.rows]}
