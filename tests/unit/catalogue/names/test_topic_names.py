"""What phrases stand for, by the keywords of a catalogue."""

import pytest

from api.catalogue.names.topics import Keyword, Topics

_TOPICS = Topics.of(
    [
        Keyword("zombie", 130),
        Keyword("zombie apocalypse", 21),
        Keyword("time travel", 132),
        Keyword("based on true story", 340),
        Keyword("paris, france", 195),
        Keyword("witch", 101),
        Keyword("story", 5),
        Keyword("winner", 1),
        Keyword("one of a kind", 2),
        Keyword("new york city", 400),
        Keyword("upstate new york", 9),
        Keyword("new york subway", 3),
    ]
)


@pytest.mark.parametrize(
    ("phrase", "keywords"),
    [
        ("zombies", ("zombie", "zombie apocalypse")),
        ("Zombie Apocalypse", ("zombie apocalypse",)),
        ("time travel", ("time travel",)),
        ("based on a true story", ("based on true story",)),
        ("paris", ("paris, france",)),
        ("witches", ("witch",)),
        ("new york", ("new york city", "upstate new york", "new york subway")),
    ],
)
def test_a_phrase_stands_for_every_keyword_with_its_words(
    phrase: str, keywords: tuple[str, ...]
) -> None:
    topic = _TOPICS.named(phrase)
    assert topic is not None
    assert topic.keywords == keywords


@pytest.mark.parametrize("phrase", ["winner", "story", "one of a kind", "travel", "true", "", "?"])
def test_what_few_titles_have_or_is_a_part_of_one_keyword_is_none(phrase: str) -> None:
    assert _TOPICS.named(phrase) is None


def test_a_small_catalogue_needs_fewer_titles_for_a_word() -> None:
    few = [Keyword("zombie", 4), Keyword("winner", 2)]
    assert Topics.of(few).named("zombies") is None
    assert Topics.of(few, titles=650).named("zombies") is not None
    assert Topics.of(few, titles=650).named("winner") is None


def test_the_arrays_are_the_whole_of_it() -> None:
    assert Topics(_TOPICS.arrays).named("zombies") == _TOPICS.named("zombies")
    assert Topics(_TOPICS.arrays).has_word("apocalypse")
    assert not _TOPICS.has_word("tarantino")


def test_a_catalogue_without_keywords_has_no_topics() -> None:
    assert Topics.of([]).named("zombies") is None


def test_a_whole_keyword_is_a_topic_however_long_it_is() -> None:
    topics = Topics.of([Keyword("based on novel or book", 870), Keyword("based on comic", 60)])
    named = topics.named("based on novel or book")
    assert named is not None
    assert (named.keywords, named.titles) == (("based on novel or book",), 870)
    assert topics.named("on a novel or a book by") is None
