"""Short requests as households type them: degrees, content, ages, titles in small letters."""

from datetime import date

import pytest

from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of

_HORROR = genre_id("Horror")
_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 2017, 90, 17_000, "Get Out"),
            TitleName(2, False, 2019, 60, 9_000, "Midsommar"),
            TitleName(3, False, 2010, 95, 38_000, "Inception"),
            TitleName(4, False, 2013, 30, 3_500, "The Great Beauty", ["La grande bellezza"]),
            TitleName(5, False, 2000, 2, 40, "One Shot"),
            *(TitleName(10 + n, False, 2000, 1, 100, f"Other {n}") for n in range(200)),
        ],
        keywords=[
            Keyword("marvel cinematic universe (mcu)", 41),
            Keyword("marvel comic", 29),
            Keyword("dc comics", 38),
        ],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


@pytest.mark.parametrize(
    "text",
    [
        "scary but not too scary",
        "horror but not that scary",
        "gruselig, aber nicht zu gruselig",
    ],
)
def test_not_too_much_of_a_genre_is_the_genre_without_its_worst(text: str) -> None:
    intent = _read(text)
    assert intent.genres == (frozenset({_HORROR}),)
    assert intent.excluded_genres == frozenset()
    assert "gore" in intent.excluded_keywords
    assert intent.age_max == 17


def test_not_too_scary_alone_is_no_horror() -> None:
    assert _read("not too scary").excluded_genres == {_HORROR}


def test_content_that_nobody_refuses_is_asked_for() -> None:
    intent = _read("shows with gore")
    assert [topic.name for topic in intent.topics] == ["gore"]
    assert intent.excluded_keywords == frozenset()


def test_two_letters_can_be_refused() -> None:
    refused = _read("no marvel no dc").excluded_keywords
    assert refused == {"marvel cinematic universe (mcu)", "marvel comic", "dc comics"}


@pytest.mark.parametrize(
    "text",
    [
        "something for teens",
        "a movie for my teen",
        "film für teens",
        "film drôle pour ado",
        "película para una adolescente",
        "film per ragazzini",
        "filme pra adolescente",
    ],
)
def test_whoever_is_young_is_shown_what_is_for_their_age(text: str) -> None:
    assert _read(text).age_max == 13


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("movies like get out and midsommar", (1, 2)),
        ("qualcosa tipo la grande bellezza", (4,)),
        ("película tipo inception", (3,)),
        ("a long take that looks like one shot", ()),
    ],
)
def test_titles_in_small_letters(text: str, seeds: tuple[int, ...]) -> None:
    assert _read(text).seeds == seeds


def test_a_letter_alone_is_nothing_to_search_for() -> None:
    assert _read("movies that feel like Inception f").free_text == ""


def test_what_stands_behind_but_says_how_others_differ() -> None:
    assert _read("like inception but with a happy ending").seed_leads
    assert not _read("heist movies like inception").seed_leads
