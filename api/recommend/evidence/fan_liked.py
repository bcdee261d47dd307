"""Titles that the fans of the viewer's liked titles like, by their share of them."""

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.collaborative import BECAUSE
from api.recommend.evidence.kind import FindsTitles, Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import ProposedByTaste, RetrievedScore, because_of, has
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.viewers.taste.taste import Proposed, Taste


def _proposed(taste: Taste) -> Proposed:
    return taste.fan_liked


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    ids = ranking.pool.ids[ranking.order]
    silent = records[BECAUSE.name] == 0
    records[BECAUSE.name][silent] = because_of(ids, query.viewer.taste.fan_liked)[silent]


# It says the same as collaborative.py does, of which it needs a column that is written before.
FAN_LIKED = Kind(
    sources=(
        FindsTitles(
            "fan_liked",
            "titles that the fans of the viewer's own like",
            lambda needs: ProposedByTaste("fan_liked", _proposed, needs.numbers.retrieval.source_k),
        ),
    ),
    signal=ScoresTitles(
        "fan_liked",
        "the share of the liked titles' fans who like it, too",
        lambda _: RetrievedScore("fan_liked", "fan_liked", full=1.0, applies=has(_proposed)),
        Weights(few=1.4),
    ),
    columns=(BECAUSE,),
    note=_note,
)
