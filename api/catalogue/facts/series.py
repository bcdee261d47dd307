"""Which titles are parts of one series, and which comes after which.

TMDB's collections tell of most. Of films without one the names do: "Rocky II" follows "Rocky". So
they do of films that go on with a show: "One Piece Film: Z" is nothing for who has not seen that.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Days, Ints, Mask
from api.domain.genres import genre_bits

# "Heat 2", "Rocky II", "Kill Bill: Vol. 2", "It Chapter Two", "Den of Thieves 2: Pantera". A number
# above 9 is more often part of a name ("Apollo 13"), and a word alone always is ("Red One").
_NUMBERED = re.compile(
    r"(?P<name>.+?)[\s:,-]+"
    r"(?:(?:part|vol\.?|volume|chapter)\s+(?P<written>[1-9]|i{1,3}|iv|vi{0,3}|ix|one|two|three|four)"
    r"|(?P<bare>[2-9]|i{2,3}|iv|vi{1,3}|ix))(?::.*)?",
    re.IGNORECASE,
)
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_NUMBERS |= {"one": 1, "two": 2, "three": 3, "four": 4}
# Where a show's name may end in that of a film: "Pokémon: The First Movie", "One Piece Film: Z".
# "Pokémon 3: The Movie" goes on with it as well.
_BEHIND_NAME = re.compile(
    r"[:!–—]|\s-\s|\s[2-9](?=:|$)|\s(?:the )?(?:movie|film)\b|$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_MOST_YEARS = 20  # between a film and its second part: later ones are other films of that name
_ANIMATION = np.uint32(genre_bits([16]))


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One row per title of the facts."""

    of: Ints  # the number of its series, 0 for a title that is part of none
    # From 1, in the order in which the parts came out; from what the name of the first says where
    # the catalogue lacks those before it: "Part III" alone is a third part.
    part: NDArray[np.int16]
    before: Ints  # the row of the part before it, -1 for none

    @classmethod
    def none(cls, titles: int) -> "Series":
        """Where no title is part of anything."""
        zeros = np.zeros(titles, dtype=np.int32)
        return cls(zeros, zeros.astype(np.int16), zeros - 1)


def series_of(
    *,
    titles: Sequence[str],
    is_show: Mask,
    genres: NDArray[np.uint32],
    collection: Ints,
    released: Days,
    year: NDArray[np.int16],
    language: NDArray[np.int16],
    votes: Ints,
) -> Series:
    """The series among these titles: 30,000 take 200 ms.

    A title of unknown day counts as of its year's first, one of unknown year comes last.
    """
    unknown = np.isnat(released)
    of_year = (year.astype(np.int64) - 1970).astype("M8[Y]").astype("M8[D]")
    days = np.where(unknown, of_year, released.astype("M8[D]")).astype(np.int64)
    days[unknown & (year == 0)] = np.iinfo(np.int32).max
    named = _by_name(titles, is_show | (collection > 0), genres, year)
    of = np.where(collection > 0, collection, -named).astype(np.int32)
    most = _most_votes(of, votes)
    go_on = _that_go_on_with_shows(titles, is_show, genres, language, days, most)
    of = _with_their_shows(of, go_on)
    numbers = _written_numbers(titles)
    alone = [row for row in numbers if of[row] == 0]
    of[alone] = int(of.min(initial=0)) - 1 - np.arange(len(alone))
    return _in_order(of, days, numbers)


def _written_numbers(titles: Sequence[str]) -> dict[int, int]:
    """By row the number that the name says in so many words, from 2: a bare one may be a name."""
    found = ((row, _NUMBERED.fullmatch(title)) for row, title in enumerate(titles))
    said = ((row, one["written"]) for row, one in found if one is not None and one["written"])
    numbers = ((row, _NUMBERS.get(word.casefold()) or int(word)) for row, word in said)
    return {row: number for row, number in numbers if number > 1}


