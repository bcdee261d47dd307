"""Whether a title is of the kind that the viewer's own are: film or show, genres, language, years.

Who has named shows alone means shows, in their language and of their country; who has named
documentaries alone means those, who has named five films of the 1940s means such films, and a
family whose titles are all for children does not mean what is from 18. A famous title that viewers
of everything like beside all others is held back by it, where sums of signals let it in.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.domain.genres import genre_bits, genre_flags
from api.recommend.evidence.kept_by_state import KeptByState
from api.recommend.evidence.kind import FindsTitles, Kind, Needs, ScoresTitles
from api.recommend.evidence.one_story import OneStory, one_story
from api.recommend.evidence.own_titles import OwnTitles
from api.recommend.evidence.shared_story import SharedStory
from api.recommend.evidence.votes import vote
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool, Retrieved
from api.recommend.query import Query
from config.ranking import Leaning, OfItsKind

_FIRST_YEAR, _YEARS = 1880, 180
_AGES = (0, 8, 13, 16)  # each begins another group of certificates; below 0 there is none
_RARE = 0.005  # what fewer have counts as if so many had it
_USUAL = 3000  # of the titles that most people like: what is usual
_PRIOR = 2.0  # titles as usual ones are, which every viewer is taken to have beside their own
# A year speaks for those around it: half as much for one six years apart.
_AROUND = np.exp(-((np.arange(-45, 46) / 5.0) ** 2) / 2)
_AROUND /= _AROUND.sum()
_DOCUMENTARY = np.uint32(genre_bits([99]))
_LEAST_OF_MEDIUM = 0.01  # what is left of a film where all are shows, however many
# A narrow sort has few titles, and bad ones come up: what voters like less than the viewer's own
# by more than the first (of 1, which is 4 of 10) loses as much as the second for each further 1.
_NO_WORSE, _WORSE = 0.15, 3.5

Logs = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Usual:
    """How often each value occurs among what most people like; beside shows, among shows."""

    genres: Logs  # (32), of titles that have each
    languages: Logs  # by code
    ages: Logs  # by group
    years: Logs  # from `_FIRST_YEAR`
    countries: Logs  # (32), of titles that are of each

    @classmethod
    def of(cls, facts: CatalogueFacts, *, shows: bool) -> "_Usual":
        rows = facts.by_audience
        rows = (rows[facts.is_show[rows]] if shows else rows)[:_USUAL]
        languages = int(facts.likely_language.max(initial=0)) + 1
        of_years = np.bincount(_years_of(facts, rows), minlength=_YEARS) / max(len(rows), 1)
        return cls(
            _bits_of(facts, rows).mean(axis=0, dtype=np.float64).clip(_RARE, 1 - _RARE),
            _shares(facts.likely_language[rows], languages),
            _shares(_ages_of(facts, rows), len(_AGES) + 1),
            np.convolve(of_years, _AROUND, "same") + 1e-4,
            _countries_of(facts, rows).mean(axis=0, dtype=np.float64).clip(_RARE, 1 - _RARE),
        )


class _KeptUsual:
    """What is usual, worked out once for each state of the catalogue."""

    def __init__(self) -> None:
        self._kept = KeptByState[_Usual]()

    def of(self, facts: CatalogueFacts, *, shows: bool) -> _Usual:
        state = facts.version, facts.read_at
        return self._kept.of(
            shows=shows, state=state, work_out=lambda: _Usual.of(facts, shows=shows)
        )


class OfItsKindSignal(Scorer):
    """What is left of each score, in (0, 1]: 1 for what is as much of its kind as the viewer's own.

    By genres, language, age and years, each for itself: the logarithm of how much more often the
    title's value occurs among the viewer's own than among what most people like (naive Bayes), less
    what it is for the odder ones of those. A taste that is as wide as others' says nothing by
    this, and is spared it: see `Leaning`. 0.3 ms for 1,300 candidates, and 3 more for a taste whose
    stories lie together, for which their vectors are compared.
    """

    name = "of_its_kind"

    def __init__(self, numbers: OfItsKind, one_story: OneStory | None = None) -> None:
        """Without `one_story` no vectors are looked at."""
        self._numbers = numbers
        self._one_story = one_story
        self._usual = _KeptUsual()
        self._shared_story = SharedStory()

    def applies_to(self, query: Query) -> bool:
        return not (query.request.text or query.request.names_titles)

    def score(self, query: Query, pool: Pool) -> Floats:
        return self.left_of(query, pool.rows, by_vectors=True)

    def is_narrow(self, query: Query) -> bool:
        """Whether the viewer's own are of one story, or of a language that few are in."""
        own = OwnTitles.of(query)
        if len(own.liked) == 0:
            return False
        usual = self._usual.of(query.facts, shows=own.shows_alone)
        if _are_documentaries(query.facts, own.liked).all() or self._power_of_vectors(query) > 0:
            return True
        by_language = self._power_of_language(query.facts, own, usual)
        return by_language > 0 or self._power_of_story(query) > 0

    def left_of(self, query: Query, rows: Ints, *, by_vectors: bool) -> Floats:
        """The signal of these rows of the facts, in (0, 1].

        `by_vectors`: with a look at their vectors, where those of the viewer's own tell one story.
        """
        own, facts = OwnTitles.of(query), query.facts
        if not self.applies_to(query) or len(own.liked) == 0:
            return np.ones(len(rows), dtype=np.float32)
        usual = self._usual.of(facts, shows=own.shows_alone)
        fit = self._fit(facts, np.concatenate([rows, own.liked]), own, usual)
        fit = np.minimum(fit[: len(rows)] - self._least_of_own(fit[len(rows) :], own), 0)
        power = self._power_of_story(query)
        if power > 0:
            fit -= power * self._shared_story.less(query, own, facts.ids[rows])
        of_vectors = self._power_of_vectors(query)
        if by_vectors and of_vectors > 0 and self._one_story is not None:
            fit -= of_vectors * self._one_story.farther(query, facts.ids[rows])
        power = max(power, of_vectors, self._power_of_language(facts, own, usual))
        fit -= power * _worse(facts, rows, own.liked)
        left = np.exp(fit).clip(self._numbers.least, 1)
        left *= _of_medium(facts, rows, own.liked) * _of_documentaries(facts, rows, own.liked)
        return np.asarray(left, dtype=np.float32)

    def _fit(self, facts: CatalogueFacts, rows: Ints, own: OwnTitles, usual: _Usual) -> Logs:
        """Of rows that end with the viewer's own."""
        numbers, titles = self._numbers, len(own.liked)
        bits = _bits_of(facts, rows)
        has, lacks = _of_genres(bits[-titles:], usual.genres)
        # Of no genre that is known, as usual.
        genres = np.where(bits.any(axis=1), bits @ (has - lacks) + lacks.sum(), 0)
        leaning = numbers.genres_of_shows if own.shows_alone else numbers.genres
        fit = _powered(genres, titles, leaning)
        of_languages = _by_group(facts.likely_language[rows], titles, usual.languages)
        shows = facts.is_show[rows]
        if (shows[-titles:] == shows[-1]).all():
            # Who names a German series means series; Metropolis is as far from it as from others.
            of_languages[shows != shows[-1]] = _of_none(titles)
        fit += _powered(of_languages, titles, numbers.language)
        # Films are made by several countries together; what made a show tells its sort.
        if own.shows_alone:
            of_countries = _by_countries(_countries_of(facts, rows), titles, usual.countries)
            fit += _powered(of_countries, titles, numbers.countries)
        fit += _powered(_by_group(_ages_of(facts, rows), titles, usual.ages), titles, numbers.age)
        years = numbers.years_of_shows if own.shows_alone else numbers.years
        fit += _powered(_by_years(_years_of(facts, rows), titles, usual.years), titles, years)
        if len(own.disliked) and numbers.disliked.power:
            fit -= bits @ _of_dislikes(_bits_of(facts, own.disliked), has, usual, numbers.disliked)
        return fit

    def _least_of_own(self, of_own: Logs, own: OwnTitles) -> float:
        """What the odder ones of the viewer's own have: as much as they differ is of their kind.

        Shows have too few genres for that: an odd one would let in whatever is a drama.
        """
        apart = 0.0 if own.shows_alone else self._numbers.apart
        return float(of_own.mean() - apart * of_own.std())

    def _power_of_story(self, query: Query) -> float:
        """The power of the story that the viewer's own share; 0 where they share no more than by
        chance, which is so of most viewers and worked out once for each.
        """
        shared = self._shared_story.of(query)
        return 0.0 if shared is None else self._numbers.story.power_at(shared.narrowness)

    def _power_of_vectors(self, query: Query) -> float:
        """How much it counts how near stories lie, by how narrow the viewer's own are in that."""
        if self._one_story is None or not self.applies_to(query):
            return 0.0
        story = self._one_story.of(query)
        if story is None:
            return 0.0
        numbers = self._numbers
        by_keywords = self._power_of_story(query) / max(numbers.story.power, 1e-6)
        return numbers.one_story.power_at(story.narrowness + by_keywords)

    def _power_of_language(self, facts: CatalogueFacts, own: OwnTitles, usual: _Usual) -> float:
        languages = _by_group(facts.likely_language[own.liked], len(own.liked), usual.languages)
        return self._numbers.language.power_at(float(languages.mean()))


