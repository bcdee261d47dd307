"""Decides which vectors ANN searches with: the taste, the words, or a blend of both."""

from api.domain.catalogue import Floats
from api.domain.recommendation import Query
from api.domain.taste import Taste, normalised
from api.pipeline.protocols import QueryHydrator
from config.ranking import Profile, QueryBlend


class QueryVectors(QueryHydrator):
    """Sets `vectors`, the main one first; none for a cold start without words."""

    name = "query_vectors"

    def __init__(self, profile: Profile, query: QueryBlend) -> None:
        self._profile = profile
        self._query = query

    def hydrate(self, query: Query) -> Query:
        taste = query.viewer.taste
        profile_vector = self._profile_vector(taste)
        text_vector = query.text_vector
        if text_vector is None:
            if profile_vector is None:
                return query
            return query.with_(vectors=(profile_vector, *taste.interests))
        if profile_vector is None:
            return query.with_(vectors=(text_vector,))
        # Words lead where the client wrote a query; a tuning override blends evenly.
        alpha = self._query.blend_alpha_with_query if query.wish.text else self._query.blend_alpha
        short = profile_vector if taste.short_vec is None else taste.short_vec
        blended = normalised(alpha * short + (1 - alpha) * text_vector)
        return query.with_(vectors=(text_vector if blended is None else blended,))

    def _profile_vector(self, taste: Taste) -> Floats | None:
        if taste.short_vec is None or taste.long_vec is None:
            return taste.short_vec if taste.long_vec is None else taste.long_vec
        share = self._profile.short_share
        return normalised(share * taste.short_vec + (1 - share) * taste.long_vec)
