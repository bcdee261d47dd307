"""Titles whose names hold the words of the query."""

from collections.abc import Callable

from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.ranking import Retrieval

# (words, k) -> ids and text ranks, best first.
TitleSearch = Callable[[str, int], Retrieved]

# Matches looked at before the constraints take theirs away.
_READ_AHEAD = 2000


class Lexical(Source):
    """Full text over titles; "alien" finds Alien, whatever its synopsis says."""

    name = "lexical"

    def __init__(self, search: TitleSearch, numbers: Retrieval) -> None:
        self._search = search
        self._k = numbers.source_k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words)

    def retrieve(self, query: Query) -> Retrieved:
        found = self._search(query.words or "", _READ_AHEAD)
        rows = query.facts.rows_of(found.ids)
        keep = rows >= 0
        keep[keep] = query.allowed[rows[keep]]
        return Retrieved(found.ids[keep][: self._k], found.scores[keep][: self._k])
