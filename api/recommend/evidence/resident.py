"""Sources that read the resident facts and the viewer's taste; none of them touches the database.

Each returns only rows that the constraints allow, from the whole catalogue, so a narrow request is
filled as well as a wide one.
"""

from abc import abstractmethod

import numpy as np

from api.domain.arrays import Floats, Ints
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from api.viewers.preferences.preference import balance, shifts
from api.viewers.taste.taste import Proposed, Taste
from config.ranking import Retrieval


class _ByEvidence(Source):
    """Titles that one kind of evidence in the viewer's taste proposes, the strongest first."""

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    @abstractmethod
    def proposed(self, taste: Taste) -> Proposed:
        """What is proposed; nothing where the evidence is silent."""

    def applies_to(self, query: Query) -> bool:
        return self._k > 0 and len(self.proposed(query.viewer.taste)) > 0

    def retrieve(self, query: Query) -> Retrieved:
        proposed = self.proposed(query.viewer.taste)
        return _best_allowed(query, proposed.items, proposed.scores, self._k)


class Collaborative(_ByEvidence):
    """Titles that people with the viewer's likings like, by predicted liking."""

    name = "collaborative"

    def proposed(self, taste: Taste) -> Proposed:
        return taste.co_liked


class FanLiked(_ByEvidence):
    """Titles that the fans of the viewer's liked titles like, by their share of them."""

    name = "fan_liked"

    def proposed(self, taste: Taste) -> Proposed:
        return taste.fan_liked


class Followed(_ByEvidence):
    """Titles that people liked soon after those which the viewer saw last."""

    name = "followed"

    def proposed(self, taste: Taste) -> Proposed:
        return taste.followed


class Neighbours(_ByEvidence):
    """Titles that the viewers of the most similar taste chose lately, by their share of them."""

    name = "neighbours"

    def proposed(self, taste: Taste) -> Proposed:
        return taste.chosen_by_neighbours


class Audience(Source):
    """Titles that most people like, by the collaborative model's viewers or TMDB's voters."""

    name = "audience"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return True

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = facts.by_audience
        rows = rows[query.allowed[rows]]
        rows = rows[: self._k]
        return Retrieved(facts.ids[rows], facts.audience[rows])


class People(_ByEvidence):
    """Titles of the people whom the viewer's liked titles have in common."""

    name = "people"

    def proposed(self, taste: Taste) -> Proposed:
        return taste.of_people


class Related(_ByEvidence):
    """Titles that TMDB lists beside those the viewer likes; says most where few viewers rate."""

    name = "related"

    def __init__(self, numbers: Retrieval) -> None:
        super().__init__(numbers)
        self._k = numbers.related_k

    def proposed(self, taste: Taste) -> Proposed:
        return taste.related


class Trending(Source):
    """Titles on the newest trending list, and those that this instance's viewers react to."""

    name = "trending"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.trending_k

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return self._k > 0

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = facts.trending
        return _best_allowed(query, facts.ids[rows], facts.trend[rows], self._k)


class Popular(Source):
    """The most popular titles: the whole answer of a cold start, the tail of every other list."""

    name = "popular"

    def __init__(self, numbers: Retrieval) -> None:
        self._size = numbers.slate_size

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return True

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = facts.by_popularity
        rows = rows[query.allowed[rows]]
        if query.exact_matches is not None:
            # Exact matches lead the list, so none of them may fall off its end.
            is_other = ~query.exact_matches[rows]
            rows = rows[np.sort(np.argsort(is_other, kind="stable")[: self._size])]
        elif shifts(query.viewer.preferences):
            rows = rows[self._with_preferred(query, rows)]
        rows = rows[: self._size]
        return Retrieved(facts.ids[rows], facts.popularity[rows])

    def _with_preferred(self, query: Query, rows: Ints) -> Ints:
        """Places of the most popular rows, half of them kept for what the viewer prefers."""
        preferred = balance(query.viewer.preferences, query.facts, rows) > 0
        first = np.flatnonzero(preferred)[: self._size // 2]
        most_popular = np.arange(min(self._size - len(first), len(rows)))
        return np.union1d(first, most_popular).astype(np.int32)


def _best_allowed(query: Query, ids: Ints, scores: Floats, k: int) -> Retrieved:
    rows = query.facts.rows_of(ids)
    keep = rows >= 0
    keep[keep] = query.allowed[rows[keep]]
    ids, scores = ids[keep], scores[keep]
    best_first = np.lexsort((ids, -scores))[:k]
    return Retrieved(ids[best_first], scores[best_first])
