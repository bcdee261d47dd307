"""How many titles are asked for: "5 films", "top ten thrillers", "three good comedies"."""

from api.language.numbers import number_at
from api.language.reading import Finding, Reading
from api.language.vocabulary.all_senses import KNOWN_WORDS
from api.language.vocabulary.listed import listed

_MOST = 100
_ADJECTIVES = frozenset(
    listed(
        "good, great, best, nice, more, other, really, very, new, recent, old, classic, short, "
        "long, top, similar, buenas, bons, gute, buoni, bons"
    )
)
_NOUNS = frozenset(listed("titles, recommendations, suggestions, picks, ideas, options"))


def find_count(reading: Reading) -> None:
    """Notes the first count; a number counts when titles follow within three words."""
    words = reading.words
    for place in range(len(words)):
        end, number = number_at(words, place)
        if number is None or not 0 < number <= _MOST or not reading.is_free(place, end):
            continue
        if reading.story[place] or words.word(place - 1) in ("season", "part", "episode"):
            continue
        is_top = words.word(place - 1) in ("top", "best")
        if _titles_follow(reading, end) or is_top:
            start = place - 1 if is_top and not reading.taken[place - 1] else place
            reading.take(Finding("count", number, f"{number} titles", start, end))
            return


def _titles_follow(reading: Reading, place: int) -> bool:
    words = reading.words
    for ahead in range(place, min(place + 4, len(words))):
        word = words.word(ahead)
        if "-" in words.gap(ahead):
            return False
        if word in _NOUNS:
            return True
        if word in KNOWN_WORDS:
            # The noun itself: "comedies", "films"; "three french ..." goes on.
            if word.endswith("s") or word in ("filme", "peliculas", "series"):
                return True
        elif word not in _ADJECTIVES and not reading.taken[ahead]:
            return False
    return False
