"""Vectors of titles that were read of late: heads of lists and tastes ask for the same again."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from api.catalogue.embeddings.read_embeddings import ReadEmbeddings, read_embeddings
from api.catalogue.items.changed_titles import changed_titles
from api.catalogue.items.kept_by_title import ChangedBetween, KeptByTitle
from api.domain.arrays import Floats, Ints
from api.platform.cache_counts import CacheFigures
from api.platform.database import Database

_MOST = 8192  # as float16: 6 MB


class KeptEmbeddings:
    """Asks for those that are not kept, in one statement, and for none where all are.

    Thread-safe.
    """

    def __init__(self, read: ReadEmbeddings, changed: ChangedBetween) -> None:
        self._read = read
        self._kept: KeptByTitle[NDArray[np.float16]] = KeptByTitle(_MOST, changed)

    def of(self, ids: Ints, *, space_id: int, facts_version: int) -> tuple[Ints, Floats]:
        """(places, unit vectors float32 (m, d)) of those ids that the space holds, in their order.

        `places` are the ones of `ids`, which are distinct; `facts_version` is of the facts that
        the ids come from.
        """
        asked = ids.tolist()
        known, found_at = self._kept.find(asked, of=space_id, version=facts_version)
        missing = [item_id for item_id in asked if item_id not in known]
        if missing:
            read_ids, rows = self._read(space_id, np.array(missing, dtype=np.int32))
            read = dict(zip(read_ids.tolist(), rows.astype(np.float16), strict=True))
            known |= read
            self._kept.keep(read, of=space_id, found_at=found_at)
        if not known:
            return np.empty(0, dtype=np.intp), np.empty((0, 0), dtype=np.float32)
        places = [place for place, item_id in enumerate(asked) if item_id in known]
        # The vectors are stored as float16, so nothing is lost.
        vectors = np.stack([known[asked[place]] for place in places])
        return np.array(places), vectors.astype(np.float32)

    def cache_figures(self) -> CacheFigures:
        """How often a vector was at hand."""
        return self._kept.cache_figures()


def kept_embeddings(database: Database) -> KeptEmbeddings:
    """What is kept of the vectors in this database."""
    return KeptEmbeddings(partial(read_embeddings, database), partial(changed_titles, database))
