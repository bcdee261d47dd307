"""How few people know a title: the share of the catalogue that more people voted for."""

import numpy as np

from api.recommend.evidence.kind import Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import CatalogueScore

NOVELTY = Kind(
    signal=ScoresTitles(
        "novelty",
        "the reverse of the percentile by votes",
        lambda _: CatalogueScore(
            "novelty",
            lambda facts, rows: (1 - facts.fame_percentile[rows]).astype(np.float32),
        ),
        Weights(warm=0.133, lone=0.05),
    ),
)
