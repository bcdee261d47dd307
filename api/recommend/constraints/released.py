"""What is not out yet cannot be watched: TMDB lists titles years ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.years import FirstYear


@dataclass(frozen=True, slots=True)
class Released(Constraint):
    """Out by this day.

    A film that its source calls announced, in the making or called off is not, whatever its day;
    nor is a title of unknown day that nobody voted for, offers or has certified.
    """

    code = "not_released"

    by: date

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Released"]:
        """Unless the request asks for years to come."""
        if asked.intent.is_to_come:
            return
        this_year = asked.today.year
        spans = asked.intent.years
        is_later = bool(spans) and all(first > this_year for first, _ in spans)
        first_years = (one.year for one in asked.request.filters if isinstance(one, FirstYear))
        if not is_later and all(year <= this_year for year in first_years):
            yield cls("calendar", asked.today)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return facts.to_come(self.by)[rows]

    def explain(self, title: PreviewedTitle) -> Explained:
        day = title.facts.released[title.row]
        status = title.record["status"]
        evidence = {"release_date": None if np.isnat(day) else str(day), "status": status}
        if day > np.datetime64(self.by):
            return f"Comes out on {day}.", evidence
        if np.isnat(day):
            return "No day is known, and nobody has voted for it, offers or certified it.", evidence
        return f"Its source calls it {status}.", evidence


@dataclass(frozen=True, slots=True)
class ToCome(Constraint):
    """Not out by this day, as the request asks."""

    code = "released"
    intent_field = "year"

    by: date

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ToCome"]:
        if asked.intent.is_to_come:
            yield cls("words", asked.today)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        is_out = facts.released[rows] <= np.datetime64(self.by)
        return np.asarray((is_out & ~facts.not_out[rows]) | np.isnat(facts.released[rows]))

    def explain(self, title: PreviewedTitle) -> Explained:
        day = title.facts.released[title.row]
        evidence = {"release_date": None if np.isnat(day) else str(day)}
        known = "No day is known" if np.isnat(day) else f"Came out on {day}"
        return f"{known}; {self.asker} asks for what is not out yet.", evidence
