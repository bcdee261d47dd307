"""What only the database tells of constraints, kept while the catalogue is of one version.

Which of a million titles are about detectives takes a quarter of a second to find, and who asks for
the next page, or for the same in other words, asks it again.
"""

from collections.abc import Iterator
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from api.platform.database import Database
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints

_MOST_BYTES = 16 << 20  # of ids: four million


class KeptLookUps:
    """Thread-safe; two threads may each look up the same once.

    What viewers change, such as a watchlist, is looked up each time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._version = -1
        self._kept: LRUCache[Constraint, Constraint] = LRUCache(_MOST_BYTES, _bytes_of)

    def look_up(self, constraints: Constraints, version: int) -> Constraints:
        """The constraints with the ids of titles that no column of the facts tells.

        `version` is the catalogue's, read before; what is found may be newer.
        """
        asked = [one for one in constraints if one.is_looked_up]
        with self._lock:
            if version > self._version:
                self._kept.clear()
                self._version = version
            known = {one: self._kept[one] for one in asked if one in self._kept}
        if missing := [one for one in asked if one not in known]:
            with self._database.autocommit() as cursor:
                found = {one: one.looked_up(cursor) for one in missing}
            known |= found
            self._keep(found, version)
        return constraints.map(lambda one: known.get(one, one))

    def _keep(self, found: dict[Constraint, Constraint], version: int) -> None:
        with self._lock:
            if version != self._version:
                return
            for one, looked_up in found.items():
                if not one.follows_viewers and _bytes_of(looked_up) <= _MOST_BYTES // 4:
                    self._kept[one] = looked_up


def _bytes_of(one: Constraint) -> int:
    return sum(array.nbytes for array in _arrays(one)) + 500  # and the value itself


def _arrays(one: Constraint) -> Iterator[NDArray[np.int32]]:
    titles = getattr(one, "titles", None)
    for held in titles if isinstance(titles, tuple) else (titles,):
        if isinstance(held, np.ndarray):
            yield held
