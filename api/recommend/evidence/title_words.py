"""The words of a text in titles' names, for the lexical candidate source."""

from api.catalogue.words.word_index import WordIndex
from api.domain.folding import fold
from api.platform.resident import Resident
from api.recommend.pool import Retrieved

_MOST_WORDS = 20


def search_names(words: Resident[WordIndex], text: str, *, version: int) -> Retrieved:
    """Every id with a word of the text in its name, and what share both are of each other, in
    ascending ids; none for a text without words. `version` is the catalogue's.
    """
    index = words.current(version)
    scores = index.names.score(list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS])
    found = (scores > 0).nonzero()[0]
    return Retrieved(index.ids[found], scores[found])