def _in_order(of: Ints, days: NDArray[np.int64], numbers: Mapping[int, int]) -> Series:
    found = Series.none(len(of))
    rows = np.flatnonzero(of)
    rows = rows[np.lexsort((rows, days[rows], of[rows]))]
    if len(rows) == 0:
        return found
    follows = np.append(False, np.diff(of[rows]) == 0)
    starts = np.maximum.accumulate(np.where(follows, 0, np.arange(len(rows))))
    found.of[rows] = of[rows]
    lacking = np.array([numbers.get(row, 1) - 1 for row in rows.tolist()])[starts]
    found.part[rows] = np.arange(len(rows)) - starts + 1 + lacking
    found.before[rows[follows]] = rows[:-1][follows[1:]]
    return found


def _most_votes(of: Ints, votes: Ints) -> Ints:
    """The votes of the best known part of each title's series."""
    numbers, which = np.unique(of, return_inverse=True)
    most = np.zeros(len(numbers), dtype=votes.dtype)
    np.maximum.at(most, which, votes)
    return np.where(of != 0, most[which], votes)


def _with_their_shows(of: Ints, go_on: dict[int, int]) -> Ints:
    """The numbers with each show in a series with what goes on with it, and all of their parts."""
    joined = of.copy()
    for number, show in enumerate(sorted(set(go_on.values())), start=1):
        films = [film for film, of_film in go_on.items() if of_film == show]
        series = int(of.min(initial=0)) - number
        joined[np.isin(of, np.unique(of[films])) & (of != 0)] = series
        joined[[show, *films]] = series
    return joined


def _that_go_on_with_shows(
    titles: Sequence[str],
    is_show: Mask,
    genres: NDArray[np.uint32],
    language: NDArray[np.int16],
    days: NDArray[np.int64],
    votes: Ints,
) -> dict[int, int]:
    """The row of the show by the row of each film that has its name, or begins with it.

    Such a film came out later, in the same language, is animated as the show is, and fewer have
    voted for it and its series: Spider-Man is known to many who have not seen the show.
    """
    shows: dict[str, list[int]] = {}
    for row in np.flatnonzero(is_show).tolist():
        shows.setdefault(_bare(titles[row]), []).append(row)
    found: dict[int, int] = {}
    for film in np.flatnonzero(~is_show).tolist():
        for show in _shows_in_name(titles[film], shows):
            if (
                days[show] < days[film]
                and language[show] == language[film]
                and genres[show] & genres[film]
                and not (genres[show] ^ genres[film]) & _ANIMATION
                and votes[film] < votes[show]
            ):
                found[film] = show
                break
    return found


def _shows_in_name(title: str, shows: dict[str, list[int]]) -> Iterator[int]:
    """Those whose name it begins with, the longest name first."""
    for end in reversed([found.start() for found in _BEHIND_NAME.finditer(title)]):
        yield from shows.get(_bare(title[:end]), ())


def _bare(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def _by_name(
    titles: Sequence[str], left_out: Mask, genres: NDArray[np.uint32], year: NDArray[np.int16]
) -> Ints:
    """Numbers from 1, 0 for a title whose name puts it in no series."""
    numbered: dict[str, dict[int, int]] = {}  # by name: number -> row
    plain: dict[str, list[int]] = {}
    for row, title in enumerate(titles):
        if left_out[row]:
            continue
        name, number = _number_in(title)
        if number > 1:
            numbered.setdefault(name, {}).setdefault(number, row)
        else:
            plain.setdefault(name, []).append(row)
    found = np.zeros(len(titles), dtype=np.int32)
    for series, (name, parts) in enumerate(sorted(numbered.items()), start=1):
        if 2 not in parts:  # "Super 8" is the eighth of nothing
            continue
        rows = [row for number, row in sorted(parts.items()) if number - 1 in (1, *parts)]
        second = rows[0]
        first = [
            row
            for row in plain.get(name, ())
            if 0 <= int(year[second]) - int(year[row]) <= _MOST_YEARS
            and genres[row] & genres[second]
        ]
        rows += sorted(first, key=lambda row: int(year[row]))[-1:]
        if len(rows) > 1:
            found[rows] = series
    return found


def _number_in(title: str) -> tuple[str, int]:
    """The name that parts share, and the number of the part: 1 for a title without."""
    found = _NUMBERED.fullmatch(title)
    if found is None:
        return title.casefold(), 1
    number = (found["written"] or found["bare"]).casefold()
    return found["name"].casefold(), _NUMBERS.get(number) or int(number)
