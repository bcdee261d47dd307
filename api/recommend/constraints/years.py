"""The year of a title: spans that are asked for or refused, and a first and a last one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.years import YearRange
from api.language.intent import Value
from api.platform.database import Database
from api.platform.wire.wrong_field import WrongField
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
    listed,
)
from api.recommend.constraints.parameters import FilterGroup
from api.viewers.preferences.preference import years_of

_TURN = 20
_WIDER_BY = 5
_NO_END = 9999

Year = Annotated[int, Field(ge=1870, le=2200)]


@dataclass(frozen=True, slots=True)
class Years(Constraint):
    """Out in one of these spans; five years more on both sides when relaxed."""

    code = "year"
    intent_field = "year"
    relaxed_as = "year"
    turns = (_TURN,)

    spans: tuple[YearRange, ...]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["Years"]:
        if asked.intent.years:
            yield cls("words", asked.intent.years)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return ~_within(facts, rows, self.spans)

    def looser(self, turn: int) -> "Years":
        if turn != _TURN:
            return self
        spans = tuple((first - _WIDER_BY, last + _WIDER_BY) for first, last in self.spans)
        return replace(self, spans=spans, is_relaxed=True)

    def contradicts(self, other: Constraint) -> bool:
        match other:
            case FirstYear(year=year):
                return all(last < year for _, last in self.spans)
            case LastYear(year=year):
                return all(first > year for first, _ in self.spans)
        return False

    def explain(self, title: PreviewedTitle) -> Explained:
        sentence = f"{_of(title)}; {self.asker} asks for {_in_words(self.spans)}{self.widened}."
        return sentence, _evidence(title) | {"years": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class ExcludedYears(Constraint):
    """Not out in any of these spans."""

    code = "excluded_year"
    intent_field = "exclude_year"

    spans: tuple[YearRange, ...]

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["ExcludedYears"]:
        if asked.intent.excluded_years:
            yield cls("words", asked.intent.excluded_years)
        if never := asked.never("decade"):
            yield cls("preferences", tuple(map(years_of, never)))

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return _within(facts, rows, self.spans)

    def unsure(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.year[rows] == 0)

    def explain(self, title: PreviewedTitle) -> Explained:
        sentence = f"{_of(title)}; {self.asker} {self.verb('exclude')} {_in_words(self.spans)}."
        return sentence, _evidence(title) | {"years": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class FirstYear(Constraint):
    """Of this year or later."""

    code = "too_old"
    intent_field = "year"

    year: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["FirstYear"]:
        if asked.rules.min_release_year is not None:
            yield cls("rules", asked.rules.min_release_year)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        return np.asarray(facts.year[rows] < self.year)

    def explain(self, title: PreviewedTitle) -> Explained:
        evidence = _evidence(title) | {"first": self.year}
        if self.asked_by == "rules":
            sentence = f"no title before {self.year} ({_of(title).lower()})"
            return excluded_by_rules(sentence), evidence
        return f"{_of(title)}; the request asks for {self.year} or later.", evidence

    def shown(self) -> tuple[Value, str]:
        return [self.year, 0], f"{self.year} or later"


@dataclass(frozen=True, slots=True)
class LastYear(Constraint):
    """Of this year or earlier."""

    code = "too_new"
    intent_field = "year"

    year: int

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["LastYear"]:
        if asked.rules.max_release_year is not None:
            yield cls("rules", asked.rules.max_release_year)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        year = facts.year[rows]
        return np.asarray((year > self.year) | (year == 0))

    def explain(self, title: PreviewedTitle) -> Explained:
        evidence = _evidence(title) | {"last": self.year}
        if self.asked_by == "rules":
            sentence = f"no title after {self.year} ({_of(title).lower()})"
            return excluded_by_rules(sentence), evidence
        return f"{_of(title)}; the request asks for {self.year} or earlier.", evidence

    def shown(self) -> tuple[Value, str]:
        return [0, self.year], f"Until {self.year}"


class YearParameters(FilterGroup):
    """The first and the last year."""

    kinds: ClassVar[tuple[type[Constraint], ...]] = (FirstYear, LastYear)

    year_min: Year | None = Field(default=None, description="Only titles of this year or later.")
    year_max: Year | None = Field(default=None, description="Only titles of this year or earlier.")

    @model_validator(mode="after")
    def _years_are_in_order(self) -> Self:
        if (self.year_min or 0) > (self.year_max or _NO_END):
            raise WrongField(f"must not be later than year_max, {self.year_max}", "year_min")
        return self

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002
        if self.year_min is not None:
            yield FirstYear("parameter", self.year_min, written=f"year_min={self.year_min}")
        if self.year_max is not None:
            yield LastYear("parameter", self.year_max, written=f"year_max={self.year_max}")


def _within(facts: CatalogueFacts, rows: Ints | slice, spans: tuple[YearRange, ...]) -> Mask:
    year = facts.year[rows]
    within: Mask = np.zeros(len(year), dtype=np.bool_)
    for first, last in spans:
        within |= (year >= first) & (year <= last)
    within &= year != 0
    return within


def _of(title: PreviewedTitle) -> str:
    year = int(title.facts.year[title.row])
    return f"Of {year}" if year else "Of a year that is not known"


def _evidence(title: PreviewedTitle) -> dict[str, object]:
    return {"year": int(title.facts.year[title.row]) or None}


def _in_words(spans: tuple[YearRange, ...]) -> str:
    return listed(
        [str(first) if first == last else f"{first} to {last}" for first, last in spans], "or"
    )
