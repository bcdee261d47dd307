"""Where somebody is from is no wish for titles of there."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "I'm from Spain and want a comedy",
        "we are from Germany, suggest a comedy",
        "I live in Canada, any good comedies?",
        "greetings from the Netherlands, a comedy please",
        "my girlfriend is from Brazil, a comedy please",
        "ich komme aus Österreich und suche eine Komödie",
        "soy de México, quiero una comedia",
        "je viens de Belgique, une comédie",
        "vivo in Svizzera, una commedia",
        "moro no Brasil, quero uma comédia",
    ],
)
def test_nothing_of_there_is_asked_for(text: str) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({35}),)
    assert intent.countries == frozenset()
    assert intent.languages == frozenset()
    assert intent.free_text == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("I'm German, looking for a comedy", set()),
        ("my wife is Korean and wants a comedy", set()),
        ("Ich bin Deutscher und suche eine Komödie", set()),
        ("je suis belge, une bonne comédie", set()),
        ("sono italiano, cerco una commedia", set()),
        ("we are Polish, something from Sweden", {"sv"}),
        ("soy español y busco cine francés", {"fr"}),
        ("I am a French comedy lover", {"fr"}),
        ("I want Korean comedies", {"ko"}),
    ],
)
def test_whoever_asks_may_be_of_another_nation(text: str, codes: set[str]) -> None:
    intent = read(text)
    assert intent.languages == codes
    assert intent.countries == frozenset()


def test_titles_of_elsewhere_are_asked_for_all_the_same() -> None:
    intent = read("I'm from the US, looking for british comedies")
    assert intent.countries == {"GB"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("comedies from Spain", "ES"),
        ("I want comedies from Mexico", "MX"),
        ("eine Komödie aus Österreich", "AT"),
    ],
)
def test_where_titles_are_from_is_still_asked_for(text: str, country: str) -> None:
    assert read(text).countries == {country}
