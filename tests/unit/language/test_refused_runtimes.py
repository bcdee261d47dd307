"""A running time that is refused gives its opposite, in six languages."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "no long movies",
        "not a long movie",
        "no long horror films",
        "I don't want a long film",
        "I don't want anything long",
        "please no really long films",
        "my wife hates long movies",
        "no time for long movies",
        "I have no patience for long films",
        "I don't have time for a long movie",
        "not enough time for long movies",
        "long movies are not for me",
        "long movies bore me",
        "long movies, no thanks",
        "anything over 2 hours bores me",
        "keine Zeit für lange Filme",
        "lange Filme sind nichts für mich",
        "pas le temps pour un film long",
        "no tengo tiempo para películas largas",
        "non ho tempo per film lunghi",
        "sem tempo para filmes longos",
        "no horror or long movies",
        "nothing long",
        "comedy but not long",
        "not long but sad",
        "not too long",
        "no horror and not too long",
        "nothing over 2 hours",
        "nothing longer than two hours",
        "no movies over 2 hours",
        "movies that don't run over 2 hours",
        "doesn't last more than 2 hours",
        "nichts Langes",
        "keine langen Filme",
        "kein langer Film",
        "nichts über 2 Stunden",
        "keine Filme über 2 Stunden",
        "nada largo",
        "no películas largas",
        "nada de más de 2 horas",
        "que no dure más de 2 horas",
        "pas de films longs",
        "pas de long film",
        "rien de long",
        "pas de films de plus de 2 heures",
        "niente di lungo",
        "niente film lunghi",
        "niente oltre le 2 ore",
        "nada longo",
        "sem filmes longos",
        "nada acima de 2 horas",
    ],
)
def test_what_is_too_long_is_refused(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, 120)


@pytest.mark.parametrize(
    "text",
    [
        "not too short",
        "nothing short",
        "isn't too short",
        "no short movies",
        "nothing under 80 minutes",
        "nothing shorter than 80 minutes",
        "no films under 80 minutes",
        "nichts Kurzes",
        "nicht zu kurz",
        "nicht kürzer als 80 Minuten",
        "pas trop court",
        "no muy corta",
        "non troppo corto",
        "não muito curto",
    ],
)
def test_what_is_too_short_is_refused(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (80, None)


@pytest.mark.parametrize(
    "text",
    [
        "no short films",
        "no shorts",
        "keine Kurzfilme",
        "sin cortometrajes",
        "pas de courts métrages",
        "short films are not my thing",
        "niente cortometraggi",
        "sem curtas metragens",
    ],
)
def test_short_films_are_refused_and_shows_are_not(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (41, None)
    assert intent.media_types == frozenset()


def test_a_length_that_is_refused_refuses_longer_ones_too() -> None:
    intent = read("no 3 hour movies")
    assert (intent.runtime_min, intent.runtime_max) == (None, 169)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("no horror, long movies", (150, None)),
        ("not only long movies", (None, None)),
        ("a long movie, not for me, for dad", (150, None)),
        ("time for a long movie", (150, None)),
        ("lange Filme", (150, None)),
        ("I don't mind long movies", (None, None)),
        ("no horror, over 2 hours", (121, None)),
        ("no horror under 90 minutes", (None, 89)),
        ("something long, no horror", (150, None)),
        ("no romance, something short", (None, 95)),
        ("no horror and under 2 hours", (None, 119)),
        ("no horror and max 2 hours", (None, 120)),
        ("más o menos 2 horas", (110, 130)),
        ("90 Minuten oder weniger", (None, 90)),
        ("90 minutos o menos", (None, 90)),
    ],
)
def test_a_length_that_is_wished_for_is_not_refused(
    text: str, window: tuple[int | None, int | None]
) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == window


@pytest.mark.parametrize(
    "text",
    [
        "no horror movies over 2 hours",
        "no comedies over 2 hours",
        "nothing scary over 2 hours",
        "no horror films longer than two hours",
        "keine Horrorfilme über 2 Stunden",
        "nada de películas de terror de más de 2 horas",
        "pas de films d'horreur de plus de 2 heures",
        "niente film horror oltre le 2 ore",
        "sem filmes de terror com mais de 2 horas",
    ],
)
def test_a_genre_that_is_refused_by_its_length_is_capped_and_neither_asked_for_nor_refused(
    text: str,
) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, 120)
    assert (intent.genres, intent.excluded_genres) == ((), frozenset())


def test_films_of_a_genre_that_are_too_short_are_refused() -> None:
    intent = read("no horror movies under 90 minutes")
    assert (intent.runtime_min, intent.runtime_max) == (90, None)
    assert not intent.excluded_genres


def test_a_genre_beside_what_is_too_long_stays_refused() -> None:
    intent = read("no horror or movies over 2 hours")
    assert intent.runtime_max == 120
    assert intent.excluded_genres == {27}


@pytest.mark.parametrize(
    "text", ["not long ago", "she is no longer alive", "he lives not long ago"]
)
def test_what_lasts_in_a_sentence_is_no_running_time(text: str) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (None, None)


def test_what_is_refused_beside_a_length_stays_refused() -> None:
    assert read("no horror or long movies").excluded_genres


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("not a long movie", {"movie"}),
        ("no long movies", {"movie"}),
        ("I don't want a long film", {"movie"}),
        ("kein langer Film", {"movie"}),
        ("pas de films longs", {"movie"}),
        ("not a long show", {"tv"}),
        ("series, no long movies", {"tv"}),
        ("no short films", set()),
        ("nothing long", set()),
    ],
)
def test_the_medium_whose_length_is_refused_is_wished_for(text: str, media: set[str]) -> None:
    assert read(text).media_types == media


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("something short", 35),
        ("comedy, something short", 35),
        ("not too long", 40),
        ("nothing long", 40),
        ("nichts Langes", 40),
        ("pas trop long", 40),
        ("under 90 minutes", None),
        ("something short, 80 minutes", None),
        ("something long", None),
        ("nothing short", None),
    ],
)
def test_short_of_shows_is_less_than_of_films(text: str, minutes: int | None) -> None:
    intent = read(text)
    assert intent.episode_max == minutes
    told = next(one for one in intent.interpreted() if one.field == "runtime")
    assert (told.note is not None) is (minutes is not None)
