"""A negation within a story, of a memory or of what was is no refusal; one beside them is."""

import pytest

from tests.names_builder import mention_of, read

_STORY = "A boy lives in an old lighthouse by the sea with his uncle and repairs broken radios."


@pytest.mark.parametrize(
    "told",
    [
        "I remember neither the actor nor the movie name",
        "I can't find the actor nor the movie name",
        "I never saw it again nor remembered the ending",
        "He knows nothing of film",
        "The umbrella had no zombie on it",
        "They kill them all except the zombie",
        "There are no monsters and there were no ghosts",
        "He stands in the rain without a ghost",
        "The man had no family",
        "They share no romantic moments with one another",
    ],
)
def test_what_a_story_is_without_is_not_refused(told: str) -> None:
    intent = read(f"{_STORY} {told}.")
    assert [one for one in intent.mentions if one.field.startswith("exclude")] == []
    assert intent.media_types in (frozenset(), {"movie"})


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("No zombies", "zombies"),
        ("Something without zombies", "zombies"),
        ("Preferably no zombies", "zombies"),
        ("Movies with no zombies", "zombies"),
        ("It was sad (no zombies)", "zombies"),
    ],
)
def test_a_wish_beside_a_story_refuses(said: str, refused: str) -> None:
    assert refused in read(f"{_STORY} {said}.").excluded_keywords


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("no movies please, only shows", {"tv"}),
        ("not a movie", {"tv"}),
        ("no films from the 80s", set()),
        ("not the movie of that name", {"movie"}),
    ],
)
def test_a_medium_is_refused_only_as_a_whole(text: str, media: set[str]) -> None:
    assert read(text).media_types == media


def test_years_behind_a_refused_medium_are_refused() -> None:
    intent = read("no films from the 80s")
    assert (intent.years, intent.excluded_years) == ((), ((1980, 1989),))


def test_an_audience_within_a_story_is_no_limit() -> None:
    story = (
        "I remember a horror film that was new some years ago. The teenager works at a dock "
        "and lives with his father there. After work they also do lessons for kids on the lake. "
        "One day a boy is gone and nobody but him knows that there was one at all."
    )
    assert read(story).age_max is None
    assert read(f"{story} It is for my niece, who is 6.").age_max == 6


@pytest.mark.parametrize(
    "wish",
    [
        "I would love a good adventure for kids",
        "She wants something for kids",
        "They need a story for kids",
        "We need a marathon for kids",
        "It is for kids",
    ],
)
def test_what_may_be_the_limit_of_a_child_stays_one(wish: str) -> None:
    around = "I remember a film on a boat and a storm that came up, and the whole town was there. "
    assert read(f"{around}{wish}. {around}").age_max == 8


def test_what_no_keyword_tells_is_said_to_leave_nothing_out() -> None:
    mention = mention_of("a comedy, nothing cheesy", "exclude_content")
    assert mention.note is not None
    intent = read("a comedy, nothing cheesy")
    assert (intent.excluded_keywords, intent.excluded_words) == (frozenset(), frozenset())
    assert "cheesy" not in intent.free_text
