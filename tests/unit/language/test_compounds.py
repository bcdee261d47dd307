"""German compounds ask for what both of their halves ask for, and nothing of them is dropped."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Krimiserien", ["Crime", "Shows"]),
        ("spanische Krimiserien der 80er", ["Spanish", "Crime", "Shows", "1980–1989"]),
        ("Horrorfilme der 80er", ["Horror", "Films", "1980–1989"]),
        ("deutsche Komödienserie", ["German", "Comedy", "Shows"]),
        ("Zeichentrickserien", ["Animation", "Shows"]),
        ("Liebesfilme", ["Romance", "Films"]),
        ("Kriegsdrama", ["War", "Drama"]),
        ("Actionkomödien", ["Action", "Comedy"]),
        ("Dokumentarfilme", ["Documentary", "Films"]),
        ("Animeserie", ["Japanese", "Animation", "Shows"]),
        ("Zombiefilme", ["Zombie", "Films"]),
        ("Familienserien", ["Family", "Shows"]),
        ("dramaserie", ["Drama", "Shows"]),
        ("horrorfilms", ["Horror", "Films"]),
    ],
)
def test_both_halves_count(text: str, understood: list[str]) -> None:
    assert labels(text) == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Kinderfilme", ["For ages up to 8", "Films"]),
        ("Kinderserien", ["For ages up to 8", "Shows"]),
        ("ein Wohlfühlfilm", ["Feel-good", "Films"]),
    ],
)
def test_one_that_is_listed_as_a_whole_says_its_medium_too(
    text: str, understood: list[str]
) -> None:
    assert labels(text) == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("keine Horrorfilme", ["Not Horror"]),
        ("keine Kinderfilme", ["For ages from 9"]),
        ("Komödien, keine Liebesfilme", ["Comedy", "Not Romance"]),
    ],
)
def test_a_refusal_of_one_refuses_no_medium(text: str, understood: list[str]) -> None:
    assert labels(text) == understood


def test_what_no_language_knows_is_told_beside_the_medium() -> None:
    told = [(one.text, one.status) for one in read("Arztserien").interpreted()]
    assert told == [("Arzt", "not_understood"), ("serien", "enforced")]


def test_a_verb_is_no_compound() -> None:
    assert labels("verfilmen") == []
