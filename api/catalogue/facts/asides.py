"""What is not meant by "a film" unless it is asked for: shorts, concerts, stand-up, making-ofs.

No field of TMDB's says so: runtime, genres, keywords and the words of a title do together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.domain.arrays import Ints, Mask, is_among
from api.domain.genres import genre_bits

# The longest short is 40 minutes for the Academy of Motion Picture Arts and Sciences.
_SHORT_MINUTES = 40
_DOCUMENTARY, _MUSIC, _COMEDY = genre_bits([99]), genre_bits([10402]), genre_bits([35])
# A film about a comedian has another genre beside these: The Big Sick.
_OF_STAND_UP = genre_bits([35, 10402, 10770])  # comedy, music, TV movie
# "Louis C.K.: Live at the Beacon Theater", but not "We Live in Time".
_TITLE = re.compile(
    r"\b(making[- ]of|behind the scenes|in concert)\b"
    r"|\b(holiday|christmas|anniversary|halloween|tv) special$"
    r"|[:(-] ?live (at|in|on|from)\b|\blive (at the|on stage|on broadway|from)\b",
    re.IGNORECASE,
)
_CONCERTS = ["concert", "rock concert", "concert tour", "live performance", "making of"]
_STAND_UP = ["stand-up comedy"]
_ALWAYS = ["concert film", "concert footage", "live concert", "filmed theater", "tv special"]

# uq_keywords_name, then ix_item_keywords_keyword_id.
_KEYWORDS = """
SELECT DISTINCT item_id FROM item_keywords JOIN keywords ON keywords.id = keyword_id
WHERE name = ANY(%(names)s) ORDER BY item_id
"""


@dataclass(frozen=True, slots=True, eq=False)
class AsideKeywords:
    """Ids of the titles with keywords of such, ascending."""

    always: Ints  # that say it by themselves
    concerts: Ints  # of a recording, or of a film about one
    stand_up: Ints  # of a programme, or of a film about a comedian


def read_keywords(cursor: Cursor[Any]) -> AsideKeywords:
    """The titles that their keywords may make such."""

    def having(names: list[str]) -> Ints:
        rows = cursor.execute(_KEYWORDS, {"names": names}).fetchall()
        return np.array([row[0] for row in rows], dtype=np.int32)

    return AsideKeywords(having(_ALWAYS), having(_CONCERTS), having(_STAND_UP))


def asides_among(
    *,
    ids: Ints,
    titles: Sequence[str],
    is_show: Mask,
    genres: NDArray[np.uint32],
    runtime: NDArray[np.int16],
    keywords: AsideKeywords,
) -> Mask:
    """Which films are none in the usual sense; 30 ms for 30,000 titles.

    A documentary about music is a film, and a recording where its keywords tell of a concert; what
    is a comedy and nothing else, with stand-up among its keywords, is a programme.
    """
    is_documentary = (genres & np.uint32(_DOCUMENTARY)) != 0
    is_recorded = is_documentary & (((genres & np.uint32(_MUSIC)) != 0) | (runtime == 0))
    named = np.fromiter((_TITLE.search(one) is not None for one in titles), np.bool_, len(ids))
    is_short = (runtime > 0) & (runtime <= _SHORT_MINUTES)
    is_comedy_alone = ((genres & np.uint32(_COMEDY)) != 0) & (
        (genres & ~np.uint32(_OF_STAND_UP)) == 0
    )
    by_keyword = is_among(ids, keywords.always)
    by_keyword |= is_recorded & is_among(ids, keywords.concerts)
    by_keyword |= is_comedy_alone & is_among(ids, keywords.stand_up)
    return np.asarray(~is_show & (is_short | named | by_keyword))
