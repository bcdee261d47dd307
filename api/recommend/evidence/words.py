"""What the words of a request found: by their vector, in a title's name, in its story."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import Cosine
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.rounding import as_likeness
from config.explanations import ReasonForm

_BY_FULL_TEXT = ("lexical", "story")
_LEAST_COSINE = 0.001  # below it, and that is told in thousandths, the words are not what fits


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    retrieved, order = ranking.pool.retrieved, ranking.order
    # Without a vector of words, what was searched with is a named title's.
    if query.text_vector is not None and (cosines := retrieved.get("query_ann")) is not None:
        records["words_cosine"] = np.nan_to_num(cosines[order], nan=0.0)
    records["by_words"] = records["words_cosine"] >= _LEAST_COSINE
    for source in _BY_FULL_TEXT:
        records["by_words"] |= ranking.pool.found_by(source)[order]


def _matches(subject: Subject) -> dict[str, Any] | None:
    """Unless something better is said of the words: what of them it is, or what it is near to."""
    names_a_title = int(subject.record["seed_id"]) in subject.titles
    if not subject.record["by_words"] or names_a_title or "as_asked" in subject.codes:
        return None
    cosine = as_likeness(subject.record["words_cosine"])
    return {"cosine": cosine} if cosine >= _LEAST_COSINE else {}


WORDS = Kind(
    columns=(
        Column("by_words", "?"),
        Column("words_cosine", "<f4"),  # 0 where full text alone found it
    ),
    note=_note,
    reasons=(
        GivesReason(
            code="matches_query",
            form=ReasonForm("Fits your search."),
            facts=Cosine,
            signals=("ann", "lexical", "story"),
            is_personal=False,
            evidence=_matches,
        ),
    ),
)
