"""Who has named shows alone means shows, and who has named Korean titles means Korean ones."""

import numpy as np

from api.domain.arrays import Floats, Ints, Mask
from api.recommend.pool import Pool
from api.recommend.query import Query

# Of a kind that nobody named this much is left at least: it may still come, behind the other.
_LEAST = 0.3


def kind_share(query: Query, pool: Pool) -> Floats:
    """What is left of each score, in [0.09, 1], by its kind and by its language.

    Among n liked titles of which k are shows a film has the odds (n - k + 1) / (k + 1), so that two
    or three titles tell little, and five of one kind nearly all.
    """
    share = np.ones(len(pool), dtype=np.float32)
    taste, facts = query.viewer.taste, query.facts
    rows = facts.known_rows(taste.known_ids[taste.known_named])
    if query.request.text or len(rows) == 0:
        return share
    is_show = facts.is_show[pool.rows]
    shows = int(facts.is_show[rows].sum())
    share[~is_show] = _left(shows, len(rows))
    share[is_show] = _left(len(rows) - shows, len(rows))
    share[_of_other_languages(query, pool, rows)] *= _left(*_leading(query, rows))
    return share


def _left(others: int, liked: int) -> float:
    """What is left of a title where so many of the liked ones are of the other sort."""
    return max(min((liked - others + 1) / (others + 1), 1.0), _LEAST)


def _leading(query: Query, rows: Ints) -> tuple[int, int]:
    """How many of the liked titles are in their commonest language, and how many there are."""
    counts = np.bincount(query.facts.language[rows].astype(np.intp), minlength=1)
    return int(counts[1:].max(initial=0)), len(rows)


def _of_other_languages(query: Query, pool: Pool, rows: Ints) -> Mask:
    """The candidates in another language than most liked ones, none where that one is usual.

    Most of a catalogue is in one language, and who has named that alone has said little.
    """
    languages = query.facts.language
    counts = np.bincount(languages[rows].astype(np.intp), minlength=2)
    leading = int(counts[1:].argmax()) + 1
    usual = int(np.bincount(languages.astype(np.intp), minlength=2)[1:].argmax()) + 1
    if leading == usual or counts[leading] == 0:
        return np.zeros(len(pool), dtype=np.bool_)
    return np.asarray(languages[pool.rows] != leading)
