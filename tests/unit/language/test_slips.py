"""A slip of the finger in a word of the vocabulary, and words that only look like one."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("a documentry", "Documentary"),
        ("a mistery film", "Mystery"),
        ("hilarous films", "Comedy"),
        ("un thriler", "Thriller"),
        ("horro films", "Horror"),
        ("horrer films", "Horror"),
        ("romanse", "Romance"),
        ("comdey", "Comedy"),
        ("something scarey", "Horror"),
        ("musicl", "Music"),
    ],
)
def test_a_genre_with_a_slip_is_asked_for(text: str, genre: str) -> None:
    assert read(text).genres == (frozenset({genre_id(genre)}),)


@pytest.mark.parametrize("text", ["withuot zombies", "wihtout zombies", "withou zombies"])
def test_a_refusal_with_a_slip_is_one(text: str) -> None:
    assert "zombie" in read(text).excluded_keywords


@pytest.mark.parametrize(
    ("text", "label"),
    [("dont want romance", "Romance"), ("doesnt have horror", "Horror")],
)
def test_a_refusal_without_its_apostrophe_is_one(text: str, label: str) -> None:
    assert read(text).excluded_genres == {genre_id(label)}


def test_a_word_with_a_capital_may_be_a_name() -> None:
    assert read("a Documentry").genres == ()


@pytest.mark.parametrize("text", ["for my todlers", "for our granndkids", "für die kinnder"])
def test_children_with_a_slip_are_children(text: str) -> None:
    age = read(text).age_max
    assert age is not None
    assert age <= 8


def test_what_is_searched_for_is_the_word_that_was_meant() -> None:
    intent = read("zombbies on a train in the snow")
    assert "zombies" in intent.free_text
    assert intent.text == "zombbies on a train in the snow"


def test_what_is_shown_of_a_part_is_as_it_was_written() -> None:
    (mention,) = read("a documentry").mentions
    assert mention.start is not None
    assert "a documentry"[mention.start :].startswith("documentry")


@pytest.mark.parametrize(
    "text", ["meine Helden", "moster", "nietos", "quiet evenings", "komödchen"]
)
def test_other_words_and_other_endings_are_none(text: str) -> None:
    intent = read(text)
    assert intent.genres == ()
    assert intent.topics == ()
