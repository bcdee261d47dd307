"""What strategies would have served in place of a list that was; they go when the list goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from api.platform.database import Database

# Only beside a list that is still there: the user may have been deleted meanwhile.
_STORE = """
    INSERT INTO shadow_lists (slate_id, strategy, item_ids, overlap_10, overlap_20,
                              rank_biased_overlap, milliseconds, error)
    SELECT id, %(strategy)s, %(item_ids)s::int[], %(overlap_10)s, %(overlap_20)s,
           %(rank_biased_overlap)s, %(milliseconds)s, %(error)s
    FROM slates WHERE id = %(slate_id)s FOR KEY SHARE
    ON CONFLICT (slate_id, strategy) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class ShadowList:
    """One run; without overlaps when it failed."""

    slate_id: UUID
    strategy: str
    milliseconds: float
    item_ids: Sequence[int] = ()  # the first places
    overlap_10: float | None = None
    overlap_20: float | None = None
    rank_biased_overlap: float | None = None
    error: str | None = None


def store_shadow_list(database: Database, run: ShadowList) -> None:
    """Writes the run, unless its list has been deleted."""
    with database.autocommit() as cursor:
        cursor.execute(
            _STORE,
            {
                "slate_id": run.slate_id,
                "strategy": run.strategy,
                "item_ids": list(run.item_ids),
                "overlap_10": run.overlap_10,
                "overlap_20": run.overlap_20,
                "rank_biased_overlap": run.rank_biased_overlap,
                "milliseconds": run.milliseconds,
                "error": run.error,
            },
        )
