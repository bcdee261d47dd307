"""A love that is told with a negation asks, and one that others do not share asks all the same."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("ohne Musicals kann ich nicht leben", "Music"),
        ("without westerns I can't live", "Western"),
        ("sin musicales no puedo vivir", "Music"),
        ("senza western non posso vivere", "Western"),
        ("sans westerns je ne peux pas vivre", "Western"),
        ("sem musicais não vivo", "Music"),
        ("ich kann auf Western nicht verzichten", "Western"),
        ("everyone hates westerns but I love them", "Western"),
        ("tout le monde déteste les westerns mais moi j'adore", "Western"),
        ("never too old for cartoons", "Animation"),
        ("can't go wrong with a western", "Western"),
        ("nothing beats a good thriller", "Thriller"),
        ("no hay nada como un buen western", "Western"),
        ("who doesn't love a good western", "Western"),
        ("not enough comedies on my list", "Comedy"),
        ("I don't dislike horror", "Horror"),
    ],
)
def test_it_asks(text: str, genre: str) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({genre_id(genre)}),)
    assert intent.excluded_genres == frozenset()
    assert (intent.years, intent.excluded_years, intent.watchlist) == ((), (), None)


@pytest.mark.parametrize("text", ["no shortage of zombies", "can't resist a zombie film"])
def test_it_asks_for_topics(text: str) -> None:
    assert [topic.name for topic in read(text).topics] == ["zombie"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Who watches too does not share it.
        ("my wife hates westerns but I love them", ["Not Western"]),
        ("my kids hate musicals but I love them", ["For ages up to 8", "Not Music"]),
        ("without westerns", ["Not Western"]),
        ("I hate westerns but I love comedies", ["Not Western", "Comedy"]),
        ("too old for horror", ["Not Horror"]),
    ],
)
def test_a_refusal_stays_one(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
