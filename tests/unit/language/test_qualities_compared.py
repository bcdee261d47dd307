"""Qualities in more words than one: compared, behind a long day, with a noun of their own."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("like Heat but darker", "Dark"),
        ("like Heat but sadder", "Sad"),
        ("like Heat but lighter", "Light"),
        ("like Heat but slower", "Slow burn"),
        ("like Heat but funnier", "Comedy"),
        ("like Alien but scarier", "Horror"),
        ("como Heat pero más oscura", "Dark"),
        ("come Heat ma più cupo", "Dark"),
        ("a darker comedy", "Dark"),
    ],
)
def test_a_compared_quality_is_that_quality(text: str, label: str) -> None:
    intent = read(text)
    assert label in labels(text)
    assert not intent.free_text


def test_it_is_none_within_a_story() -> None:
    assert labels("about the darker side of fame") == []


@pytest.mark.parametrize(
    "text",
    ["something light after a hard day", "something light after a long day"],
)
def test_a_quality_stands_before_another_in_several_words(text: str) -> None:
    assert "Light" in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "underrated sci-fi gems",
        "underrated gems",
        "sci-fi gems",
        "gems of korean cinema",
        "joyas del cine coreano",
        "unterschätzte Perlen",
        "gemme del cinema coreano",
    ],
)
def test_gems_are_little_known(text: str) -> None:
    assert "Little known" in labels(text)
    assert "renown" not in read(text).preferred


@pytest.mark.parametrize(
    "text",
    [
        "old school horror",
        "old-school comedies",
        "horror movies old school",
        "old fashioned romance movies",
    ],
)
def test_what_is_old_school_is_old_and_about_no_school(text: str) -> None:
    intent = read(text)
    assert "Until 1979" in labels(text)
    assert not intent.topics
    assert not intent.free_text


def test_friends_from_an_old_school_are_not() -> None:
    assert "Until 1979" not in labels("old school friends meet again")


@pytest.mark.parametrize(
    "text",
    [
        "ein Film für einen regnerischen Sonntag",
        "un film pour un dimanche de pluie",
        "una película para un domingo de lluvia",
        "un film per una serata piovosa",
        "um filme para uma noite chuvosa",
    ],
)
def test_rain_asks_for_what_is_cosy(text: str) -> None:
    assert "Cosy" in labels(text)


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("he likes horror, she likes romance", ["Horror", "Romance"]),
        ("my husband likes action and I like romance", ["Action", "Romance"]),
        ("he wants action, I want drama", ["Action", "Drama"]),
        ("ich mag action und meine frau romantik", ["Action", "Romance"]),
        ("me gusta la acción y a mi novia el romance", ["Action", "Romance"]),
    ],
)
def test_what_each_of_several_people_likes_is_preferred(text: str, genres: list[str]) -> None:
    assert labels(text) == genres
    assert "genre" in read(text).preferred


def test_santa_alone_is_refused_and_not_christmas() -> None:
    intent = read("christmas movies without santa")
    assert [topic.name for topic in intent.topics] == ["christmas"]
    assert "christmas" not in intent.excluded_keywords
    assert "No santa" in labels("christmas movies without santa")
