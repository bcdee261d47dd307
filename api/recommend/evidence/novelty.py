"""How few people know a title: the share of the catalogue that is more popular."""

import numpy as np

from api.recommend.evidence.kind import Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import CatalogueScore

NOVELTY = Kind(
    signal=ScoresTitles(
        "novelty",
        "the reverse of the popularity percentile",
        lambda _: CatalogueScore(
            "novelty",
            lambda facts, rows: (1 - facts.popularity_percentile[rows]).astype(np.float32),
        ),
        Weights(warm=0.05),
    ),
)
