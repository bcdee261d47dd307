"""Languages of titles, as TMDB writes them."""

import unicodedata
from collections import Counter

# ISO 639-1.
_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy
da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht
hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky
la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny
oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
yo za zh zu
"""
_OF_TMDB = ("cn", "xx")  # Cantonese; no language
# Scripts in which titles of one language alone are written, by the first word of what Unicode calls
# their letters. Not Latin, Cyrillic, Arabic or Devanagari, which several share.
_OF_SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "THAI": "th",
    "HEBREW": "he",
    "GREEK": "el",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "TAMIL": "ta",
    "TELUGU": "te",
    "MALAYALAM": "ml",
    "KANNADA": "kn",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "SINHALA": "si",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
}
LANGUAGE_CODES = 1 + 26 * 26  # of language_code, with 0
LANGUAGES: frozenset[str] = frozenset((*_CODES.split(), *_OF_TMDB))


def language_code(language: str | None) -> int:
    """A two-letter language as a number from 1 to 676; 0 for none and for any other string."""
    if language is None or len(language) != 2 or not language.isascii():
        return 0
    first, second = (ord(letter) - ord("a") for letter in language.lower())
    return 1 + 26 * first + second if 0 <= first < 26 and 0 <= second < 26 else 0


def language_of(code: int) -> str:
    """The language of a code from 1 to 676."""
    first, second = divmod(code - 1, 26)
    return chr(ord("a") + first) + chr(ord("a") + second)


def language_of_script(title: str) -> str | None:
    """The language of the script that most letters of a title are of, where it is of one alone.

    Chinese characters are of two: a Japanese title has letters of its own beside them.
    """
    if title.isascii():
        return None
    names = (unicodedata.name(one, "") for one in title if one.isalpha())
    scripts = Counter(name.split(" ", 1)[0] for name in names)
    scripts.pop("CJK", None)
    return _OF_SCRIPTS.get(max(scripts, key=scripts.__getitem__, default=""))
