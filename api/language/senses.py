"""The closed vocabulary in a text: genres, media, languages, countries, unwanted content."""

from api.domain.genres import GENRES
from api.language.intent import IntentField
from api.language.reading import Finding, Reading, is_stop
from api.language.vocabulary.all_senses import SENSES
from api.language.vocabulary.connectors import AND, EMPTY_WORDS, NEGATIONS, OR
from api.language.vocabulary.content import CONTENTS
from api.language.vocabulary.listed import listed
from api.language.vocabulary.media import MEDIA_SENSES
from api.language.vocabulary.origins import FOREIGN, PLACES
from api.language.vocabulary.sense import Sense

_LONGEST = 4
_ARTICLES = frozenset(
    listed(
        "a, an, the, his, her, my, their, its, our, un, une, la, le, el, der, die, das, ein, "
        "eine, il, o, uma, um"
    )
)
_IN = frozenset(listed("in, of, at, into, inside, on, from, through, during, for, to"))


def find_senses(reading: Reading) -> None:
    """Notes every phrase of the vocabulary that is a wish, and takes its words."""
    place = 0
    while place < len(reading.words):
        place = max(_sense_at(reading, place), place + 1)


def _sense_at(reading: Reading, place: int) -> int:
    words = reading.words
    if reading.taken[place]:
        return place
    for stop in range(min(place + _LONGEST, len(words)), place, -1):
        if not reading.is_free(place, stop) or any(
            is_stop(words.gap(inside)) for inside in range(place + 1, stop)
        ):
            continue
        phrase = words.phrase(place, stop)
        if phrase in FOREIGN:
            _take(reading, "exclude_language", ("en",), "Not English", place, stop)
            reading.findings[-1].can_be_negated = False
            return stop
        if phrase in CONTENTS and not reading.story[place]:
            _take(reading, "exclude_content", CONTENTS[phrase], phrase, place, stop)
            return stop
        sense = SENSES.get(phrase)
        if sense is not None and _is_a_wish(reading, sense, phrase, place, stop):
            _take_sense(reading, sense, place, stop)
            return stop
    return place


def _is_a_wish(reading: Reading, sense: Sense, phrase: str, place: int, stop: int) -> bool:
    words = reading.words
    if reading.story[place]:
        return False
    if phrase in ("show", "shows") and words.word(stop) in ("me", "us", "how"):
        return False
    if phrase in ("series", "feature", "features") and words.word(stop) in ("of", "a"):
        return False
    if sense.languages and words.word(stop).startswith("sub"):
        return False  # subtitles do not make a film English
    if phrase == "tv" and "-" in words.gap(stop):
        return False
    if phrase in PLACES and words.word(place - 1) not in ("from", "in", "made"):
        return False
    if phrase in PLACES and words.word(place - 1) == "in" and words.word(place - 2) != "made":
        return False
    return not sense.is_weak or _stands_out(reading, place, stop)


def _stands_out(reading: Reading, place: int, stop: int) -> bool:
    """Whether a word that is also part of stories is a wish here: "crime films", "war, drama"."""
    words = reading.words
    before, after = words.word(place - 1), words.word(stop)
    if after in AND | OR:
        after = words.word(stop + 1)
    if any(after in table for table in (SENSES, CONTENTS)) or after in ("packed", "themed"):
        return True
    if before in NEGATIONS or before in ("any", "no"):
        return True
    if before in AND | OR and words.word(place - 2) in SENSES:
        return True
    if before in SENSES and not SENSES[before].is_weak:
        return not is_stop(words.gap(place)) or "," in words.gap(place)
    if before in ("de", "di", "d") and words.word(place - 2) in MEDIA_SENSES:
        return True  # "film di guerra"
    if before in _ARTICLES or before in _IN:
        return False
    ends_clause = stop == len(words) or is_stop(words.gap(stop))
    begins_clause = place == 0 or is_stop(words.gap(place))
    is_alone = ends_clause or reading.taken[stop] or after in _GOES_ON
    return is_alone and (begins_clause or before in EMPTY_WORDS or reading.taken[place - 1])


# Behind a wish these begin another one.
_GOES_ON = frozenset(
    {"with", "from", "on", "without", "under", "in", "by", "except", "but", "not", "that", "no"}
)


def _take_sense(reading: Reading, sense: Sense, start: int, stop: int) -> None:
    """One finding for each thing that the phrase asks for, all from the same words."""
    if sense.media is not None:
        label = "Films" if sense.media == "movie" else "Shows"
        _take(reading, "media_type", sense.media, label, start, stop)
    if sense.languages:
        _take(reading, "language", sense.languages, sense.label or "", start, stop)
    if sense.country is not None:
        _take(reading, "country", sense.country, sense.label or sense.country, start, stop)
    for genre in sense.genres:
        _take(reading, "genre", genre, GENRES[genre], start, stop)
        reading.findings[-1].keyword = sense.keyword


def _take(
    reading: Reading, kind: IntentField, value: object, label: str, start: int, stop: int
) -> None:
    reading.take(Finding(kind, value, label, start, stop, can_be_negated=True))
