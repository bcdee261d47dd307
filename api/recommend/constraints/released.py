"""What is not out yet cannot be watched: TMDB lists titles years ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle


@dataclass(frozen=True, slots=True)
class Released(Constraint):
    """Out by this day. A title whose day is not known is taken to be out."""

    code = "not_released"

    by: date

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Released"]:
        """Unless the words ask for years to come."""
        years = asked.intent.years
        if not years or any(first <= asked.today.year for first, _ in years):
            yield cls("calendar", asked.today)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        # No comparison with an unknown day holds.
        return np.asarray(facts.released[rows] > np.datetime64(self.by))

    def explain(self, title: PreviewedTitle) -> Explained:
        day = str(title.facts.released[title.row])
        return f"Comes out on {day}.", {"release_date": day}
