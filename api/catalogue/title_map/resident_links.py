"""Which titles are linked with which, as the job `map` stored it, kept in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from scipy import sparse

from api.domain.arrays import Floats, Ints
from api.platform import literals
from api.platform.database import Database

_NEWEST = "SELECT max(id) FROM title_maps"
# By the primary key.
_LINKS = """
SELECT item_id, array_send(linked_ids), array_send(strengths) FROM map_titles
WHERE map_id = %(map_id)s ORDER BY item_id
"""

_HUBS = 0.01  # of all titles


@dataclass(frozen=True, slots=True, eq=False)
class TitleLinks:
    """n titles, all reached from each other when they were linked.

    30,000 of them with 300,000 links take 4 MB.
    """

    map_id: int
    ids: Ints  # (n) ascending
    strengths: sparse.csr_array  # (n, n) symmetrical, in (0, 1]

    def hubness(self, item_ids: Ints) -> Floats:
        """In [0, 1]: 1 for the hundredth of all with the most links, 0 for what is not linked."""
        found = np.zeros(len(item_ids), dtype=np.float32)
        if len(self.ids) == 0:
            return found
        links = np.diff(self.strengths.indptr)
        many = max(float(np.quantile(links, 1 - _HUBS)), 1)
        places = np.searchsorted(self.ids, item_ids).clip(0, len(self.ids) - 1)
        here = self.ids[places] == item_ids
        found[here] = (links[places[here]] / many).clip(0, 1)
        return found


def read_links(database: Database, map_id: int) -> TitleLinks:
    """The links of this map; those with titles that are gone are left out."""
    with database.autocommit() as cursor:
        rows = cursor.execute(_LINKS, {"map_id": map_id}).fetchall()
    ids = np.array([row[0] for row in rows], dtype=np.int32)
    linked, lengths = literals.read_arrays([row[1] for row in rows], ">i4")
    values, _ = literals.read_arrays([row[2] for row in rows], ">f4")
    places = np.searchsorted(ids, linked).clip(0, max(len(ids) - 1, 0))
    there = ids[places] == linked if len(ids) else np.empty(0, dtype=np.bool_)
    own = np.repeat(np.arange(len(ids)), lengths)
    strengths = sparse.csr_array(
        (values[there].astype(np.float32), (own[there], places[there])), shape=(len(ids),) * 2
    )
    return TitleLinks(map_id, ids, strengths)


class ResidentLinks:
    """The links of the newest map, read when they are first asked for. Thread-safe."""

    def __init__(self, database: Database, read: Callable[[int], TitleLinks]) -> None:
        self._database = database
        self._read = read
        self._lock = Lock()
        self._links: TitleLinks | None = None

    def current(self) -> TitleLinks | None:
        """None where no map was ever made. Reading 30,000 titles takes a fifth of a second."""
        with self._database.autocommit() as cursor:
            row = cursor.execute(_NEWEST).fetchone()
        map_id = None if row is None else row[0]
        if map_id is None:
            return None
        with self._lock:
            if self._links is None or self._links.map_id != map_id:
                self._links = self._read(map_id)
            return self._links
