"""Candidates in order."""

from dataclasses import dataclass, field

from api.domain.arrays import Floats, Ints
from api.recommend.pool import Pool


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Candidates in order. `order` indexes the pool, `scores` goes with `order`.

    `embeddings` are unit vectors of some candidates, float32 (m, d); `embedded` is the row of each
    candidate in them, in the pool's order, -1 for those without.
    """

    pool: Pool
    order: Ints
    scores: Floats
    signals: dict[str, Floats]  # per scorer, in the pool's order, in [0, 1]
    embeddings: Floats | None = None
    embedded: Ints | None = None
    # Pool index of each title placed by exploration -> the probability with which it was drawn.
    explored: dict[int, float] = field(default_factory=dict)
    # The same of every place that was drawn because the request asks for chance.
    drawn: dict[int, float] = field(default_factory=dict)
    phrases: dict[int, str] = field(default_factory=dict)  # item id -> a model's words, unchecked
    judged: tuple[int, ...] = ()  # item ids that a hosted model put first, in its order
    weights: dict[str, float] = field(default_factory=dict)  # of each signal, summing to 1
    # What is left of each score by its name, beside the signals' sum, in the pool's order.
    factors: dict[str, Floats] = field(default_factory=dict)
