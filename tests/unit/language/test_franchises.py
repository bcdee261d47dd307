"""Franchises by what people call them: their titles' own beginnings, and in whatever order."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "franchise"),
    [
        ("fast and furious movies", 12),
        ("all the fast & furious films", 12),
        ("jurassic world movies", 13),
        ("avengers movies", 14),
        ("the dark knight trilogy", 15),
        ("die star wars filmreihe", 11),
        ("la saga de star wars", 11),
        ("películas de james bond", 645),
        ("películas de star wars que no sean largas", 11),
        ("les films star wars", 11),
        ("les films de la saga star wars", 11),
        ("film di james bond", 645),
        ("filmes do james bond com o daniel craig", 645),
        ("filme aus dem star wars universum", 11),
    ],
)
def test_a_franchise_is_read_beside_a_medium_or_what_a_series_is_called(
    text: str, franchise: int
) -> None:
    assert read(text).franchises == {franchise}
    assert not {"words", "title", "seed"} & {mention.field for mention in read(text).mentions}


@pytest.mark.parametrize(
    "text",
    [
        "fast and furious",  # the film
        "jurassic world",
        "i liked the fast and furious movies, something calmer",
        "a dark film",
        "knight movies",
    ],
)
def test_no_franchise_is_meant_by_a_title_a_topic_or_a_memory(text: str) -> None:
    assert read(text).franchises == frozenset()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("interstellar or similar", "Interstellar"),
        ("fight club or something like that", "Fight Club"),
        ("interstellar oder so", "Interstellar"),
        ("etwas wie Interstellar oder ähnlich", "Interstellar"),
        ("interstellar ou du même genre", "Interstellar"),
        ("una película como Interstellar o parecida", "Interstellar"),
        ("interstellar o qualcosa del genere", "Interstellar"),
        ("interstellar ou algo assim", "Interstellar"),
    ],
)
def test_or_similar_asks_for_others_like_the_title(text: str, title: str) -> None:
    told = [(mention.field, mention.label) for mention in read(text).mentions]
    assert [one for one in told if one[0] != "media_type"] == [("seed", title)]


@pytest.mark.parametrize("text", ["something scary or similar", "funny films o algo así"])
def test_or_similar_behind_anything_else_says_nothing(text: str) -> None:
    assert {mention.field for mention in read(text).mentions} <= {"genre", "media_type"}
