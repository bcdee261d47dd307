"""One spelling for all the ways in which a name is written or typed.

"Ocean's Eleven" and "oceans 11", "Rocky IV" and "rocky 4", "Lilo & Stitch" and "lilo and stitch",
"9½ Weeks" and "9 1/2 weeks", "臥虎藏龍" and "卧虎藏龙" are the same words; "Spider-Man" and
"spiderman" have the same key.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from opencc import OpenCC

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
# Within a word they are nothing, as people type it.
_APOSTROPHES = re.compile("['\u2019\u2018`\u00b4\u02bc]")
_FRACTION = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞])")
_DECIMAL_HALF = re.compile(r"(?<=\d)[.,]5(?!\d)")  # "8.5" for 8½
_DECIMAL_NOUGHT = re.compile(r"(?<=\W\d)\.0(?!\d)")  # "Die Hard 4.0"; "2.0" alone is a name
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AND = re.compile("[&+\uff06\uff0b]")
_NO_WORD = re.compile(r"[\W_]+")

# Marks above or below Latin, Greek and Cyrillic letters have these classes; Hebrew and Arabic vowel
# points are optional too. The vowel signs of Hindi, Thai or Tamil are letters: their class is 0 or
# below 10, or their own.
_OPTIONAL_MARKS = frozenset((*range(10, 36), 202, *range(214, 241)))

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

_AND_WORDS = frozenset(("and", "und", "et"))
ARTICLES = frozenset(
    (
        *("the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une"),
        *("el", "los", "las", "una", "il", "lo", "gli", "o", "os", "as", "um", "uma"),
    )
)
# "Part II" is the second, whatever it is called; the word says nothing beside the number.
_PART_WORDS = frozenset(
    ("part", "pt", "chapter", "vol", "volume", "episode", "ep", "teil", "partie", "parte")
)
_CARDINALS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen",),
]
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_CARDINALS)} | {
    word: str(number) for number, word in enumerate(ORDINALS, start=1)
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {"hundred": 100, "thousand": 1000}
_LARGE = frozenset((*_TENS, *_SCALES, "eighteen", "nineteen"))
_CENTURIES = range(18, 21)  # "nineteen eighty four" is a year
# Names are written short as often as long.
_SHORT = {
    "doctor": "dr",
    "doktor": "dr",
    "mister": "mr",
    "professor": "prof",
    "saint": "st",
    "versus": "vs",
}
# What sounds like a number is written for it, and the number for what it sounds like.
_SOUNDS_LIKE = {
    word: alike
    for alike in (("2", "to", "too"), ("4", "for"), ("1", "won"), ("8", "ate"))
    for word in alike
}
_MOST_READINGS = 30
_AND_A_HALF = ("and", "a", "half")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate(
        [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
            "xix",
            "xx",
        ],
        start=1,
    )
}
# "Ocean's", "Spider-Man", "WALL·E", "9.99"; and "Alien³" before its number.
_SIGN_WITHIN = re.compile(
    "(?<=\\w)['\u2019`\u00b4.\u00b7-](?=\\w)|(?<=[^\\W\\d_])(?=[\u00b2\u00b3])"
)
# "Se7en", "Scre4m"; no "4th" and no "B1A4".
_DIGIT_WITHIN = re.compile("(?<=[a-z])[013457](?=[a-z])", re.IGNORECASE)
_DRAWN_FOR = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "v"}
_MOST_WORDS = 40


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in their one spelling; none where it is made of signs alone.

    >>> words_of("The Godfather: Part II")
    ('the', 'godfather', '2')
    """
    words = _with_large_numbers(_with_halves(plain_words_of(name)))
    return tuple(
        _as_number(words, place, word)
        for place, word in enumerate(words)
        if not _says_nothing(words, place, word)
    )


def plain_words_of(name: str) -> tuple[str, ...]:
    """The words as they are written, numbers and all, without signs and accents."""
    return tuple(_bare(name).split()[:_MOST_WORDS])


def forms_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Both, where they differ: "ocean's ele" is no number yet, nor is "readyplayerone"."""
    one, plain = words_of(name), plain_words_of(name)
    return (one,) if one == plain else (one, plain)


def key_of(name: str) -> str:
    """The words as one, which is what tells names apart; of signs alone the signs themselves."""
    return "".join(words_of(name)) or "".join(name.casefold().split())


def spelled(name: str) -> str:
    """The words with spaces between them, as a text spells the name; "" of signs alone."""
    return " ".join(words_of(name))


def spellings_of(name: str) -> tuple[str, ...]:
    """Every way in which the words of a text may spell a name, each once: signs within words are
    left out, or end a word as a text is split at them, and digits within are letters.

    >>> spellings_of("Spider-Man")
    ('spider man', 'spiderman')
    >>> spellings_of("Se7en")
    ('se7en', 'seven')
    """
    if _SIGN_WITHIN.search(name) is None and _DIGIT_WITHIN.search(name) is None:
        return (found,) if (found := spelled(name)) else ()
    ways = (
        name,
        _SIGN_WITHIN.sub(" ", name),
        _SIGN_WITHIN.sub("", name),
        with_digits_as_letters(name),
    )
    return tuple(dict.fromkeys(filter(None, map(spelled, ways))))


def as_they_sound(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Other words that sound as these do, by those that are numbers or sound like one; a word
    alone may be anything.

    >>> list(as_they_sound(("v", "4", "vendetta")))
    [('v', 'for', 'vendetta')]
    """
    if len(words) < 2 or _SOUNDS_LIKE.keys().isdisjoint(words):
        return
    ways = itertools.product(*(_SOUNDS_LIKE.get(word, (word,)) for word in words))
    for way in itertools.islice(ways, _MOST_READINGS):
        if way != tuple(words):
            yield way


