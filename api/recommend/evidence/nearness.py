"""Nearness in the space of stories: to the viewer's taste, or to the words of the request."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats, is_among
from api.recommend.evidence.ann import Ann
from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    Needs,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.nearest import asked_nearest
from api.recommend.evidence.reason_facts import NearTitle
from api.recommend.evidence.shapes import names_title
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from config.explanations import ReasonForm

# A candidate that ANN found is above every one that it did not, by at least this much.
_FOUND = np.float32(0.1)
# What a text's cosines span at least: where none stands out, the best of many near ones must not
# count as if it did, least of all against a title that has the very words.
_TEXT_SPAN = 0.3
# Below this cosine MiniLM's neighbours of a synopsis have no more in common than their genre.
NEAR = 0.4
# From this on two stories are so much alike that one of them may be named for the other.
_ALIKE = 0.5


class AnnSignal(Scorer):
    """Cosine of the ANN sources, from the k-th found (0.1) up to the first (1); 0 if not found.

    What was not found has a smaller cosine than the k-th, so 0 is its place on this scale too.
    """

    name = "ann"

    def applies_to(self, query: Query) -> bool:
        return bool(query.vectors)

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


def _ann(name: str, needs: Needs, *, for_text: bool) -> Ann:
    ask = partial(asked_nearest, needs.database)
    numbers = needs.numbers.retrieval
    return Ann(name, ask, numbers, for_text=for_text, vectors=needs.vectors)


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    """For candidates with a vector: the viewer's own title it is nearest to, if it is near."""
    taste = query.viewer.taste
    if ranking.embeddings is None or ranking.embedded is None or len(taste.liked_ids) == 0:
        return
    places = ranking.embedded[ranking.order]
    cosines = ranking.embeddings @ taste.liked_vectors.T
    best = cosines.argmax(axis=1)
    cosine = cosines[np.arange(len(best)), best]
    liked = taste.liked_ids[best]
    praised = is_among(liked, taste.praised_ids)
    near = (places >= 0) & (cosine[places] >= _ALIKE)
    records["near_id"][near] = liked[places[near]]
    records["near_cosine"][near] = cosine[places[near]]
    records["near_liked"][near] = praised[places[near]]


_names_liked = names_title("near_id", cosine="near_cosine")


def _similar(subject: Subject, *, liked: bool) -> dict[str, Any] | None:
    if subject.record["near_liked"] != liked:
        return None
    return _names_liked(subject)


NEARNESS = Kind(
    sources=(
        FindsTitles(
            "profile_ann",
            "titles nearest to the taste",
            partial(_ann, "profile_ann", for_text=False),
        ),
        FindsTitles(
            "query_ann", "titles nearest to the words", partial(_ann, "query_ann", for_text=True)
        ),
    ),
    signal=ScoresTitles(
        "ann",
        "cosine, from the last found to the first",
        lambda _: AnnSignal(),
        Weights(cold=0.5, few=0.0, warm=0.1, lone=0.1, query=1.0, like=0.05),
    ),
    columns=(
        Column("near_id", "<i4", is_title=True),  # the viewer's title nearest to this one
        Column("near_cosine", "<f4"),
        Column("near_liked", "?"),  # whether that title was liked or rated well, not only watched
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="similar_to_liked",
            form=ReasonForm("Because you liked {title}.", {"title": "Heat"}),
            facts=NearTitle,
            signals=("ann",),
            is_personal=True,
            evidence=partial(_similar, liked=True),
        ),
        GivesReason(
            code="similar_to_watched",
            form=ReasonForm("Because you watched {title}.", {"title": "Heat"}),
            facts=NearTitle,
            signals=("ann",),
            is_personal=True,
            evidence=partial(_similar, liked=False),
        ),
    ),
)
