"""Why a list is empty: a code for programs, and one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from api.domain.arrays import Mask
from api.domain.genres import GENRES
from api.language.vocabulary.kinds_of_shows import OF_FILMS_ALONE
from api.platform.counted import counted
from api.recommend.constraints.constraint import Constraint, listed
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.media_type import MediaTypes
from api.recommend.query import Query

EmptyCode = Literal[
    "catalogue", "limits", "seen", "not_offered", "library", "watchlist", "filters", "no_chain"
]


@dataclass(frozen=True, slots=True)
class WhyEmpty:
    """Nothing can be recommended; the code stays, the sentence may be said in other words."""

    code: EmptyCode
    sentence: str


_NO_TITLES = "The catalogue is empty; run `make etl-tmdb`, or `make demo` for a sample."
_BY_CONSTRAINT: dict[str, EmptyCode] = {
    "not_offered": "not_offered",
    "library": "library",
    "watchlist": "watchlist",
}


def why_empty(query: Query) -> WhyEmpty:
    """What left no title: the first of these that did so by itself, else all filters together."""
    if len(query.facts) == 0:
        return WhyEmpty("catalogue", _NO_TITLES)
    unseen = np.ones(len(query.facts), dtype=np.bool_)
    unseen[query.facts.known_rows(query.viewer.excluded_ids)] = False
    if query.shown is not None and not query.shown.any():
        return WhyEmpty("limits", "No title of the catalogue is within the limits of this profile.")
    if not unseen.any():
        return WhyEmpty("seen", f"{_who(query)} seen or refused every title of the catalogue.")
    for one in query.constraints:
        if one.lacks:
            return WhyEmpty(_BY_CONSTRAINT[one.code], one.lacks)
    shown = np.ones(len(query.facts), dtype=np.bool_) if query.shown is None else query.shown
    broken = [one.broken(query.facts, slice(None)) for one in query.constraints]
    if _kept(shown, broken).any():
        return WhyEmpty("seen", f"{_who(query)} seen or refused every title that was asked for.")
    return _by_one_alone(query, shown & unseen, broken) or _by_filters(query)


def _who(query: Query) -> str:
    return "Together these viewers have" if query.request.members else "This viewer has"


def _by_one_alone(query: Query, left: Mask, broken: Sequence[Mask]) -> WhyEmpty | None:
    """The constraint without which there would be titles, if it has a sentence for that."""
    for place, one in enumerate(query.constraints):
        if one.code not in _BY_CONSTRAINT:
            continue
        others = _kept(left, [*broken[:place], *broken[place + 1 :]])
        if (count := int(others.sum())) and (sentence := _without(one, count)):
            return WhyEmpty(_BY_CONSTRAINT[one.code], sentence)
    return None


def _kept(left: Mask, broken: Sequence[Mask]) -> Mask:
    for mask in broken:
        left = left & ~mask
    return left


def _without(one: Constraint, count: int) -> str | None:
    if (place := one.place) is None:
        return None
    titles = counted(count, "title keeps", "titles keep")
    return f"{titles} everything else that was asked, and none of them is {place}."


def _by_filters(query: Query) -> WhyEmpty:
    if genres := _genres_of_films_alone(query):
        return WhyEmpty(
            "filters",
            f"TMDB gives {listed(genres, 'and')} to films alone. In words, as “horror series”, "
            "shows are found by what tells such a kind of them.",
        )
    never = [str(one) for one in query.viewer.preferences if one.stance == "never"]
    stated = f", and what the viewer states: {', '.join(never)}" if never else ""
    filters = f"every filter of the request and of the business rules{stated}"
    return WhyEmpty("filters", f"No unseen title that is out keeps {filters}.")


def _genres_of_films_alone(query: Query) -> list[str]:
    """The genres that are asked of shows, and that no show has."""
    types = [one.types for one in query.constraints if isinstance(one, MediaTypes)]
    if {"tv"} not in types:
        return []
    sets = [wanted for one in query.constraints if isinstance(one, Genres) for wanted in one.sets]
    of_films = [wanted for wanted in sets if wanted <= OF_FILMS_ALONE.keys()]
    return sorted(GENRES[genre] for genre in frozenset().union(*of_films))
