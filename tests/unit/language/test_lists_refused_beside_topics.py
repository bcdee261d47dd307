"""What is joined to refused topics and names is refused with them, until a wish begins."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no zombie movies or musicals", ["No zombie", "Not Music"]),
        ("no zombie stuff or musicals", ["No zombie", "Not Music"]),
        ("no slow movies and no romcoms", ["No slow", "Not Romance"]),
        ("tired of zombie shows and horror", ["No zombie", "Not Horror"]),
        ("anything but zombie movies and musicals", ["No zombie", "Not Music"]),
        ("anything but zombies and musicals", ["No zombies", "Not Music"]),
        ("I don't want zombie movies or war films", ["No zombie", "Not War"]),
        ("no Star Wars movies or musicals", ["Not Star Wars Collection", "Not Music"]),
        ("no Star Wars or comedies", ["Not Star Wars Collection", "Not Comedy"]),
        ("no zombie movies, musicals or horror", ["No zombie", "Not Music", "Not Horror"]),
        ("keine Zombiefilme und Musicals", ["No Zombie", "Not Music"]),
        ("everything except zombie movies", ["No zombie"]),
        ("no vampire movies or shows", ["No vampire"]),
    ],
)
def test_a_list_goes_on_behind_topics_and_names(text: str, said: list[str]) -> None:
    assert labels(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no horror and a comedy", ["Not Horror", "Comedy"]),
        ("no horror and a lot of gore", ["Not Horror", "No gore"]),
        ("no horror and something funny", ["Not Horror", "Comedy"]),
        ("no romance and more action", ["Not Romance", "Action"]),
        ("no horror and some comedy", ["Not Horror", "Comedy"]),
        ("no zombies and a musical", ["No zombies", "Music"]),
        ("no zombie movies and something funny", ["No zombie", "Comedy"]),
        ("no Star Wars and a comedy", ["Not Star Wars Collection", "Comedy"]),
        ("no Marvel and French", ["Not Marvel Studios", "French"]),
        ("no vampire movies, comedy please", ["No vampire", "Comedy"]),
        ("kein Horror und was Lustiges", ["Not Horror", "Comedy"]),
        ("kein Horror und eine Komödie", ["Not Horror", "Comedy"]),
        ("sin terror y algo divertido", ["Not Horror", "Comedy"]),
        ("sans horreur et une comédie", ["Not Horror", "Comedy"]),
        ("niente horror e qualcosa di divertente", ["Not Horror", "Comedy"]),
        ("sem terror e algo engraçado", ["Not Horror", "Comedy"]),
    ],
)
def test_what_is_wanted_ends_it(text: str, said: list[str]) -> None:
    assert labels(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no drama and romance", ["Not Drama", "Not Romance"]),
        ("no horror or a comedy", ["Not Horror", "Not Comedy"]),
        ("I don't want a horror and a comedy", ["Not Horror", "Not Comedy"]),
        ("I don't want something scary and something sad", ["Not Horror", "Not Sad"]),
        # Unclear: it spares the blood.
        ("no horror and some gore", ["Not Horror", "No gore"]),
        ("no gore and violence", ["No gore", "No violence"]),
    ],
)
def test_what_is_said_in_one_breath_is_refused(text: str, said: list[str]) -> None:
    assert labels(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pas de films de zombies", ["No zombies"]),
        ("pas de films de zombies ni de comédies", ["No zombies", "Not Comedy"]),
        ("nada de películas de zombis", ["No zombis"]),
        ("niente film di zombie", ["No zombie"]),
        ("sem filmes de zumbis", ["No zumbis"]),
        ("pas de films de guerre", ["Not War"]),
        ("films de zombies", ["Films", "zombies"]),
        ("a non-gory film", ["No gore", "Films"]),
    ],
)
def test_films_of_something_are_refused_by_what_they_are_of(text: str, said: list[str]) -> None:
    assert labels(text) == said


def test_refused_films_are_not_searched_for() -> None:
    assert read("pas de films de zombies").free_text == ""
    assert read("anything but zombie movies and musicals").free_text == ""
