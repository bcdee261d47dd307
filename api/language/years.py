"""Years and decades: "90s", "the nineties", "before 1960", "between 2010 and 2014", "last 5 years".

"Last five years" means the years that lie wholly in them: no title is older than was asked for.
"""

import re
from dataclasses import dataclass

from api.language.numbers import number_at
from api.language.reading import Finding, Reading
from api.language.tokens import Words
from api.language.vocabulary.all_senses import KNOWN_WORDS
from api.language.vocabulary.listed import listed

FIRST, LAST = 1870, 2100
_NEW_PLACES = ("wave", "york", "zealand", "orleans", "england", "jersey", "mexico")
_NEW = 2  # years in which a title is new, this one included
_RECENT = 5
_OLD = 1979  # the last year of what people call an old film

_DECADE = re.compile(r"(\d{4}|\d{2})(?:s|er|ern|ers|ies)")
_NAMED = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
    "aughts": 2000,
    "zwanziger": 1920,
    "dreissiger": 1930,
    "vierziger": 1940,
    "funfziger": 1950,
    "sechziger": 1960,
    "siebziger": 1970,
    "achtziger": 1980,
    "neunziger": 1990,
}
_DECADE_WORDS = frozenset(
    listed("anos, annees, anni, decada, decennie, decennio, jahre, decade, epoca")
)
_TENS = {
    **dict.fromkeys(("veinte", "vingt", "venti", "vinte"), 1920),
    **dict.fromkeys(("treinta", "trente", "trenta", "trinta"), 1930),
    **dict.fromkeys(("cuarenta", "quarante", "quaranta", "quarenta"), 1940),
    **dict.fromkeys(("cincuenta", "cinquante", "cinquanta", "cinquenta"), 1950),
    **dict.fromkeys(("sesenta", "soixante", "sessanta", "sessenta"), 1960),
    **dict.fromkeys(("setenta", "soixante dix", "settanta"), 1970),
    **dict.fromkeys(("ochenta", "quatre vingt", "ottanta", "oitenta"), 1980),
    **dict.fromkeys(("noventa", "quatre vingt dix", "novanta"), 1990),
}
_SHARES = {"early": (0, 3), "mid": (3, 6), "middle": (3, 6), "late": (6, 9)}
_LINKS = frozenset({"the", "of", "los", "las", "les", "der", "den", "gli", "i", "os", "dos", "in"})
_BEFORE = frozenset(
    listed(
        "before, pre, prior to, earlier than, older than, antes de, avant, vor, prima del, prima "
        "di, up until, made before, released before, anterior a"
    )
)
_UNTIL = frozenset(
    listed(
        "until, up to, till, through, no later than, not later than, no newer than, not newer "
        "than, not after, not since, nothing after, nothing newer than, hasta, jusqu en, jusqu a, "
        "bis"
    )
)
_AFTER = frozenset(
    listed(
        "after, post, later than, newer than, more recent than, despues de, apres, nach, dopo il, "
        "dopo, depois de, made after, released after, past, posterior a"
    )
)
_SINCE = frozenset(
    listed(
        "since, no older than, not older than, not before, no earlier than, nothing before, "
        "starting in, nothing older than, from at least, desde, depuis, seit, ab, a partir de, "
        "dal, not earlier than"
    )
)
_FROM = frozenset(
    listed(
        "from, of, in, during, de, del, des, aus, von, dal, dalla, dos, das, em, en, made, released"
    )
)
_RANGE_OPENERS = frozenset(listed("between, from, entre, zwischen, tra, von, de, desde, dal"))
_RANGE_JOINTS = frozenset(
    listed("and, to, until, till, through, y, a, et, und, bis, e, al, ate, bis")
)
_ON_BEHIND = frozenset({"on", "onwards", "onward", "forward"})


@dataclass(frozen=True, slots=True)
class Years:
    """First and last year, both included."""

    first: int
    last: int


def find_years(reading: Reading) -> None:
    """Notes every span of years and takes its words."""
    place = 0
    while place < len(reading.words):
        stop = place
        if not reading.taken[place]:
            stop = max(_relative_at(reading, place), _absolute_at(reading, place))
        place = max(stop, place + 1)


