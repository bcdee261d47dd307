"""B, the unit of `make bench`: the barest ANN statement that a list could be made from.

Ids from item_embeddings by the vector of a viewer's taste, without those they have seen: no join
and no other filter; binary driver, prepared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform import literals
from api.platform.database import Database
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import read_versions
from config.ranking import Retrieval

# A partial index is only used for a constant; hnsw.ef_search below k would return fewer rows.
_BAREST = (
    "SELECT item_id FROM item_embeddings "
    "WHERE space_id = {space:d} AND item_id <> ALL(%(excluded)s::int[]) "
    "ORDER BY embedding::halfvec({dimension:d}) <=> %(vector)s::halfvec({dimension:d}) LIMIT %(k)s"
)
_BREADTH = "SELECT set_config('hnsw.ef_search', %s, false)"


@dataclass(frozen=True)
class BarestAnn:
    """The statement of one viewer, ready to run."""

    statement: str
    parameters: dict[str, Any]

    def run(self, cursor: psycopg.Cursor[Any]) -> None:
        """Runs it and reads all rows."""
        cursor.execute(self.statement, self.parameters).fetchall()


def set_breadth(cursor: psycopg.Cursor[Any], numbers: Retrieval) -> None:
    """As broad a search as the service's own."""
    cursor.execute(_BREADTH, (str(max(numbers.ef_search, numbers.ann_k)),))


def barest_ann(
    database: Database,
    facts: CatalogueFacts,
    learn: Viewers,
    user_id: str,
    *,
    numbers: Retrieval,
) -> BarestAnn:
    """The statement for this viewer's taste as it is now."""
    versions = read_versions(database, user_id, None)
    viewer = learn.of(versions, facts, datetime.now(UTC))
    vector = viewer.taste.long_vec
    if vector is None or versions.space_id is None:
        raise RuntimeError("the catalogue is not embedded; run `make embed`")
    return BarestAnn(
        _BAREST.format(space=versions.space_id, dimension=len(vector)),
        {
            "excluded": literals.int_array(viewer.excluded_ids),
            "vector": literals.half_vector(vector),
            "k": numbers.ann_k,
        },
    )
