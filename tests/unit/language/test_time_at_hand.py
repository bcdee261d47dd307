"""The time that somebody has is the most that a title takes, and when they were born no year."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("I have an hour", 60),
        ("we have two hours", 120),
        ("we've got about two hours", 120),
        ("got an hour to kill", 60),
        ("hab nur eine Stunde", 60),
        ("wir haben zwei Stunden Zeit", 120),
        ("on a une heure et demie", 90),
        ("on n'a que 90 minutes", 90),
        ("tengo una hora", 60),
        ("abbiamo due ore", 120),
        ("temos duas horas", 120),
        ("not awake enough for a 3 hour movie", 179),
        ("10 hr flight what do i watch", 600),
        ("for a 2 hour train ride", 120),
        ("30 minute lunch break", 30),
        ("lunch break 30 min", 30),
        ("on the train for 50 min", 50),
        ("my commute is 40 min", 40),
        ("3 stunden zugfahrt", 180),
        ("2h de train", 120),
        ("3 horas de vuelo", 180),
        ("2 ore di treno", 120),
        ("unter 2std", 119),
        ("6 hours on a plane", 360),
        ("20 min till bed", 20),
    ],
)
def test_the_time_at_hand_is_the_most(text: str, most: int) -> None:
    intent = read(text)
    assert intent.runtime_max is not None
    assert intent.runtime_min is None
    assert intent.runtime_max <= most


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("a two hour film", (110, 130)),
        ("we have at least two hours", (120, None)),
        ("films that have two hours", (110, 130)),
        ("a two hour flight movie", (110, 130)),
        ("thriller about a 10 hour flight", (None, None)),
        ("3h+", (180, None)),
        ("90+ min", (90, None)),
        ("2+ hours please", (120, None)),
        ("something w/o 3h of dancing", (None, 169)),
    ],
)
def test_other_lengths_stay(text: str, window: tuple[int, int | None]) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == window


@pytest.mark.parametrize(
    "text",
    [
        "I was born in 1980",
        "born in the 80s, something funny",
        "ich bin 1980 geboren",
        "Jahrgang 1975, suche Krimis",
        "je suis née en 1990",
        "nací en 1985",
        "sono nato nel 1985",
        "nasci em 1985",
    ],
)
def test_when_somebody_was_born_is_no_year_of_release(text: str) -> None:
    assert read(text).years == ()


def test_a_year_beside_it_is_one() -> None:
    assert read("films of the 90s").years == ((1990, 1999),)


@pytest.mark.parametrize("text", ["a film before 2013", "released after 2013"])
def test_a_bound_before_a_year_is_no_title(text: str) -> None:
    intent = read(text)
    assert (len(intent.years), intent.seeds) == (1, ())