def _span_at(words: Words, place: int) -> tuple[int, Years | None]:
    """(end, span) of a year or a decade, without what bounds it."""
    start = place
    while words.word(start) in _LINKS and start < place + 2:
        start += 1
    share = _SHARES.get(words.word(start))
    if share is not None:
        start += 1
        while words.word(start) in _LINKS and start < place + 4:
            start += 1
    end, first = _decade_at(words, start)
    if first is not None:
        low, high = share or (0, 9)
        return end, Years(first + low, first + high)
    word = words.word(start)
    is_year = share is None and word.isascii() and word.isdigit() and len(word) == 4
    if is_year and FIRST <= int(word) <= LAST:
        return start + 1, Years(int(word), int(word))
    if words.phrase(start, start + 2) == "21st century":
        return start + 2, Years(2001, LAST)
    return place, None


def _decade_at(words: Words, place: int) -> tuple[int, int | None]:
    word = words.word(place)
    if (found := _DECADE.fullmatch(word)) is not None:
        end = place + 1
        if words.word(end) in _DECADE_WORDS:
            end += 1
        return end, _century(int(found[1]), len(found[1]))
    if word.isdigit() and words.word(place + 1) == "s" and words.gap(place + 1) in ("'", "’"):
        return place + 2, _century(int(word), len(word)) if len(word) in (2, 4) else None
    if word in _NAMED:
        return (place + 2 if words.word(place + 1) == "jahre" else place + 1), _NAMED[word]
    if word in _DECADE_WORDS:
        following = place + 1
        while words.word(following) in ("de", "los", "dos", "degli", "of", "the", "des"):
            following += 1
        number = words.word(following)
        if number.isdigit() and len(number) in (2, 4) and int(number) % 10 == 0:
            return following + 1, _century(int(number), len(number))
        for stop in (following + 3, following + 2, following + 1):
            if (first := _TENS.get(words.phrase(following, stop))) is not None:
                return stop, first
    return place, None


def _century(number: int, digits: int) -> int | None:
    if digits == 4:
        return number if number % 10 == 0 and FIRST <= number <= LAST else None
    if number % 10:
        return None
    return 2000 + number if number == 0 else 1900 + number


def _absolute_at(reading: Reading, place: int) -> int:
    words = reading.words
    for length in (3, 2, 1):
        phrase = words.phrase(place, place + length)
        if len(phrase.split(" ")) < length:
            continue
        bound = next((b for b in (_BEFORE, _UNTIL, _AFTER, _SINCE) if phrase in b), None)
        if bound is None:
            continue
        start = place + length
        if words.word(start) == "the" and words.word(start + 1) == "year":
            start += 2
        stop, span = _span_at(words, start)
        if span is not None and reading.is_free(place, stop):
            _note(reading, _bounded(span, bound), place, stop)
            return stop
    if (stop := _range_at(reading, place)) > place:
        return stop
    return _plain_at(reading, place)


def _bounded(span: Years, bound: frozenset[str]) -> Years:
    if bound is _BEFORE:
        return Years(FIRST, span.first - 1)
    if bound is _UNTIL:
        return Years(FIRST, span.last)
    if bound is _AFTER:
        return Years(span.last + 1, LAST)
    return Years(span.first, LAST)


