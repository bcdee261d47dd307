"""Titles whose names hold the words of the query."""

from collections.abc import Callable

from api.recommend.evidence.kind import FindsTitles, Kind, Needs, ScoresTitles, Weights
from api.recommend.evidence.shapes import RetrievedScore, first_allowed, has_words
from api.recommend.evidence.title_words import TitleSearch
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query

# (words, k) -> ids and text ranks, best first.
Search = Callable[[str, int], Retrieved]

# Matches looked at before the constraints take theirs away.
_READ_AHEAD = 2000


class Lexical(Source):
    """Full text over titles; "alien" finds Alien, whatever its synopsis says."""

    name = "lexical"

    def __init__(self, search: Search, k: int) -> None:
        self._search = search
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words_of_names)

    def retrieve(self, query: Query) -> Retrieved:
        return first_allowed(query, self._search(query.words_of_names or "", _READ_AHEAD), self._k)


def _source(needs: Needs) -> Source:
    return Lexical(TitleSearch(needs.database), needs.numbers.retrieval.source_k)


# Not relative to the best match: the best of many chance hits is still a chance hit.
LEXICAL = Kind(
    sources=(FindsTitles("lexical", "titles named like the words", _source),),
    signal=ScoresTitles(
        "lexical",
        "how well the name matches",
        lambda _: RetrievedScore("lexical", "lexical", full=1.0, applies=has_words),
        Weights(query=0.3, narrative=0.53),
    ),
)
