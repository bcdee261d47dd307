"""Negations of two halves: "weder Horror noch Krimi", "né horror né guerra"."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weder Horror noch Krieg", ["Not Horror", "Not War"]),
        ("Weder Gewalt noch Sex", ["No violence", "No sex"]),
        ("bitte weder Krieg noch Drama", ["Not War", "Not Drama"]),
        ("ein Film, der weder traurig noch brutal ist", ["Films", "Not Sad", "No violence"]),
        (
            "eine Komödie ohne Krieg, weder Romanze noch Horror",
            ["Comedy", "Not War", "Not Romance", "Not Horror"],
        ),
        ("weder Haie noch Zombies", ["No Haie", "No zombies"]),
        ("né horror né guerra", ["Not Horror", "Not War"]),
        ("né violenza né sesso", ["No violence", "No sex"]),
        ("una commedia né triste né violenta", ["Comedy", "Not Sad", "No violence"]),
        ("neither horror nor war", ["Not Horror", "Not War"]),
        ("ni terror ni guerra", ["Not Horror", "Not War"]),
        ("ni violence ni sexe", ["No violence", "No sex"]),
        ("nem terror nem guerra", ["Not Horror", "Not War"]),
    ],
)
def test_both_halves_refuse(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert not intent.free_text or intent.media_types or intent.genres


def test_a_length_is_refused_by_a_half() -> None:
    assert read("né lungo né triste").runtime_max == read("non lungo").runtime_max == 120
    assert read("weder lang noch traurig").runtime_max == 120


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("noch ein Horrorfilm", ["Horror", "Films"]),
        ("noch ein Drama, bitte", ["Drama"]),
        ("ein Drama, das ich noch nicht gesehen habe", ["Drama"]),
        ("je ne veux pas d'horreur", ["Not Horror"]),
        ("je ne sais pas, une comédie qui ne finit pas mal", ["Comedy"]),
        ("une comédie avec un acteur né à Paris", ["Comedy"]),
    ],
)
def test_a_half_alone_is_another_word(text: str, expected: list[str]) -> None:
    assert [one for one in labels(text) if one in {*expected, "Not Comedy"}] == expected
