"""What tells kinds of titles apart, by field: genres, language, country of shows, age, years.

Of each field the logarithm of how much more often a title's value occurs among the viewer's own
than among what most people like (naive Bayes). Each is held against a title for itself: that a film
is Danish is no amends for its being no crime story, and a whodunit of 1946 is not of the 1970s for
being all the more of a whodunit.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints
from api.domain.countries import country_flags
from api.domain.genres import genre_flags
from api.recommend.evidence.kept_by_state import KeptByState
from api.recommend.evidence.own_titles import OwnTitles
from config.ranking import Leaning, OfItsKind

_FIRST_YEAR, _YEARS = 1880, 180
_AGES = (0, 8, 13, 16)  # each begins another group of certificates; below 0 there is none
_RARE = 0.005  # what fewer have counts as if so many had it
_USUAL = 3000  # of the titles that most people like: what is usual
_PRIOR = 2.0  # titles as usual ones are, which every viewer is taken to have beside their own
# A year speaks for those around it: half as much for one six years apart.
_AROUND = np.exp(-((np.arange(-45, 46) / 5.0) ** 2) / 2)
_AROUND /= _AROUND.sum()
_MOST = 0.75  # of the viewer's own

Logs = NDArray[np.float64]
Groups = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """How often each value occurs among what most people like; beside shows, among shows."""

    genres: Logs  # (32), of titles that have each
    languages: Logs  # by code
    ages: Logs  # by group
    years: Logs  # from `_FIRST_YEAR`
    countries: Logs  # (32), of titles that are of each

    @classmethod
    def of(cls, facts: CatalogueFacts, *, shows: bool) -> "Usual":
        rows = facts.by_audience
        rows = (rows[facts.is_show[rows]] if shows else rows)[:_USUAL]
        languages = int(facts.likely_language.max(initial=0)) + 1
        of_years = np.bincount(_years_of(facts, rows), minlength=_YEARS) / max(len(rows), 1)
        return cls(
            bits_of(facts, rows).mean(axis=0, dtype=np.float64).clip(_RARE, 1 - _RARE),
            _shares(facts.likely_language[rows], languages),
            _shares(_ages_of(facts, rows), len(_AGES) + 1),
            np.convolve(of_years, _AROUND, "same") + 1e-4,
            countries_of(facts, rows).mean(axis=0, dtype=np.float64).clip(_RARE, 1 - _RARE),
        )


class KeptUsual:
    """What is usual, worked out once for each state of the catalogue."""

    def __init__(self) -> None:
        self._kept = KeptByState[Usual]()

    def of(self, facts: CatalogueFacts, *, shows: bool) -> Usual:
        state = facts.version, facts.read_at
        return self._kept.of(
            shows=shows, state=state, work_out=lambda: Usual.of(facts, shows=shows)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The logs of one field."""

    leaning: Leaning
    of_titles: Logs
    of_own: Logs
    narrowness: float  # how much more often their values occur among them than is usual, a log
    apart: float  # standard deviations of the viewer's own that a title may be below their mean
    of_most: float = math.inf  # what most of the viewer's own have, where that is enough

    @property
    def share(self) -> float:
        """How much of its power the field has, in [0, 1]."""
        return self.leaning.share_at(self.narrowness)

    def behind(self) -> Logs:
        """From 0: how much less each title is of the kind, by the power of the field."""
        power = self.leaning.power_at(self.narrowness)
        if power == 0:  # as most fields of most tastes
            return np.zeros(len(self.of_titles))
        least = min(self.narrowness - self.apart * float(self.of_own.std()), self.of_most)
        return np.asarray(power * np.maximum(least - self.of_titles, 0))


def fields_of(
    facts: CatalogueFacts, rows: Ints, own: OwnTitles, usual: Usual, numbers: OfItsKind
) -> tuple[Field, ...]:
    """Of these rows beside the viewer's own, which are one at least; genres come first."""
    titles, shows = len(own.liked), own.shows_alone
    rows = np.concatenate([rows, own.liked])
    # What differs as much as some of the viewer's own films is of their kind. Shows have too few
    # genres for that: an odd one would let in whatever is a drama.
    apart = 0.0 if shows else numbers.apart

    def field(logs: Logs, leaning: Leaning) -> Field:
        of_own = logs[-titles:]
        return Field(leaning, logs[:-titles], of_own, float(of_own.mean()), apart)

    found = [
        field(
            _by_genres(bits_of(facts, rows), titles, usual.genres),
            numbers.genres_of_shows if shows else numbers.genres,
        ),
        _with_common(field(_by_languages(facts, rows, titles, usual), numbers.language)),
        field(
            _by_ages(_ages_of(facts, rows), titles, usual.ages),
            numbers.age_of_shows if shows else numbers.age,
        ),
        field(
            _by_years(_years_of(facts, rows), titles, usual.years),
            numbers.years_of_shows if shows else numbers.years,
        ),
    ]
    # Films are made by several countries together; what made a show tells its sort.
    if shows:
        bits = countries_of(facts, rows)
        found.append(field(_by_countries(bits, titles, usual.countries), numbers.countries))
    return tuple(found)


