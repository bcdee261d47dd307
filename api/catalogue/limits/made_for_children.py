"""How much titles are made for children, by genre, keywords and certificate together.

It orders a child's lists and admits nothing: that is for certificates alone (shown_titles.py). A
certificate says what is harmless, not what is meant for whom: In the Mood for Love is rated PG.
"""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.platform.database import Database

# Family alone says it; animation, a keyword and a certificate for the youngest do so in pairs;
# two genres that are seldom for children speak against it, and Jaws, which is rated PG, comes last.
MADE = 2
_GRADES = """
SELECT id, least(
    2 * (10751 = ANY(genre_ids))::int
    + (16 = ANY(genre_ids))::int
    + (genre_ids && ARRAY[16, 10751] AND coalesce(maturity_age <= 7, false))::int
    + EXISTS (
        SELECT FROM item_keywords JOIN keywords ON keywords.id = keyword_id
        WHERE item_id = items.id AND keywords.name = ANY(%(keywords)s)
    )::int
    - (27 = ANY(genre_ids))::int - (53 = ANY(genre_ids))::int,
    %(made)s
)
FROM items
WHERE retired_at IS NULL AND genre_ids && ARRAY[16, 10751, 27, 53]
ORDER BY id
"""
_KEYWORDS = (
    "animal protagonist",
    "anthropomorphic animal",
    "anthropomorphism",
    "based on children's book",
    "based on fairy tale",
    "based on toy",
    "cartoon",
    "cartoon cat",
    "cartoon dog",
    "cartoon mouse",
    "child hero",
    "children",
    "children's adventure",
    "fairy",
    "fairy tale",
    "family",
    "horror for children",
    "kids",
    "kids and family",
    "pixar animation",
    "preschool",
    "princess",
    "talking animal",
    "talking cat",
    "talking dog",
    "talking to animals",
    "toy comes to life",
    "toys",
)


class MadeForChildren:
    """The grades, kept for one version of the catalogue. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept: tuple[object, NDArray[np.int8]] | None = None

    def grades(self, facts: CatalogueFacts) -> NDArray[np.int8]:
        """Per row of the facts: 2 for what is made for children, down to -2 for what surely is not.

        0 is what nothing says anything of. 60 ms at 30,000 titles when read anew.
        """
        key = (facts.version, facts.read_at)
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                self._kept = key, self._read(facts)
            return self._kept[1]

    def _read(self, facts: CatalogueFacts) -> NDArray[np.int8]:
        parameters = {"keywords": list(_KEYWORDS), "made": MADE}
        with self._database.autocommit() as cursor:
            found = cursor.execute(_GRADES, parameters).fetchall()
        ids, graded = np.array(found, dtype=np.int32).reshape(-1, 2).T
        rows = facts.rows_of(ids)
        grades = np.zeros(len(facts.ids), dtype=np.int8)
        grades[rows[rows >= 0]] = graded[rows >= 0]
        return grades
