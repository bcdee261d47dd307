"""Titles that are joined by fame alone, to tell what titles have in common by chance."""

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints

_USUAL, _DRAWN = 3000, 300  # of what most people like


def usual_titles(facts: CatalogueFacts, *, shows: bool) -> Ints:
    """The ids of every tenth of what most people like, of shows alone for a taste of those."""
    rows = facts.by_audience
    rows = (rows[facts.is_show[rows]] if shows else rows)[:_USUAL]
    return facts.ids[rows[:: max(len(rows) // _DRAWN, 1)]]
