"""What an evening is to be like, what a film is to be compared with one that is named, and the
best of a kind."""

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.moods import MOODS
from api.language.vocabulary.names import names_of
from api.language.vocabulary.renown import ACCLAIMED, LITTLE_KNOWN, RENOWNS
from tests.names_builder import TODAY, read

_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 1995, 60, 7000, "Heat", runtime=170),
            TitleName(2, False, 1998, 50, 9000, "Ronin", runtime=122),
            TitleName(3, True, 2008, 90, 16000, "Breaking Bad", runtime=47),
            TitleName(4, False, 2004, 30, 5000, "Collateral"),
        ]
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "movies like Heat but shorter",
        "like Heat, only shorter",
        "Filme wie Heat, aber kürzer",
        "películas como Heat pero más cortas",
        "comme Heat mais plus court",
        "come Heat ma più corto",
        "como Heat mas mais curto",
    ],
)
def test_what_is_to_be_shorter_is_so_by_ten_minutes(text: str) -> None:
    intent = _read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, 160)
    assert intent.rest == ()


@pytest.mark.parametrize(
    "text", ["like Ronin but longer", "wie Ronin, aber länger", "come Ronin ma più lungo"]
)
def test_what_is_to_be_longer_is_so_as_well(text: str) -> None:
    assert (_read(text).runtime_min, _read(text).runtime_max) == (132, None)


def test_of_two_titles_the_shorter_counts() -> None:
    assert _read("like Heat and Ronin but shorter").runtime_max == 112


@pytest.mark.parametrize(
    "text",
    [
        "like Breaking Bad but shorter",
        "like Collateral but shorter",
        "wie Breaking Bad, nur länger",
    ],
)
def test_a_length_that_is_not_known_is_said_to_be_so(text: str) -> None:
    intent = _read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, None)
    (told,) = (one for one in intent.mentions if one.field == "runtime")
    assert told.note is not None


@pytest.mark.parametrize(
    "text", ["like Heat but shorter than two hours", "like Heat, under two hours"]
)
def test_a_number_says_how_short(text: str) -> None:
    assert _read(text).runtime_max == 119


@pytest.mark.parametrize(
    ("text", "year"),
    [("wie Heat, aber älter", 1994), ("como Heat pero más antigua", 1994)],
)
def test_older_than_a_title_is_a_year_in_all_languages(text: str, year: int) -> None:
    assert _read(text).years == ((1870, year),)


@pytest.mark.parametrize(
    "text",
    [
        "French films about love",
        "movies about love",
        "Filme über die Liebe",
        "películas sobre el amor",
        "films sur l'amour",
        "film sull'amore",
        "filmes sobre o amor",
    ],
)
def test_love_is_preferred_as_romance(text: str) -> None:
    intent = read(text)
    assert intent.moods == (MOODS["love"],)
    assert "mood" in intent.preferred
    assert intent.genres == ()


@pytest.mark.parametrize("text", ["a film about love and death", "I love comedies", "love letters"])
def test_love_beside_more_is_of_a_story(text: str) -> None:
    assert MOODS["love"] not in read(text).moods


@pytest.mark.parametrize(
    "text",
    [
        "a series to fall asleep to",
        "after a hard day",
        "eine Serie zum Einschlafen",
        "nach einem langen Tag",
        "para dormir",
        "pour s'endormir",
        "per addormentarsi",
        "para adormecer",
    ],
)
def test_what_one_falls_asleep_to_is_calm(text: str) -> None:
    assert read(text).moods == (MOODS["calm"],)


@pytest.mark.parametrize(
    "text",
    [
        "something clever",
        "a film that makes you think",
        "etwas Kluges",
        "algo inteligente",
        "quelque chose d'intelligent",
        "qualcosa di intelligente",
        "algo inteligente para pensar",
    ],
)
def test_what_is_clever_is_understood(text: str) -> None:
    assert read(text).moods == (MOODS["clever"],)


@pytest.mark.parametrize(
    "text",
    [
        "something exciting",
        "a gripping film",
        "spannend",
        "ein spannender Film",
        "una película emocionante",
        "un film passionnant",
        "un film avvincente",
        "um filme empolgante",
    ],
)
def test_what_is_exciting_is_understood(text: str) -> None:
    assert read(text).moods == (MOODS["exciting"],)


def test_an_exciting_crime_story_is_of_both() -> None:
    intent = read("ein spannender Krimi")
    assert intent.moods == (MOODS["exciting"],)
    assert intent.genres == (frozenset({genre_id("Crime")}),)


@pytest.mark.parametrize("name", ["light", "calm", "cosy"])
def test_what_is_for_adults_goes_against_what_is_gentle(name: str) -> None:
    assert MOODS[name].oldest == 16
    assert genre_id("Talk") in MOODS[name].unwanted


@pytest.mark.parametrize(
    "text",
    [
        "the best documentaries of the last ten years",
        "the greatest westerns",
        "die besten Dokus",
        "las mejores comedias",
        "les meilleurs films",
        "i migliori film",
        "i film migliori",
        "os melhores filmes",
    ],
)
def test_the_best_are_preferred_where_they_are_liked(text: str) -> None:
    intent = read(text)
    assert intent.renowns == (RENOWNS[ACCLAIMED],)
    assert "renown" in intent.preferred


@pytest.mark.parametrize(
    ("text", "renown"),
    [("the best movies ever", ACCLAIMED), ("best hidden gems", LITTLE_KNOWN)],
)
def test_more_that_is_said_of_renown_holds(text: str, renown: str) -> None:
    intent = read(text)
    assert intent.renowns == (RENOWNS[renown],)
    assert "renown" not in intent.preferred


@pytest.mark.parametrize(
    "text",
    [
        "his best friend in a comedy",
        "best friends comedy",
        "a film in which he does his best",
        "not the best movies",
    ],
)
def test_what_is_best_in_a_story_is_not(text: str) -> None:
    assert read(text).renowns == ()


def test_a_word_left_of_a_refusal_is_not_searched_for() -> None:
    intent = read("no horror please, something zany")
    assert intent.free_text == ""
    (left,) = (one for one in intent.interpreted() if one.field == "words")
    assert left.status == "not_understood"
    assert left.note is not None
    assert "too little" in left.note


@pytest.mark.parametrize(
    "text", ["no horror, a lighthouse keeper drinks", "no horror, something about lighthouses"]
)
def test_a_story_beside_a_refusal_is(text: str) -> None:
    assert "lighthouse" in read(text).free_text
