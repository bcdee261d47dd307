"""What an operator's rules make of single titles."""

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from config.business_rules import Boosts


def boost_factors(boosts: Boosts, facts: CatalogueFacts, rows: Ints) -> Floats:
    """The factor of each row that the rules name by its id, ours or TMDB's; 1 for all others."""
    factors = np.ones(len(rows), dtype=np.float32)
    for item_id, factor in boosts.id_multipliers.items():
        factors[facts.is_item(rows, item_id)] *= factor
    for reference, factor in boosts.tmdb_id_multipliers.items():
        factors[facts.is_at_tmdb(rows, reference)] *= factor
    return factors
