"""A place right before a genre or a medium, or behind "from", is where the titles are from."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("us comedies", "US"),
        ("us movies", "US"),
        ("the best us horror movies", "US"),
        ("US comedies", "US"),
        ("u.s. horror", "US"),
        ("usa comedies", "US"),
        ("uk crime drama", "GB"),
        ("new zealand comedy", "NZ"),
        ("canada thriller, not too sad", "CA"),
        ("spain drama", "ES"),
        ("hong kong action", "HK"),
        ("taiwanese films", "TW"),
        ("movies from portugal", "PT"),
        ("Filme aus Spanien", "ES"),
        ("films de France", "FR"),
        ("películas de Taiwán", "TW"),
    ],
)
def test_titles_are_from_the_place_before_them(text: str, country: str) -> None:
    intent = read(text)
    assert intent.countries == {country}
    assert intent.free_text == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("japan films", "ja"),
        ("japan horror", "ja"),
        ("italy western", "it"),
        ("Japan Filme", "ja"),
    ],
)
def test_a_place_with_a_language_of_its_own_means_that(text: str, language: str) -> None:
    assert read(text).languages == {language}


def test_places_are_listed_before_a_genre() -> None:
    assert read("us and uk comedies").countries == {"US", "GB"}


def test_a_place_before_titles_is_refused() -> None:
    assert read("no us movies").excluded_countries == {"US"}


@pytest.mark.parametrize(
    "text",
    [
        "give us comedies",
        "show us movies",
        "find us a comedy",
        "can you give us horror films",
        "films for us",
        "a movie about us",
        "us",
        "let us watch a comedy",
        "us history documentary",
        "a trip to japan comedy",
        "vietnam movies",
    ],
)
def test_other_words_ask_for_no_place(text: str) -> None:
    intent = read(text)
    assert intent.countries == frozenset()
    assert intent.languages == frozenset()


def test_the_letters_of_a_place_are_no_words_of_their_own() -> None:
    assert read("a heist, I remember it being very old with a kid").years == ()
