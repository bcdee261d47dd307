"""Who cannot get enough of something, or cannot live without it, refuses nothing."""

import pytest

from tests.names_builder import read

_WESTERN, _COMEDY, _HORROR = 37, 35, 27


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("can't get enough of horror", _HORROR),
        ("I just can't get enough of westerns", _WESTERN),
        ("couldn't live without westerns", _WESTERN),
        ("I can't do without horror", _HORROR),
        ("wouldn't say no to a western", _WESTERN),
        ("I don't hate horror", _HORROR),
        ("I used to hate westerns but now I love them", _WESTERN),
        ("no puedo vivir sin comedias", _COMEDY),
        ("je ne peux pas vivre sans westerns", _WESTERN),
        ("non posso vivere senza commedie", _COMEDY),
        ("não vivo sem comédias", _COMEDY),
    ],
)
def test_it_is_wanted(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.excluded_genres == frozenset()
    assert any(genre in wanted for wanted in intent.genres)


@pytest.mark.parametrize(
    "text", ["enough of horror", "I hate horror", "without horror", "had enough of horror"]
)
def test_a_refusal_is_one(text: str) -> None:
    assert _HORROR in read(text).excluded_genres


@pytest.mark.parametrize(
    ("text", "most"),
    [("não mais de 2 horas", 120), ("no máximo 90 minutos", 90), ("mais de 2 horas", None)],
)
def test_no_more_is_a_limit(text: str, most: int | None) -> None:
    assert read(text).runtime_max == most
