"""Titles whose synopses, taglines and keywords hold the words of the query."""

from typing import Protocol

from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval

# Matches looked at before the constraints take theirs away.
_READ_AHEAD = 2000


class StorySearch(Protocol):
    """api.recommend.evidence.stories.search_stories with its database bound."""

    def __call__(self, text: str, k: int, *, titles: int) -> Retrieved:
        """At most k ids by the share of the words that their stories have, best first."""
        ...


class Story(Source):
    """Full text over what titles are about: finds the one detail that a vector blurs."""

    name = "story"

    def __init__(self, search: StorySearch, numbers: Retrieval) -> None:
        self._search = search
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words)

    def retrieve(self, query: Query) -> Retrieved:
        found = self._search(query.words or "", _READ_AHEAD, titles=len(query.facts))
        rows = query.facts.rows_of(found.ids)
        keep = rows >= 0
        keep[keep] = query.allowed[rows[keep]]
        return Retrieved(found.ids[keep][: self._k], found.scores[keep][: self._k])
