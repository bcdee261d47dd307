"""Words of a genre and a language at once, refused."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import read


@pytest.mark.parametrize("text", ["horror, no anime", "animated films but no anime"])
def test_no_anime_refuses_neither_japan_nor_animation(text: str) -> None:
    intent = read(text)
    assert not intent.excluded_languages
    assert genre_id("Animation") not in intent.excluded_genres
    assert "anime" in intent.excluded_keywords


def test_of_what_is_asian_no_anime_leaves_out_animation() -> None:
    intent = read("asian horror no anime")
    assert not intent.excluded_languages
    assert genre_id("Animation") in intent.excluded_genres
    assert "anime" in intent.excluded_keywords


def test_what_was_asked_beside_it_holds() -> None:
    assert "ja" in read("asian horror no anime").languages


def test_no_korean_dramas_refuses_no_dramas() -> None:
    intent = read("a drama, no k-dramas")
    assert genre_id("Drama") not in intent.excluded_genres
    assert intent.excluded_languages == {"ko"}


def test_anime_itself_is_still_both() -> None:
    intent = read("anime")
    assert "ja" in intent.languages
    assert intent.free_text == ""
