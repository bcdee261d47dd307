"""Genres of many titles at once, one column each."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.domain.genres import GENRES, genre_bits, genre_flags, genre_place

_SOME_GENRES = st.lists(st.sampled_from(sorted(GENRES)), unique=True)


@given(st.lists(_SOME_GENRES, max_size=5))
def test_each_title_has_its_genres_and_no_others(titles: list[list[int]]) -> None:
    bits = np.array([genre_bits(genres) for genres in titles], dtype=np.uint32)
    flags = genre_flags(bits)
    assert flags.shape == (len(titles), 32)
    for genres, row in zip(titles, flags, strict=True):
        assert set(np.flatnonzero(row)) == {genre_place(genre) for genre in genres}
