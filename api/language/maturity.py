"""Who may watch: ages ("for a six year old"), certificates ("PG", "FSK 12"), "family friendly".

Certificates go on the one scale of api/domain/maturity.py. One up to 16 is a cap; one for adults is
meant as it stands, because nobody asks for "R-rated" to be spared it.
"""

from dataclasses import dataclass

from api.domain.maturity import age_of
from api.language.numbers import number_at
from api.language.reading import Finding, Reading
from api.language.vocabulary.listed import listed

_OLDEST = 18
_ADULT = 17
_KIDS = 8
_TEENS = 13

_AUDIENCES: dict[str, int] = {}
for _age, _phrases in (
    (0, "for toddlers,for a toddler,for my toddler,for babies,for preschoolers,for all ages"),
    (0, "suitable for all ages,suitable for everyone"),
    (_KIDS, "for kids,for children,for my kids,for my children,for the kids,for the children"),
    (_KIDS, "with kids,with my kids,with the kids,with children,with my children,with our kids"),
    (_KIDS, "with the children,for our kids,for little kids,for young kids,for young children"),
    (_KIDS, "for small children,family friendly,kid friendly,kids friendly,child friendly"),
    (_KIDS, "for the whole family,for the entire family,for all the family,for the family"),
    (_KIDS, "with the whole family,with the family,with my family,for my family,for families"),
    (_KIDS, "safe for kids,safe for children,suitable for children,suitable for kids"),
    (_KIDS, "kids movie,kids movies,kids film,kids films,kids show,kids shows,children s film"),
    (_KIDS, "children s films,children s movie,children s movies,children s show,kids cartoon"),
    (_KIDS, "para ninos,para toda la familia,pour enfants,pour les enfants,fur kinder,per bambini"),
    (_KIDS, "para criancas,pour toute la famille,fur die ganze familie,per tutta la famiglia"),
    (_TEENS, "for teens,for teenagers,for my teenager,for a teenager,for tweens,teen friendly"),
):
    for _phrase in _phrases.split(","):
        _AUDIENCES[_phrase] = _age
_FOR_ADULTS = frozenset(
    {"for adults", "for grown ups", "for adults only", "adults only", "for mature audiences"}
)
# Of every word that ends in "movie" or "show" the noun stays for the media type.
_NOUNS = frozenset(listed("movie, movies, film, films, show, shows, cartoon"))
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
_LEADS = frozenset(listed("a, an, my, our, the, his, her, their, your, any, this"))
_FOR = frozenset(
    listed(
        "for, with, suitable, ok, okay, appropriate, safe, fine, good, fit, watch, para, pour, fur"
    )
)


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
    words = reading.words
    for stop in range(min(place + 4, len(words)), place, -1):
        phrase = words.phrase(place, stop)
        if phrase in _AUDIENCES:
            end = stop - 1 if words.word(stop - 1) in _NOUNS else stop
            return _note(reading, Ages(None, _AUDIENCES[phrase]), place, end)
        if phrase in _FOR_ADULTS:
            return _note(reading, Ages(_ADULT, None), place, stop)
    return False


def _age_at(reading: Reading, place: int) -> bool:
    """ "for a six year old", "my 8-year-old", "ages 10 and up", "12+", "under 12s"."""
    words = reading.words
    start = place
    while words.word(start) in _FOR | _LEADS and start < place + 3:
        start += 1
    is_for = start > place and bool(
        {"for", "with", "my", "our", "para", "pour", "fur", "suitable"}
        & set(words.words[max(place - 1, 0) : start])
    )
    end, number = number_at(words, start)
    if number is not None and words.word(end) in ("year", "years", "yo", "yr", "yrs"):
        stop = end + 1
        if words.word(stop) in ("old", "olds"):
            stop += 1
        elif words.word(end) != "yo":
            return False
        if is_for and 0 < number <= 30:
            return _note(reading, Ages(None, min(number, _OLDEST)), place, stop)
        return False
    if words.word(start) in ("age", "ages", "aged"):
        end, number = number_at(words, start + 1)
        if number is not None and 0 < number <= _OLDEST:
            if words.word(end) in ("and", "or", "to") and words.word(end + 1) in ("up", "older"):
                end += 2
            elif words.word(end) in ("to", "and") or words.gap(end).strip() in ("-", "–"):
                # "ages 6 to 10": the youngest of them is to watch it too.
                behind, _ = number_at(words, end + (words.word(end) in ("to", "and")))
                end = max(end, behind)
            return _note(reading, Ages(None, number), place, end)
    return False


def _board_at(reading: Reading, place: int) -> bool:
    words = reading.words
    country = _BOARDS.get(words.word(place))
    stop = place + 2 if words.word(place + 1) != "ab" else place + 3
    if country is None or stop > len(words):
        return False
    age = age_of(country, words.word(stop - 1))
    return age is not None and _note(reading, _meant(age), place, stop)


def _certificate_at(reading: Reading, place: int) -> bool:
    words = reading.words
    start = place + 1 if words.word(place) in ("rated", "certificate", "rating") else place
    is_rated = start > place
    for stop in (start + 2, start + 1):
        written = words.phrase(start, stop)
        known = _PLAIN.get(written)
        if known is None and stop == start + 1:
            is_rated = is_rated or words.word(stop) == "rated"
            known = _RATED.get(written) if is_rated else None
            if known is None and is_rated and age_of("GB", written) is not None:
                known = ("GB", written.upper())
        if known is None or not reading.is_free(start, min(stop, len(words))):
            continue
        # "tv y" would read "TV, y ..."; a certificate is written with its hyphen.
        if written.startswith("tv ") and "-" not in words.gap(start + 1):
            continue
        age = age_of(*known)
        if age is None:
            continue
        end = stop + 1 if words.word(stop) == "rated" else stop
        if words.phrase(end, end + 2) in ("or lower", "or below", "or under", "or less"):
            return _note(reading, Ages(None, age), place, end + 2)
        if words.phrase(end, end + 2) in ("or higher", "or above", "or more"):
            return _note(reading, Ages(age, None), place, end + 2)
        return _note(reading, _meant(age), place, end)
    return False


def _meant(age: int) -> Ages:
    return Ages(None, age) if age < _ADULT else Ages(age, age)


def _note(reading: Reading, ages: Ages, start: int, stop: int) -> bool:
    if reading.story[start] and reading.words.word(start) != "for":
        return False
    if not reading.is_free(start, stop):
        return False
    behind = reading.words.words[max(start - 2, 0) : start]
    if ages.first is None and ages.last is not None and {"not", "t", "nothing"} & set(behind[-1:]):
        ages = Ages(ages.last + 1, None)  # "not for kids"
        start -= 2 if behind[-1] == "t" else 1
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
