"""Lets words of a blend stand for a title, by what they mean and by what they ask for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from api.catalogue.facts.catalogue_facts import fame_of
from api.domain.arrays import Floats
from api.recommend.likeness.likeness import likeness_of
from api.recommend.likeness.metadata import SimilarityOf, on_facts
from api.recommend.likeness.understood_words import Understood
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.pool import Retrieved
from api.recommend.query import Query

# (query, words) -> the titles whose stories are nearest to the words.
NearestToWords = Callable[[Query, str], Retrieved]
# (query, words) -> what they ask for.
UnderstandWords = Callable[[Query, str], Understood]

_TITLES = 8  # enough for what they have in common to outweigh what each has alone
_OF_STORIES = np.float32(0.6)  # share of how near a story is to words; metadata has the rest
_LACKING = np.float32(0.4)  # what is left of a title that lacks what the words ask for
_LACKING_UNSURE = np.float32(0.7)  # a mood or a topic
# A story of a few lines is near to many words, and few people mean a title that few know.
_FAME = np.float32(0.5)  # power
_SAYS_SOMETHING = 0.45  # cosine of the nearest story to words from which no part was read


class LikenessOfWords(QueryHydrator):
    """Lets words stand for a title: the titles that are nearest to them, taken together.

    What the words ask for in so many words, a country or a genre, is preferred besides. Of words
    that say nothing it is told, and beside other liked titles they count for nothing.
    """

    name = "likeness_of_words"

    def __init__(
        self, similarity_of: SimilarityOf, nearest: NearestToWords, understand: UnderstandWords
    ) -> None:
        self._similarity_of = similarity_of
        self._nearest = nearest
        self._understand = understand

    def hydrate(self, query: Query) -> Query:
        """Raises EncoderUnavailable."""
        request = query.request
        if not (request.like_words or request.unlike_words):
            return query
        texts = (*request.like_words, *request.unlike_words)
        chips = [chip for text in texts for chip in self._understand(query, text).interpreted]
        query = replace(query, interpreted=(*query.interpreted, *chips))
        if not request.like_words:
            return query
        found = [self._to_text(query, text) for text in request.like_words]
        saying = [one.to_titles for one in found if one.says_something]
        before = query.likeness
        if before is None:
            of_words = np.stack(saying or [one.to_titles for one in found])
            return replace(query, likeness=likeness_of((0,) * len(of_words), of_words))
        if not saying:
            return query
        of_words = np.stack(saying)
        likeness = likeness_of(
            before.ids + (0,) * len(of_words),
            np.concatenate([before.to_each, of_words]),
            np.concatenate([before.by_metadata, of_words]),
            similarity=before.similarity,
        )
        return replace(query, likeness=likeness)

    def to_words(self, query: Query, words: Sequence[str]) -> Floats:
        """(words, rows of the facts)."""
        return np.stack([self._to_text(query, text).to_titles for text in words])

    def _to_text(self, query: Query, text: str) -> "_OfText":
        similarity = self._similarity_of(query.facts.version)
        nearest, understood = self._nearest(query, text), self._understand(query, text)
        first = nearest.ids[:_TITLES]
        # The nearer, the more it says of what the words mean.
        weights = (1 / np.arange(1, len(first) + 1)).astype(np.float32)
        alike = on_facts(query, similarity, similarity.to_sum(first, weights)[None, :])[0]
        told = np.zeros(len(query.facts), dtype=np.float32)
        rows = query.facts.rows_of(nearest.ids)
        told[rows[rows >= 0]] = nearest.scores[rows >= 0].clip(0)
        to_titles = _OF_STORIES * _of_one(told) + (1 - _OF_STORIES) * _of_one(alike)
        for one in understood.asked:
            to_titles[one.broken(query.facts, slice(None))] *= _LACKING
        for one in understood.unsure:
            to_titles[one.broken(query.facts, slice(None))] *= _LACKING_UNSURE
        every = np.arange(len(query.facts), dtype=np.int32)
        to_titles = (to_titles * fame_of(query.facts, every) ** _FAME).astype(np.float32)
        is_near = len(nearest.scores) > 0 and nearest.scores[0] >= _SAYS_SOMETHING
        return _OfText(to_titles, is_near or not understood.is_nothing)


@dataclass(frozen=True, slots=True, eq=False)
class _OfText:
    to_titles: Floats  # of every row of the facts, in [0, 1]
    says_something: bool


def _of_one(values: Floats) -> Floats:
    """The largest becomes 1."""
    return np.asarray(values / np.maximum(values.max(initial=0), 1e-6), dtype=np.float32)
