"""How many seasons or episodes a show has: "shows with many seasons", "at least 5 seasons".

The catalogue does not know it. That is said in place of a search for what has the words.
"""

from api.language.reading.comparisons import bound_before, bound_behind
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, phrase_at
from api.language.vocabulary.meanings import MEDIA_MEANINGS

_LONGEST_AMOUNT = 4  # words
_LONGEST_NUMBER = 2
_SHOWS = MEDIA_MEANINGS["tv"]
_UNKNOWN = "How many seasons and episodes a show has is not known here."


def find_counted_parts(reading: Reading) -> None:
    """Notes how many are wished for, and that shows are."""
    words, known = reading.words, reading.lexicon.counts
    for place in range(len(words)):
        lasting = phrase_at(words, place, known.lasting_shows)
        behind = phrase_at(words, place, known.of_shows)
        start = place if lasting > place else _amount_before(reading, place)
        stop = lasting if lasting > place else bound_behind(reading, behind)[0]
        is_told = lasting > place or start < place < behind
        if is_told and reading.is_free(start, stop) and not reading.story[start]:
            wished = words.written(start, stop)
            reading.take(Finding("runtime", None, wished, start, stop, note=_UNKNOWN))
            reading.take(Finding("media_type", "tv", _SHOWS.label or "", start, stop))
            reading.findings[-1].is_implied = True


def _amount_before(reading: Reading, place: int) -> int:
    """Where an amount that ends just before a place begins, with what bounds it; `place` for none,
    and for one season, which is a kind of show."""
    words, lexicon = reading.words, reading.lexicon
    amounts = lexicon.counts.amounts | lexicon.negation.small_amounts
    for start in range(max(place - _LONGEST_AMOUNT, 0), place):
        if words.phrase(start, place) in amounts:
            return start
    for start in range(max(place - _LONGEST_NUMBER, 0), place):
        end, number = number_at(reading, start)
        if end == place and number is not None and number > 1:
            return bound_before(reading, _range_before(reading, start))[0]
    return place


def _range_before(reading: Reading, place: int) -> int:
    """Where "2-3" and "two or three" begin, whose last number begins at a place."""
    words = reading.words
    has_joint = words.word(place - 1) in reading.lexicon.connectors.or_words
    first = place - 1 - has_joint
    is_joined = has_joint or words.gap(place).strip() in ("-", "–")
    is_range = first >= 0 and is_joined and number_at(reading, first)[1] is not None
    return first if is_range else place
