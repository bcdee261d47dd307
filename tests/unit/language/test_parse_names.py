"""Titles and people in a text: recognised where they are meant, and only there."""

from typing import Any

import pytest

from api.language.intent import Part
from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("like Heat", (1,)),
        ("movies like heat", (1,)),
        ("I like Heat and Collateral", (1, 21)),
        ("have you seen Heat (1995) or Up (2009) ?", (1, 4)),
        ("i saw her (2013) and it (2017)", (8, 7)),
        ("favourites are Collateral and The Big Short", (21, 10)),
        ("a list: The Big Short, Collateral, Interstellar", (10, 21, 15)),
        ("Interstellar, Collateral and The Big Short are great", (15, 21, 10)),
        ("I saw The Big Short, Drama and Tom Hanks", (10,)),
        ("I saw The Big Short, which is good", (10,)),
        ("similar to Heat, Alien or Collateral", (1, 6, 21)),
        ("films similar to The Big Short", (10,)),
        ("more like godfather", (16,)),
        ("something like 1917", (3,)),
        ("movies like up", (4,)),
        ('more like "It"', (7,)),
        ("like It", (7,)),
        ("movies like The 40-Year-Old Virgin", (5,)),
        ("like the 40 year old virgin but funnier", (5,)),
        ("like 12 Angry Men", (27,)),
        ("like no country for old men", (25,)),
        ("like fast and furious", (26,)),
        ("like Dune 1984", (14,)),
        ("like Dune (1984)", (14,)),
        ("like Dune from 1984", (14,)),
        ("like Dune", (13,)),
        ("like the series Fargo", (19,)),
        ("like Amelie", (17,)),
        ("like Le fabuleux destin d'Amelie Poulain", (17,)),
        ("like lord of the rings", (20,)),
        ("like The Fellowship of the Ring", (20,)),
        ("like intersteller", (15,)),
        ("like The Godfahter", (16,)),
        ("something with the mood of The Big Short", (10,)),
        ("parecido a Heat", (1,)),
        ("comme Amélie", (17,)),
        ("wie Heat", (1,)),
        ("something like it", ()),
        ("something like a heist", ()),
        ("I would like a comedy", ()),
        ("it should be funny", ()),
        ("up to 2 hours", ()),
        ("a good time with her", ()),
        ("like a funny thriller", ()),
    ],
)
def test_seeds(text: str, seeds: tuple[int, ...]) -> None:
    assert read(text).seeds == seeds


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Up", 4),
        ("up", 4),
        ("Se7en", 2),
        ("1917", 3),
        ("it", 7),
        ("her", 8),
        ("Good Time", 11),
        ("Spanish Affair", 12),
        ("10 Things I Hate About You", 9),
        ("The 40-Year-Old Virgin", 5),
        ("Dune 1984", 14),
        ("show me the godfather", 16),
        ("the movie Heat", 1),
        ("horror", None),
        ("romantic comedy", None),
        ("1994", None),
        ("heat waves", None),
    ],
)
def test_a_text_that_is_a_title(text: str, title: int | None) -> None:
    intent = read(text)
    assert intent.named_title == title
    if title is not None:
        assert intent.free_text == text
        assert len(intent.mentions) == 1


def test_titles_that_are_refused() -> None:
    assert read("sci-fi but not Alien").excluded_titles == {6}
    assert read("except The Thing").excluded_titles == {28}
    assert read("nothing like Heat").seeds == ()
    assert read("nothing like Heat").excluded_titles == {1}
    assert read("no drama").excluded_titles == frozenset()


def test_newer_and_older_than_a_seed() -> None:
    assert read("similar to Interstellar but newer").years == ((2015, 2100),)
    assert read("like Heat but older").years == ((1870, 1994),)
    assert read("newer").years == ((2022, 2100),)


_CAST, _MAKERS = frozenset({"cast"}), frozenset({"director", "creator"})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("with Al Pacino", [Part(frozenset({1}), _CAST)]),
        (
            "with Al Pacino and Robert De Niro together",
            [Part(frozenset({1}), _CAST), Part(frozenset({2}), _CAST)],
        ),
        ("with Tom Hanks or Tom Cruise", [Part(frozenset({5, 6}), _CAST)]),
        ("directed by Christopher Nolan", [Part(frozenset({4}), _MAKERS)]),
        ("by tarantino", [Part(frozenset({3}), _MAKERS)]),
        ("starring pacino", [Part(frozenset({1}), _CAST)]),
        ("with Christopher Nolan", [Part(frozenset({4}))]),
        ("written by Quentin Tarantino", [Part(frozenset({3}), frozenset({"writer", "creator"}))]),
        ("music by Hans Zimmer", [Part(frozenset({7}), frozenset({"composer"}))]),
        ("tom hanks comedies", [Part(frozenset({5}))]),
        ("Hitchcock thrillers", [Part(frozenset({8}), _MAKERS)]),
        ("Tarantino's westerns", [Part(frozenset({3}), _MAKERS)]),
        ("by pedro almodovar", [Part(frozenset({9}), _MAKERS)]),
        ("directed by cristopher nolan", [Part(frozenset({4}), _MAKERS)]),
        ("avec Tom Hanks", [Part(frozenset({5}), _CAST)]),
        ("a film about Alfred Hitchcock", []),
        ("with a clever crew", []),
        ("with my family", []),
    ],
)
def test_people(text: str, parts: list[Part]) -> None:
    assert list(read(text).parts) == parts


def test_people_who_are_refused() -> None:
    intent = read("starring Tom Hanks, not Tom Cruise")
    assert intent.parts == (Part(frozenset({5}), _CAST),)
    assert [part.people for part in intent.excluded_parts] == [{6}]


def test_the_sentence_of_the_issue_is_understood_whole() -> None:
    text = "90s crime thrillers under two hours, not too gory, on Netflix, like Heat"
    assert labels(text) == [
        "1990–1999",
        "Crime",
        "Thriller",
        "At most 119 minutes",
        "No gore",
        "Netflix",
        "Heat",
    ]
    assert read(text).free_text == ""


@pytest.mark.parametrize(
    ("text", "free_text"),
    [
        ("a heist film with a clever crew", "a heist film with a clever crew"),
        ("submarine thriller from the 80s", "submarine thriller"),
        ("dinosaurs escape in a theme park", "dinosaurs escape in a theme park"),
        ("90s comedies please", ""),
        ("sci-fi about a robot, on netflix", "sci-fi about a robot"),
        ("דנה 東京 🍿", "דנה 東京"),
    ],
)
def test_what_is_left_to_search_with(text: str, free_text: str) -> None:
    assert read(text).free_text == free_text


def test_mentions_say_where_they_stand() -> None:
    intent = read("Amélie-like? No: 90s thrillers")
    spans: dict[str, Any] = {m.label: intent.text[m.start : m.end] for m in intent.mentions}
    assert spans["1990–1999"] == "90s"
    assert spans["Thriller"] == "thrillers"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("12 angry men", 27),
        ("twelve angry men", 27),
        ("like Fast and Furious", 26),
        ("like fast furious", 26),
        ("movies like forty year old virgin", 5),
        ("something like twelve angry men", 27),
    ],
)
def test_numbers_and_signs_are_read_as_search_reads_them(text: str, title: int | None) -> None:
    intent = read(text)
    assert (*intent.seeds, intent.named_title) == ((title, None) if intent.seeds else (title,))
