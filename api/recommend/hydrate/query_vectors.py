"""Decides which vectors ANN searches with: the taste, the words, named titles, or a blend."""

from dataclasses import replace

import numpy as np

from api.catalogue.embeddings.read_embeddings import ReadEmbeddings
from api.domain.arrays import Floats
from api.recommend.pipeline.protocols import QueryHydrator
from api.recommend.query import Query
from api.viewers.taste.taste import Taste, normalised
from config.ranking import Profile, QueryBlend

_MOST_SEEDS = 5


class QueryVectors(QueryHydrator):
    """Sets `vectors`, the main one first; none for a cold start without words."""

    name = "query_vectors"

    def __init__(self, profile: Profile, query: QueryBlend, read: ReadEmbeddings) -> None:
        self._profile = profile
        self._query = query
        self._read = read

    def hydrate(self, query: Query) -> Query:
        taste = query.viewer.taste
        profile_vector = self._profile_vector(taste)
        seed_ids, seeds = self._seeds(query)
        stories = list(query.story_vectors)
        if seeds or stories or query.text_vector is not None:
            # Words and named titles lead; a tuning override blends evenly.
            blend = self._query
            leads = query.request.text or query.request.names_titles
            alpha = blend.blend_alpha_with_query if leads else blend.blend_alpha
            short = profile_vector if taste.short_vec is None else taste.short_vec
            wanted = self._wanted(seeds + stories, query.text_vector)
            vectors = tuple(_blended(short, vector, alpha) for vector in wanted)
            seed_vectors = np.stack(seeds) if seeds else None
            return replace(
                query, vectors=vectors, seed_ids=tuple(seed_ids), seed_vectors=seed_vectors
            )
        if profile_vector is None:
            return query
        return replace(query, vectors=(profile_vector, *taste.interests))

    def _seeds(self, query: Query) -> tuple[list[int], list[Floats]]:
        """The titles that are named and have a vector, in their order, with the vectors."""
        ids = query.named_ids
        if not ids or query.versions.space_id is None:
            return [], []
        wanted = np.array(ids[:_MOST_SEEDS], dtype=np.int32)
        found, vectors = self._read(query.versions.space_id, wanted)
        by_id = dict(zip(found.tolist(), vectors, strict=True))
        known = [item_id for item_id in wanted.tolist() if item_id in by_id]
        return known, [by_id[item_id] for item_id in known]

    def _wanted(self, seeds: list[Floats], text: Floats | None) -> list[Floats]:
        if text is None:
            return seeds
        if not seeds:
            return [text]
        return [_blended(seed, text, self._query.seed_share) for seed in seeds]

    def _profile_vector(self, taste: Taste) -> Floats | None:
        if taste.short_vec is None or taste.long_vec is None:
            return taste.short_vec if taste.long_vec is None else taste.long_vec
        share = self._profile.short_share
        return normalised(share * taste.short_vec + (1 - share) * taste.long_vec)


def _blended(one: Floats | None, other: Floats, share: float) -> Floats:
    """Share of the one, the rest of the other, at unit length; the other where they cancel out."""
    if one is None:
        return other
    blended = normalised(np.float32(share) * one + np.float32(1 - share) * other)
    return other if blended is None else blended
