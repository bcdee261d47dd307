"""Words of requests with a slip of the finger: "chritmas", "mistery", "documentry".

Only what no language, title or keyword has a word for is looked at, and only for a word of the
vocabulary from which it is one edit away. Its first letter is never the slip, and its ending
seldom: in endings words of one stem differ, and others of another language.
"""

from dataclasses import replace

from rapidfuzz.distance import OSA

from api.language.vocabulary.lexicon import Lexicon
from api.language.vocabulary.names import Names
from api.language.vocabulary.tokens import Token, Words

_SHORTEST = 6  # letters
_SHORTEST_WITH_ONE_LOST = 4  # "horor", "crme"
_SHORTEST_SWAPPED = 5  # "movei"
_ENDING = 2  # letters
_ENDINGS_OF_PLURALS = frozenset("sn")
_SIBILANTS = frozenset("csz")
_VOWELS = frozenset("aeiouy")


def without_slips(words: Words, names: Names) -> Words:
    """The words with what they were meant for; how they are written stays."""
    tokens = tuple(_meant(token, place, names) for place, token in enumerate(words.tokens))
    if tokens == words.tokens:
        return words
    return Words(words.text, tokens, tuple(token.word for token in tokens))


def _meant(token: Token, place: int, names: Names) -> Token:
    word, lexicon = token.word, names.lexicon
    may_be_a_name = token.is_capital and place > 0
    if (
        len(word) < _SHORTEST_WITH_ONE_LOST
        or may_be_a_name
        or not word.isalpha()
        or is_a_word(word, names)
    ):
        return token
    near = [one for one in _candidates(lexicon, word) if _is_a_slip(word, one)]
    # "Romanse" is a slip in an English and in a German word for the same.
    meant = {lexicon.terms.meanings.get(one, one) for one in near}
    return replace(token, word=near[0]) if len(meant) == 1 else token


def _is_a_slip(word: str, meant: str) -> bool:
    """One edit; of consonants none stands for another: "monsters" are no mobsters."""
    if OSA.distance(word, meant) != 1:
        return False
    changed = [one for one in zip(word, meant, strict=False) if one[0] != one[1]]
    is_swapped = len(word) == len(meant) and len(changed) == 2
    if len(word) < _SHORTEST and len(meant) <= len(word):
        return is_swapped and len(word) >= _SHORTEST_SWAPPED
    if word[-_ENDING:] != meant[-_ENDING:]:
        return _is_a_slip_of_the_end(word, meant, changed)
    return len(word) != len(meant) or len(changed) == 2 or _VOWELS.issuperset(changed[0])


def _is_a_slip_of_the_end(word: str, meant: str, changed: list[tuple[str, str]]) -> bool:
    """Two letters in the wrong order ("withuot"), the last one lost or twice ("horro", "scaryy"),
    or the last but one as it sounds or one too many ("romanse", "horrer", "scarey")."""
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    if len(longer) > len(shorter) and longer[-1] == shorter[-1]:
        # "Scarey", "withot": a vowel before the last letter, or that letter twice; "dinosaurs" are
        # "dinosaures" in another language.
        is_of_an_ending = longer[-1] in _ENDINGS_OF_PLURALS
        is_a_slip = longer[-2] in _VOWELS | {longer[-1]} and not is_of_an_ending
        return is_a_slip and len(longer) >= _SHORTEST
    if len(word) != len(meant):
        return word == meant[:-1] and len(meant) >= _SHORTEST
    if len(changed) == 2:
        return True
    is_last = word[-1] != meant[-1]
    is_as_it_sounds = _VOWELS.issuperset(changed[0]) or _SIBILANTS.issuperset(changed[0])
    return not is_last and is_as_it_sounds


def is_a_word(word: str, names: Names) -> bool:
    """Whether a language, a title, a keyword or a person has it."""
    return (
        word in names.lexicon.all_words
        or names.titles.has_word(word)
        or names.topics.has_word(word)
        or bool(names.people.last_name(word))
    )


def _candidates(lexicon: Lexicon, word: str) -> list[str]:
    lengths = range(len(word) - 1, len(word) + 2)
    return [one for one in lexicon.often_mistyped.get(word[0], ()) if len(one) in lengths]
