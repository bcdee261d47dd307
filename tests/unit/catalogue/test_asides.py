"""Which films are not meant by "a film"."""

import numpy as np
import pytest

from api.catalogue.facts.asides import AsideKeywords, asides_among
from api.domain.genres import genre_bits
from tests.builders import ints


def is_aside(
    title: str = "Heat",
    *,
    runtime: int = 120,
    genres: tuple[int, ...] = (18,),
    keyword: str | None = None,
    is_show: bool = False,
) -> bool:
    """Of one title."""
    keywords = {name: ints([]) for name in ("always", "concerts", "stand_up")}
    if keyword is not None:
        keywords[keyword] = ints([1])
    found = asides_among(
        ids=ints([1]),
        titles=[title],
        is_show=np.array([is_show]),
        genres=np.array([genre_bits(genres)], dtype=np.uint32),
        runtime=np.array([runtime], dtype=np.int16),
        keywords=AsideKeywords(**keywords),
    )
    return bool(found[0])


@pytest.mark.parametrize(
    "title",
    [
        "The Star Wars Holiday Special",
        "Louis C.K.: Live at the Beacon Theater",
        "Monty Python Live at the Hollywood Bowl",
        "Spirited Away: Live on Stage",
        "The Making of 'Jurassic Park'",
        "EPiC: Elvis Presley in Concert",
    ],
)
def test_a_name_tells_of_specials_concerts_and_making_ofs(title: str) -> None:
    assert is_aside(title)


@pytest.mark.parametrize(
    "title", ["We Live in Time", "The House I Live In", "Midnight Special", "They Live", "On Stage"]
)
def test_words_of_a_name_that_mean_something_else(title: str) -> None:
    assert not is_aside(title)


def test_a_short_is_one_and_a_film_of_unknown_length_is_not() -> None:
    assert is_aside(runtime=40)
    assert not is_aside(runtime=41)
    assert not is_aside(runtime=0)


def test_a_documentary_about_music_is_a_film_and_a_recorded_concert_is_not() -> None:
    music, documentary = 10402, 99
    assert not is_aside(genres=(documentary, music))
    assert is_aside(genres=(documentary, music), keyword="concerts")
    assert not is_aside(genres=(music, 18), keyword="concerts")
    assert is_aside(genres=(music,), keyword="always")


def test_a_stand_up_programme_is_a_comedy_alone_and_a_film_about_a_comedian_is_not() -> None:
    comedy, romance, documentary = 35, 10749, 99
    assert is_aside(genres=(comedy,), keyword="stand_up")
    assert not is_aside(genres=(comedy,))
    assert not is_aside(genres=(comedy, romance), keyword="stand_up")
    assert not is_aside(genres=(comedy, documentary), keyword="stand_up")
    assert not is_aside(genres=(), keyword="stand_up")


def test_an_episode_is_short_and_a_show_is_none_for_it() -> None:
    assert not is_aside(runtime=24, is_show=True)
