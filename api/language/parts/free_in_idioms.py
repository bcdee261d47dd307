"""What is "free" in an idiom: "carefree", "ad free", "guilt-free".

It says what something is like: nothing that is seen is refused, nothing is about care or guilt, and
nothing is offered for free.
"""

from api.language.reading.reading import Reading


def is_free_in_an_idiom(reading: Reading, place: int) -> bool:
    """Whether the word at a place is such a "free"."""
    words, known = reading.words, reading.lexicon.negation
    return words.word(place) in known.behind and words.word(place - 1) in known.behind_idioms
