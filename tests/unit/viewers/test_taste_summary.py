"""What a taste is made of, beside the catalogue."""

import pytest

from api.viewers.taste_summary.summary import decades, genres, kinds, languages, parts
from tests.builders import ints
from tests.facts_builder import Title, facts_of

_FACTS = facts_of(
    [
        Title(1, genres=("Crime", "Drama"), year=1995, language="en"),
        Title(2, genres=("Crime",), year=1999, language="ko", is_show=True),
        Title(3, genres=("Comedy",), year=2010, language="en"),
        Title(4, genres=(), year=0),
    ]
)


def test_genres_are_counted_and_set_beside_the_catalogue() -> None:
    crime, drama = parts(_FACTS, ints([1, 2]), genres)
    assert (crime.value, crime.titles, crime.share, crime.catalogue_share) == ("Crime", 2, 1, 0.5)
    assert (drama.value, drama.titles, drama.share, drama.catalogue_share) == (
        *("Drama", 1, 0.5, 0.25),
    )


def test_what_is_not_known_is_no_part() -> None:
    assert [part.value for part in parts(_FACTS, ints([1, 4]), decades)] == ["1990s"]
    assert [part.value for part in parts(_FACTS, ints([2, 4]), languages)] == ["ko"]


def test_equal_parts_stand_by_name() -> None:
    assert [part.value for part in parts(_FACTS, ints([1, 2]), kinds)] == ["movie", "tv"]


def test_titles_that_have_left_count_nowhere() -> None:
    (kind,) = parts(_FACTS, ints([1, 99]), kinds)
    assert (kind.titles, kind.share) == (1, 1)
    assert parts(_FACTS, ints([99]), genres) == []


@pytest.mark.parametrize(("before", "recent"), [(20, 1.0), (19, None)])
def test_the_newest_twenty_are_told_apart_where_as_many_are_before(
    before: int, recent: float | None
) -> None:
    titles = [Title(number, genres=("Crime",)) for number in range(1, 21)]
    titles += [Title(number, genres=("Comedy",)) for number in range(21, 21 + before)]
    found = parts(facts_of(titles), ints(range(1, 21 + before)), genres)
    assert {part.value: part.recent_share for part in found}["Crime"] == recent