def with_digits_as_letters(name: str) -> str:
    """The name with the digits within its words as the letters that they are drawn for.

    >>> with_digits_as_letters("Se7en")
    'Seven'
    """
    return _DIGIT_WITHIN.sub(lambda digit: _DRAWN_FOR[digit[0]], name)


def without_article(words: Sequence[str]) -> Sequence[str]:
    """The words without an article that they begin with."""
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def is_written_without_spaces(text: str) -> bool:
    """Whether it is of a script in which words are not set apart: Chinese, Japanese, Thai."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def _bare(name: str) -> str:
    """Lower case, without optional marks; signs that are words spelled out, others as spaces."""
    # Nearly all words of texts, which are asked for some hundred times each.
    if name.isascii() and name.replace(" ", "").isalpha():
        return name.lower()
    name = _DECIMAL_HALF.sub(" 1 2", _DECIMAL_NOUGHT.sub("", _THOUSANDS.sub("", name)))
    if name.isascii():
        return _NO_WORD.sub(" ", _APOSTROPHES.sub("", _AND.sub(" and ", name.lower())))
    text = _APOSTROPHES.sub("", _AND.sub(" and ", _FRACTION.sub(" ", name)))
    text = _simplified(unicodedata.normalize("NFKD", text.casefold()))
    return "".join(map(_letter, text)).translate(_LETTERS)


def _simplified(text: str) -> str:
    """Traditional characters of Chinese as simplified ones, Japanese and Korean use of them too:
    a name has one spelling whichever its catalogue prefers."""
    return _to_simplified().convert(text) if _HAN.search(text) else text


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _letter(decomposed: str) -> str:
    if unicodedata.combining(decomposed) in _OPTIONAL_MARKS:
        return ""
    return decomposed if unicodedata.category(decomposed)[0] in "LMN" else " "


def _says_nothing(words: Sequence[str], place: int, word: str) -> bool:
    if place == 0 or place == len(words) - 1:
        return False
    return word in _AND_WORDS or (word in _PART_WORDS and _is_number(words[place + 1]))


def _with_halves(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "8 and a half" as "8½" and "8 1/2" are written; "two and a half men" likewise."""
    if "half" not in words:
        return words
    place = words.index("half") - 2
    if place < 1 or words[place : place + 3] != _AND_A_HALF or not _is_number(words[place - 1]):
        return words
    return (*words[:place], "1", "2", *words[place + 3 :])


def _with_large_numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "Twenty eight", "one hundred and one" and "nineteen eighty four" as digits."""
    if _LARGE.isdisjoint(words):
        return words
    found, place = list[str](), 0
    while place < len(words):
        number, end = _large_number_at(words, place)
        found.append(words[place] if number is None else str(number))
        place = max(end, place + 1)
    return tuple(found)


def _large_number_at(words: Sequence[str], place: int) -> tuple[int | None, int]:
    """(number, end); None where the word is no number, or one that is a word's own."""
    number, end = _below_hundred_at(words, place)
    following = words[end] if end < len(words) else ""
    if following in _SCALES:
        scale, end = _SCALES[following], end + 1
        joint = end < len(words) and words[end] in _AND_WORDS
        rest, behind = _below_hundred_at(words, end + joint)
        number = scale * (1 if number is None else number)
        return (number, end) if rest is None else (number + rest, behind)
    if number is not None and number in _CENTURIES:
        rest, behind = _below_hundred_at(words, end)
        if rest is not None and rest > 9:
            return 100 * number + rest, behind
    return number if end - place > 1 or words[place] in _TENS else None, end


def _below_hundred_at(words: Sequence[str], place: int) -> tuple[int | None, int]:
    word, following = (words[at] if at < len(words) else "" for at in (place, place + 1))
    if word in _TENS:
        unit = int(_NUMBERS.get(following, 0))
        return (_TENS[word] + unit, place + 2) if 0 < unit < 10 else (_TENS[word], place + 1)
    if word in _NUMBERS:
        return int(_NUMBERS[word]), place + 1
    is_counted = following in _SCALES and word.isdecimal()
    return (int(word), place + 1) if is_counted else (None, place)


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _NUMBERS or word in _ROMAN


def _as_number(words: Sequence[str], place: int, word: str) -> str:
    """The word, as digits where it is a number; short where it is written so too."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _SHORT:
        return _SHORT[word]
    if ordinal := _ORDINAL.fullmatch(word):
        return ordinal[1]
    # "I", "V" and "X" are letters too: a number at the end, or after "part".
    is_letter = len(word) == 1 and place < len(words) - 1 and words[place - 1] not in _PART_WORDS
    return word if place == 0 or is_letter else _ROMAN.get(word, word)
