"""The mixer: one relevance in [0, 1] out of the signals, then damping and the operator's boosts."""

from collections.abc import Mapping, Sequence

import numpy as np

from api.domain.arrays import Floats, Ints
from api.domain.genres import genre_bits, genre_id
from api.recommend.boost_factors import boost_factors
from api.recommend.pipeline.protocols import Ranker, Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.rank.aside import aside_share
from api.recommend.rank.fame import answered_share, fame_numbers, fame_share, kept_share
from api.recommend.ranking import Ranking
from config.business_rules import Boosts
from config.ranking import Damping, Fame, Mixer

# Of 10, and as how many votes that counts.
_GOOD_ENOUGH, _STEADY_VOTES = 6.1, 50


class WeightedMixer(Ranker):
    """score = sum(weight x signal) / sum(weights), damped, boosted; order (-score, id).

    Fatigue and kind are no parts of the sum: what a viewer was shown and ignored loses a share of
    it all, and so does what is not of the viewer's kind.
    """

    def __init__(
        self, mixer: Mixer, damping: Damping, fame: Fame, scorers: Sequence[Scorer] = ()
    ) -> None:
        """`scorers` are those whose signals are weighed."""
        self._mixer = mixer
        self._damping = damping
        self._fame = fame
        self._scorers = scorers

    def rank(self, query: Query, pool: Pool, signals: dict[str, Floats]) -> Ranking:
        """Candidates by falling score; the weakest signals are dropped where damping says so."""
        # A scorer that a strategy leaves out weighs nothing.
        weights = self._weights(query, signals)
        fame = fame_numbers(query, self._fame)
        total = max(sum(weights.values()) + fame.floor, 1e-6)
        shares = {name: weight / total for name, weight in weights.items()}
        score = np.full(len(pool), fame.floor / total, dtype=np.float32)
        for name, share in shares.items():
            score += np.float32(share) * signals[name]
        remaining = aside_share(query, pool, self._damping.aside_penalty)
        factors = {"form": remaining.copy()}
        # An unknown title is as much like another as a famous one.
        if not query.request.names_titles:
            factors["fame"] = fame_share(query, pool, fame)
            factors["preferred"] = kept_share(query, pool, fame)
            factors["usually_answered"] = answered_share(query, pool, fame)
            if (of_its_kind := signals.get("of_its_kind")) is not None:
                factors["of_its_kind"] = of_its_kind
                remaining *= of_its_kind
            # Where fame counts it is the measure of what is behind a title.
            if fame.power == 0:
                factors["little_known_or_liked"] = self.remaining_share(pool)
        for factor in factors.values():
            score = score * factor
        score = _boosted(query.rules.boosts, pool, score)
        if (fatigue := signals.get("fatigue")) is not None:
            factors["shown_in_vain"] = 1 - fatigue
            score = score * factors["shown_in_vain"]
        score = np.where(np.isfinite(score), score, -np.inf)
        order = np.lexsort((pool.ids, -score))
        if self._damping.min_signal_multiplier > 0:
            if not query.request.names_titles:
                remaining = remaining * self.remaining_share(pool)
            order = order[remaining[order] >= self._damping.min_signal_multiplier]
        scores = score[order].astype(np.float32)
        return Ranking(
            pool, order.astype(np.int32), scores, signals, weights=shares, factors=factors
        )

    def _weights(self, query: Query, signals: Mapping[str, Floats]) -> dict[str, float]:
        weights = {name: own for name, own in query.weights.items() if name in signals}
        if "ann" in weights:
            weights["ann"] = max(weights["ann"], self._mixer.ann_floor)
        # Signals that say nothing of anyone do not thin out those that do.
        silent = {scorer.name for scorer in self._scorers if not scorer.applies_to(query)}
        return {name: 0.0 if name in silent else own for name, own in weights.items()}

    def remaining_share(self, pool: Pool) -> Floats:
        """What damping leaves of each score: there is little behind an unknown title's signals."""
        damping, facts = self._damping, pool.facts
        average = _steady_average(facts.vote_average[pool.rows], facts.vote_count[pool.rows])
        few_votes = facts.vote_count[pool.rows] < damping.min_vote_count
        unpopular = facts.popularity[pool.rows] < damping.min_popularity
        return (
            np.where(few_votes, 1 - damping.vote_penalty, 1)
            * np.where(unpopular, 1 - damping.popularity_penalty, 1)
            * (1 - damping.disliked_penalty * (_GOOD_ENOUGH - average).clip(0, 1))
        ).astype(np.float32)


def _steady_average(averages: Floats, votes: Ints) -> Floats:
    """Averages of 0 to 10 as if `_STEADY_VOTES` more had found each title just good enough."""
    steady = (averages * votes + _GOOD_ENOUGH * _STEADY_VOTES) / (votes + _STEADY_VOTES)
    return np.asarray(steady, dtype=np.float32)


def _boosted(boosts: Boosts, pool: Pool, score: Floats) -> Floats:
    facts, rows = pool.facts, pool.rows
    for name, factor in boosts.genre_multipliers.items():
        if (wanted := genre_id(name)) is not None:
            has_genre = (facts.genres[rows] & np.uint32(genre_bits([wanted]))) != 0
            score = np.where(has_genre, score * factor, score)
    score = score * boost_factors(boosts, facts, rows)
    if (popular := boosts.popularity_multiplier) is not None:
        score = np.where(facts.popularity[rows] >= popular.threshold, score * popular.factor, score)
    if (recent := boosts.recent_release) is not None:
        score = np.where(facts.year[rows] >= recent.year, score + recent.bonus, score)
    return score
