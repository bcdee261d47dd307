"""Parts of a series and their order, by collections and by names."""

from datetime import date

import pytest

from tests.facts_builder import Title, facts_of


def parts(*titles: Title) -> list[int]:
    """The part that each title is, 0 for none."""
    found: list[int] = facts_of(titles).series.part.tolist()
    return found


def test_a_collection_is_in_the_order_of_release() -> None:
    facts = facts_of(
        [
            Title(1, collection=9, released=date(1980, 5, 17)),
            Title(2, collection=9, released=date(1977, 5, 25)),
            Title(3),
            Title(4, collection=9, released=date(1983, 5, 25)),
        ]
    )
    assert facts.series.part.tolist() == [2, 1, 0, 3]
    assert facts.series.before.tolist() == [1, -1, -1, 0]


def test_a_part_without_a_day_counts_by_its_year_and_one_without_a_year_comes_last() -> None:
    first = Title(3, collection=9, year=1990, released=date(1990, 6, 1))
    assert parts(Title(1, collection=9, year=0), Title(2, collection=9, year=1991), first) == [
        3,
        2,
        1,
    ]


def test_names_tell_parts_where_there_is_no_collection() -> None:
    assert parts(Title(1, "Stree 2", year=2024), Title(2, "Stree", year=2018)) == [2, 1]
    assert parts(
        Title(1, "Dune", year=1984),
        Title(2, "Dune", year=2021),
        Title(3, "Dune: Part Two", year=2024),
    ) == [0, 1, 2]
    assert parts(
        Title(1, "K.G.F: Chapter 1", year=2018),
        Title(2, "K.G.F: Chapter 2", year=2022),
        Title(3, "The Nun", year=2018),
        Title(4, "The Nun II", year=2023),
        Title(5, "Den of Thieves 2: Pantera", year=2025),
        Title(6, "Den of Thieves", year=2018),
    ) == [1, 2, 1, 2, 2, 1]


def test_a_number_in_a_name_makes_no_part() -> None:
    assert (
        parts(
            Title(1, "Super", year=2010),
            Title(2, "Super 8", year=2011),
            Title(3, "Apollo", year=1990),
            Title(4, "Apollo 13", year=1995),
            Title(5, "Red", year=2020),
            Title(6, "Red One", year=2024),
        )
        == [0] * 6
    )


def test_a_second_part_of_another_genre_or_age_is_of_another_film() -> None:
    assert parts(Title(1, "Frozen", year=2010, genres=("Horror",)), Title(2, "Frozen II")) == [0, 0]
    assert parts(Title(1, "War", year=1950), Title(2, "War 2", year=2025)) == [0, 0]


def test_a_series_without_its_first_part_still_has_an_order() -> None:
    assert parts(Title(1, "Raid 3", year=2020), Title(2, "Raid 2", year=2018)) == [2, 1]


def test_a_show_and_a_film_of_one_name_are_no_series() -> None:
    assert parts(Title(1, "Taxi", is_show=True), Title(2, "Taxi 2", year=2001)) == [0, 0]


_SHOW = Title(1, "One Piece", is_show=True, year=1999, genres=("Animation",))


@pytest.mark.parametrize(
    ("show", "film"),
    [
        ("One Piece", "One Piece Film: Z"),
        ("Pokémon", "Pokémon: The First Movie"),
        ("InuYasha", "Inuyasha the Movie 2: The Castle"),
        ("The X-Files", "The X-Files"),
        ("KONOSUBA - God's blessing!", "KONOSUBA – God's blessing! Legend of Crimson"),
    ],
)
def test_a_film_that_goes_on_with_a_show_comes_after_it(show: str, film: str) -> None:
    named = Title(1, show, is_show=True, year=1999)
    assert parts(named, Title(2, film, year=2003, vote_count=900)) == [1, 2]


def test_films_that_go_on_with_a_show_come_after_it_in_their_order() -> None:
    last, first = (
        Title(number, name, year=year, collection=9, vote_count=500, genres=("Animation",))
        for number, name, year in ((2, "One Piece Film: Z", 2012), (3, "Episode of Skypiea", 2009))
    )
    assert parts(_SHOW, last, first) == [1, 3, 2]


@pytest.mark.parametrize(
    "film",
    [
        Title(2, "One Piece Film: Z", year=2012, genres=("Animation",)),  # as well known
        Title(2, "One Piece Film: Z", year=1998, vote_count=5, genres=("Animation",)),
        Title(
            2, "One Piece Film: Z", year=2012, vote_count=5, genres=("Animation",), language="en"
        ),
        Title(2, "One Piece Film: Z", year=2012, vote_count=5, genres=("Drama", "Action")),
        Title(2, "One Piece of Cake", year=2012, vote_count=5, genres=("Animation",)),
    ],
)
def test_a_film_that_does_not_need_a_show_of_its_name_is_free_of_it(film: Title) -> None:
    assert parts(_SHOW, film) == [0, 0]


def test_a_film_of_a_series_that_is_better_known_than_a_show_is_free_of_it() -> None:
    first = Title(3, "Star Trek: The Motion Picture", year=1979, collection=9, vote_count=2000)
    later = Title(2, "Star Trek: Nemesis", year=2002, collection=9, vote_count=500)
    assert parts(Title(1, "Star Trek", is_show=True, year=1966), later, first) == [0, 2, 1]


def test_an_empty_catalogue_has_no_series() -> None:
    assert parts() == []


def test_a_part_whose_beginning_the_catalogue_lacks_is_the_part_that_its_name_says() -> None:
    titles = [
        Title(1, "Madoka the Movie Part III: Rebellion", collection=9),
        Title(2, "Police Story Part II", year=1988),
        Title(3, "District 9"),
        Title(4, "History of the World: Part I"),
        Title(5, "Catch-22"),
    ]
    series = facts_of(titles).series
    assert series.part.tolist() == [3, 2, 0, 0, 0]
    assert series.before.tolist() == [-1] * 5
    assert len(set(series.of.tolist())) == 3


def test_a_numbered_film_goes_on_with_the_show_of_its_name() -> None:
    show = Title(1, "Pokémon", is_show=True, genres=("Animation",), year=1997, vote_count=2000)
    film = Title(2, "Pokémon 3: The Movie", genres=("Animation",), year=2000, vote_count=600)
    assert parts(show, film) == [1, 2]
