"""The signals the mixer weighs: each one number in [0, 1] per candidate."""

import numpy as np

from api.domain.arrays import Floats
from api.domain.genres import genre_bits
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from config.ranking import Fatigue

# A candidate that ANN found is above every one that it did not, by at least this much.
_FOUND = np.float32(0.1)
# What a text's cosines span at least: where none stands out, the best of many near ones must not
# count as if it did, least of all against a title that has the very words.
_TEXT_SPAN = 0.3
# Bayesian average: a title with no votes has the mean, as if it had this many votes of it.
_PRIOR_VOTES = 50.0
_PRIOR_AVERAGE = 6.0


class AnnSignal(Scorer):
    """Cosine of the ANN sources, from the k-th found (0.1) up to the first (1); 0 if not found.

    What was not found has a smaller cosine than the k-th, so 0 is its place on this scale too.
    """

    name = "ann"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        signal = np.zeros(len(pool), dtype=np.float32)
        for source, span in (("profile_ann", 1e-6), ("query_ann", _TEXT_SPAN)):
            cosines = pool.retrieved.get(source)
            if cosines is None or not (found := np.isfinite(cosines)).any():
                continue
            low, high = cosines[found].min(), cosines[found].max()
            scaled = (cosines - low) / max(high - low, span)
            signal = np.where(found, np.maximum(signal, _FOUND + (1 - _FOUND) * scaled), signal)
        return signal


class LexicalSignal(Scorer):
    """How far the words are the title's name, as the source measured it: 1 for the name itself.

    Not relative to the best match: the best of many chance hits is still a chance hit.
    """

    name = "lexical"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "lexical", 1.0)


class StorySignal(Scorer):
    """How much of the words the title's story has, as the source measured it."""

    name = "story"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "story", 1.0)


class CollaborativeSignal(Scorer):
    """The predicted liking, as the model states it.

    Not relative to the best: one liked title predicts little, and then the audience leads.
    """

    name = "collab"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "collaborative", 1.0)


class FanLikedSignal(Scorer):
    """The share of the fans of the liked titles who like this one, too."""

    name = "fan_liked"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "fan_liked", 1.0)


class NeighboursSignal(Scorer):
    """The share of the most similar viewers who like it."""

    name = "neighbours"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "neighbours", 1.0)


class FollowedSignal(Scorer):
    """How much more than usual the title is liked after what was seen last; 1 from three up."""

    name = "followed"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _absolute(pool, "followed", 3.0)


class AudienceSignal(Scorer):
    """How many people like the title, on a log scale."""

    name = "audience"

    def score(self, query: Query, pool: Pool) -> Floats:
        return query.facts.audience[pool.rows]


class PeopleSignal(Scorer):
    """Strength of the shared people, relative to the best candidate's."""

    name = "people"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _relative(pool, "people")


class RelatedSignal(Scorer):
    """Strength by TMDB's lists, relative to the best candidate's."""

    name = "related"

    def score(self, query: Query, pool: Pool) -> Floats:  # noqa: ARG002 - a protocol's signature
        return _relative(pool, "related")


class TrendingSignal(Scorer):
    """Rank on the trending list or our own trend, whichever is better."""

    name = "trending"

    def score(self, query: Query, pool: Pool) -> Floats:
        return query.facts.trend[pool.rows]


class PopularitySignal(Scorer):
    """Popularity on a log scale, 1 for the most popular title of the catalogue."""

    name = "popularity"

    def score(self, query: Query, pool: Pool) -> Floats:
        top = float(query.facts.popularity.max(initial=0.0))
        own = query.facts.popularity[pool.rows]
        return np.asarray(np.log1p(own) / max(np.log1p(top), 1e-6), dtype=np.float32)


class VoteSignal(Scorer):
    """Average vote, shrunk to the mean where votes are few, from 5 of 10 (0) to 9 of 10 (1)."""

    name = "vote"

    def score(self, query: Query, pool: Pool) -> Floats:
        votes = query.facts.vote_count[pool.rows].astype(np.float32)
        average = query.facts.vote_average[pool.rows]
        shrunk = (votes * average + _PRIOR_VOTES * _PRIOR_AVERAGE) / (votes + _PRIOR_VOTES)
        return np.clip((shrunk - 5) / 4, 0, 1).astype(np.float32)


class NoveltySignal(Scorer):
    """The share of the catalogue that is more popular than the title."""

    name = "novelty"

    def score(self, query: Query, pool: Pool) -> Floats:
        return (1 - query.facts.popularity_percentile[pool.rows]).astype(np.float32)


class GenreAffinitySignal(Scorer):
    """How much of the viewer's genres a title has, per genre it has at all."""

    name = "genre_affinity"

    def score(self, query: Query, pool: Pool) -> Floats:
        bits = query.facts.genres[pool.rows]
        shares = np.zeros(len(pool), dtype=np.float32)
        for genre_id, share in query.viewer.taste.genre_prefs.items():
            shares += share * ((bits & np.uint32(genre_bits([genre_id]))) != 0)
        # Divided by the root of the count: a title of every genre must not win by that alone.
        per_genre = shares / np.sqrt(np.maximum(np.bitwise_count(bits), 1))
        return (per_genre / max(float(per_genre.max(initial=0.0)), 1e-6)).astype(np.float32)


class FatigueSignal(Scorer):
    """The share of its score that a title loses for having been shown to the viewer and ignored."""

    name = "fatigue"

    def __init__(self, numbers: Fatigue) -> None:
        self._numbers = numbers

    def score(self, query: Query, pool: Pool) -> Floats:
        shown = query.viewer.ignored_impressions
        return shown.share_lost(pool.ids, now=query.now, numbers=self._numbers)


def _absolute(pool: Pool, source: str, full: float) -> Floats:
    scores = pool.retrieved.get(source)
    if scores is None:
        return np.zeros(len(pool), dtype=np.float32)
    return (np.nan_to_num(scores, nan=0.0) / full).clip(0, 1).astype(np.float32)


def _relative(pool: Pool, source: str) -> Floats:
    scores = pool.retrieved.get(source)
    if scores is None:
        return np.zeros(len(pool), dtype=np.float32)
    known = np.nan_to_num(scores, nan=0.0)
    return (known / max(float(known.max(initial=0.0)), 1e-6)).clip(0, 1).astype(np.float32)
