"""How well known or liked a title should be is filtered by votes, where it is asked for."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("hidden gems sci fi", "Little known"),
        ("underrated heist movies", "Little known"),
        ("best overlooked 80s action movies", "Little known"),
        ("something really obscure", "Little known"),
        ("comedies i might not know", "Little known"),
        ("geheimtipps aus korea", "Little known"),
        ("joyas ocultas de terror", "Little known"),
        ("des pépites méconnues", "Little known"),
        ("film horror sottovalutati", "Little known"),
        ("comédias pouco conhecidas", "Little known"),
        ("popular korean dramas", "Well known"),
        ("critically acclaimed war films", "Acclaimed"),
        ("best movies of all time", "Acclaimed"),
        ("what's trending", "Popular now"),
        ("was ist gerade beliebt", "Popular now"),
        ("chefs-d'œuvre du cinéma japonais", "Acclaimed"),
        ("nothing mainstream please", "Not well known"),
        ("not too popular horror", "Not well known"),
    ],
)
def test_it_is_enforced_and_says_what_it_goes_by(text: str, label: str) -> None:
    renown = next(one for one in read(text).interpreted() if one.field == "renown")
    assert (renown.label, renown.status) == (label, "enforced")
    assert renown.note is not None
    assert ("looked at most now" if label == "Popular now" else "votes") in renown.note


@pytest.mark.parametrize(
    "text",
    [
        "she becomes popular at her new school",
        "an overlooked clerk becomes a king",
        "the obscure village of his childhood",
    ],
)
def test_words_of_a_story_ask_for_none(text: str) -> None:
    assert read(text).renowns == ()


def test_in_a_memory_it_only_lifts() -> None:
    told = next(
        one
        for one in read("I love hidden gems and slow films").interpreted()
        if one.field == "renown"
    )
    assert told.status == "preferred"


def test_titles_cannot_be_refused_for_being_liked() -> None:
    told = next(one for one in read("not critically acclaimed").interpreted())
    assert told.status == "unsupported"
    assert read("not critically acclaimed").renowns == ()


@pytest.mark.parametrize("text", ["not too sad comedy", "a not very dark comedy"])
def test_a_refused_quality_leaves_the_genre_that_it_describes(text: str) -> None:
    intent = read(text)
    assert len(intent.excluded_moods) == 1
    assert intent.excluded_genres == frozenset()
    assert len(intent.genres) == 1
