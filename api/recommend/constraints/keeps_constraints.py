"""Drops what a source proposed against the constraints, and names the reasons to a preview."""

from api.domain.arrays import Mask
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class KeepsConstraints(Filter):
    """Rejects what breaks a constraint, by its code."""

    name = "constraints"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        return query.constraints.violations(query.facts, pool.rows)
