"""A title that the catalogue has twice stands in a list once."""

from dataclasses import dataclass, field, replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.constraints import Constraints


@dataclass(frozen=True, slots=True)
class OneOfEach(Constraint):
    """No entry behind another one of the same IMDb id that may stand in the list."""

    code = "same_title"

    lesser: Ints = field(compare=False)  # ids, ascending

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return facts.are_among(rows, self.lesser)

    def explain(self, title: PreviewedTitle) -> Explained:
        own = np.array([title.facts.ids[title.row]], dtype=np.int32)
        others = np.setdiff1d(title.facts.with_same_titles(own), own).tolist()
        return "Another entry of the same title stands for it.", {"items": others}


def one_of_each(
    constraints: Constraints, facts: CatalogueFacts, allowed: Mask
) -> tuple[Constraints, Mask]:
    """Both without the entries that others of the same title stand for."""
    lesser = facts.lesser_of_same(allowed)
    if len(lesser) == 0:
        return constraints, allowed
    left = allowed.copy()
    left[lesser] = False
    behind = OneOfEach("catalogue", facts.ids[lesser])
    return replace(constraints, each=(*constraints.each, behind)), left
