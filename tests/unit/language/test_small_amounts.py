"""Little of something is wanted: it is refused, by what marks it for sure."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import labels, read

_LITTLE_GORE = (
    "less gore",
    "thriller with less blood",
    "a lot less gore",
    "little gore",
    "very little blood",
    "low on gore",
    "light on the gore",
    "go easy on the gore",
    "hold the gore",
    "minimal gore",
    "hardly any blood",
    "weniger Blut",
    "Thriller mit wenig Blut",
    "moins de sang",
    "un film avec peu de sang",
    "menos sangre",
    "con poca sangre",
    "meno sangue",
    "poco sangue",
    "menos sangue",
    "com pouco sangue",
)


@pytest.mark.parametrize("text", _LITTLE_GORE)
def test_little_of_a_content_leaves_out_what_is_marked_so(text: str) -> None:
    intent = read(text)
    assert "gore" in intent.excluded_keywords
    assert not intent.topics
    assert (intent.excluded_genres, intent.age_max) == (frozenset(), None)


@pytest.mark.parametrize("text", ["zero gore", "null Blut", "zéro sang", "cero sangre"])
def test_none_of_it_refuses_as_no_does(text: str) -> None:
    asked, refused = read(text), read("no gore")
    assert asked.excluded_keywords == refused.excluded_keywords
    assert asked.excluded_genres == refused.excluded_genres
    assert asked.age_max == refused.age_max


def test_a_named_title_is_no_wish_for_what_there_is_to_be_less_of() -> None:
    intent = read("like seven but less gore")
    assert intent.seeds == (2,)
    assert "gore" in intent.excluded_keywords
    assert "gore" not in intent.free_text


@pytest.mark.parametrize(
    "text",
    [
        "less romance",
        "light on romance",
        "drama, hold the romance",
        "with little romance",
        "weniger Romantik",
        "moins de romance",
        "menos romance",
    ],
)
def test_little_of_a_genre_leaves_it_out(text: str) -> None:
    intent = read(text)
    assert genre_id("Romance") in intent.excluded_genres
    assert not intent.moods


def test_little_of_a_topic_goes_by_keywords_and_not_by_stories() -> None:
    intent = read("horror with fewer zombies")
    assert "zombie" in intent.excluded_keywords
    assert not intent.excluded_words


@pytest.mark.parametrize(
    "text", ["not so much time travel", "musical, not too much time travel", "pas trop de heist"]
)
def test_not_so_much_of_a_topic_does_not_ask_for_it(text: str) -> None:
    intent = read(text)
    assert not intent.topics
    assert intent.excluded_keywords
    assert not intent.excluded_words


def test_not_so_much_of_a_content_refuses_it_as_not_does() -> None:
    assert read("not so much gore").age_max == read("not too gory").age_max == 17


def test_little_of_a_content_leaves_out_what_tells_of_its_wounds() -> None:
    refused = read("less gore").excluded_keywords
    assert refused >= {"mutilation", "blood", "decapitation", "torture", "bloody fight"}
    assert read("less violence").excluded_keywords > refused


def test_fewer_jump_scares_leave_the_horror() -> None:
    intent = read("horror with fewer jump scares")
    assert intent.genres == (frozenset({27}),)
    assert "jump scare" in intent.excluded_keywords


def test_a_genre_that_is_asked_for_is_spared_its_worst() -> None:
    assert labels("scary but less scary") == ["Horror", "No gore"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a little romance", ["Romance"]),
        ("less than 90 minutes", ["At most 89 minutes"]),
        ("something light on netflix", ["Light", "Netflix"]),
        ("lesser known horror", ["Little known", "Horror"]),
        ("a film about a man with less money and little violence", ["Films"]),
        ("less action, a comedy", ["Not Action", "Comedy"]),
    ],
)
def test_other_amounts_refuse_nothing_more(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_more_of_something_else_is_no_part_of_what_little_is_wanted_of() -> None:
    assert labels("less horror and more comedy") == ["Not Horror", "Comedy"]
