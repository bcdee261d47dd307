"""Folding of names for search: no accents, no case, no punctuation.

Done here and stored, because the embedded server has neither unaccent nor pg_trgm.
"""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower-case words without accents, one space between them; "" when nothing is left.

    >>> fold("Amélie: Le Fabuleux Destin d’Amélie")
    'amelie le fabuleux destin d amelie'
    """
    if text.isascii():  # most names, and the index of names folds all of them
        return _NOT_WORD.sub(" ", text.lower()).replace("_", " ").strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare.translate(_LETTERS)).replace("_", " ").strip()
