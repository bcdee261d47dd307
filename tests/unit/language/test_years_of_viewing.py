"""When something was seen says nothing of when it came out, in six languages."""

import pytest

from tests.names_builder import TODAY, read


@pytest.mark.parametrize(
    "text",
    [
        "I watched it in 2010",
        "saw it on Netflix in 2011",
        "I saw this back in the 90s",
        "watched this movie in 2011 or 2012",
        "I remember seeing it in the mid 2000s",
        "I watched it around 2010-2013",
        "Saw it on TV, around 2010",
        "I saw it last year",
        "in 2010 I saw a movie",
        "I recently watched Heat and loved it",
        "Have you seen any good movies recently?",
        "ich habe ihn 2010 gesehen",
        "2010 im Kino gesehen",
        "la vi en 2010",
        "je l'ai vu en 2010",
        "l'ho visto nel 2010",
        "vi em 2010",
    ],
)
def test_the_time_at_which_it_was_seen_is_neither_asked_for_nor_searched_with(text: str) -> None:
    intent = read(text)
    assert intent.years == ()
    assert "20" not in intent.free_text
    assert not [chip for chip in intent.interpreted() if chip.text.isdigit()]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I want to watch something from 2010", (2010, 2010)),
        ("watch a movie from the 90s", (1990, 1999)),
        ("I saw a movie from 2010", (2010, 2010)),
        ("I watched a 90s movie", (1990, 1999)),
        ("I saw a film made in 2010", (2010, 2010)),
        ("I saw a film that came out in 2010", (2010, 2010)),
        ("horror released in 2011 I saw on tv", (2011, 2011)),
        ("most watched movies in 2020", (2020, 2020)),
        ("movies I haven't seen from 2010", (2010, 2010)),
        ("I saw it before 2010", (1870, 2009)),
        ("best comedies in 2010", (2010, 2010)),
        ("something from last year", (TODAY.year - 1, TODAY.year - 1)),
        ("recently released comedies", (TODAY.year - 4, 2100)),
        ("seen any recent films", (TODAY.year - 4, 2100)),
        ("I watched Heat and want something in the 90s", (1990, 1999)),
    ],
)
def test_years_of_release_stay_beside_what_was_seen(text: str, years: tuple[int, int]) -> None:
    assert read(text).years == (years,)