class KnownOfLanguage(Source):
    """The best known titles in the viewer's language, or of the country, where not the usual one.

    Other sources find few of them where few are: the best of a small part of the catalogue are not
    among the best of it all. Where all of the viewer's own are shows, shows come before films, and
    films before shows where all are films.
    """

    name = "of_its_kind"

    def __init__(self, numbers: OfItsKind, k: int) -> None:
        """At most `k` titles; 0 turns the source off."""
        self._language = numbers.language
        self._of_countries = numbers.countries
        self._k = k
        self._usual = _KeptUsual()

    def applies_to(self, query: Query) -> bool:
        request = query.request
        return self._k > 0 and not (request.text or request.names_titles or query.likeness)

    def retrieve(self, query: Query) -> Retrieved:
        facts, languages = query.facts, self._languages(query)
        countries = self._countries(query)
        if len(languages) == 0 and countries == 0:
            return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))
        meant = np.isin(facts.likely_language, languages) | ((facts.countries & countries) != 0)
        rows = np.flatnonzero(query.allowed & meant).astype(np.int32)
        own_medium = _of_medium(facts, rows, OwnTitles.of(query).liked)
        rows = rows[np.lexsort((rows, -facts.vote_count[rows], -own_medium))]
        rows = rows[: self._k]
        return Retrieved(facts.ids[rows], facts.fame_percentile[rows])

    def _languages(self, query: Query) -> NDArray[np.integer[Any]]:
        """The languages that the viewer's own titles are in more often than is usual."""
        facts, liked = query.facts, OwnTitles.of(query).liked
        if len(liked) == 0:
            return np.empty(0, np.int16)
        own = facts.likely_language[liked]
        usual = self._usual.of(facts, shows=False).languages
        meant = np.unique(own[_by_group(own, len(own), usual) > self._language.narrow])
        return meant[meant > 0]

    def _countries(self, query: Query) -> np.uint32:
        """Those that the viewer's own titles are of more often than is usual, as a bit mask."""
        facts, liked = query.facts, OwnTitles.of(query).liked
        if len(liked) == 0 or not facts.is_show[liked].all():
            return np.uint32(0)
        usual = self._usual.of(facts, shows=True).countries
        own = _countries_of(facts, liked)
        logs = _likelier(own.sum(axis=0, dtype=np.float64), len(liked), usual)
        meant = own.any(axis=0) & (logs > self._of_countries.narrow)
        return np.uint32(sum(1 << int(bit) for bit in np.flatnonzero(meant)))


