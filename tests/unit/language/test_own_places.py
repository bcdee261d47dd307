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
