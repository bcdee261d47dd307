"""What somebody will not watch, and is in no mood for, is refused."""

import pytest

from tests.names_builder import labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I won't watch horror", ["Not Horror"]),
        ("I wouldn't watch a musical", ["Not Music"]),
        ("we will not watch westerns", ["Not Western"]),
        ("I refuse to watch westerns", ["Not Western"]),
        ("I'd rather not see anything with sharks", ["No sharks"]),
        ("I won't watch anything with Tom Hanks", ["Not Tom Hanks"]),
        ("I would prefer not to watch horror", ["Not Horror"]),
        ("I am not in the mood of horror", ["Not Horror"]),
        ("not in the mood for horror", ["Not Horror"]),
        ("no mood for drama", ["Not Drama"]),
        ("I don't feel like horror", ["Not Horror"]),
        ("nicht in Stimmung für Horror", ["Not Horror"]),
        ("mir ist nicht nach Horror", ["Not Horror"]),
        ("mir ist nach einer Komödie, mir ist nicht nach Horror", ["Comedy", "Not Horror"]),
        ("no estoy de humor para terror", ["Not Horror"]),
        ("pas d'humeur pour l'horreur", ["Not Horror"]),
        ("non ho voglia di horror", ["Not Horror"]),
        ("sem vontade de terror", ["Not Horror"]),
    ],
)
def test_what_somebody_is_unwilling_to_watch_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the mood for horror", ["Horror"]),
        ("I would watch a musical", ["Music"]),
        ("mir ist nach Horror", ["Horror"]),
        ("a horror film I won't forget", ["Horror", "Films"]),
        ("ho voglia di horror", ["Horror"]),
    ],
)
def test_what_somebody_is_willing_to_watch_is_not(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
