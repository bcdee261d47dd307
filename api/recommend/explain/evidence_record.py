"""Why a title is in a list, as it is stored: fixed-width evidence, and the reasons made of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from config.explanations import ReasonCode


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a title is in the list: a code and the evidence that makes it true."""

    code: ReasonCode
    evidence: dict[str, Any]


EVIDENCE = np.dtype(
    [
        ("sources", "<u2"),
        ("explored", "?"),
        ("near_id", "<i4"),  # the viewer's title nearest to this one; 0 for none
        ("near_cosine", "<f4"),
        ("near_liked", "?"),  # whether that title was liked or rated well, not only watched
        ("because_id", "<i4"),  # the title whose fans like this one too, by either list of them
        ("followed_id", "<i4"),  # the recent title that it is most often liked soon after
        ("neighbours", "<i2"),  # how many of the most similar viewers like it
        ("listed_id", "<i4"),  # the liked title that says most for it by TMDB's lists
        ("person_id", "<i4"),
        ("genre_id", "<i4"),  # the viewer's favourite among its genres
        ("genre_titles", "<i2"),  # the viewer's titles of that genre
        ("by_words", "?"),  # found by the words of the request
        ("words_cosine", "<f4"),  # to the vector searched with; 0 where full text alone found it
        ("seed_id", "<i4"),  # the title that the words name and it is nearest to; 0 for none
        ("seed_cosine", "<f4"),
        ("fatigue", "<f4"),  # the share of its score lost to having been shown and ignored
        ("propensity", "<f4"),  # with which this title got this place; 1 unless drawn at random
    ]
)
