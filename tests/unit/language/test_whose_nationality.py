"""A nationality of somebody in a plot, or of a thing, is none of the title."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    "text",
    [
        "an American soldier in Vietnam",
        "American soldiers",
        "a French family lives by the sea",
        "ein deutscher Soldat in Russland",
        "un soldat américain en Algérie",
        "película de un soldado español en Marruecos",
        "un soldato italiano in Russia",
        "um soldado brasileiro na Itália",
        "an English/British man",
    ],
)
def test_of_somebody_in_a_plot(text: str) -> None:
    intent = read(text)
    assert (intent.languages, intent.countries, intent.genres) == (frozenset(), frozenset(), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("american movies", ["American", "Films"]),
        ("french family films", ["French", "Family", "Films"]),
        ("french detective", ["French"]),
        ("german comedy about a man", ["German", "Comedy"]),
        ("film français", ["Films", "French"]),
    ],
)
def test_of_titles(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a diver with no oxygen left",
        "a man with no memory",
        "a world without electricity",
        "Mann ohne Gedächtnis",
        "a family that hates zombies",
        "a boy joins a hate group",
        "love-hate relationship",
        "he hates his job and starts killing people",
    ],
)
def test_what_somebody_in_a_plot_lacks_or_hates_is_not_refused(text: str) -> None:
    assert [one for one in read(text).mentions if one.field.startswith("exclude")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("something with no zombies", ["No zombies"]),
        ("a film without zombies", ["Films", "No zombies"]),
        ("with a friend who hates zombies", ["No zombies"]),
        ("my family hates zombies", ["No zombies"]),
    ],
)
def test_a_wish_refuses(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
