"""Signals of what a viewer says and of what their history leans to; 0.5 says nothing either way."""

from collections.abc import Mapping

import numpy as np

from api.catalogue.facts.catalogue_facts import decades_of
from api.domain.arrays import Floats, Ints
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.viewers.preferences.preference import balance

_NEUTRAL = np.float32(0.5)


class PreferenceSignal(Scorer):
    """What the viewer prefers and avoids: .88 for one thing preferred, .12 for one to be avoided.

    Things add up, each for less than the one before: (1 + tanh(balance)) / 2.
    """

    name = "preference"

    def score(self, query: Query, pool: Pool) -> Floats:
        stated = balance(query.viewer.preferences, query.facts, pool.rows)
        return ((1 + np.tanh(stated)) / 2).astype(np.float32)


class LanguageAffinitySignal(Scorer):
    """How much more the viewer likes the title's language than it is common."""

    name = "language_affinity"

    def score(self, query: Query, pool: Pool) -> Floats:
        languages = query.facts.language[pool.rows].astype(np.int32)
        return _looked_up(query.viewer.taste.languages, languages)


class DecadeAffinitySignal(Scorer):
    """The same of the title's decade."""

    name = "decade_affinity"

    def score(self, query: Query, pool: Pool) -> Floats:
        decades = decades_of(query.facts.year[pool.rows]).astype(np.int32)
        return _looked_up(query.viewer.taste.decades, decades)


def _looked_up(affinities: Mapping[int, float], groups: Ints) -> Floats:
    signal = np.full(len(groups), _NEUTRAL, dtype=np.float32)
    for group, leaning in affinities.items():
        signal[groups == group] = leaning
    return signal
