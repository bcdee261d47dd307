"""What a language model may say in an explanation: a reason's own facts, in neutral words.

A sentence passes only if it names every fact of its reason once and every other word of it is in a
closed vocabulary: the neutral words below and those of the operator's templates for that reason.
So no fact can be added, whoever wrote the sentence: a model, or a synopsis that talks to one.
"""

import re
import string
from collections.abc import Sequence

# Words that tell nothing of a title or a viewer. No negation, no comparison, no number, and no
# preposition that makes somebody the author of something: those come with a template.
_NEUTRAL_TEXT = (
    "a about again also an and another any are as at be because but can chance choice come "
    "comes could enjoy evening feel feels find fit fits follow follows for give go goes good "
    "great happy have here here's how if in into is it it's its join just keep leads let's like "
    "likely look makes match may maybe might mood natural night now of on one or pair pick "
    "place please ready reason right see seems since sit sits so some step suggestion suits "
    "taste that that's the then there this time to today together tonight too try turn up watch "
    "way welcome well what when where which while why will worth would yet you you'll you're "
    "your "
)
NEUTRAL = frozenset(_NEUTRAL_TEXT.split())
LONGEST = 160  # characters
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_PLAIN = re.compile(r"[A-Za-z',;: -]*")


def rephrases(sentence: str, *, facts: Sequence[str], wordings: Sequence[str]) -> bool:
    """Whether it is one short sentence that says the reason with these facts, and nothing else.

    `wordings` are the templates of the reason; facts are written exactly as in `facts`.
    """
    sentence = sentence.replace("’", "'")
    if not 1 < len(sentence) <= LONGEST or not sentence.endswith("."):
        return False
    rest = sentence[:-1]
    for fact in sorted((fact.replace("’", "'") for fact in facts), key=len, reverse=True):
        rest, times = re.subn(rf"(?<!\w){re.escape(fact)}(?!\w)", " ", rest)
        if times != 1:
            return False
    if not _PLAIN.fullmatch(rest) or not sentence[0].isupper():
        return False
    allowed = NEUTRAL.union(*map(_words_of_template, wordings))
    return set(_words(rest)) <= allowed


def _words_of_template(wording: str) -> list[str]:
    return [word for text, *_ in string.Formatter().parse(wording) for word in _words(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
