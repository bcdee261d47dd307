""" "I like comedies" is a way to ask for one, though it demands none."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text", ["I like romantic comedies", "ich mag komödien", "j'adore les comédies"]
)
def test_a_liking_alone_prefers_and_asks(text: str) -> None:
    intent = read(text)
    assert intent.tells_a_liking
    assert not intent.is_narrative
    assert "genre" in intent.preferred


@pytest.mark.parametrize(
    "text",
    [
        "I like romantic comedies and I loved Amélie",
        "I saw a comedy last week",
        "romantic comedies",
        "I like comedies in which somebody always loses a bag on the way to a wedding",
    ],
)
def test_what_else_is_told_is_none(text: str) -> None:
    assert not read(text).tells_a_liking


def test_a_topic_that_is_liked_is_preferred() -> None:
    assert [topic.name for topic in read("I love heist movies").topics] == ["heist"]


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ("I've never seen Interstellar", {15}),
        ("I haven't seen Interstellar or Collateral", {15, 21}),
        ("I'v never heard of Interstellar (2014), and love Collateral", {15}),
        ("Interstellar (2014) habe ich noch nie gesehen", {15}),
        ("no he visto Interstellar", {15}),
        ("something like Interstellar, which I have seen", set()),
        ("I haven't seen anything like Interstellar", set()),
    ],
)
def test_titles_that_nobody_has_seen_may_be_shown(text: str, unseen: set[int]) -> None:
    intent = read(text)
    assert intent.unseen == unseen
    assert unseen <= set(intent.seeds)


def test_a_question_what_somebody_likes_demands_nothing() -> None:
    intent = read("do you like dramas like Interstellar")
    assert intent.seeds == (15,)
    assert "genre" in intent.preferred


def test_a_number_that_counts_something_names_no_title() -> None:
    assert not read("it has like 10 episodes").seeds


@pytest.mark.parametrize(
    "text",
    [
        "me encantó Interstellar",
        "me gustó interstellar",
        "j'ai adoré Interstellar",
        "mi è piaciuto Interstellar",
        "adorei interstellar",
        "gosto de Interstellar",
        "ich liebe Interstellar",
    ],
)
def test_titles_that_are_liked_are_named_in_other_languages_too(text: str) -> None:
    assert read(text).seeds == (15,)


@pytest.mark.parametrize(
    ("text", "is_preferred"),
    [
        ("I loved Interstellar and Collateral, something similar, it has like 10 episodes", True),
        ("something with 10 episodes", False),
        ("I loved Interstellar, a series with 10 episodes", False),
    ],
)
def test_a_number_of_episodes_that_is_told_lifts_shows(text: str, *, is_preferred: bool) -> None:
    intent = read(text)
    assert intent.media_types == {"tv"}
    assert ("media_type" in intent.preferred) == is_preferred


@pytest.mark.parametrize(
    "text",
    [
        "comedies none of us has seen",
        "comedies we haven't seen",
        "comedies that i haven't seen yet",
        "comedies that we have not seen before",
        "comedias que no hemos visto",
    ],
)
def test_what_nobody_has_seen_is_no_word_to_search_for(text: str) -> None:
    assert [chip.label for chip in read(text).interpreted()] == ["Comedy"]
