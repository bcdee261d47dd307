"""What is not meant by "a film" unless it is asked for: shorts, specials, concerts, making-ofs.

No field of TMDB's says so: runtime, genres, keywords and the words of a title do together.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Cursor

from api.domain.arrays import Ints, Mask, is_among
from api.domain.genres import genre_bits

# The longest short is 40 minutes for the Academy of Motion Picture Arts and Sciences.
_SHORT_MINUTES = 40
_DOCUMENTARY, _MUSIC = genre_bits([99]), genre_bits([10402])
# "Louis C.K.: Live at the Beacon Theater", but not "We Live in Time".
_TITLE = re.compile(
    r"\b(making[- ]of|behind the scenes|in concert)\b"
    r"|\b(holiday|christmas|anniversary|halloween|tv) special$"
    r"|[:(-] ?live (at|in|on|from)\b|\blive (at the|on stage|on broadway|from)\b",
    re.IGNORECASE,
)
_OF_CONCERTS = ["concert", "rock concert", "concert tour", "live performance", "making of"]
_ALWAYS = ["concert film", "concert footage", "live concert", "filmed theater", "tv special"]

# A pass over the keywords, a few tens of thousands, and ix_item_keywords_keyword_id.
_KEYWORDS = """
SELECT item_id, bool_or(name = ANY(%(always)s)) FROM item_keywords
JOIN keywords ON keywords.id = keyword_id WHERE name = ANY(%(names)s) GROUP BY item_id
ORDER BY item_id
"""


def read_keywords(cursor: Cursor[Any]) -> tuple[Ints, Mask]:
    """The titles with keywords of such, ascending, and whether those say it by themselves."""
    names = {"always": _ALWAYS, "names": _ALWAYS + _OF_CONCERTS}
    rows = cursor.execute(_KEYWORDS, names).fetchall()
    return (
        np.array([item_id for item_id, _ in rows], dtype=np.int32),
        np.array([alone for _, alone in rows], dtype=np.bool_),
    )


def asides_among(
    *,
    ids: Ints,
    titles: Sequence[str],
    is_show: Mask,
    genres: NDArray[np.uint32],
    runtime: NDArray[np.int16],
    keywords: tuple[Ints, Mask],
) -> Mask:
    """Which films are none in the usual sense; 30 ms for 30,000 titles.

    A documentary about music is a film, and a recording where its keywords tell of a concert.
    """
    having, alone = keywords
    is_documentary = (genres & np.uint32(_DOCUMENTARY)) != 0
    is_recorded = is_documentary & (((genres & np.uint32(_MUSIC)) != 0) | (runtime == 0))
    named = np.fromiter((_TITLE.search(one) is not None for one in titles), np.bool_, len(ids))
    is_short = (runtime > 0) & (runtime <= _SHORT_MINUTES)
    by_keyword = is_among(ids, having[alone]) | (is_recorded & is_among(ids, having))
    return np.asarray(~is_show & (is_short | named | by_keyword))
