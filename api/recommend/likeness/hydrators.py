"""Compares the whole catalogue with the titles that a request names."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from api.catalogue.similarity.item_similarity import EVERY_FIELD, STORY_ALONE, ItemSimilarity
from api.domain.arrays import Floats, Ints
from api.platform.errors import UpstreamUnavailable
from api.recommend.likeness.likeness import likeness_of, mixed
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.viewers.taste.neighbour_lists import ItemLists

# Of at least this version of the catalogue.
SimilarityOf = Callable[[int], ItemSimilarity]
# (model, item ids) -> what the collaborative model says of them.
ReadItemLists = Callable[[int, Ints], ItemLists]


class MetadataLikeness(QueryHydrator):
    """Sets `likeness` where the request names titles: by what they are."""

    name = "likeness"

    def __init__(self, similarity_of: SimilarityOf) -> None:
        self._similarity_of = similarity_of

    def hydrate(self, query: Query) -> Query:
        ids = query.request.like
        if not ids:
            return query
        similarity = self._similarity_of(query.facts.version)
        shares = STORY_ALONE if query.request.by == "story" else EVERY_FIELD
        found = similarity.to_titles(np.array(ids, dtype=np.int32), shares)
        return replace(query, likeness=likeness_of(ids, _on_facts(query, similarity, found)))


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
        return replace(query, likeness=likeness_of(ids, to_each))

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


def _on_facts(query: Query, similarity: ItemSimilarity, found: Floats) -> Floats:
    """From the columns of the matrix to those of the facts, which may be of another version."""
    if np.array_equal(similarity.ids, query.facts.ids):
        return found
    rows = similarity.rows_of(query.facts.ids)
    return (
        np.where(rows >= 0, found[:, np.maximum(rows, 0)], np.float32(0))
        if len(similarity)
        else np.zeros((len(found), len(query.facts)), dtype=np.float32)
    )
