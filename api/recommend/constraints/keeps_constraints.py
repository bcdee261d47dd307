"""Re-checks every candidate, with code that the sources' SQL does not share."""

from api.domain.arrays import Mask
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class KeepsConstraints(Filter):
    """Rejects what breaks a constraint, by reason."""

    name = "constraints"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        return query.constraints.violations(query.facts, pool.rows, query.lookups)
