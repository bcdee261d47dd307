"""What the words of a request found: by their vector, in a title's name, in its story.

The nearest titles to a text are found whatever it says, so nearness is a reason from a floor on
alone. On 681 judged requests, 3 of 100 titles drawn at random have a cosine of .3 and 1 of 100 one
of .35; of what people answered 11 to 43 of 100 have that, by the kind of request. Of texts that say
nothing ("asdfqwer", "12345", a face) not one of 18 has twenty titles above it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.recommend.evidence.kind import Column, GivesReason, Kind, Subject
from api.recommend.evidence.reason_facts import Cosine, WordsFound
from api.recommend.evidence.spoken_words import words_told
from api.recommend.query import Query
from api.recommend.ranking import Ranking
from api.recommend.rounding import as_likeness
from config.explanations import ReasonForm

NEAR_WORDS = 0.35
# Where no title here has any of the words, whether anything was said at all is doubtful: of letters
# at random and of sentences in scripts that the encoder cannot read the nearest title is at .43.
NEAR_UNKNOWN_WORDS = 0.45
# How much of the words a story or a name must have, by the sources' own scores. Of titles drawn at
# random 3 to 6 of 1,000 have half of a request in their stories, of judged answers 7 to 45 of 100.
_ENOUGH_WORDS = {"story": 0.5, "lexical": 0.3}

_MOST_TOLD = 5  # of a plot told at length a story may have twenty


def _note(query: Query, ranking: Ranking, records: NDArray[np.void]) -> None:
    retrieved, order = ranking.pool.retrieved, ranking.order
    # Without a vector of words, what was searched with is a named title's.
    if query.text_vector is not None and (cosines := retrieved.get("query_ann")) is not None:
        known = np.nan_to_num(cosines[order], nan=0.0)
        words_are_known = any(ranking.pool.found_by(source).any() for source in _ENOUGH_WORDS)
        floor = NEAR_WORDS if words_are_known else NEAR_UNKNOWN_WORDS
        records["words_cosine"] = np.where(known >= floor, known, 0)
    for source, enough in _ENOUGH_WORDS.items():
        if (scores := retrieved.get(source)) is not None:
            records["has_words"] |= np.nan_to_num(scores[order], nan=0.0) >= enough
    if ranking.pool.words is not None:
        records["words_found"] = np.where(records["has_words"], ranking.pool.words[order], 0)


def _goes_without_saying(subject: Subject) -> bool:
    """Whether something better is said of the words: what of them it is, or what it is near to."""
    names_a_title = subject.record["seed_id"] in subject.titles
    return names_a_title or "as_asked" in subject.codes


def _matches(subject: Subject) -> dict[str, Any] | None:
    cosine = as_likeness(subject.record["words_cosine"])
    if cosine < NEAR_WORDS or _goes_without_saying(subject):
        return None
    return {"cosine": cosine}


def _has_words(subject: Subject) -> dict[str, Any] | None:
    is_near = "matches_query" in subject.codes
    if not subject.record["has_words"] or is_near or _goes_without_saying(subject):
        return None
    told = words_told(subject.text, subject.record["words_found"])
    return {"words": ", ".join(told[:_MOST_TOLD])} if told else None


WORDS = Kind(
    columns=(
        Column("has_words", "?"),  # whether full text found enough of the words in it
        Column("words_found", "<u8"),  # which, of a title that has enough: see spoken_words.py
        Column("words_cosine", "<f4"),  # 0 where it is not near to the words
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
        GivesReason(
            code="has_words",
            form=ReasonForm("It has words from your search: {words}.", {"words": "heist, vault"}),
            facts=WordsFound,
            signals=("ann", "lexical", "story"),
            is_personal=False,
            evidence=_has_words,
        ),
    ),
)
