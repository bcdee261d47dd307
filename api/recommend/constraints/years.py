"""The year of a title: spans that are asked for or refused, and a first and a last one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.domain.years import YearRange
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import (
    Constraint,
    Explained,
    PreviewedTitle,
    excluded_by_rules,
    listed,
)
from api.viewers.preferences.preference import years_of

_TURN = 20
_WIDER_BY = 5


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

    def explain(self, title: PreviewedTitle) -> Explained:
        told = f"{_of(title)}; {self.asker} asks for {_told(self.spans)}{self.widened}."
        return told, _evidence(title) | {"years": [list(span) for span in self.spans]}


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

    def explain(self, title: PreviewedTitle) -> Explained:
        told = f"{_of(title)}; {self.asker} {self.verb('exclude')} {_told(self.spans)}."
        return told, _evidence(title) | {"years": [list(span) for span in self.spans]}


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
        told = excluded_by_rules(f"no title before {self.year} ({_of(title).lower()})")
        return told, _evidence(title) | {"first": self.year}


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
        told = excluded_by_rules(f"no title after {self.year} ({_of(title).lower()})")
        return told, _evidence(title) | {"last": self.year}


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


def _told(spans: tuple[YearRange, ...]) -> str:
    return listed(
        [str(first) if first == last else f"{first} to {last}" for first, last in spans], "or"
    )
