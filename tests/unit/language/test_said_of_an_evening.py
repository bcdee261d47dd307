"""Moods by what is done meanwhile, and lengths that are refused."""

import pytest

from tests.names_builder import mention_of, read


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("calm movies to fall asleep to", "Calm"),
        ("smth to watch while ironing", "Background"),
        ("movie for a first date", "Date night"),
        ("was ruhiges zum einschlafen", "Calm"),
        ("algo para ver mientras cocino", "Background"),
        ("un film calme", "Calm"),
        ("qualcosa di rilassante", "Calm"),
        ("um filme relaxante", "Calm"),
    ],
)
def test_an_evening_has_a_mood(text: str, mood: str) -> None:
    assert next(one.label for one in read(text).moods) == mood


@pytest.mark.parametrize(
    "text",
    [
        "a funny movie, not that long",
        "ein krimi, nicht zu lang",
        "una comedia no muy larga",
        "un film drôle pas trop long",
        "un film non troppo lungo",
        "uma comédia não muito longa",
    ],
)
def test_not_too_long_bounds_the_running_time(text: str) -> None:
    assert read(text).runtime_max == 120
    assert mention_of(text, "runtime").note is None
