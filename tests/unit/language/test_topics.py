"""What titles are about is preferred, by keywords: in the words of people and in six languages."""

import pytest

from tests.names_builder import labels, read


def topics(text: str) -> list[str]:
    """The first keyword of each topic."""
    return [topic.keywords[0] for topic in read(text).topics]


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("zombies", ["zombie"]),
        ("heist movies", ["heist"]),
        ("movies about time travel", ["time travel"]),
        ("christmas movie for kids", ["christmas"]),
        ("zombies, vampires or sharks", ["zombie", "vampire", "shark"]),
        ("film noir", ["film noir"]),
        ("silent films", ["silent film"]),
        ("spaghetti westerns", ["spaghetti western"]),
        ("based on a true story", ["based on true story"]),
        ("comedies set in paris", ["paris, france"]),
        ("xmas comedies", ["christmas"]),
        ("movies directed by women", ["woman director"]),
        ("body horror", ["body horror"]),
        ("stand up comedy", ["stand-up comedy"]),
        ("filme über haie", ["shark"]),
        ("weihnachtsfilme", ["christmas"]),
        ("películas de zombis", ["zombie"]),
        ("films de noël", ["christmas"]),
        ("film sui vampiri", ["vampire"]),
        ("filmes de viagem no tempo", ["time travel"]),
    ],
)
def test_they_are_preferred_and_say_what_they_go_by(text: str, keywords: list[str]) -> None:
    assert topics(text) == keywords
    chips = [one for one in read(text).interpreted() if one.field == "topic"]
    assert {one.status for one in chips} == {"preferred"}
    assert all("keywords" in (one.note or "") for one in chips)
    assert not [one for one in read(text).interpreted() if one.status == "unsupported"]


def test_a_topic_is_searched_for_in_the_words_of_the_catalogue() -> None:
    assert read("heist movies").free_text == "heist movies"
    assert read("filme über haie").free_text == "filme über shark"
    assert read("xmas comedies").free_text == "christmas comedies"


@pytest.mark.parametrize(
    "text", ["something funny with the boys", "was lustiges für heute abend", "a comedy to binge"]
)
def test_whoever_watches_and_when_is_none(text: str) -> None:
    assert topics(text) == []
    assert read(text).free_text in ("", "comedy")


def test_a_refused_topic_is_no_title_of_that_name() -> None:
    intent = read("comedies without friendship")
    assert "friendship" in intent.excluded_words
    assert intent.excluded_titles == frozenset()


@pytest.mark.parametrize("text", ["not a heist movie", "nothing about sharks", "kein haifilm"])
def test_a_topic_behind_a_negation_is_refused(text: str) -> None:
    intent = read(text)
    assert intent.topics == ()
    assert intent.excluded_words


@pytest.mark.parametrize(
    "text", ["keine Haie", "filme ohne haie", "sin tiburones", "pas de requins"]
)
def test_what_is_refused_in_another_language_is_refused_in_the_catalogues_words(text: str) -> None:
    assert "shark" in read(text).excluded_words
    assert "shark" in read(text).excluded_keywords


def test_a_name_before_vibes_is_meant() -> None:
    assert read("pulp fiction vibes").seeds == (36,)


@pytest.mark.parametrize(
    "text", ["I want the vibe of the game", "a western with the vibes of the game"]
)
def test_what_something_is_made_after_is_no_title_behind_of(text: str) -> None:
    assert read(text).seeds == ()


@pytest.mark.parametrize(
    "text", ["the vibe of The Game", "something like the game", "a film similar to the game"]
)
def test_a_title_of_such_a_word_is_one_elsewhere(text: str) -> None:
    assert read(text).seeds == (43,)


def test_a_topic_comes_before_a_title_that_is_not_famous() -> None:
    assert labels("zombies") == ["zombies"]
    assert read("zombies").named_title is None
    assert read("I love heist movies").seeds == ()
    assert read("love, friendship").seeds == ()


@pytest.mark.parametrize(
    "text",
    [
        "winner",
        "where the vampire is the narrator",
        "thieves betray their boss after a heist",
        "a retired teacher in a small town learns that her son has become a zombie",
        "no zombies",
    ],
)
def test_what_is_told_or_refused_is_none(text: str) -> None:
    assert topics(text) == []


def test_tags_with_a_topic_among_them_filter_nothing() -> None:
    assert "genre" in read("sci-fi, drama, vampires").preferred