def language_of(facts: CatalogueFacts, own: OwnTitles, usual: Usual) -> Logs:
    """The log of the language of each of the viewer's own."""
    return by_group(facts.likely_language[own.liked], len(own.liked), usual.languages)


def of_dislikes(facts: CatalogueFacts, own: OwnTitles, usual: Usual, leaning: Leaning) -> Logs:
    """(32): how much more of each genre was turned down than liked, where those are narrow."""
    liked, _ = _of_genres(bits_of(facts, own.liked), usual.genres)
    bits = bits_of(facts, own.disliked)
    has, lacks = _of_genres(bits, usual.genres)
    narrowness = float((bits @ (has - lacks) + lacks.sum()).mean())
    return leaning.power_at(narrowness) * (has - liked).clip(0)


def likelier(counts: Logs | NDArray[np.intp], titles: int, usual: Logs) -> Logs:
    """How much more often a value occurs among so many titles than is usual."""
    return np.asarray(np.log((counts + _PRIOR * usual) / (titles + _PRIOR) / usual))


def by_group(groups: Groups, titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own; group 0 is unknown, and never more than usual."""
    logs = likelier(np.bincount(groups[-titles:], minlength=len(usual)), titles, usual)
    logs[0] = min(logs[0], 0)
    return np.asarray(logs[groups])


def bits_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """(rows, 32): 1 for each genre that a row has."""
    return genre_flags(facts.genres[rows]).astype(np.float32)


def countries_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """(rows, 32): 1 for each country of those that share their language that a row is of."""
    return country_flags(facts.countries[rows]).astype(np.float32)


def _with_common(languages: Field) -> Field:
    """Of seven films three may be French, one Norwegian and one Polish: those are rarer elsewhere,
    and French is theirs all the same.
    """
    of_own = sorted(languages.of_own.tolist())
    return replace(languages, of_most=of_own[int((1 - _MOST) * (len(of_own) - 1))])


def _of_none(titles: int) -> float:
    """The log of a value that none of so many titles has."""
    return math.log(_PRIOR / (titles + _PRIOR))


def _of_genres(bits: Floats, usual: Logs) -> tuple[Logs, Logs]:
    """(32), (32): the logs for having a genre, and for lacking it."""
    counts, titles = bits.sum(axis=0, dtype=np.float64), len(bits)
    return likelier(counts, titles, usual), likelier(titles - counts, titles, 1 - usual)


def _by_genres(bits: Floats, titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own; of no genre that is known, as usual."""
    has, lacks = _of_genres(bits[-titles:], usual)
    return np.asarray(np.where(bits.any(axis=1), bits @ (has - lacks) + lacks.sum(), 0))


def _by_languages(facts: CatalogueFacts, rows: Ints, titles: int, usual: Usual) -> Logs:
    logs = by_group(facts.likely_language[rows], titles, usual.languages)
    shows = facts.is_show[rows]
    if (shows[-titles:] == shows[-1]).all():
        # Who names a German series means series; Metropolis is as far from it as from others.
        logs[shows != shows[-1]] = _of_none(titles)
    return logs


def _by_ages(groups: Groups, titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own; that no age is known says nothing."""
    logs = likelier(np.bincount(groups[-titles:], minlength=len(usual)), titles, usual)
    logs[0] = 0
    return np.asarray(logs[groups])


def _by_countries(bits: Floats, titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own, by the country of each that speaks most for it; of
    none that is known, as of one that the viewer has nothing of.
    """
    logs = likelier(bits[-titles:].sum(axis=0, dtype=np.float64), titles, usual)
    return np.asarray(np.where(bits > 0, logs, _of_none(titles)).max(axis=1), dtype=np.float64)


def _by_years(years: Groups, titles: int, usual: Logs) -> Logs:
    """The same of years, which count for those around them, too."""
    found = np.convolve(np.bincount(years[-titles:], minlength=_YEARS), _AROUND, "same")
    return np.asarray(likelier(found, titles, usual)[years])


def _shares(groups: Groups, count: int) -> Logs:
    return (np.bincount(groups, minlength=count) / max(len(groups), 1)).clip(_RARE)


def _ages_of(facts: CatalogueFacts, rows: Ints) -> Groups:
    return np.digitize(facts.likely_age[rows], _AGES)


def _years_of(facts: CatalogueFacts, rows: Ints) -> NDArray[np.intp]:
    return (facts.year[rows].astype(np.intp) - _FIRST_YEAR).clip(0, _YEARS - 1)
