"""What is said in passing, and names, times and refusals that only look like parts of a request."""

from datetime import date

import pytest

from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.domain.genres import genre_id
from api.language.intent import Intent
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import read

_NAMES = names_of(
    TextNames.of(
        [
            TitleName(1, False, 1995, 60, 20_000, "Se7en", ["7"]),
            TitleName(2, False, 2014, 5, 300, "6 Years"),
            TitleName(3, False, 1979, 15, 900, "Jesus"),
            TitleName(4, False, 2019, 0, 2, "Shimmering"),
            TitleName(5, False, 1995, 60, 7_000, "Heat"),
            TitleName(6, False, 2005, 40, 9_000, "The Mother"),
            TitleName(7, False, 1999, 50, 9_000, "Ronin"),
            *(TitleName(10 + n, False, 2000, 1, 100, f"Other {n}") for n in range(200)),
        ],
        services=[ServiceName("nfx", "Netflix")],
    )
)


def _read(text: str) -> Intent:
    return parse(text, names=_NAMES, today=date(2026, 11, 1))


@pytest.mark.parametrize(
    "text",
    [
        "I watched it like 6 years ago",
        'a film called something like "7 seconds down" or so',
        "feels like the Jesus of Suburbia song",
        'the "shimmering" scene of another film',
    ],
)
def test_a_part_of_something_else_names_no_title(text: str) -> None:
    assert _read(text).seeds == ()


def test_names_that_end_where_they_end_are_titles() -> None:
    assert len(_read('something like "Heat"').seeds) == 1
    assert len(_read("movies like Heat of 1995").seeds) == 1
    assert len(_read("movies like 6 Years").seeds) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I want to sit in silence for 30 minutes afterwards",
        "ich will danach weinen, 30 minuten danach",
        "pleurer 30 minutes après",
        "llorar 30 minutos después",
        "piangere 30 minuti dopo",
        "chorar 30 minutos depois",
    ],
)
def test_what_lasts_afterwards_is_no_running_time(text: str) -> None:
    intent = read(text)
    assert intent.runtime_min is None
    assert intent.runtime_max is None


@pytest.mark.parametrize(
    "text", ["No, any time period is good", "he doesn't, the mother of the child does"]
)
def test_a_no_that_answers_refuses_nothing(text: str) -> None:
    intent = _read(text)
    assert intent.excluded_words == frozenset()
    assert not any(mention.field.startswith("exclude") for mention in intent.mentions)


def test_what_is_refused_as_well_is_refused() -> None:
    named = _read("not interested in Heat, same goes for Ronin")
    assert [one.field for one in named.mentions] == ["exclude_title", "exclude_title"]


def test_with_or_without_asks_for_neither() -> None:
    intent = read("non-animated or animated movies")
    assert intent.excluded_genres == frozenset()
    assert read("non-animated movies").excluded_genres == {genre_id("Animation")}


def test_no_service_refuses_it_where_it_begins_a_clause() -> None:
    assert _read("no Netflix").services == frozenset()
    assert _read("filme no Netflix").services == {"nfx"}


def test_years_in_brackets_are_those_of_the_title() -> None:
    told = "[1980-2000] Guy with white hair in a dusterjacket throwing chakrams at angels"
    assert [one.field for one in read(told).mentions] == ["year"]


@pytest.mark.parametrize(
    "text",
    [
        "a comedy please. I am fine. Thank you for asking",
        "how are you? a comedy please, thanks in advance",
        "mir geht es gut, danke der nachfrage. eine komödie bitte",
        "je vais bien. une comédie, merci d'avance",
        "estoy bien, gracias por preguntar. una comedia",
        "sto bene. una commedia, grazie mille",
        "tudo bem? uma comédia, muito obrigado",
    ],
)
def test_small_talk_is_not_searched_for(text: str) -> None:
    intent = read(text)
    assert intent.free_text == ""
    assert intent.topics == ()
    assert intent.rest == ()
    assert len(intent.genres) == 1


def test_what_is_refused_in_two_words_stays_refused() -> None:
    assert read("no horror or scary movies").excluded_genres == {genre_id("Horror")}
    assert read("no 18+ films or over 18").age_max == 16
