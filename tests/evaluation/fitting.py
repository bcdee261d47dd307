"""Fits the mixer's weights by coordinate ascent: one weight at a time, as long as anything gains.

Few cases carry many weights, so a weight must earn its place: it changes only for a gain that is
more than noise of rounding, and goes to nought where that costs nothing.
"""

from collections.abc import Callable, Mapping

from api.recommend.evidence.registry import EVIDENCE
from config.ranking import Mixer, WeightTable

TABLES: tuple[WeightTable, ...] = ("warm", "few")
_FACTORS = (0.0, 0.5, 0.7, 1.4, 2.0)
_FIRST_STEPS = (0.01, 0.03, 0.1)  # for a weight of nought
_LEAST_GAIN = 0.002  # of the objective, relative
_SWEEPS = 4

# What stays as it is. The scale of all weights is arbitrary, and a ratings set has no words and no
# stated preferences.
_STATED = {"collab", "lexical", "story", "preference"}


def fitted(mixer: Mixer, objective: Callable[[Mixer], float]) -> Mixer:
    """Weights of few and warm with which the objective is (locally) at its best."""
    best = objective(mixer)
    for _ in range(_SWEEPS):
        before = best
        for table in TABLES:
            for name in EVIDENCE.weighed:
                if name not in _STATED:
                    mixer, best = _improved(mixer, table, name, best, objective)
        for factor in _FACTORS[1:]:
            candidate = mixer.model_copy(update={"warm_from": mixer.warm_from * factor})
            if (worth := objective(candidate)) > best * (1 + _LEAST_GAIN):
                mixer, best = candidate, worth
        if best <= before * (1 + _LEAST_GAIN):
            break
    return mixer


def changed(mixer: Mixer, table: WeightTable, weights: Mapping[str, float]) -> Mixer:
    """The mixer with these weights in one of its tables."""
    return mixer.model_copy(update={table: mixer.weights(table) | dict(weights)})


def _improved(
    mixer: Mixer, table: WeightTable, name: str, best: float, objective: Callable[[Mixer], float]
) -> tuple[Mixer, float]:
    present = mixer.weights(table)[name]
    values = [present * factor for factor in _FACTORS] if present else list(_FIRST_STEPS)
    winner = mixer
    for value in values:
        candidate = changed(mixer, table, {name: round(value, 4)})
        worth = objective(candidate)
        # Nought needs only to cost nothing; anything else has to gain.
        wanted = best * (1 - _LEAST_GAIN / 10) if value == 0.0 else best * (1 + _LEAST_GAIN)
        if worth > wanted:
            winner, best = candidate, max(worth, best) if value == 0.0 else worth
    return winner, best
