"""Re-checks every candidate, with code that the sources' SQL does not share."""

from api.domain.catalogue import Mask
from api.domain.recommendation import Pool, Query
from api.pipeline.protocols import Filter


class KeepsConstraints(Filter):
    """Rejects what breaks a constraint, by reason."""

    name = "constraints"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        return query.constraints.violations(query.facts, pool.rows, query.lookups)
