"""Seen, disliked and snoozed titles never come back, whichever source proposes them."""

from api.domain.arrays import Mask, is_among
from api.recommend.pipeline.protocols import Filter
from api.recommend.pool import Pool
from api.recommend.query import Query


class Unseen(Filter):
    """Rejects what the viewer has an event with."""

    name = "unseen"

    def rejections(self, query: Query, pool: Pool) -> dict[str, Mask]:
        return {"seen": is_among(pool.ids, query.viewer.excluded_ids)}
