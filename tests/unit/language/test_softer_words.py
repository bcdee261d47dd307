"""What sounds like a filter and is none: comparisons, guesses, one film that somebody could not
stand, and what nobody has heard of."""

import pytest

from api.language.intent import IntentField
from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("movies that feel like hot and dry, mexican evenings", "country"),
        ("movies that feel like Tom Hanks in a train", "person"),
        ("films that feel like getting home after a really long movie", "runtime"),
        ("something that feels like the 80s", "year"),
        ("a good old movie", "year"),
        ("comedies of the last 3 years or so", "year"),
        ("women, baseball, 40s", "year"),
    ],
)
def test_what_is_likened_or_guessed_lifts_and_does_not_filter(
    text: str, field: IntentField
) -> None:
    intent = read(text)
    assert field in {one.field for one in intent.mentions}
    assert field in intent.preferred


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("mexican comedies that feel like a hot evening", "country"),
        ("comedies of the last 3 years", "year"),
        ("movies of the 80s", "year"),
        ("comedies with Tom Hanks", "person"),
        ("movies under two hours that feel like a dream", "runtime"),
    ],
)
def test_a_command_filters(text: str, field: IntentField) -> None:
    intent = read(text)
    assert field in {one.field for one in intent.mentions}
    assert field not in intent.preferred


def test_old_or_new_asks_for_no_year() -> None:
    assert read("a cult classic, old or new movie, both are fine").years == ()


def test_one_film_that_somebody_could_not_stand_refuses_no_films() -> None:
    assert read("like Heat. I can't stand that movie with the horse").media_types == frozenset()
    assert read("no movies please, comedies").media_types == {"tv"}


def test_what_nobody_has_heard_of_is_not_refused() -> None:
    assert read("horror i haven't heard of").excluded_words == frozenset()
    assert read("horror without vampires").excluded_words


def test_before_a_year_is_no_series() -> None:
    assert read("a thriller, not before the 2000s").excluded_franchises == frozenset()


def test_a_run_of_years_belongs_to_its_title() -> None:
    intent = read("shows like Fargo (2014-2024)?")
    assert intent.years == ()
    assert intent.seeds == (19,)
