"""Titles that the words of a request name, and what is near to them."""

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, GivesReason, Kind
from api.recommend.evidence.nearness import NEAR
from api.recommend.evidence.reason_facts import NearTitle
from api.recommend.evidence.shapes import names_title
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """For candidates with a vector: the named title it is nearest to, if it is near."""
    if query.seed_vectors is None or ranking.embeddings is None or ranking.embedded is None:
        return
    places, ids = ranking.embedded[ranking.order], ranking.pool.ids[ranking.order]
    seeds = np.array(query.seed_ids, dtype=np.int32)
    cosines = (ranking.embeddings @ query.seed_vectors.T)[np.maximum(places, 0)]
    # The named title itself may be in the list; that it is like itself says nothing.
    cosines[(places < 0)[:, None] | (ids[:, None] == seeds)] = -1
    best = cosines.argmax(axis=1)
    cosine = cosines[np.arange(len(best)), best]
    near = cosine >= NEAR
    records["seed_id"][near] = seeds[best[near]]
    records["seed_cosine"][near] = cosine[near]


NAMED_TITLES = Kind(
    columns=(Column("seed_id", "<i4", is_title=True), Column("seed_cosine", "<f4")),
    note=_note,
    reasons=(
        GivesReason(
            code="similar_to_named",
            form=ReasonForm(
                "Close in story and tone to {title}, which you named.", {"title": "Heat"}
            ),
            facts=NearTitle,
            signals=("ann", "lexical", "story"),
            is_personal=False,
            evidence=names_title("seed_id", cosine="seed_cosine"),
        ),
    ),
)
