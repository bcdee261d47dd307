"""Why a title is expected to be liked or not: the parts that the expected rating is the sum of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from api.viewers.predictions.predictor import Expected

Code = Literal["rated_alike", "others_rate", "viewer_rates"]

_LEAST_POINTS = 0.1  # of ten; less is no reason
_MOST_TITLES = 2  # named on either side
_FEWEST_RATINGS = 5  # by which others have an opinion
_FEWEST_OWN = 5  # ratings that tell how high somebody rates; what is only liked tells nothing of it


@dataclass(frozen=True, slots=True)
class Part:
    """One reason; `points` are what it adds to the expected rating."""

    code: Code
    points: float
    evidence: dict[str, Any]


def named_by(expected: Expected, place: int) -> list[int]:
    """The titles that the reasons for one title may name."""
    return [int(expected.opinions.ids[one]) for one in _most_informative(expected, place)]


def parts_of(expected: Expected, place: int, titles: Mapping[int, str]) -> list[Part]:
    """The reasons for and against one title, the weightiest first; `titles` may be named."""
    found = [*_of_others(expected, place), *_of_viewer(expected, place)]
    opinions = expected.opinions
    for one in _most_informative(expected, place):
        item_id = int(opinions.ids[one])
        if item_id not in titles:
            continue
        evidence = {"item_id": item_id, "title": titles[item_id]}
        if item_id in opinions.rated:
            evidence["rating"] = opinions.rated[item_id]
        found.append(Part("rated_alike", float(_beyond_leniency(expected, place)[one]), evidence))
    return sorted(found, key=lambda part: -abs(part.points))


def _of_others(expected: Expected, place: int) -> list[Part]:
    """How much higher or lower than others titles this one is rated, where it was rated at all."""
    ratings, level = int(expected.titles.ratings[place]), float(expected.titles.levels[place])
    if ratings < _FEWEST_RATINGS or abs(level) < _LEAST_POINTS:
        return []
    average = round(expected.numbers.mean + level, 1)
    return [Part("others_rate", level, {"average": average, "ratings": ratings})]


def _of_viewer(expected: Expected, place: int) -> list[Part]:
    """How much higher or lower than others the viewer rates in general, by their ratings alone."""
    rated = np.isin(expected.opinions.ids, list(expected.opinions.rated))
    found = expected.found.parts[place] - _beyond_leniency(expected, place)
    points = float(found[rated].sum())
    if rated.sum() < _FEWEST_OWN or abs(points) < _LEAST_POINTS:
        return []
    return [Part("viewer_rates", points, {"opinions": int(rated.sum())})]


def _beyond_leniency(expected: Expected, place: int) -> NDArray[np.float64]:
    """(opinions): what each adds for being like this title, not for being the viewer's."""
    shared = expected.numbers.leniency * expected.found.weights
    return np.asarray(expected.found.parts[place] - shared, dtype=np.float64)


def _most_informative(expected: Expected, place: int) -> list[int]:
    """Places of the opinions to be named: what was liked and lifts, what was not and lowers.

    What was said of the title itself adds to what is expected of it, and is not a title like it.
    """
    adds, opinions = _beyond_leniency(expected, place), expected.opinions
    if not len(opinions):
        return []
    liked = opinions.points >= np.mean(opinions.points)
    order = np.argsort(-np.abs(adds), kind="stable")
    order = order[expected.is_other[place, order]]
    lifts = [one for one in order.tolist() if liked[one] and adds[one] >= _LEAST_POINTS]
    lowers = [one for one in order.tolist() if not liked[one] and adds[one] <= -_LEAST_POINTS]
    return [*lifts[:_MOST_TITLES], *lowers[:_MOST_TITLES]]
