"""Of which titles the catalogue tells anything at all of one sort.

Who is refused is not in a title that has a cast without them; of one without any cast nobody knows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from psycopg import Cursor

from api.domain.arrays import Ints, Mask, is_among

# Index-only scans of the primary keys, which begin with the title: 40 ms for 30,000 titles.
_KEYWORDS = "SELECT DISTINCT item_id FROM item_keywords ORDER BY item_id"
_CREDITS = "SELECT DISTINCT item_id FROM credits ORDER BY item_id"
_COMPANIES = "SELECT DISTINCT item_id FROM item_companies ORDER BY item_id"


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Ids of the titles with anything of a sort, ascending."""

    keywords: Ints
    credits: Ints
    companies: Ints

    def masks(self, ids: Ints) -> dict[str, Mask]:
        """Which of these titles have any, by the names of the catalogue's columns."""
        return {
            "has_keywords": is_among(ids, self.keywords),
            "has_credits": is_among(ids, self.credits),
            "has_companies": is_among(ids, self.companies),
        }


def read_told(cursor: Cursor[Any]) -> Told:
    """The titles of the whole catalogue."""

    def ids_of(statement: str) -> Ints:
        rows = cursor.execute(statement).fetchall()
        return np.fromiter((row[0] for row in rows), dtype=np.int32, count=len(rows))

    return Told(ids_of(_KEYWORDS), ids_of(_CREDITS), ids_of(_COMPANIES))
