"""Titles by whose year others are told, countries of a story, and words that were misread."""

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import TODAY
from tests.names_builder import read as read_small

_NAMES = names_of(
    TextNames.of(
        (
            TitleName(1, False, 1997, 200, 25000, "Titanic"),
            TitleName(3, True, 2017, 150, 15000, "Dark"),
            TitleName(4, False, 2007, 100, 9000, "Superbad"),
        ),
        (),
        (),
        (),
        (Keyword("italy", 60), Keyword("japan", 60), Keyword("musical", 90)),
        (),
    )
)


def read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "older than Titanic",
        "before titanic",
        "movies before titanic",
        "films made before titanic",
        "älter als Titanic",
        "plus vieux que Titanic",
        "antes de Titanic",
        "più vecchio di Titanic",
        "mais antigo que Titanic",
    ],
)
def test_a_title_tells_before_which_year(text: str) -> None:
    intent = read(text)
    assert intent.years == ((1870, 1996),)
    assert (intent.seeds, intent.free_text) == ((), "")


def test_a_title_tells_after_which_year() -> None:
    assert read("newer than Titanic").years == ((1998, 2100),)


@pytest.mark.parametrize("text", ["after dark", "a thriller after dark", "before the war"])
def test_words_behind_before_tell_no_year(text: str) -> None:
    assert read(text).years == ()


@pytest.mark.parametrize(
    "text",
    [
        "takes place in Italy",
        "a film set in Italy",
        "spielt in Italien",
        "Filme, die in Italien spielen",
        "ambientata in Italia",
        "ambientada en Italia",
        "qui se passe en Italie",
        "que se passa na Itália",
    ],
)
def test_the_country_of_a_story_is_a_topic(text: str) -> None:
    intent = read(text)
    assert [topic.name for topic in intent.topics] == ["italy"]
    assert intent.languages == intent.countries == frozenset()


@pytest.mark.parametrize("text", ["not set in Italy", "no films set in Italy"])
def test_it_is_refused_with_what_leads_to_it(text: str) -> None:
    intent = read(text)
    told = [mention.label for mention in intent.mentions]
    assert (intent.topics, "No Italy" in told) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        "no es terror",
        "comedia que no es terror",
        "no es de terror",
        "non è horror",
        "che non è un horror",
        "não é de terror",
        "que não é terror",
    ],
)
def test_what_it_is_not_is_refused(text: str) -> None:
    assert genre_id("Horror") in read_small(text).excluded_genres


def test_more_of_something_is_asked_for_beside_what_is_refused() -> None:
    intent = read_small("pas de zombies et plus de romance")
    assert intent.genres == (frozenset({genre_id("Romance")}),)
    assert intent.excluded_genres == frozenset()


@pytest.mark.parametrize(
    "text", ["no es para niños", "que no es para niños", "non è per bambini", "não é para crianças"]
)
def test_it_lifts_no_limit_of_a_child(text: str) -> None:
    assert read_small(text).age_max == 8


def test_a_title_that_nearly_all_know_is_refused_beside_the_word() -> None:
    film = TitleName(1, False, 2008, 200, 20000, "Twilight")
    names = names_of(TextNames.of((film,), stories=["they meet at twilight in a town"] * 50))
    intent = parse("vampire movies but not twilight", names=names, today=TODAY)
    told = [mention.label for mention in intent.mentions]
    assert {"Not Twilight", "No twilight"} <= set(told)


def test_a_topic_that_a_series_is_called_is_refused_as_a_topic() -> None:
    series = TitleName(1, True, 2005, 300, 45000, "Supernatural")
    names = names_of(
        TextNames.of(
            (series,),
            keywords=(Keyword("supernatural", 90),),
            stories=["something supernatural in a town"] * 50,
        )
    )
    intent = parse("horror without the supernatural", names=names, today=TODAY)
    assert [one.label for one in intent.mentions] == ["Horror", "No supernatural"]


def test_a_kind_in_a_language_that_is_asked_for_refuses_the_genre() -> None:
    intent = read_small("not kdrama but korean")
    assert (set(intent.languages), set(intent.excluded_languages)) == ({"ko"}, set())
    assert genre_id("Drama") in intent.excluded_genres


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("I have to leave in an hour", 60),
        ("we have to leave in two hours", 120),
        ("ich muss in einer Stunde los", 60),
        ("je pars dans une heure", 60),
        ("me voy en una hora", 60),
        ("esco tra un'ora", 60),
        ("saio em uma hora", 60),
    ],
)
def test_the_time_until_somebody_leaves_is_the_most(text: str, most: int) -> None:
    intent = read_small(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, most)


def test_minutes_that_are_not_exact_are_minutes() -> None:
    intent = read_small("20ish minutes")
    assert (intent.runtime_min, intent.runtime_max) == (10, 30)


def test_what_is_funnier_than_a_title_resembles_it() -> None:
    assert read("funnier than superbad").seeds == (4,)
    assert read("as funny as superbad").seeds == (4,)


def test_what_is_less_boring_is_exciting() -> None:
    assert [mood.label for mood in read("something less boring").moods] == ["Exciting"]


def test_musicals_are_a_topic_beside_their_genre() -> None:
    intent = read("musicals")
    assert [topic.name for topic in intent.topics] == ["musical"]
    assert intent.genres == (frozenset({genre_id("Music")}),)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("not around 2009", ()),
        ("before around 2009", ((1870, 2008),)),
        ("until around 1980", ((1870, 1980),)),
        ("bis etwa 1980", ((1870, 1980),)),
        ("after around 2000", ((2001, 2100),)),
        ("around 2009", ((2007, 2011),)),
    ],
)
def test_a_rough_year_keeps_what_stands_before_it(
    text: str, years: tuple[tuple[int, int], ...]
) -> None:
    assert read(text).years == years
