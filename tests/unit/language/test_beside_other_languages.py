"""Words that mean something else in another language, and German words of two halves."""

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY, labels, read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("série no Japão", ["Shows", "Japanese"]),
        ("um filme no Japão", ["Films", "Japanese"]),
        ("no fim de semana quero rir", ["Comedy"]),
        ("quero ver um filme no cinema", ["Films"]),
        ("filmes no estilo de Tarantino", ["Films", "Quentin Tarantino"]),
    ],
)
def test_portuguese_no_is_where_something_is(text: str, said: list[str]) -> None:
    assert labels(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no horror", ["Not Horror"]),
        ("no quiero terror", ["Not Horror"]),
        ("algo de risa, no terror", ["Comedy", "Not Horror"]),
        ("comedia con amigos, no drama", ["Comedy", "Not Drama"]),
        ("Filme, no horror", ["Films", "Not Horror"]),
        ("um filme, no horror", ["Films", "Not Horror"]),
        ("filme sem terror", ["Films", "Not Horror"]),
        # "Filme" is of three languages.
        ("Filme no horror", ["Films", "Not Horror"]),
        ("un filme de acción que no tenga sangre", ["Films", "Action", "No gore"]),
    ],
)
def test_other_refusals_are_refused(text: str, said: list[str]) -> None:
    assert labels(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "una comedia para el fin de semana",
        "une comédie pour le week-end",
        "nel fine settimana una commedia",
        "uma comédia neste fim de semana",
    ],
)
def test_weekends_are_no_words_to_search_for(text: str) -> None:
    assert labels(text) == ["Comedy"]
    assert read(text).free_text == ""


def _fields(text: str) -> list[str]:
    """The parts of a text, where a show is called Dark."""
    dark = TitleName(1, True, 2017, 90, 7000, "Dark")
    names = names_of(TextNames.of((dark,), (), (), (), (), ()))
    return [one.field for one in parse(text, names=names, today=TODAY).mentions]


@pytest.mark.parametrize(
    "text", ["deutsche Serie, nicht Dark", "a comedy, not Dark", "a german show but not Dark"]
)
def test_a_mood_with_a_capital_is_the_title_of_that_name(text: str) -> None:
    assert _fields(text)[-1] == "exclude_title"


@pytest.mark.parametrize("text", ["Not Dark", "not dark", "nothing dark", "a comedy, not too Dark"])
def test_a_mood_is_one_otherwise(text: str) -> None:
    assert _fields(text)[-1] == "exclude_mood"


@pytest.mark.parametrize("text", ["um, no horror please", "give em no horror", "no horror com"])
def test_portuguese_words_that_others_write_change_nothing(text: str) -> None:
    assert "Not Horror" in labels(text)


def test_films_of_a_topic_in_one_word_are_films_as_others_are() -> None:
    assert labels("alte Schwarzweißfilme aus Frankreich") == [
        "Until 1979",
        "Schwarzweiß",
        "Films",
        "France",
    ]
    assert labels("Schwarzweißfilm mit Tom Cruise") == ["Schwarzweiß", "Films", "Tom Cruise"]
    assert labels("keine Schwarzweißfilme, bitte lustig") == ["No Schwarzweiß", "Comedy"]


def test_the_halves_of_a_word_are_searched_for_as_two() -> None:
    assert read("Haifilme").free_text == "shark filme"
    assert read("Schwarzweißfilme").free_text == "black and white filme"
