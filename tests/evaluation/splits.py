"""The protocols: how ratings become what is learned from, what is asked, and what is right.

Each takes ratings and a generator and returns a split, so the validation split of a protocol is the
protocol once more on its own training ratings; grids never see a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from api.domain.arrays import Days, Ints, Mask
from tests.evaluation.ratings import Ratings

FEWEST_RATINGS = 5  # of a viewer who is tested
FOLDED_IN = (1, 3, 5, 10, 20)  # liked titles a stranger begins with
FOLDS = 5
_TRAINED_SHARE = 0.8
_STATED_LIKING = 5.0  # stars in place of a liking without a grade


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One viewer at one moment, and what they liked afterwards."""

    viewer: int
    history: Ratings  # what is known of the viewer, the oldest first
    relevant: Ints  # titles liked later, ascending
    hidden: Ints  # no candidates: titles rated before that the recommender is not told of
    trained: bool  # whether the history is among the training ratings
    group: str = ""  # cases are averaged per group; "" where there is but one

    @property
    def asked_at(self) -> int:
        """The moment after the last known rating, epoch seconds."""
        return int(self.history.at.max()) + 1

    @property
    def key(self) -> str:
        """Names the case among all cases of its split."""
        return f"{self.viewer}:{self.group}" if self.group else str(self.viewer)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """What to learn from, and whom to ask about."""

    train: Ratings
    cases: tuple[Case, ...]


Protocol = Callable[[Ratings, Generator], Split]


def per_viewer(ratings: Ratings, chance: Generator) -> Split:
    """The last fifth of each viewer's ratings is the test."""
    ratings = _in_time(ratings, chance)
    early = _early(ratings)
    later = ratings.keep(~early).by_viewer()
    cases = []
    for viewer, history in ratings.keep(early).by_viewer().items():
        if viewer in later and (relevant := _liked(later[viewer])).size:
            cases.append(Case(viewer, history, relevant, _none(), trained=True))
    return Split(ratings.keep(early), tuple(cases))


def held_out(ratings: Ratings, chance: Generator, *, fold: int = 0) -> Split:
    """A fifth of the viewers, another one in each fold, are strangers who name titles they liked.

    Those are a sample of what they liked in their first four fifths, the larger ones containing the
    smaller; the test is their last fifth.
    """
    ratings = _in_time(ratings, chance)
    early = _early(ratings)
    testable = np.unique(ratings.viewer[~early])
    strangers = np.array_split(chance.permutation(testable), FOLDS)[fold]
    is_strange = np.isin(ratings.viewer, strangers)
    later = ratings.keep(is_strange & ~early).by_viewer()
    cases = []
    for viewer, known in ratings.keep(is_strange & early).by_viewer().items():
        relevant = _liked(later[viewer])
        liked = chance.permutation(np.flatnonzero(known.liked))
        if not relevant.size:
            continue
        for count in FOLDED_IN:
            if count <= len(liked):
                told = known.keep(np.sort(liked[:count]))
                told.stars[:] = _STATED_LIKING
                hidden = np.setdiff1d(known.title, told.title)
                group = f"{count} liked"
                cases.append(Case(viewer, told, relevant, hidden, trained=False, group=group))
    order = {f"{count} liked": count for count in FOLDED_IN}
    cases.sort(key=lambda case: (order[case.group], case.viewer))
    return Split(ratings.keep(~is_strange), tuple(cases))


def global_time(ratings: Ratings, chance: Generator) -> Split:
    """One moment for all: what four fifths of the ratings came before is known, the rest is not."""
    ratings = _in_time(ratings, chance)
    if not len(ratings):
        return Split(ratings, ())
    moment = np.quantile(ratings.at, _TRAINED_SHARE, method="higher")
    early = np.asarray(ratings.at < moment)
    later = ratings.keep(~early).by_viewer()
    cases = []
    for viewer, history in ratings.keep(early).by_viewer().items():
        if viewer in later and (relevant := _liked(later[viewer])).size:
            cases.append(Case(viewer, history, relevant, _none(), trained=True))
    return Split(ratings.keep(early), tuple(cases))


PROTOCOLS: dict[str, Protocol] = {
    "per-viewer": per_viewer,
    "held-out": held_out,
    "global": global_time,
}


def among_released(split: Split, released: Days) -> Split:
    """The split with only those candidates that were out by then; `released` is by title.

    What is liked that came out only later stays relevant, out of everybody's reach.
    """
    cases = []
    for case in split.cases:
        later = np.flatnonzero(released > np.datetime64(case.asked_at, "s"))
        cases.append(replace(case, hidden=np.union1d(case.hidden, later)))
    return Split(split.train, tuple(cases))


def _in_time(ratings: Ratings, chance: Generator) -> Ratings:
    """By viewer and time; chance decides between ratings of one second, of which there are many."""
    return ratings.keep(np.lexsort((chance.permutation(len(ratings)), ratings.at, ratings.viewer)))


def _early(ratings: Ratings) -> Mask:
    """The first four fifths of each viewer's ratings; all of them where there are too few."""
    _, first, own = np.unique(ratings.viewer, return_index=True, return_inverse=True)
    counts = np.bincount(own) if len(ratings) else np.empty(0, dtype=np.intp)
    place: NDArray[np.intp] = np.arange(len(ratings)) - first[own]
    return np.asarray((place < counts[own] * 4 // 5) | (counts[own] < FEWEST_RATINGS))


def _liked(ratings: Ratings) -> Ints:
    return np.unique(ratings.title[ratings.liked])


def _none() -> Ints:
    return np.empty(0, dtype=np.int32)
