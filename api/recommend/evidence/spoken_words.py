"""The words of a request one by one, so that a title can be told by which of them found it.

Which words a title has are bits: the first for the first word of a text, and so on.
"""

import numpy as np

from api.domain.arrays import Bits, Ints
from api.domain.folding import fold
from api.language.vocabulary.load_lexicon import shipped_lexicon
from api.recommend.pool import Retrieved
from api.recommend.query import Query

MOST_WORDS = 64  # the bits of a record; what stands behind is searched for, and not told
_SIGNS = " .,;:!?…\"'()[]{}«»„“”‚‘’¿¡"


def spoken_words(text: str) -> dict[str, str]:
    """The different words of a text as they are compared, each with how it is written; in order.

    >>> spoken_words("Les Misérables, les grands!")
    {'les': 'Les', 'miserables': 'Misérables', 'grands': 'grands'}
    """
    found: dict[str, str] = {}
    for written in text.split():
        for word in fold(written).split():
            found.setdefault(word, written.strip(_SIGNS))
    return dict([*found.items()][:MOST_WORDS])


def words_of_request(query: Query, found: Retrieved, text: str, ids: Ints) -> Bits | None:
    """Which words of the request each of these ids has of the searched text, as `found` tells it in
    ascending ids; None where it does not.
    """
    if found.words is None:
        return None
    return as_bits_of(query.request.text or "", found.words[np.searchsorted(found.ids, ids)], text)


def as_bits_of(whole: str, bits: Bits, text: str) -> Bits:
    """The bits of the words of a text as those of the whole that it is a part of."""
    places = {word: place for place, word in enumerate(spoken_words(whole))}
    found = np.zeros(len(bits), dtype=np.uint64)
    for place, word in enumerate(spoken_words(text)):
        if word in places:
            found |= (bits >> np.uint64(place) & np.uint64(1)) << np.uint64(places[word])
    return found


def words_told(text: str, bits: int) -> list[str]:
    """The words of these bits as they are written, each once.

    What says nothing in one of the languages is no evidence: "den", "looking", "los, de".
    """
    says_nothing = shipped_lexicon().connectors.plot_joints
    told = (
        written
        for place, (word, written) in enumerate(spoken_words(text).items())
        if bits >> place & 1 and word not in says_nothing
    )
    return list(dict.fromkeys(told))
