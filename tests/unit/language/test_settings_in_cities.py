"""Cities in which a story is set, in the words of each language."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "films qui se passent à Paris",
        "Filme, die in Paris spielen",
        "film ambientati a Parigi",
        "películas ambientadas en París",
        "movies that take place in Paris",
    ],
)
def test_a_city_is_what_titles_are_about(text: str) -> None:
    assert [topic.keywords[0] for topic in read(text).topics] == ["paris, france"]


def test_a_city_that_a_story_is_not_set_in_is_refused() -> None:
    assert "paris, france" in read("movies not set in Paris").excluded_keywords


def test_the_portuguese_in_the_refuses_nothing() -> None:
    intent = read("filmes que se passam no Rio")
    assert not any(one.field.startswith("exclude") for one in intent.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "películas de Almodóvar que no sean de terror",
        "películas de Almodóvar sin terror",
        "Filme von Almodóvar ohne Horror",
    ],
)
def test_a_last_name_ends_before_what_is_refused(text: str) -> None:
    labels = [one.label for one in read(text).mentions]
    assert "Pedro Almodóvar" in labels
    assert "Not Horror" in labels


@pytest.mark.parametrize(
    "text", ["i'm bored, what should i watch", "i don't know what to watch", "help me decide"]
)
def test_not_to_know_what_to_watch_is_no_story(text: str) -> None:
    assert not read(text).free_text
