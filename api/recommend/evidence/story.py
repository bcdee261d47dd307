"""Titles whose synopses, keywords, people and genres hold the words of the query."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

import numpy as np

from api.catalogue.facts.catalogue_facts import fame_of
from api.catalogue.words.read_words import forms_of, read_word_index
from api.catalogue.words.word_index import WordIndex
from api.domain.arrays import Floats, Ints
from api.domain.folding import fold
from api.platform.database import Database
from api.platform.resident import Resident
from api.recommend.evidence.kind import FindsTitles, Kind, Needs, ScoresTitles, Weights
from api.recommend.evidence.shapes import RetrievedScore, allowed_places, has_words
from api.recommend.evidence.spoken_words import as_bits_of, spoken_words
from api.recommend.evidence.tellers_words import without_what_tellers_say
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query

# What the words of a request score that says enough to be found by its words alone.
_ENOUGH = 12.0
# Of what words find: as many by the words alone, and by the words and fame.
_TWICE = 2


# (ids, scores) -> the places of those that are wanted, in the order they are wanted in.
Choose = Callable[[Ints, Floats], Ints]


class StorySearch(Protocol):
    """search_stories with its index bound."""

    def __call__(self, text: str, *, version: int, choose: Choose) -> Retrieved:
        """Those chosen of all ids with a word of the text, how much of it, and which; `version` is
        the catalogue's."""
        ...


def search_stories(
    database: Database, words: Resident[WordIndex], text: str, *, version: int, choose: Choose
) -> Retrieved:
    """Those that `choose` wants of what is found, which it is given in ascending ids; 1 for the
    best of all, but where the text says little, below that."""
    index = words.current(version)
    written = list(dict.fromkeys(text.split()))
    forms = dict(zip(written, forms_of(database, written), strict=True))
    scores = index.score(form for own in forms.values() for form in own)
    # Of floats flatnonzero takes six times as long.
    found = np.flatnonzero(scores > 0).astype(np.int32)
    full = max(float(scores.max(initial=0.0)), _ENOUGH)
    ids, scores = index.ids[found], scores[found] / np.float32(full)
    wanted = choose(ids, scores)
    spoken: dict[str, list[str]] = {}
    for one, own in forms.items():
        for word in fold(one).split():
            spoken.setdefault(word, []).extend(own)
    # Of a million titles every third may have a word of the text; the words of few are asked for.
    having = index.having(found[wanted], [spoken[word] for word in spoken_words(text)])
    return Retrieved(ids[wanted], scores[wanted], having)


class Story(Source):
    """Words of what titles are about: finds the one detail that a vector blurs."""

    name = "story"
    begins_early = True

    def __init__(self, search: StorySearch, k: int) -> None:
        self._search = search
        self._k = k

    def applies_to(self, query: Query) -> bool:
        return bool(query.words)

    def retrieve(self, query: Query) -> Retrieved:
        words = query.words or ""
        if query.text_kind == "plot":
            words = without_what_tellers_say(words)
        found = self._search(words, version=query.facts.version, choose=partial(self._best, query))
        if found.words is None:
            return found
        return replace(found, words=as_bits_of(query.request.text or "", found.words, words))

    def _best(self, query: Query, ids: Ints, scores: Floats) -> Ints:
        """Words alone fill the pool with what nobody knows, fame alone with what all know."""
        places, rows = allowed_places(query, ids)
        ids, scores = ids[places], scores[places]
        famous = _first(scores * fame_of(query.facts, rows) ** 2, ids, self._k)
        best = np.union1d(_first(scores, ids, self._k), famous)
        return places[best[np.lexsort((ids[best], -scores[best]))]]


def _first(scores: Floats, ids: Ints, k: int) -> Ints:
    """Places of the k best, ties by id; nearly all titles have a word of a long text."""
    if k >= len(scores):
        return np.arange(len(scores), dtype=np.int32)
    least = np.partition(scores, -k)[-k]
    places = np.flatnonzero(scores >= least)
    return places[np.lexsort((ids[places], -scores[places]))[:k]].astype(np.int32)


def _source(needs: Needs) -> Source:
    words = needs.words or Resident("words", partial(read_word_index, needs.database))
    search = partial(search_stories, needs.database, words)
    return Story(search, _TWICE * needs.numbers.retrieval.source_k)


STORY = Kind(
    sources=(FindsTitles("story", "titles whose stories have the words", _source),),
    signal=ScoresTitles(
        "story",
        "how much of the words the story has",
        lambda _: RetrievedScore("story", "story", full=1.0, applies=has_words),
        Weights(query=1.4, narrative=0.9),
    ),
)
