"""How long a title runs, in minutes; of shows an episode."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle

_TURN = 10
_SHARE = 0.15  # by which a relaxed bound moves


@dataclass(frozen=True, slots=True)
class ShortestRuntime(Constraint):
    """At least this long."""

    code = "too_short"
    intent_field = "runtime"
    relaxed_as = "runtime"
    turns = (_TURN,)

    minutes: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ShortestRuntime"]:
        if asked.intent.runtime_min is not None:
            yield cls("words", asked.intent.runtime_min)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.runtime[rows] < self.minutes)

    def looser(self, turn: int) -> "ShortestRuntime":
        if turn != _TURN:
            return self
        return replace(self, minutes=int(self.minutes * (1 - _SHARE)), is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        told = f"{_runs(title)}; the request asks for {self.minutes} at least{self.widened}."
        return told, _evidence(title) | {"needed": self.minutes}


@dataclass(frozen=True, slots=True)
class LongestRuntime(Constraint):
    """At most this long."""

    code = "too_long"
    intent_field = "runtime"
    relaxed_as = "runtime"
    turns = (_TURN,)

    minutes: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["LongestRuntime"]:
        if asked.intent.runtime_max is not None:
            yield cls("words", asked.intent.runtime_max)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        runtime = facts.runtime[rows]
        return np.asarray((runtime > self.minutes) | (runtime == 0))

    def looser(self, turn: int) -> "LongestRuntime":
        if turn != _TURN:
            return self
        return replace(self, minutes=int(self.minutes * (1 + _SHARE)), is_relaxed=True)

    def explain(self, title: PreviewedTitle) -> Explained:
        told = f"{_runs(title)}; the request allows {self.minutes}{self.widened}."
        return told, _evidence(title) | {"allowed": self.minutes}


def _runs(title: PreviewedTitle) -> str:
    minutes = int(title.facts.runtime[title.row])
    return f"Runs {minutes} minutes" if minutes else "Its runtime is not known"


def _evidence(title: PreviewedTitle) -> dict[str, Any]:
    return {"minutes": int(title.facts.runtime[title.row]) or None}
