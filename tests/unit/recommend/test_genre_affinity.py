"""The genre that is told as often chosen is one that is chosen beyond what is usual."""

from dataclasses import replace

import numpy as np

from api.domain.genres import genre_bits, genre_id
from api.recommend.evidence.genre_affinity import GENRE_AFFINITY
from api.viewers.taste.taste import Taste
from tests.facts_builder import Title, facts_of, query_over, ranking_of

_CRIME, _FANTASY = 80, 14
_OF_BOTH = ("Science Fiction", "Fantasy")


def test_what_is_usual_is_counted_by_the_genres_that_are_listed_as_the_chosen_ones_are() -> None:
    # Seven of ten shows are listed under a joint genre, of which only the last is fantasy, too.
    shows = [Title(number, is_show=True, genres=_OF_BOTH) for number in range(1, 8)]
    crime = [Title(number, is_show=True, genres=("Crime",)) for number in range(8, 10)]
    last = Title(10, is_show=True, genres=("Crime", *_OF_BOTH))
    listed = facts_of([*shows, *crime, last])
    decided = listed.genres.copy()
    decided[:7] = genre_bits([genre_id("Science Fiction") or 0])
    facts = replace(listed, genres=decided)
    taste = Taste(
        liked_titles=10,
        genre_prefs={_CRIME: 0.4, _FANTASY: 0.4},
        genre_titles={_CRIME: 5, _FANTASY: 5},
    )
    query = query_over(facts, taste=taste)
    records = np.zeros(1, dtype=[(one.name, one.kind) for one in GENRE_AFFINITY.columns])
    assert GENRE_AFFINITY.note is not None
    GENRE_AFFINITY.note(query, ranking_of(facts, [10]), records)
    assert records["genre_id"].tolist() == [_CRIME]
