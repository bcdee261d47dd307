"""The rows of a ratings set: lines become numbers, and what cannot be used is counted."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.platform.errors import UnusableRatings
from api.platform.largest_integer import LARGEST_INTEGER
from etl.neighbours.ratings_files import EXPECTED, line_blocks

# MovieLens 32M has 0.9e9 characters of ratings and 2e6 of links.
_MOST_CHARACTERS = 2**31
_MOST_CHARACTERS_OF_LINKS = 2**25
_LARGEST_WHOLE = 2**53  # beyond it float64 skips whole numbers
_LATEST = 253_402_300_799  # the end of the year 9999; times in milliseconds lie beyond it

_COLUMNS = ("userId", "movieId", "rating", "timestamp")
USER, MOVIE, RATING, TIME = range(4)
Rows = NDArray[np.float64]  # (n, 4): user, movie, rating, time


def usable_rows(path: Path, counts: Counter[str]) -> Iterator[Rows]:
    """Blocks of usable rows, TMDB's ids in place of the movies'; counts the others.

    Raises UnusableRatings, possibly after some blocks.
    """
    films = _read_links(path)
    for lines, columns in _lines_of(path, "ratings.csv", _COLUMNS, _MOST_CHARACTERS):
        yield _usable(_numbers_of(lines, columns, counts), films, counts)


@dataclass(frozen=True, slots=True)
class _Films:
    """The links: MovieLens' ids, rising, and TMDB's; 0 for a film without one."""

    movie_ids: NDArray[np.int64]
    tmdb_ids: NDArray[np.int32]

    def places_of(self, movies: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Where each movie is, and whether it is there at all."""
        places = np.searchsorted(self.movie_ids, movies)
        places[places == len(self.movie_ids)] = 0
        return places, self.movie_ids[places] == movies


def _read_links(path: Path) -> _Films:
    tmdb_ids: dict[int, int] = {}
    for lines, (movie, tmdb) in _lines_of(
        path, "links.csv", ("movieId", "tmdbId"), _MOST_CHARACTERS_OF_LINKS
    ):
        for line in lines:
            cells = _cells_of(line)
            if len(cells) > max(movie, tmdb) and (movie_id := _id_of(cells[movie])):
                tmdb_ids[movie_id] = _id_of(cells[tmdb])
    if not tmdb_ids:
        raise UnusableRatings(f"links.csv of {path.name} links no film. {EXPECTED}")
    movies = sorted(tmdb_ids)
    return _Films(
        np.array(movies, dtype=np.int64),
        np.array([tmdb_ids[movie] for movie in movies], dtype=np.int32),
    )


def _id_of(text: str) -> int:
    """A positive id, or 0 where there is none."""
    text = text.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return number if number <= LARGEST_INTEGER else 0


def _lines_of(
    path: Path, table: str, names: Sequence[str], most_characters: int
) -> Iterator[tuple[list[str], tuple[int, ...]]]:
    """Blocks of lines below the header that are not blank, and in which cells `names` are."""
    blocks = (
        lines
        for block in line_blocks(path, table, most_characters=most_characters)
        if (lines := [line for line in block if line and not line.isspace()])
    )
    first = next(blocks, None)
    if first is None:
        raise UnusableRatings(f"{table} of {path.name} is empty. {EXPECTED}")
    header = [name.strip().casefold() for name in _cells_of(first[0])]
    missing = [name for name in names if name.casefold() not in header]
    if missing:
        raise UnusableRatings(
            f"{table} of {path.name} has no column {' and no column '.join(missing)}. {EXPECTED}"
        )
    columns = tuple(header.index(name.casefold()) for name in names)
    yield from ((lines, columns) for lines in chain([first[1:]], blocks) if lines)


def _numbers_of(lines: Sequence[str], columns: Sequence[int], counts: Counter[str]) -> Rows:
    """The columns of every line that has numbers there; the others are counted."""
    try:
        rows = np.loadtxt(
            lines, delimiter=",", quotechar='"', comments=None, usecols=columns, ndmin=2
        )
    except ValueError:
        return _numbers_line_by_line(lines, columns, counts)
    if len(rows) != len(lines):  # a quote that is never closed joins lines
        return _numbers_line_by_line(lines, columns, counts)
    return rows


def _numbers_line_by_line(
    lines: Sequence[str], columns: Sequence[int], counts: Counter[str]
) -> Rows:
    rows = []
    for line in lines:
        cells = _cells_of(line)
        if len(cells) <= max(columns):
            counts["bad line"] += 1
            continue
        try:
            rows.append([float(cells[column]) for column in columns])
        except ValueError:
            counts["bad number"] += 1
    return np.array(rows, dtype=np.float64).reshape(-1, len(columns))


def _cells_of(line: str) -> list[str]:
    try:
        return next(csv.reader([line]))
    except csv.Error:
        return []


def _usable(rows: Rows, films: _Films, counts: Counter[str]) -> Rows:
    """The usable rows, with TMDB's id in place of the movie's; counts the others."""

    def keep(good: NDArray[np.bool_], otherwise: str) -> Rows:
        counts[otherwise] += len(good) - int(np.count_nonzero(good))
        return rows[good]

    whole = rows[:, [USER, MOVIE, TIME]]
    rows = keep(
        np.isfinite(rows).all(axis=1)
        & (np.floor(whole) == whole).all(axis=1)
        & (np.abs(rows[:, USER]) < _LARGEST_WHOLE)
        & (np.abs(rows[:, MOVIE]) < _LARGEST_WHOLE)
        & (rows[:, TIME] >= 0)
        & (rows[:, TIME] <= _LATEST),
        "bad number",
    )
    rows = keep(rows[:, RATING] != 0, "0 stars")
    rows = keep((rows[:, RATING] >= 0.5) & (rows[:, RATING] <= 5), "rating outside 0.5 to 5")
    rows = keep(np.floor(2 * rows[:, RATING]) == 2 * rows[:, RATING], "not a half star")
    places, known = films.places_of(rows[:, MOVIE].astype(np.int64))
    rows[:, MOVIE] = films.tmdb_ids[places]
    rows = keep(known, "unknown movie id")
    return keep(rows[:, MOVIE] > 0, "film without a TMDB id")
