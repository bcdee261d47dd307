"""Which words stories use in passing: those that stand there in small letters."""

from api.catalogue.names.ordinary_words import OrdinaryWords

_STORIES = (
    "A black horse bears Jack Black to Paris, where Scorsese waits.",
    "On a black day the Élysée hears of a façade in Paris.",
    "One day Scorsese paints the façade, and a well-kept rarity is found.",
)


def test_a_word_in_small_letters_is_ordinary_and_a_name_is_none() -> None:
    words = OrdinaryWords.of(_STORIES)
    assert [one for one in ("black", "day", "facade") if words.has(one)] == [
        "black",
        "day",
        "facade",
    ]
    assert not any(words.has(one) for one in ("jack", "paris", "scorsese", "elysee"))


def test_what_a_single_story_says_is_not_ordinary() -> None:
    words = OrdinaryWords.of(_STORIES)
    assert not any(words.has(one) for one in ("horse", "rarity", "kept"))


def test_a_catalogue_without_stories_has_none() -> None:
    assert not OrdinaryWords.of(()).has("the")
