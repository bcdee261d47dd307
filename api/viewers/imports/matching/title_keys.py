"""What titles are compared by: their folded name, and a looser form that forgives how it is put."""

from api.domain.folding import fold

_ARTICLES = frozenset(
    {"the", "a", "an", "le", "la", "les", "l", "el", "los", "las", "der", "die", "das", "il", "lo"}
    | {"gli", "i", "o", "os", "as", "de", "het", "een"}
)
_AND = frozenset({"and", "und", "et", "y", "e", "en", "og", "och"})
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_SHORTEST_LOOSE = 4  # letters: less says too little


def exact_key(title: str) -> str:
    """Without accents, case and punctuation; "" for a title of nothing else."""
    return fold(title)


def loose_key(title: str) -> str:
    """Also without a leading article, "and", blanks and Roman numbers; "" where little is left.

    >>> loose_key("The Godfather: Part II"), loose_key("Malcolm & Marie")
    ('godfatherpart2', 'malcolmmarie')
    """
    words = fold(title).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    key = "".join(_ROMAN.get(word, word) for word in words if word not in _AND)
    return key if len(key) >= _SHORTEST_LOOSE else ""
