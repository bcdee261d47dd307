"""Compares the whole catalogue with the titles that a request names."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from api.catalogue.similarity.item_similarity import EVERY_FIELD, STORY_ALONE
from api.domain.arrays import Floats, Ints
from api.platform.errors import UpstreamUnavailable
from api.recommend.likeness.likeness import away_from, likeness_of, mixed, nearer_to
from api.recommend.likeness.likeness_of_words import LikenessOfWords
from api.recommend.likeness.metadata import MetadataOfTitles, SimilarityOf
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.viewers.taste.neighbour_lists import ItemLists

# (model, item ids) -> what the collaborative model says of them.
ReadItemLists = Callable[[int, Ints], ItemLists]


class MetadataOfTaste(QueryHydrator):
    """Sets `similarity` where there is a taste that goes by it."""

    name = "metadata"

    def __init__(self, similarity_of: SimilarityOf) -> None:
        self._similarity_of = similarity_of

    def hydrate(self, query: Query) -> Query:
        if not query.weights.get("alike") or len(query.viewer.taste.known_ids) == 0:
            return query
        return replace(query, similarity=self._similarity_of(query.facts.version))


class MetadataLikeness(QueryHydrator):
    """Sets `likeness` where the request names titles: by what they are."""

    name = "likeness"

    def __init__(self, metadata: MetadataOfTitles) -> None:
        self._metadata = metadata

    def hydrate(self, query: Query) -> Query:
        ids = query.request.like
        if not ids:
            return query
        shares = STORY_ALONE if query.request.by == "story" else EVERY_FIELD
        likeness = likeness_of(
            ids,
            self._metadata.to_each(query, ids, shares),
            similarity=self._metadata.similarity_of(query.facts.version),
        )
        return replace(query, likeness=likeness)


class CoLiking(QueryHydrator):
    """Mixes into `likeness` what viewers like beside the named titles.

    Raises UpstreamUnavailable where that alone was asked for and nothing is known of it: the
    answer goes by metadata then, and says so.
    """

    name = "co_liking"

    def __init__(self, read: ReadItemLists) -> None:
        self._read = read

    def hydrate(self, query: Query) -> Query:
        if query.likeness is None or query.request.by == "story":
            return query
        ids = query.likeness.ids
        co_liked = self._co_liked(query, ids)
        if not co_liked.any():
            if query.request.by == "audience":
                raise UpstreamUnavailable("Nothing is known of what viewers like beside it.")
            return query
        to_each = mixed(query.likeness.to_each, co_liked, query.request.by)
        metadata = query.likeness.by_metadata
        likeness = likeness_of(ids, to_each, metadata, similarity=query.likeness.similarity)
        if query.request.by == "audience":
            likeness = replace(likeness, beside=co_liked)
        return replace(query, likeness=likeness)

    def _co_liked(self, query: Query, ids: tuple[int, ...]) -> Floats:
        """(named titles, rows of the facts), 1 for what is liked most beside each."""
        found = np.zeros((len(ids), len(query.facts)), dtype=np.float32)
        if query.versions.model_id is None:
            return found
        lists = self._read(query.versions.model_id, np.array(ids, dtype=np.int32)).co_liked
        for place, item_id in enumerate(ids):
            own = lists.items == item_id
            rows = query.facts.rows_of(lists.neighbours[own])
            found[place, rows[rows >= 0]] = lists.weights[own][rows >= 0].clip(0)
        return np.asarray(found / np.maximum(found.max(axis=1, keepdims=True), 1e-6), dtype="f4")


class AwayFromUnliked(QueryHydrator):
    """Lets what is near to unliked titles step back; where too little is left, it says so."""

    name = "away_from_unliked"

    def __init__(self, metadata: MetadataOfTitles, of_words: LikenessOfWords) -> None:
        self._metadata = metadata
        self._of_words = of_words

    def hydrate(self, query: Query) -> Query:
        """Raises EncoderUnavailable."""
        request, likeness = query.request, query.likeness
        if likeness is None or not (request.unlike or request.unlike_words):
            return query
        rows = [self._metadata.to_each(query, request.unlike, EVERY_FIELD)]
        if request.unlike_words:
            rows.append(self._of_words.to_words(query, request.unlike_words))
        to_unliked = np.concatenate(rows)
        left = int((query.allowed & ~nearer_to(likeness, to_unliked)).sum())
        relaxed = query.relaxed if left >= query.page_size else (*query.relaxed, "unlike")
        return replace(query, likeness=away_from(likeness, to_unliked), relaxed=relaxed)
