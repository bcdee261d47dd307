"""Moods, praise and occasions as they are typed for an evening, in six languages."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("something fun", "Light"),
        ("movies that feel like a warm hug", "Cosy"),
        ("comfort shows", "Cosy"),
        ("a film that will blow my mind", "Mind-bending"),
        ("an addictive series", "Exciting"),
        ("a touching drama", "Sad"),
        ("ein Film zum Kuscheln", "Cosy"),
        ("Feelgood-Filme", "Feel-good"),
        ("etwas Berührendes", "Sad"),
        ("was Leichtes für den Feierabend", "Calm"),
        ("un film drôle et touchant", "Sad"),
        ("une série addictive", "Exciting"),
        ("una serie adictiva", "Exciting"),
        ("películas que te hacen pensar", "Clever"),
        ("una película reconfortante", "Cosy"),
        ("film che fanno riflettere", "Clever"),
        ("una serie coinvolgente", "Exciting"),
        ("filmes que fazem pensar", "Clever"),
        ("uma série viciante", "Exciting"),
    ],
)
def test_a_mood_is_read(text: str, label: str) -> None:
    assert label in labels(text)
    assert not read(text).rest


@pytest.mark.parametrize(
    "text",
    [
        "movies everyone should see once",
        "Filme, die man gesehen haben muss",
        "des films incontournables",
        "películas imprescindibles",
        "un film imperdibile",
        "filmes imperdíveis",
    ],
)
def test_what_is_not_to_be_missed_is_acclaimed(text: str) -> None:
    assert labels(text) == ["Films", "Acclaimed"]
    assert not read(text).rest


@pytest.mark.parametrize(
    "text",
    [
        "kurze Serie für zwischendurch",
        "une série à binge-watcher",
        "series para maratonear",
        "una serie da divorare",
        "séries para maratonar",
    ],
)
def test_an_occasion_asks_for_nothing(text: str) -> None:
    assert not read(text).rest


def test_a_quality_stands_before_a_topic_of_several_words() -> None:
    assert labels("inspiring true stories") == ["Feel-good", "true stories"]


@pytest.mark.parametrize("text", ["rom com", "light rom coms"])
def test_a_half_of_a_phrase_is_no_city_of_another_language(text: str) -> None:
    intent = read(text)
    assert not intent.topics
    assert {"Romance", "Comedy"} <= set(labels(text))


def test_a_long_word_of_requests_may_have_a_slip() -> None:
    assert labels("somthing funny") == ["Comedy"]
    assert not read("somthing funny").rest
    assert not read("somthing funny").free_text


@pytest.mark.parametrize("text", ["vintage horror", "golden age musicals"])
def test_what_is_vintage_is_old(text: str) -> None:
    assert "Until 1979" in labels(text)


def test_a_quick_comedy_is_short() -> None:
    assert labels("a quick comedy") == ["At most 95 minutes", "Comedy"]
