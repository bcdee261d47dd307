"""Encodes the words of a request: free text, or the overrides a client tunes with, and stories.

A story stands for a title that the words name and the catalogue does not have.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import Protocol

import numpy as np
from cachetools import TTLCache

from api.domain.arrays import Floats
from api.language.intent import REWRITE_WORDS
from api.platform.beside import BESIDE
from api.platform.cache_counts import CacheCounts, CacheFigures
from api.recommend.hydrate.toward_answers import TowardAnswers
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.recommend.trait_model import TraitModel, WantedTraits
from api.viewers.taste.taste import normalised
from config.ranking import QueryBlend


class Encode(Protocol):
    """Texts to unit vectors (n, d) of the named model; raises EncoderUnavailable."""

    def __call__(self, texts: Sequence[str], *, model: str | None) -> Floats: ...


class TextVector(QueryHydrator):
    """Sets `text_vector` (of rewrite and description), `wanted_traits` and `story_vectors`."""

    name = "text_vector"
    awaits_encoder = True

    def __init__(
        self,
        encode: Encode,
        numbers: QueryBlend,
        *,
        toward_answers: Mapping[str, TowardAnswers],
        trait_models: Mapping[str, TraitModel],
        cache_size: int,
        cache_ttl_seconds: float,
    ) -> None:
        """`toward_answers` and `trait_models` are known for some models, by their names."""
        self._encode_texts = encode
        self._numbers = numbers
        self._toward_answers = toward_answers
        self._trait_models = trait_models
        self._lock = Lock()
        self._counts = CacheCounts()
        self._cache: TTLCache[tuple[str, str | None], Floats] = TTLCache(
            cache_size, cache_ttl_seconds
        )
        # Bounded likewise: a request that fails does not come for what it began.
        self._begun: TTLCache[tuple[str, str | None], Future[Floats]] = TTLCache(
            cache_size, cache_ttl_seconds
        )

    def hydrate(self, query: Query) -> Query:
        request, model = query.request, query.versions.space_model
        rewrite, description = query.words, ""
        if query.intent is not None:
            rewrite = query.intent.rewrite or rewrite
            description = query.intent.description
        if request.rewrite:
            rewrite = " ".join(request.rewrite.split()[:REWRITE_WORDS])
        parts = [
            (rewrite, request.rewrite_weight, self._numbers.rewrite_weight),
            (
                request.description or description,
                request.description_weight,
                self._numbers.description_weight,
            ),
        ]
        vectors = []
        for text, wished_weight, usual_weight in parts:
            weight = usual_weight if wished_weight is None else wished_weight
            if text and weight > 0:
                is_asked = text == query.words
                vector = self._of_request(query, text) if is_asked else self.of_text(text, model)
                vectors.append(weight * vector)
        stories = query.intent.stories if query.intent is not None else ()
        return replace(
            query,
            text_vector=normalised(np.sum(vectors, axis=0)) if vectors else None,
            wanted_traits=self._wanted_traits(query) if rewrite == query.words else None,
            story_vectors=tuple(self.of_text(story, model) for story in stories),
        )

    def _of_request(self, query: Query, text: str) -> Floats:
        """The vector of what somebody asks."""
        vector = self.of_text(text, query.versions.space_model)
        learned = self._toward_answers.get(query.versions.space_model or "")
        if learned is None:
            return vector
        return learned.moved(vector, self._numbers.toward_answers.share(query.text_kind))

    def _wanted_traits(self, query: Query) -> WantedTraits | None:
        """What the facts of titles say for the words; for a text that is a name, nothing."""
        learned = self._trait_models.get(query.versions.space_model or "")
        if learned is None or not query.words:
            return None
        return learned.wanted(self.of_text(query.words, query.versions.space_model))

    def begin(self, text: str, model: str | None) -> None:
        """Begins to encode a text that `of_text` is asked for soon."""
        with self._lock:
            if (text, model) not in self._cache and (text, model) not in self._begun:
                self._begun[text, model] = BESIDE.submit(self._encoded, text, model)

    def of_text(self, text: str, model: str | None) -> Floats:
        """The unit vector of a text by the named model; raises EncoderUnavailable."""
        with self._lock:
            known: Floats | None = self._cache.get((text, model))
            self._counts.count(hits=known is not None)
            begun = self._begun.pop((text, model), None)
        if known is not None:
            return known
        vector = self._encoded(text, model) if begun is None else begun.result()
        with self._lock:
            self._cache[text, model] = vector
        return vector

    def _encoded(self, text: str, model: str | None) -> Floats:
        vector: Floats = self._encode_texts([text], model=model)[0]
        return vector

    def cache_figures(self) -> CacheFigures:
        """How often the vector of a text was at hand."""
        with self._lock:
            return self._counts.figures(self._cache)
