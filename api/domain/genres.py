"""One genre vocabulary for films and shows, on TMDB's ids.

TMDB keeps two lists; its show genres that join two things ("Sci-Fi & Fantasy") are taken apart
into the film genres they name, so that one filter finds both media.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

GENRES: dict[int, str] = {
    28: "Action",
    12: "Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    14: "Fantasy",
    36: "History",
    27: "Horror",
    10402: "Music",
    9648: "Mystery",
    10763: "News",
    10764: "Reality",
    10749: "Romance",
    878: "Science Fiction",
    10766: "Soap",
    10767: "Talk",
    53: "Thriller",
    10770: "TV Movie",
    10752: "War",
    37: "Western",
}

_TMDB_SHOW_GENRES: dict[int, tuple[int, ...]] = {
    10759: (28, 12),  # Action & Adventure
    10762: (10751,),  # Kids
    10765: (878, 14),  # Sci-Fi & Fantasy
    10768: (10752,),  # War & Politics
}

_IDS_BY_NAME = {name.casefold(): genre_id for genre_id, name in GENRES.items()}
_IDS_BY_NAME |= {
    "action & adventure": 28,
    "kids": 10751,
    "sci-fi": 878,
    "sci-fi & fantasy": 878,
    "scifi": 878,
    "war & politics": 10752,
}


def from_tmdb(genre_ids: Iterable[int]) -> list[int]:
    """TMDB's genre ids in this vocabulary: no repeats, order kept, unknown ids left out."""
    mapped: dict[int, None] = {}
    for genre_id in genre_ids:
        for known in _TMDB_SHOW_GENRES.get(genre_id, (genre_id,)):
            if known in GENRES:
                mapped[known] = None
    return list(mapped)


def genre_id(name: str) -> int | None:
    """The id of a genre's name in any case, or None."""
    return _IDS_BY_NAME.get(name.strip().casefold())


def genre_written(written: str) -> int | None:
    """The id of a genre that is written as its name in any case, or as its id, or None."""
    named = genre_id(written)
    if named is not None or not (written.isascii() and written.isdigit()):
        return named
    return next((one for one in GENRES if str(one) == written), None)


_BIT_OF_GENRE = {genre_id: 1 << bit for bit, genre_id in enumerate(sorted(GENRES))}


def genre_bits(genre_ids: Iterable[int]) -> int:
    """The genres as one bit mask; ids outside the vocabulary have no bit."""
    bits = 0
    for genre_id in genre_ids:
        bits |= _BIT_OF_GENRE.get(genre_id, 0)
    return bits


@lru_cache(maxsize=4096)  # a catalogue has some hundred combinations, a page asks for twenty
def genres_of(bits: int) -> tuple[int, ...]:
    """The genre ids of a bit mask, ascending."""
    return tuple(genre_id for genre_id, bit in _BIT_OF_GENRE.items() if bits & bit)


def genre_flags(bits: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """(n, 32): for each mask 1 where the bit of a genre is set, the bits in their order.

    1,300 masks take 10 us.
    """
    as_bytes = bits.astype("<u4").view(np.uint8).reshape(-1, 4)
    return np.unpackbits(as_bytes, axis=1, bitorder="little")


def genre_place(genre_id: int) -> int:
    """The column of genre_flags that is a genre's; raises KeyError for one of no bit."""
    return _BIT_OF_GENRE[genre_id].bit_length() - 1
