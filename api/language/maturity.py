"""Who may watch: ages ("for a six year old"), certificates ("PG", "FSK 12"), "family friendly".

Certificates go on the one scale of api/domain/maturity.py. One up to 16 is a cap; one for adults is
meant as it stands, because nobody asks for "R-rated" to be spared it.
"""

from dataclasses import dataclass

from api.domain.maturity import age_of
from api.language.numbers import number_at
from api.language.reading import Finding, Reading, phrase_at

_OLDEST = 18
_ADULT = 17

# Certificates that nothing else is called; single letters need "rated" beside them.
_PLAIN = {
    "pg": ("US", "PG"),
    "pg 13": ("US", "PG-13"),
    "pg13": ("US", "PG-13"),
    "pg 12": ("JP", "PG-12"),
    "pg12": ("JP", "PG-12"),
    "nc 17": ("US", "NC-17"),
    "nc17": ("US", "NC-17"),
    "tv y": ("US", "TV-Y"),
    "tv y7": ("US", "TV-Y7"),
    "tv g": ("US", "TV-G"),
    "tv pg": ("US", "TV-PG"),
    "tv 14": ("US", "TV-14"),
    "tv ma": ("US", "TV-MA"),
    "12a": ("GB", "12A"),
}
_RATED = {"g": ("US", "G"), "r": ("US", "R"), "u": ("GB", "U"), "x": ("US", "X"), "m": ("AU", "M")}
_BOARDS = {"fsk": "DE", "bbfc": "GB", "kijkwijzer": "NL"}


@dataclass(frozen=True, slots=True)
class Ages:
    """The youngest and oldest age that a certificate may be for; None is open."""

    first: int | None
    last: int | None


def find_maturity(reading: Reading) -> None:
    """Notes ages and certificates and takes their words."""
    for place in range(len(reading.words)):
        if not reading.taken[place]:
            _ = _audience_at(reading, place) or _age_at(reading, place) or _board_at(reading, place)
    for place in range(len(reading.words)):
        if not reading.taken[place]:
            _certificate_at(reading, place)


def _audience_at(reading: Reading, place: int) -> bool:
    words, known = reading.words, reading.lexicon.maturity
    for stop in range(min(place + 4, len(words)), place, -1):
        phrase = words.phrase(place, stop)
        if phrase in known.audiences:
            end = stop - 1 if words.word(stop - 1) in known.audience_nouns else stop
            return _note(reading, Ages(None, known.audiences[phrase]), place, end)
        if phrase in known.adults:
            return _note(reading, Ages(_ADULT, None), place, stop)
    return False


def _age_at(reading: Reading, place: int) -> bool:
    """ "for a six year old", "my 8-year-old", "ages 10 and up", "12+", "under 12s"."""
    words, known = reading.words, reading.lexicon.maturity
    start = place
    while words.word(start) in known.before_ages and start < place + 3:
        start += 1
    is_for = start > place and not known.for_whom.isdisjoint(words.words[max(place - 1, 0) : start])
    end, number = number_at(reading, start)
    if number is not None and words.word(end) in known.years:
        stop = end + 1
        if words.word(stop) in known.old:
            stop += 1
        elif words.word(end) not in known.years_old:
            return False
        if is_for and 0 < number <= 30:
            return _note(reading, Ages(None, min(number, _OLDEST)), place, stop)
        return False
    if words.word(start) in known.aged:
        end, number = number_at(reading, start + 1)
        if number is not None and 0 < number <= _OLDEST:
            if words.word(end) in known.and_up_joints and words.word(end + 1) in known.and_up:
                end += 2
            elif words.word(end) in known.range_joints or words.gap(end).strip() in ("-", "–"):
                # "ages 6 to 10": the youngest of them is to watch it too.
                behind, _ = number_at(reading, end + (words.word(end) in known.range_joints))
                end = max(end, behind)
            return _note(reading, Ages(None, number), place, end)
    return False


def _board_at(reading: Reading, place: int) -> bool:
    words = reading.words
    country = _BOARDS.get(words.word(place))
    is_linked = words.word(place + 1) in reading.lexicon.maturity.board_links
    stop = place + 3 if is_linked else place + 2
    if country is None or stop > len(words):
        return False
    age = age_of(country, words.word(stop - 1))
    return age is not None and _note(reading, _meant(age), place, stop)


def _certificate_at(reading: Reading, place: int) -> bool:
    words, known = reading.words, reading.lexicon.maturity
    start = place + 1 if words.word(place) in known.rated else place
    is_rated = start > place
    for stop in (start + 2, start + 1):
        written = words.phrase(start, stop)
        found = _PLAIN.get(written)
        if found is None and stop == start + 1:
            is_rated = is_rated or words.word(stop) in known.rated_behind
            found = _RATED.get(written) if is_rated else None
            if found is None and is_rated and age_of("GB", written) is not None:
                found = ("GB", written.upper())
        if found is None or not reading.is_free(start, min(stop, len(words))):
            continue
        # "tv y" would read "TV, y ..."; a certificate is written with its hyphen.
        if written.startswith("tv ") and "-" not in words.gap(start + 1):
            continue
        age = age_of(*found)
        if age is None:
            continue
        end = stop + 1 if words.word(stop) in known.rated_behind else stop
        if (behind := phrase_at(words, end, known.or_lower)) > end:
            return _note(reading, Ages(None, age), place, behind)
        if (behind := phrase_at(words, end, known.or_higher)) > end:
            return _note(reading, Ages(age, None), place, behind)
        return _note(reading, _meant(age), place, end)
    return False


def _meant(age: int) -> Ages:
    return Ages(None, age) if age < _ADULT else Ages(age, age)


def _note(reading: Reading, ages: Ages, start: int, stop: int) -> bool:
    known = reading.lexicon.maturity
    if reading.story[start] and reading.words.word(start) not in known.in_plots:
        return False
    if not reading.is_free(start, stop):
        return False
    before = reading.words.word(start - 1)
    if ages.first is None and ages.last is not None and before in known.not_for:
        ages = Ages(ages.last + 1, None)  # "not for kids"
        start -= 2 if before in known.contracted_not else 1
    reading.take(Finding("maturity", ages, ages_label(ages), start, stop))
    return True


def ages_label(ages: Ages) -> str:
    """The ages in words for a client; one of their ends is not open."""
    match ages:
        case Ages(None, last):
            return f"For ages up to {last}"
        case Ages(first, None):
            return f"For ages from {first}"
        case Ages(first, _):
            return f"Rated for ages of {first}"
