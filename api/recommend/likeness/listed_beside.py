"""What TMDB lists beside titles, as a likeness."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.viewers.taste.taste import related_scores

# (facts, ids) -> (item, title listed beside it, place from 1, whether recommended) columns.
ReadRelated = Callable[[CatalogueFacts, Ints], tuple[Ints, Ints, Ints, Mask]]


@dataclass(frozen=True, slots=True)
class ListedBeside:
    """Reads the lists of any titles; `similar_share` is that of an entry of a "similar" list beside
    a recommended one's."""

    read_related: ReadRelated
    similar_share: float

    def of(self, facts: CatalogueFacts, ids: Ints) -> Floats:
        """(ids, rows of the facts): 1 for what is recommended first, 0 for what is not listed; the
        ids ascend."""
        items, listed, places, recommended = self.read_related(facts, ids)
        own = np.ones(len(items), dtype=np.float32)
        scores = related_scores(places, recommended, own, similar_share=self.similar_share)
        return said_beside(facts, ids, items, listed, scores)


def said_beside(
    facts: CatalogueFacts, ids: Ints, items: Ints, others: Ints, weights: Floats
) -> Floats:
    """(ids, rows of the facts): what is said of each of the others beside each of the items, which
    are among the ids, ascending."""
    found = np.zeros((len(ids), len(facts)), dtype=np.float32)
    rows = facts.rows_of(others)
    here = rows >= 0
    np.maximum.at(found, (np.searchsorted(ids, items[here]), rows[here]), weights[here].clip(0))
    return found
