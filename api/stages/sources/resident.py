"""Sources that read the resident facts and the viewer's taste; none of them touches the database.

Each returns only rows that the constraints allow, from the whole catalogue, so a narrow wish is
filled as well as a wide one.
"""

import numpy as np

from api.domain.catalogue import Floats, Ints
from api.domain.preferences import balance, shifts
from api.domain.recommendation import Query, Retrieved
from api.domain.taste import Proposed
from api.pipeline.protocols import Source
from config.ranking import Retrieval


class Collaborative(Source):
    """Titles that people with the viewer's likings like, by predicted liking."""

    name = "collaborative"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return len(query.viewer.taste.co_liked) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.co_liked, self._k)


class FanLiked(Source):
    """Titles that the fans of the viewer's liked titles like, by their share of them."""

    name = "fan_liked"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return len(query.viewer.taste.fan_liked) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.fan_liked, self._k)


class Followed(Source):
    """Titles that people liked soon after those which the viewer saw last."""

    name = "followed"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return len(query.viewer.taste.followed) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.followed, self._k)


class Neighbours(Source):
    """Titles that the viewers of the most similar taste like, by their share of them."""

    name = "neighbours"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return len(query.viewer.taste.chosen_by_neighbours) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.chosen_by_neighbours, self._k)


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
        if query.allowed is not None:
            rows = rows[query.allowed[rows]]
        rows = rows[: self._k]
        return Retrieved(facts.ids[rows], facts.audience[rows])


class People(Source):
    """Titles of the people whom the viewer's liked titles have in common."""

    name = "people"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return len(query.viewer.taste.of_people) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.of_people, self._k)


class Related(Source):
    """Titles that TMDB lists beside those the viewer likes; says most where few viewers rate."""

    name = "related"

    def __init__(self, numbers: Retrieval) -> None:
        self._k = numbers.related_k

    def applies_to(self, query: Query) -> bool:
        return self._k > 0 and len(query.viewer.taste.related) > 0

    def retrieve(self, query: Query) -> Retrieved:
        return _best_proposed(query, query.viewer.taste.related, self._k)


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
        if query.allowed is not None:
            rows = rows[query.allowed[rows]]
        if query.wished is not None:
            # The titles of the whole wish lead the list, so none of them may fall off its end.
            is_other = ~query.wished[rows]
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


def _best_proposed(query: Query, proposed: Proposed, k: int) -> Retrieved:
    return _best_allowed(query, proposed.items, proposed.scores, k)


def _best_allowed(query: Query, ids: Ints, scores: Floats, k: int) -> Retrieved:
    rows = query.facts.rows_of(ids)
    keep = rows >= 0
    if query.allowed is not None:
        keep[keep] = query.allowed[rows[keep]]
    ids, scores = ids[keep], scores[keep]
    best_first = np.lexsort((ids, -scores))[:k]
    return Retrieved(ids[best_first], scores[best_first])
