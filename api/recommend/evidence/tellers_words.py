"""What people say of a film whose plot they tell, and stories seldom do: "I saw it as a kid".

Such words are rare among stories, so full text would take them for the telling ones.
"""

from api.domain.folding import fold

_WORDS = """
film films movie movies tv channel cable netflix dvd vhs rental series show shows release released
title titled name named called plot scene scenes part parts character characters main actor actors
actress play played plays playing feature features featured end ended ending ends begin begins
beginning start started starts starting
remember remembered remembers remembering recall memory memories saw see seen seeing watch watched
watching think thinking thought know knows known find finding found look looked looking believe
remind reminds reminded recommend help please thank thanks anyone
maybe probably possibly definitely vaguely vague pretty sure really clear quite rather even though
would could might also like kind sort much able
someone something somewhere thing things stuff lot bit several one
old year years time late early mid earlier ago kid kids child
get gets got go goes going went come comes came back
"""
_SAID = frozenset(_WORDS.split())


def without_what_tellers_say(text: str) -> str:
    """The other words, as they are written; the text itself where nothing else is said."""
    return " ".join(word for word in text.split() if fold(word) not in _SAID) or text
