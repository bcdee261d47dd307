"""Titles whose synopses, taglines and keywords hold the words of the query."""

from functools import partial
from typing import Protocol

from api.recommend.evidence.kind import FindsTitles, Kind, Needs, ScoresTitles, Weights
from api.recommend.evidence.shapes import RetrievedScore, first_allowed, has_words
from api.recommend.evidence.stories import search_stories
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query

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

    def __init__(self, search: StorySearch, k: int) -> None:
        self._search = search
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words)

    def retrieve(self, query: Query) -> Retrieved:
        found = self._search(query.words or "", _READ_AHEAD, titles=len(query.facts))
        return first_allowed(query, found, self._k)


def _source(needs: Needs) -> Source:
    return Story(partial(search_stories, needs.database), needs.numbers.retrieval.source_k)


# The weight was read off fusions of the plots in tests/quality/plots.jsonl.
STORY = Kind(
    sources=(FindsTitles("story", "titles whose stories have the words", _source),),
    signal=ScoresTitles(
        "story",
        "how much of the words the story has",
        lambda _: RetrievedScore("story", "story", full=1.0, applies=has_words),
        Weights(query=2.0),
    ),
)
