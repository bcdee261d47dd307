"""An invented world with a structure to be found: eight tastes, blockbusters and a long tail,
viewers whose taste drifts, sequels that follow their first parts, directors who stay with a taste.

Everything follows from the seed.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.random import Generator

from api.catalogue.embeddings.embedding_spaces import open_space, write_vectors
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Credit, Person, Title
from api.domain.arrays import Floats
from api.domain.genres import GENRES
from api.platform.database import Database
from tests.doubles.spaces import activate
from tests.evaluation.metrics import Values

_TASTES = 8
_FILMS = 400
_UNRATED = 40  # films that nobody has seen, and as many shows
_VIEWERS = 160
_SHORTEST, _LONGEST = 20, 60  # histories
_DIMENSION = 16
_NOISE = 0.5  # of a vector around its taste, per component, against a length of 1
_PARTS = 3  # of a franchise
_FOLLOWS = 0.5  # how often the next part is watched right after a liked one
_STRAYS = 0.15  # how often a viewer watches whatever is popular
_WRITTEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
_FIRST_DAY = 1_600_000_000
_DAY = 86_400


@dataclass(frozen=True, slots=True, eq=False)
class Rating:
    """One line of the invented ratings."""

    viewer: int
    tmdb_id: int
    stars: float
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Titles with their vectors, and what viewers made of them."""

    titles: tuple[Title, ...]
    vectors: Floats
    ratings: tuple[Rating, ...]


def planted_world(seed: int = 1) -> World:
    """The world of a seed."""
    chance = np.random.default_rng(seed)
    count = _FILMS + 2 * _UNRATED
    taste = np.arange(count) % _TASTES
    fame = 1 / (chance.permutation(count) + 12.0)
    quality = chance.normal(0, 0.5, size=count)
    centres = chance.normal(size=(_TASTES, _DIMENSION))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    vectors = centres[taste] + _NOISE * chance.normal(size=(count, _DIMENSION)) / 2
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    titles = [_title(number, int(taste[number]), fame, quality) for number in range(count)]
    ratings: list[Rating] = []
    for viewer in range(_VIEWERS):
        ratings += _history(viewer, chance, taste[:_FILMS], fame[:_FILMS], quality[:_FILMS])
    return World(tuple(titles), vectors.astype(np.float32), tuple(ratings))


def write_world(database: Database, world: World) -> None:
    """Fills an empty database with the titles and an active space of their vectors."""
    with database.engine.begin() as connection:
        write_titles(connection, world.titles, source="tmdb", now=_WRITTEN)
        rows = connection.exec_driver_sql("SELECT media_type, tmdb_id, id FROM items").all()
        id_of = {(row[0], row[1]): int(row[2]) for row in rows}
        ids = [id_of[title.media_type, title.tmdb_id] for title in world.titles]
        space = open_space(
            connection, model="planted", version="1", template="basic", dimension=_DIMENSION
        )
        hashes = [item_id.to_bytes(16, "big") for item_id in ids]
        write_vectors(connection, space, ids, world.vectors, hashes)
    activate(database, space)


def write_ratings(ratings: Sequence[Rating], path: Path) -> None:
    """As a zip in MovieLens' format."""
    films = sorted({rating.tmdb_id for rating in ratings})
    lines = ((one.viewer + 1, one.tmdb_id, one.stars, one.at) for one in ratings)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "ratings.csv", _csv(("userId", "movieId", "rating", "timestamp"), list(lines))
        )
        archive.writestr(
            "links.csv", _csv(("movieId", "imdbId", "tmdbId"), [(one, one, one) for one in films])
        )


def _title(number: int, taste: int, fame: Values, quality: Values) -> Title:
    is_show = number >= _FILMS + _UNRATED
    genres = sorted(GENRES)
    director = Person(f"Director {taste}-{number // _TASTES % 5}", 1 + taste * 5 + number % 5)
    franchise = _franchise(number)
    return Title(
        media_type="tv" if is_show else "movie",
        tmdb_id=number + 1,
        title=f"The {number + 1} Lanterns",  # a number at the end would make them a series
        overview=f"A story of kind {taste}.",
        original_language="en" if number % 5 else "fr",
        release_year=1970 + number * 7 % 50,
        genre_ids=(genres[taste], genres[_TASTES + taste // 2]),
        collection_id=franchise,
        collection_name=None if franchise is None else f"Franchise {franchise}",
        popularity=float(2000 * fame[number]),
        vote_average=float(np.clip(6.5 + quality[number], 0, 10)),
        vote_count=int(200_000 * fame[number]),
        credits=(Credit("creator" if is_show else "director", director, 0),),
    )


def _franchise(number: int) -> int | None:
    """Of five films of a taste in a row the first three are one franchise."""
    place = number // _TASTES
    if number >= _FILMS or place % 5 >= _PARTS:
        return None
    return 1 + number % _TASTES + _TASTES * (place // 5)


def _history(
    viewer: int,
    chance: Generator,
    taste: np.ndarray[tuple[int], np.dtype[np.intp]],
    fame: Values,
    quality: Values,
) -> list[Rating]:
    """From a first taste to a second one, film by film, with a sequel now and then."""
    first, second = chance.choice(_TASTES, size=2, replace=False)
    length = int(chance.integers(_SHORTEST, _LONGEST + 1))
    unseen = np.ones(len(taste), dtype=np.bool_)
    at = _FIRST_DAY + int(chance.integers(300)) * _DAY
    ratings: list[Rating] = []
    wanted: int | None = None
    for place in range(length):
        current = second if chance.random() < place / length else first
        strays = chance.random() < _STRAYS
        if wanted is not None and unseen[wanted] and chance.random() < _FOLLOWS:
            film = wanted
        else:
            weights = fame * unseen * (True if strays else taste == current)
            film = int(chance.choice(len(taste), p=weights / weights.sum()))
        unseen[film] = False
        match = 1.0 if taste[film] in (first, second) else -0.5
        stars = 3.2 + match + quality[film] + chance.normal(0, 0.4)
        stars = float(np.clip(round(2 * stars) / 2, 0.5, 5))
        ratings.append(Rating(viewer, film + 1, stars, at))
        following = film + _TASTES
        goes_on = _franchise(film) is not None and _franchise(film) == _franchise(following)
        wanted = following if goes_on and stars >= 4 else None
        at += int(chance.integers(1, 4)) * _DAY
    return ratings


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
