"""Certificates as people write them: "PG-13", "rated R", "FSK ab 12", "MA15+", "TV-MA", "no 18s".

Letters and figures together are nothing else; letters alone, and figures alone, need "rated", a
board or a refusal beside them.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from api.domain.certificates import CERTIFICATES_BY_AGE
from api.domain.maturity import age_of
from api.language.maturity.age_refusals import AgeRefusals
from api.language.maturity.age_signs import ends_phrase, is_spaced_dash
from api.language.maturity.ages import (
    ADULT,
    OLDEST,
    Ages,
    certificate_ages,
)
from api.language.reading.comparisons import bound_before
from api.language.reading.reading import Reading, gap_behind, is_stop, phrase_at
from api.language.vocabulary.lexicon import Bound

# Single letters that need "rated" beside them, or a refusal before them.
_RATED = {"g": ("US", "G"), "r": ("US", "R"), "u": ("GB", "U"), "x": ("US", "X"), "m": ("AU", "M")}
_BARE_LETTERS = frozenset({"r", "x"})
_BOARDS = {
    "fsk": "DE",
    "usk": "DE",
    "bbfc": "GB",
    "kijkwijzer": "NL",
    "mpa": "US",
    "mpaa": "US",
    "djctq": "BR",
    "classind": "BR",
    "icaa": "ES",
    "acb": "AU",
}
# Boards of games, whose figures are ages of no table of films.
_BOARDS_OF_GAMES = frozenset({"pegi"})
_BOARD_AND_AGE = re.compile(r"(fsk|usk|bbfc|kijkwijzer|pegi)(\d{1,2})")
_PLURAL = re.compile(r"(\d{1,2})(?:s|er)")
# The two halves of these are written apart as well.
_SPACED = frozenset({"pg 13", "nc 17", "tv 14", "tv y7", "pg 12", "vm 14", "vm 18"})
# Below this the figures of a certificate are often something else: "M6", "C8", "A6".
_SURE = 10
# "No 18s", but "no 3 films" and "no 20s".
_BARE_FIGURES = frozenset({12, 13, 14, 15, 16, 17, 18, 19, 21})
_PARTS = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True, slots=True)
class WrittenCertificate:
    """A certificate in the words [start, stop), with "rated" and its board, and its age."""

    start: int
    stop: int
    age: int


def _written() -> Mapping[str, Mapping[tuple[str, ...], int]]:
    """By first word the words of every certificate that has letters and figures, or "TV" in it.

    Where countries disagree, the younger age: "R18" is for all who are 18, but "R13" in two.
    """
    found: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for by_age in CERTIFICATES_BY_AGE.values():
        for age, certificates in by_age.items():
            for certificate in certificates.lower().split():
                for spelled in _spellings(certificate):
                    known = found[spelled[0]].get(spelled, age)
                    found[spelled[0]][spelled] = min(known, age)
    found["pg"]["pg",] = 8
    return {first: dict(spellings) for first, spellings in found.items()}


def _spellings(certificate: str) -> set[tuple[str, ...]]:
    words = tuple(re.findall(r"[a-z0-9]+", certificate))
    joined = "".join(words)
    is_mixed = bool(re.search("[a-z]", joined) and re.search(r"\d", joined))
    if not certificate.isascii() or not (is_mixed or certificate.startswith("tv-")):
        return set()
    return {words, (joined,), tuple(_PARTS.findall(joined))}


_WRITTEN = _written()
_BOARD_NAMES = frozenset({*_BOARDS, *_BOARDS_OF_GAMES})
# Words that a certificate can begin with, beside figures and "rated".
FIRST_WORDS = frozenset({*_WRITTEN, *_BOARD_NAMES, *_RATED})


def certificate_at(reading: Reading, place: int) -> WrittenCertificate | None:
    """The certificate that begins at a place."""
    words, known = reading.words, reading.lexicon.maturity
    start = place
    while words.word(start) in known.rated and not _is_apart(reading, start + 1):
        start += 1
    found = _board_at(reading, start) or _spelled_at(reading, start, is_rated=start > place)
    if found is None or not reading.is_free(place, found[0]):
        return None
    stop, age = found
    return WrittenCertificate(place, stop + _is_rated_behind(reading, stop), age)


def window_of(
    reading: Reading, refusals: AgeRefusals, certificate: WrittenCertificate
) -> tuple[Ages, bool, int, int]:
    """(ages, whether it is refused, start, end) with all that bounds or refuses it."""
    start, stop, age = certificate.start, certificate.stop, certificate.age
    first, bound = bound_before(reading, start)
    end, behind = _bound_behind(reading, stop)
    if not reading.is_free(stop, end):
        end, behind = stop, None
    is_refused = refusals.reach(first, stop, over_commas=age >= ADULT)
    is_refused = is_refused or (bound is not None and refusals.begins_within(first))
    ages = certificate_ages(age, behind or bound, is_refused=is_refused)
    if bound is None:
        return ages, is_refused, start, end
    # "Not rated higher than PG": what refuses the bound refuses nothing else.
    while reading.words.word(first - 1) in reading.lexicon.maturity.rated:
        first -= 1
    refused = refusals.beside(first) if is_refused else None
    first = first if refused is None else refused
    return ages, is_refused, first if reading.is_free(first, start) else start, end


def _bound_behind(reading: Reading, stop: int) -> tuple[int, Bound | None]:
    known = reading.lexicon.maturity.bounds_behind
    end = phrase_at(reading.words, stop, reading.lexicon.maturity.phrases_behind)
    return (end, known[reading.words.phrase(stop, end)]) if end > stop else (stop, None)


def _board_at(reading: Reading, place: int) -> tuple[int, int] | None:
    """ "FSK ab 12", "BBFC 15", "FSK16": its end and its age."""
    words = reading.words
    word = words.word(place)
    if word[-1:].isdecimal() and (joined := _BOARD_AND_AGE.fullmatch(word)) is not None:
        age = _age_on_board(joined[1], joined[2])
        return None if age is None else (place + 1, age)
    if word not in _BOARD_NAMES:
        return None
    start = place + 1
    while words.word(start) in reading.lexicon.maturity.board_links and start < place + 3:
        start += 1
    for stop in (start + 2, start + 1):
        if (
            stop <= len(words)
            and (age := _age_on_board(word, words.phrase(start, stop))) is not None
        ):
            return stop, age
    return None


def _age_on_board(board: str, written: str) -> int | None:
    if board in _BOARDS_OF_GAMES:
        return int(written) if written.isdecimal() and int(written) <= OLDEST else None
    return age_of(_BOARDS[board], written)


def _spelled_at(reading: Reading, place: int, *, is_rated: bool) -> tuple[int, int] | None:
    words = reading.words
    for spelled, age in _longest_first(_WRITTEN.get(words.word(place), {})):
        stop = place + len(spelled)
        is_it = words.words[place:stop] == spelled
        is_it_rated = is_rated or _is_rated_behind(reading, stop)
        is_apart = any(_is_apart(reading, inside) for inside in range(place + 1, stop))
        if is_it and not is_apart and (is_it_rated or _is_written_so(reading, place, stop)):
            return stop, age
    word = words.word(place)
    if not (is_rated or _is_rated_behind(reading, place + 1)):
        return None
    if (letter := age_of(*_RATED[word]) if word in _RATED else None) is not None:
        return place + 1, letter
    figures = age_of("GB", word) if word.isdecimal() else None
    if figures is None or _is_of_votes(reading, place, figures) or ends_praise(reading, place):
        return None
    return place + 1, figures


def ends_praise(reading: Reading, stop: int) -> bool:
    """ "The top rated 10 films": a number that counts them."""
    praise = reading.lexicon.terms.renown
    return any(reading.words.phrase(max(stop - length, 0), stop) in praise for length in (2, 3))


def _is_of_votes(reading: Reading, place: int, age: int) -> bool:
    """ "Rated 8 or higher", "rating 7+", "rated 8/10"."""
    _, bound = _bound_behind(reading, place + 1)
    is_open = bound is Bound.at_least or bound_before(reading, place)[1] is Bound.above
    gap = gap_behind(reading.words, place + 1)
    return age < _SURE and (is_open or gap.startswith(("+", "/", ".")))


def _is_rated_behind(reading: Reading, stop: int) -> bool:
    """ "R-rated", but not "FSK 16, certificate 15"."""
    words = reading.words
    is_rated = words.word(stop) in reading.lexicon.maturity.rated_behind
    is_of_next = words.word(stop + 1).isdecimal() and not _is_apart(reading, stop + 1)
    return is_rated and not _is_apart(reading, stop) and (words.gap(stop) == "-" or not is_of_next)


def _is_apart(reading: Reading, place: int) -> bool:
    """Whether a stop or a dash parts a word from the one before it."""
    gap = reading.words.gap(place)
    return is_stop(gap) or is_spaced_dash(gap)


def _longest_first(
    spellings: Mapping[tuple[str, ...], int],
) -> list[tuple[tuple[str, ...], int]]:
    return sorted(spellings.items(), key=lambda spelling: -len(spelling[0]))


def _is_written_so(reading: Reading, start: int, stop: int) -> bool:
    """Whether signs or capitals make it a certificate: "tv y" would read "TV, y ..."."""
    words = reading.words
    gaps = {words.gap(inside) for inside in range(start + 1, stop)}
    phrase = words.phrase(start, stop)
    figures = [int(part) for part in re.findall(r"\d+", phrase)]
    if figures and figures[-1] < _SURE and words.word(start) not in ("tv", "tvy7"):
        return False
    if gaps <= {"-", "/", "–"} or phrase in _SPACED:
        return True
    is_capital = words.written(start + 1, stop).isupper() and not words.text.isupper()
    has_sign = gap_behind(words, stop).startswith("+")
    is_tv = words.word(start) == "tv"
    return gaps == {" "} and (has_sign if figures else is_tv and is_capital)


def bare_certificate_at(
    reading: Reading, refusals: AgeRefusals, place: int
) -> WrittenCertificate | None:
    """ "No R", "under R", "not an 18", "no 15s": right behind a refusal, counting nothing."""
    words = reading.words
    word = words.word(place)
    if word not in _BARE_LETTERS and not word[:1].isdecimal():
        return None
    plural = _PLURAL.fullmatch(word)
    figures = plural[1] if plural is not None else word
    age = _bare_age(word, figures)
    is_of_films = words.word(place + 1) in reading.lexicon.terms.media
    if age is None or not (plural or is_of_films or ends_phrase(reading, place + 1)):
        return None
    is_bounded = word in _BARE_LETTERS and bound_before(reading, place)[1] is not None
    if refusals.beside(place) is None and not is_bounded:
        return None
    # Whoever refuses an 18 without its board means what is for adults.
    return WrittenCertificate(place, place + 1, min(age, ADULT))


def _bare_age(word: str, figures: str) -> int | None:
    if word in _BARE_LETTERS:
        return age_of(*_RATED[word])
    return int(figures) if figures.isdecimal() and int(figures) in _BARE_FIGURES else None
