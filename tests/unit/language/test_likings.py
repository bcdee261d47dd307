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