def _worse(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Logs:
    """From 0: how much less well voters think of each than of the viewer's own."""
    behind = vote(facts, liked).mean() - vote(facts, rows) - _NO_WORSE
    return np.asarray(_WORSE * behind.clip(0), dtype=np.float64)


def _powered(logs: Logs, titles: int, leaning: Leaning) -> Logs:
    """The logs as far as the viewer's own, at their end, are narrower than what is usual."""
    return logs * leaning.power_at(float(logs[-titles:].mean()))


def _likelier(counts: Logs | NDArray[np.intp], titles: int, usual: Logs) -> Logs:
    """How much more often a value occurs among so many titles than is usual."""
    return np.asarray(np.log((counts + _PRIOR * usual) / (titles + _PRIOR) / usual))


def _of_none(titles: int) -> float:
    """The log of a value that none of so many titles has."""
    return math.log(_PRIOR / (titles + _PRIOR))


def _of_genres(bits: Floats, usual: Logs) -> tuple[Logs, Logs]:
    """(32), (32): the logs for having a genre, and for lacking it."""
    counts, titles = bits.sum(axis=0, dtype=np.float64), len(bits)
    return _likelier(counts, titles, usual), _likelier(titles - counts, titles, 1 - usual)


def _of_dislikes(bits: Floats, liked: Logs, usual: _Usual, leaning: Leaning) -> Logs:
    """(32): how much more of each genre was turned down than liked, where those are narrow."""
    has, lacks = _of_genres(bits, usual.genres)
    narrowness = float((bits @ (has - lacks) + lacks.sum()).mean())
    return leaning.power_at(narrowness) * (has - liked).clip(0)


def _by_group(groups: NDArray[np.integer[Any]], titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own; group 0 is unknown, and never more than usual."""
    logs = _likelier(np.bincount(groups[-titles:], minlength=len(usual)), titles, usual)
    logs[0] = min(logs[0], 0)
    return np.asarray(logs[groups])


def _by_countries(bits: Floats, titles: int, usual: Logs) -> Logs:
    """Of rows that end with the viewer's own, by the country of each that speaks most for it; of
    none that is known, as of one that the viewer has nothing of.
    """
    logs = _likelier(bits[-titles:].sum(axis=0, dtype=np.float64), titles, usual)
    return np.asarray(np.where(bits > 0, logs, _of_none(titles)).max(axis=1), dtype=np.float64)


def _by_years(years: NDArray[np.integer[Any]], titles: int, usual: Logs) -> Logs:
    """The same of years, which count for those around them, too."""
    found = np.convolve(np.bincount(years[-titles:], minlength=_YEARS), _AROUND, "same")
    return np.asarray(_likelier(found, titles, usual)[years])


def _shares(groups: NDArray[np.integer[Any]], count: int) -> Logs:
    return (np.bincount(groups, minlength=count) / max(len(groups), 1)).clip(_RARE)


def _bits_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """(rows, 32): 1 for each genre that a row has."""
    return genre_flags(facts.genres[rows]).astype(np.float32)


def _countries_of(facts: CatalogueFacts, rows: Ints) -> Floats:
    """(rows, 32): 1 for each country of those that share their language that a row is of."""
    return genre_flags(facts.countries[rows]).astype(np.float32)


def _ages_of(facts: CatalogueFacts, rows: Ints) -> NDArray[np.integer[Any]]:
    return np.digitize(facts.age[rows], _AGES)


def _years_of(facts: CatalogueFacts, rows: Ints) -> NDArray[np.integer[Any]]:
    return (facts.year[rows].astype(np.intp) - _FIRST_YEAR).clip(0, _YEARS - 1)


def _of_medium(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Floats:
    """Among n titles of which k are shows a film has the odds (n - k + 2) / (k + 2), cubed.

    One title tells little by that, and five of one medium nearly all.
    """
    shows, is_show = int(facts.is_show[liked].sum()), facts.is_show[rows]
    left = np.empty(len(rows), dtype=np.float32)
    left[~is_show] = _odds(len(liked) - shows, len(liked))
    left[is_show] = _odds(shows, len(liked))
    return left


def _of_documentaries(facts: CatalogueFacts, rows: Ints, liked: Ints) -> Floats:
    """Who has documentaries alone means those; they are a form, which no genre beside it tells.

    Who has one invented story among them is shown both as before, as is who has none.
    """
    left = np.ones(len(rows), dtype=np.float32)
    if _are_documentaries(facts, liked).all():
        left[~_are_documentaries(facts, rows)] = _odds(0, len(liked))
    return left


def _are_documentaries(facts: CatalogueFacts, rows: Ints) -> Mask:
    return np.asarray((facts.genres[rows] & _DOCUMENTARY) != 0)


def _odds(such: int, liked: int) -> float:
    return max(min((such + 2) / (liked - such + 2), 1.0) ** 3, _LEAST_OF_MEDIUM)


def of_its_kind(needs: Needs) -> OfItsKindSignal:
    """The signal, which reads vectors of stories."""
    return OfItsKindSignal(needs.numbers.of_its_kind, one_story(needs))


OF_ITS_KIND = Kind(
    sources=(
        FindsTitles(
            "of_its_kind",
            "the best known titles in the viewer's language, or the country of the shows, where it "
            "is not the usual one",
            lambda needs: KnownOfLanguage(needs.numbers.of_its_kind, needs.numbers.of_its_kind.k),
        ),
    ),
    signal=ScoresTitles(
        "of_its_kind",
        "the share of its score that is left for being of the viewer's kind: film or show, "
        "documentary or invented, genres, language, country of shows, years, age, story",
        lambda needs: needs.once(of_its_kind),
        None,
    ),
)
