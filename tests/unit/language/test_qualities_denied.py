"""Qualities that what is asked for is not to have, in the languages that deny them in a clause."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("une comédie pas trop bête", "No bête"),
        ("une comédie qui ne soit pas bête", "No bête"),
        ("une comédie qui n'est pas bête", "No bête"),
        ("una comedia que no sea tonta", "No tonta"),
        ("una comedia que no es tonta", "No tonta"),
        ("una comedia que no sea muy tonta", "No tonta"),
        ("eine Komödie, die nicht albern ist", "No albern"),
        ("eine Komödie die nicht so albern ist", "No albern"),
        ("una commedia che non sia stupida", "No stupida"),
        ("una commedia che non è stupida", "No stupida"),
        ("uma comédia que não seja boba", "No boba"),
        ("uma comédia que não é boba", "No boba"),
    ],
)
def test_a_quality_denied_is_told_and_not_searched_for(text: str, label: str) -> None:
    assert labels(text) == ["Comedy", label]
    assert not read(text).rest
    assert not read(text).free_text


@pytest.mark.parametrize(
    "text",
    [
        "ein Film über einen Mann, der nicht alt ist",
        "una película sobre un hombre que no es tonto",
        "un film sur un homme qui n'est pas heureux",
        "um filme sobre um homem que não é feliz",
    ],
)
def test_what_somebody_in_the_story_is_not_refuses_nothing(text: str) -> None:
    assert labels(text) == ["Films"]


@pytest.mark.parametrize(
    "text",
    [
        "ein Film, der nicht gruselig ist",
        "una película que no es de terror",
        "un film qui n'est pas effrayant",
    ],
)
def test_a_genre_denied_is_refused(text: str) -> None:
    assert labels(text) == ["Films", "Not Horror"]
    assert not read(text).rest


def test_what_is_not_boring_is_exciting() -> None:
    assert labels("un film qui n'est pas ennuyeux") == ["Films", "Exciting"]