def _range_at(reading: Reading, place: int) -> int:
    """ "between 2010 and 2014", "2010-2014", "from the 80s to the 90s"."""
    words = reading.words
    start = place + 1 if words.word(place) in _RANGE_OPENERS else place
    middle, first = _span_at(words, start)
    if first is None:
        return place
    is_dashed = words.gap(middle).strip() in ("-", "–", "—", "/")
    if not is_dashed and words.word(middle) not in _RANGE_JOINTS:
        return place
    # "1994 and 1996" without an opener are two years, not what lies between them.
    if words.word(middle) in ("and", "y", "et", "und", "e") and start == place:
        return place
    stop, last = _span_at(words, middle if is_dashed else middle + 1)
    word = words.word(middle)
    if is_dashed and last is None and len(word) == 2 and word.isdigit():
        stop, last = middle + 1, Years(0, first.first // 100 * 100 + int(word))
    if last is None or last.last < first.first or not reading.is_free(place, stop):
        return place
    _note(reading, Years(first.first, last.last), place, stop)
    return stop


def _plain_at(reading: Reading, place: int) -> int:
    words = reading.words
    start = place
    while words.word(start) in _FROM and start < place + 2:
        start += 1
    if words.phrase(start, start + 2) == "the year":
        start += 2
    stop, span = _span_at(words, start)
    if span is None or not reading.is_free(place, stop):
        return place
    behind, ahead = words.word(stop), words.word(stop + 1)
    if behind in _ON_BEHIND:
        span, stop = Years(span.first, LAST), stop + 1
    elif behind in ("or", "and") and ahead in ("later", "newer", "after", "onwards", "up"):
        span, stop = Years(span.first, LAST), stop + 2
    elif behind in ("or", "and") and ahead in ("earlier", "older", "before"):
        span, stop = Years(FIRST, span.last), stop + 2
    elif words.gap(stop).startswith("+"):
        span = Years(span.first, LAST)
    elif reading.story[min(start, len(words) - 1)] and words.word(place) not in ("from", "made"):
        return place  # when the story takes place
    _note(reading, span, place, stop)
    return stop


def _relative_at(reading: Reading, place: int) -> int:
    words, today = reading.words, reading.today.year
    start = place + 1 if words.word(place) in ("in", "from", "within", "of", "over") else place
    if words.word(start) in ("the", "this", "these"):
        start += 1
    word, following = words.word(start), words.word(start + 1)
    span: Years | None = None
    stop = start + 2
    if word in ("last", "past", "previous"):
        end, number = number_at(words, start + 1)
        if number is not None and 0 < number <= 150:
            if words.word(end) in ("years", "year"):
                span, stop = Years(today - number + 1, LAST), end + 1
            elif words.word(end) in ("decades", "decade"):
                span, stop = Years(today - 10 * number + 1, LAST), end + 1
        elif following == "year":
            span = Years(today - 1, today - 1)
        elif following in ("few", "couple") and "years" in words.words[start + 2 : start + 4]:
            span, stop = Years(today - 2, LAST), words.words.index("years", start) + 1
        elif following == "decade":
            span = Years(today - 9, LAST)
    elif words.phrase(place, place + 2) == "this year":
        span, stop = Years(today, today), place + 2
    elif words.phrase(place, place + 2) == "this century":
        span, stop = Years(2001, LAST), place + 2
    elif words.phrase(place, place + 2) == "this decade":
        span, stop = Years(today // 10 * 10, LAST), place + 2
    elif word in ("recent", "recently", "contemporary"):
        stop = start + 2 if following in ("years", "released", "made") else start + 1
        span = Years(today - _RECENT + 1, LAST)
    elif word in ("newest", "latest", "new", "brand") and _is_adjective(reading, start):
        stop = start + 2 if word == "brand" or following in ("release", "releases") else start + 1
        span = Years(today - _NEW + 1, LAST)
    elif word in ("old", "oldies") and _is_adjective(reading, start):
        span, stop = Years(FIRST, _OLD), start + 1
    if span is None or reading.story[place] or not reading.is_free(place, min(stop, len(words))):
        return place
    _note(reading, span, place, stop)
    return stop


def _is_adjective(reading: Reading, place: int) -> bool:
    """Whether "new" or "old" speaks of titles: not "year old", "new york", "an old man"."""
    words = reading.words
    if words.word(place - 1) in ("year", "years", "anything", "something", "my", "her", "his"):
        return words.word(place - 1) in ("anything", "something")
    ahead = words.words[place + 1 : place + 3]
    if words.word(place) == "oldies" or "release" in ahead or "releases" in ahead:
        return True
    return any(word in KNOWN_WORDS for word in ahead) and ahead[0] not in _NEW_PLACES


def _note(reading: Reading, span: Years, start: int, stop: int) -> None:
    reading.take(Finding("year", span, years_label(span), start, stop, can_be_negated=True))


def years_label(span: Years) -> str:
    """The span in words for a client; one of its ends is not open."""
    if span.first > FIRST and span.last < LAST:
        return str(span.first) if span.first == span.last else f"{span.first}–{span.last}"
    return f"Until {span.last}" if span.first <= FIRST else f"{span.first} or later"
