"""Titles in small letters that their medium or their year tells from words."""

import pytest

from api.language.intent import Intent
from tests.names_builder import read


def seeds(intent: Intent) -> list[str]:
    return [one.label for one in intent.mentions if one.field == "seed"]


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        ("like the show fargo but new", "Fargo"),
        ("something like the movie up", "Up"),
        ("comedies like the movie her", "Her"),
        ("like the film it and alien", "It"),
    ],
)
def test_a_medium_before_a_title_says_that_it_is_one(text: str, seed: str) -> None:
    assert seed in seeds(read(text))


def test_a_medium_before_other_words_says_nothing() -> None:
    assert not seeds(read("like the movie her mother talks about"))


def test_its_year_behind_a_title_says_that_it_is_one() -> None:
    intent = read("the thing 1982 alien 1979 more like these")
    assert seeds(intent) == ["The Thing", "Alien"]
    assert not intent.years


@pytest.mark.parametrize("text", ["horror 2015", "heist 2001 movies", "vampire 2009 romance"])
def test_a_year_behind_a_genre_or_a_topic_is_one_to_ask_for(text: str) -> None:
    intent = read(text)
    assert not seeds(intent)
    assert intent.years


def test_titles_of_a_list_may_have_years_that_are_not_quite_right() -> None:
    intent = read("heat 1995, pulp fiction, fight club 1998 kinda stuff")
    assert seeds(intent) == ["Heat", "Pulp Fiction", "Fight Club"]
    assert not intent.years


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("i love good time with friends, any drama", []),
        ("i loved good time", ["Good Time"]),
        ("i love good time and heat", ["Good Time", "Heat"]),
        ("like good time with more action", ["Good Time"]),
    ],
)
def test_ordinary_words_with_which_a_sentence_goes_on_are_no_title(
    text: str, named: list[str]
) -> None:
    assert seeds(read(text)) == named
