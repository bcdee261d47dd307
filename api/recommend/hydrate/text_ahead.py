"""Begins to encode the words of a request while other hydrators work.

Encoding takes 1 ms of few words and 12 of 500 characters, on a processor of its own; reading such a
text takes as long.
"""

from api.language.intent import is_long
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query


class LongTextAhead(QueryHydrator):
    """Of a long text, before it is read: all of it is searched for."""

    name = "long_text_ahead"

    def __init__(self, vectors: TextVector) -> None:
        self._vectors = vectors

    def hydrate(self, query: Query) -> Query:
        text = query.request.text
        if text and is_long(text):
            self._vectors.begin(text, query.versions.space_model)
        return query


class WordsAhead(QueryHydrator):
    """Of what reading leaves of a shorter one."""

    name = "words_ahead"

    def __init__(self, vectors: TextVector) -> None:
        self._vectors = vectors

    def hydrate(self, query: Query) -> Query:
        is_rewritten = query.request.rewrite or (query.intent is not None and query.intent.rewrite)
        if query.words and not is_rewritten:
            self._vectors.begin(query.words, query.versions.space_model)
        return query
