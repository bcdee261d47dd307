"""What a viewer says of their own taste, apart from what is inferred from their history.

A stance is `never` (a hard constraint, which no relaxation gives up), `avoid` or `prefer` (a push
in the ranking, see `balance`). Who likes subtitles says `avoid` of the languages that they
understand: titles in every other language are then ahead.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats, Ints, Mask
from api.domain.genres import GENRES, genre_bits, genre_id, genre_written
from api.domain.items import MediaType
from api.domain.languages import LANGUAGES, language_code
from api.domain.maturity import OLDEST_AGE
from api.domain.years import YearRange
from api.platform.errors import InvalidInput

PreferenceKind = Literal["genre", "language", "decade", "media_type", "maturity"]
Stance = Literal["prefer", "avoid", "never"]

_MEDIA_TYPES: tuple[MediaType, ...] = get_args(MediaType)
_DECADE = re.compile(r"(18[7-9]0|19[0-9]0|20[0-9]0)s?")


@dataclass(frozen=True, slots=True)
class Preference:
    """One preference that a viewer states; `value` is spelled in one way only, see `preference`."""

    kind: PreferenceKind
    value: str
    stance: Stance

    def __str__(self) -> str:
        return f"{self.stance} {self.kind} {self.value}"


def preference(kind: PreferenceKind, value: str, stance: Stance) -> Preference:
    """A preference, its value as it is kept; raises InvalidInput naming one that is unknown.

    Values: a genre's name, a language's code, a decade such as "1990s", "movie" or "tv", and for
    maturity an age from 1 to 21: titles for that age and older are meant.
    """
    known = _known(kind, value.strip())
    if known is None:
        raise InvalidInput(f"{value!r} is no {kind}; {_EXPECTED[kind]}", field="value")
    if kind == "maturity" and stance != "never":
        raise InvalidInput(f"{stance!r} has no meaning for maturity; say never", field="stance")
    return Preference(kind, known, stance)


_EXPECTED: dict[PreferenceKind, str] = {
    "genre": f"known are {', '.join(sorted(GENRES.values()))}",
    "language": "a code of ISO 639-1 is needed, such as ko",
    "decade": "one from 1870s to 2090s is needed, such as 1990s",
    "media_type": f"known are {' and '.join(_MEDIA_TYPES)}",
    "maturity": f"an age from 1 to {OLDEST_AGE} is needed",
}


def _known(kind: PreferenceKind, value: str) -> str | None:
    match kind:
        case "genre":
            found = genre_written(value)
            return None if found is None else GENRES[found]
        case "language":
            return value.lower() if value.lower() in LANGUAGES else None
        case "decade":
            decade = _DECADE.fullmatch(value)
            return f"{decade[1]}s" if decade else None
        case "media_type":
            return value.lower() if value.lower() in _MEDIA_TYPES else None
        case "maturity":
            is_age = value.isascii() and value.isdigit() and len(value) <= 2
            return str(int(value)) if is_age and 1 <= int(value) <= OLDEST_AGE else None


def balance(preferences: Sequence[Preference], facts: CatalogueFacts, rows: Ints) -> Floats:
    """Of each row how many preferred things it has, less how many to be avoided."""
    total = np.zeros(len(rows), dtype=np.float32)
    for one in preferences:
        if one.stance != "never":
            total += np.where(_has(one, facts, rows), 1 if one.stance == "prefer" else -1, 0)
    return total


def shifts(preferences: Iterable[Preference]) -> bool:
    """Whether any of them pushes titles up or down."""
    return any(one.stance != "never" for one in preferences)


def _has(one: Preference, facts: CatalogueFacts, rows: Ints) -> Mask:
    match one.kind:
        case "genre":
            bits = np.uint32(genre_bits([genre_id(one.value) or 0]))
            return np.asarray((facts.genres[rows] & bits) != 0)
        case "language":
            return np.asarray(facts.language[rows] == language_code(one.value))
        case "decade":
            first, last = years_of(one.value)
            return (facts.year[rows] >= first) & (facts.year[rows] <= last)
        case "media_type":
            return np.asarray(facts.is_show[rows] == (one.value == "tv"))
        case "maturity":  # is never preferred nor avoided
            return np.zeros(len(rows), dtype=np.bool_)


def values_of(preferences: Iterable[Preference], kind: PreferenceKind) -> list[str]:
    return [one.value for one in preferences if one.kind == kind]


def years_of(decade: str) -> YearRange:
    first = int(decade.removesuffix("s"))
    return first, first + 9
