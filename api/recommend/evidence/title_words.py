"""The words of a text in titles' names, for the lexical candidate source."""

from api.catalogue.words.word_index import WordIndex
from api.platform.resident import Resident
from api.recommend.evidence.spoken_words import spoken_words
from api.recommend.pool import Retrieved

_MOST_WORDS = 20


def search_names(words: Resident[WordIndex], text: str, *, version: int) -> Retrieved:
    """Every id with a word of the text in its name, what share both are of each other, and which
    words those are, in ascending ids; none for a text without words. `version` is the catalogue's.
    """
    index = words.current(version)
    matches = index.names.matching(list(spoken_words(text))[:_MOST_WORDS])
    return Retrieved(index.ids[matches.rows], matches.scores, matches.words)
