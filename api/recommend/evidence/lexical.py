"""Titles whose names hold the words of the query."""

from functools import partial
from typing import Protocol

import numpy as np

from api.catalogue.words.read_words import read_word_index
from api.platform.resident import Resident
from api.recommend.evidence.kind import FindsTitles, Kind, Needs, ScoresTitles, Weights
from api.recommend.evidence.shapes import RetrievedScore, allowed_of, has_words
from api.recommend.evidence.spoken_words import words_of_request
from api.recommend.evidence.title_words import search_names
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query


class NameSearch(Protocol):
    """search_names with its index bound."""

    def __call__(self, text: str, *, version: int) -> Retrieved:
        """Every id with a word of the text in its name, and how well it fits."""
        ...


class Lexical(Source):
    """Words of titles' names; "alien" finds Alien, whatever its synopsis says."""

    name = "lexical"
    begins_early = True

    def __init__(self, search: NameSearch, k: int) -> None:
        self._search = search
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words_of_names)

    def retrieve(self, query: Query) -> Retrieved:
        """The k names that fit best, of those that fit as well the most popular titles."""
        text = query.words_of_names or ""
        found = self._search(text, version=query.facts.version)
        ids, scores, rows = allowed_of(query, found)
        if len(scores) > self._k:
            enough = scores >= np.partition(scores, -self._k)[-self._k]
            ids, scores, rows = ids[enough], scores[enough], rows[enough]
        best = np.lexsort((ids, -query.facts.popularity[rows], -scores))[: self._k]
        return Retrieved(ids[best], scores[best], words_of_request(query, found, text, ids[best]))


def _source(needs: Needs) -> Source:
    words = needs.words or Resident("words", partial(read_word_index, needs.database))
    return Lexical(partial(search_names, words), needs.numbers.retrieval.source_k)


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
