"""Genres of ordinary words are asked for beside what is refused, and not out of a story."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acción sin violencia", ["Action", "No violence"]),
        ("azione senza violenza", ["Action", "No violence"]),
        ("ação sem violência", ["Action", "No violence"]),
        ("action sans violence", ["Action", "No violence"]),
        ("action without violence", ["Action", "No violence"]),
        ("guerra sin sangre", ["War", "No gore"]),
        ("policier sans violence", ["Crime", "No violence"]),
        ("Krimi ohne Blut", ["Crime", "No gore"]),
        ("Krimi nicht zu brutal", ["Crime", "No violence"]),
        ("Krimi ja, Horror nein", ["Crime", "Not Horror"]),
        ("Krieg nein, Krimi ja", ["Not War", "Crime"]),
        ("Action ja, Krieg nein danke", ["Action", "Not War"]),
        ("crime yes, horror no", ["Crime", "Not Horror"]),
        ("familia no, acción sí", ["Not Family", "Action"]),
    ],
)
def test_a_genre_stands_out_beside_a_refusal(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "historia sin fin",
        "una historia sin violencia",
        "una familia sin dinero",
        "la guerra sin fin",
        "The horrors have become mundane",
        "the horrors of war",
        "her fantasies come alive",
    ],
)
def test_words_of_a_story_ask_for_no_genre(text: str) -> None:
    assert not read(text).genres


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("british horrors", ["British", "Horror"]),
        ("70s horrors", ["1970–1979", "Horror"]),
        ("epic fantasies", ["Fantasy"]),
    ],
)
def test_genres_in_the_plural_are_asked_for(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
