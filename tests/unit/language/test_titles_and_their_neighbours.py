"""Titles beside a word for their kind, two that meet, and numbers that end a name."""

import pytest

from tests.names_builder import labels, mention_of, read


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("interstellar movie", "Interstellar"),
        ("the fight club film", "Fight Club"),
        ("la película interstellar", "Interstellar"),
        ("der fight club film", "Fight Club"),
        ("how i met your mother show", "How I Met Your Mother"),
    ],
)
def test_a_known_title_beside_a_word_for_its_kind_is_that_title(text: str, title: str) -> None:
    assert labels(text) == [title]
    assert mention_of(text, "title").label == title


@pytest.mark.parametrize(
    "text",
    [
        "horror film",
        "heist movie",
        "kids film",
        "interstellar movies",
        "how i met your mother film",
    ],
)
def test_a_kind_a_topic_or_several_are_no_title(text: str) -> None:
    assert read(text).named_title is None


@pytest.mark.parametrize(
    "text",
    [
        "interstellar meets fight club",
        "something like interstellar meets fight club",
        "interstellar crossed with fight club",
        "a mix of interstellar and fight club",
        "eine Mischung aus Interstellar und Fight Club",
        "interstellar trifft fight club",
        "un mélange de Interstellar et Fight Club",
        "una mezcla de Interstellar y Fight Club",
        "un mix di Interstellar e Fight Club",
        "uma mistura de Interstellar e Fight Club",
    ],
)
def test_of_two_titles_that_meet_something_of_both_is_wanted(text: str) -> None:
    told = [(mention.field, mention.label) for mention in read(text).mentions]
    assert told == [("seed", "Interstellar"), ("seed", "Fight Club")]


def test_a_mix_of_genres_is_both() -> None:
    assert labels("a mix of comedy and horror") == ["Comedy", "Horror"]


@pytest.mark.parametrize("text", ["world war 2 movies", "good world war 2 films", "1917 films"])
def test_a_number_that_ends_a_topic_or_is_a_title_is_no_count(text: str) -> None:
    assert read(text).count is None


def test_a_number_before_titles_stays_a_count() -> None:
    assert read("top 10 heist movies").count == 10
    assert read("5 zombie movies").count == 5


@pytest.mark.parametrize(
    "text",
    [
        "filme über den zweiten weltkrieg",
        "Filme über einen Zombie",
        "serien über die zombies",
        "película sobre una zombie",
    ],
)
def test_articles_in_whatever_case_tell_no_plot(text: str) -> None:
    assert [mention.field for mention in read(text).mentions] == ["media_type", "topic"]


@pytest.mark.parametrize("text", ["etwas wie der godfather", "algo como el godfather"])
def test_an_article_of_another_language_is_the_titles_own(text: str) -> None:
    assert labels(text) == ["The Godfather"]


@pytest.mark.parametrize("text", ["something like a heist", "etwas wie ein heist"])
def test_an_indefinite_article_makes_a_noun(text: str) -> None:
    assert "seed" not in {mention.field for mention in read(text).mentions}
