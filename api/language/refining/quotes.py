"""Finds the words of a request that a model quotes."""

import re
import unicodedata

from api.domain.folding import fold
from api.language.vocabulary.lexicon import Connectors

_LONGEST = 12  # words; a longer quote does not show where a constraint comes from


def span_of(quote: str, text: str, connectors: Connectors) -> tuple[int, int] | None:
    """Characters [start, end) of whole words of the text that read like the quote, in any case.

    None when the text does not hold them, or when they say nothing: "of the".
    """
    words = unicodedata.normalize("NFC", quote).split()
    if not 0 < len(words) <= _LONGEST:
        return None
    if all(word in connectors.fillers or word in connectors.joints for word in fold(quote).split()):
        return None
    written = r"\s+".join(re.escape(word) for word in words)
    found = re.search(rf"(?<!\w){written}(?!\w)", text, re.IGNORECASE)
    return None if found is None else found.span()
