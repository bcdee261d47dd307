"""Children of whom nobody says "for kids" are shown what is for their age all the same."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "something for my little sister",
        "a cartoon for my baby brother",
        "my kid sister wants a comedy",
        "a movie to watch with my young daughter",
        "ein Film für meine kleine Schwester",
        "ein Film für die kleine Schwester",
        "un film pour ma petite sœur",
        "una película para mi hermana pequeña",
        "un film per la mia sorellina",
        "um filme para o meu irmãozinho",
    ],
)
def test_a_little_sister_is_a_child(text: str) -> None:
    intent = read(text)
    assert intent.age_max == 8
    assert intent.topics == ()
    assert intent.free_text == ""


def test_an_age_that_is_said_counts() -> None:
    assert read("my little sister is 14, a comedy").age_max == 14


@pytest.mark.parametrize(
    "text", ["a movie about my little sister", "movies with little girls", "a comedy"]
)
def test_a_little_sister_of_a_plot_watches_nothing(text: str) -> None:
    assert read(text).age_max is None


def test_a_little_sister_of_a_memory_watches_nothing_now() -> None:
    told = "I saw it on tape with my little sister. " + "There was a man in a house. " * 8
    assert read(told).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "die Kleine ist 5, eine Komödie",
        "der Kleine ist 5, eine Komödie",
        "la petite a 5 ans, une comédie",
        "la pequeña tiene 5 años, una comedia",
        "la piccola ha 5 anni, una commedia",
        "a pequena tem 5 anos, uma comédia",
    ],
)
def test_the_little_one_of_so_many_years_is_that_old(text: str) -> None:
    assert read(text).age_max == 5


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my kids love dinosaurs", 8),
        ("our toddler loves dinosaurs", 0),
        ("my kids want dinosaurs", 8),
        ("meine Kinder lieben Dinosaurier", 8),
        ("mes enfants adorent les dinosaures", 8),
        ("mis hijos quieren dinosaurios", 8),
        ("i miei bambini vogliono i dinosauri", 8),
        ("meus filhos adoram dinossauros", 8),
    ],
)
def test_children_who_want_something_are_shown_what_is_for_them(text: str, age: int) -> None:
    intent = read(text)
    assert intent.age_max == age
    assert "love" not in [topic.name for topic in intent.topics]


def test_children_who_are_only_spoken_of_limit_nothing() -> None:
    assert read("my kids are asleep, we want a thriller").age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "eine Komödie mit der Familie",
        "une comédie avec la famille",
        "una comedia con la familia",
        "una commedia con la famiglia",
        "uma comédia com a família",
    ],
)
def test_the_family_watches_with_its_children(text: str) -> None:
    assert read(text).age_max == 8
