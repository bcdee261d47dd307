"""How long a title runs, in minutes; of shows an episode."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.intent import Value
from api.platform.counted import counted
from api.platform.database import Database
from api.platform.wire.wrong_field import WrongField
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle
from api.recommend.constraints.parameters import FilterGroup

_TURN = 10
_SHARE = 0.15  # by which a relaxed bound moves
_NO_END = 9999

Minutes = Annotated[int, Field(ge=1, le=1000)]


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
        sentence = f"{_runs(title)}; the request asks for {self.minutes} at least{self.widened}."
        return sentence, _evidence(title) | {"needed": self.minutes}

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, LongestRuntime) and self.minutes > other.minutes

    def shown(self) -> tuple[Value, str]:
        return [self.minutes, 0], f"At least {counted(self.minutes, 'minute')}"


@dataclass(frozen=True, slots=True)
class LongestRuntime(Constraint):
    """At most this long."""

    code = "too_long"
    intent_field = "runtime"
    relaxed_as = "runtime"
    turns = (_TURN,)

    minutes: int
    episode: int | None = None  # the same of a show's, where it is less

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["LongestRuntime"]:
        if asked.intent.runtime_max is not None:
            yield cls("words", asked.intent.runtime_max, episode=asked.intent.episode_max)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        runtime = facts.runtime[rows]
        broken = (runtime > self.minutes) | (runtime == 0)
        if self.episode is not None:
            broken |= facts.is_show[rows] & (runtime > self.episode)
        return np.asarray(broken)

    def looser(self, turn: int) -> "LongestRuntime":
        if turn != _TURN:
            return self
        return replace(
            self,
            minutes=int(self.minutes * (1 + _SHARE)),
            episode=None if self.episode is None else int(self.episode * (1 + _SHARE)),
            is_relaxed=True,
        )

    def explain(self, title: PreviewedTitle) -> Explained:
        is_show = bool(title.facts.is_show[title.row])
        allowed = self.episode if is_show and self.episode is not None else self.minutes
        sentence = f"{_runs(title)}; the request allows {allowed}{self.widened}."
        return sentence, _evidence(title) | {"allowed": allowed}

    def contradicts(self, other: Constraint) -> bool:
        return isinstance(other, ShortestRuntime) and self.minutes < other.minutes

    def shown(self) -> tuple[Value, str]:
        return [0, self.minutes], f"At most {counted(self.minutes, 'minute')}"


class RuntimeParameters(FilterGroup):
    """The shortest and the longest runtime."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (ShortestRuntime, LongestRuntime)

    runtime_min: Minutes | None = Field(
        default=None, description="Minutes, of shows an episode's; a title without is left out."
    )
    runtime_max: Minutes | None = Field(default=None, description="The same at most.")

    @model_validator(mode="after")
    def _runtimes_are_in_order(self) -> Self:
        if (self.runtime_min or 0) > (self.runtime_max or _NO_END):
            raise WrongField(f"must not be above runtime_max, {self.runtime_max}", "runtime_min")
        return self

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if self.runtime_min is not None:
            written = f"runtime_min={self.runtime_min}"
            yield ShortestRuntime("parameter", self.runtime_min, written=written)
        if self.runtime_max is not None:
            written = f"runtime_max={self.runtime_max}"
            yield LongestRuntime("parameter", self.runtime_max, written=written)


def _runs(title: PreviewedTitle) -> str:
    minutes = int(title.facts.runtime[title.row])
    return f"Runs {counted(minutes, 'minute')}" if minutes else "Its runtime is not known"


def _evidence(title: PreviewedTitle) -> dict[str, Any]:
    return {"minutes": int(title.facts.runtime[title.row]) or None}
