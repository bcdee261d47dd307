"""Slips are found by letters before they are compared: none is lost by that."""

import random

import pytest
from rapidfuzz.distance import OSA

from api.catalogue.names.name_table import NameTable
from api.catalogue.names.near_words import NearNames, NearWords, is_a_slip
from api.catalogue.names.sorted_strings import SortedStrings

_CHANCE = random.Random(3)
_WORDS = sorted(
    {"".join(_CHANCE.choice("abcdeñжд") for _ in range(_CHANCE.randint(2, 9))) for _ in range(3000)}
)
_NEAR = NearWords.of(SortedStrings.of(_WORDS, range(len(_WORDS))))


@pytest.mark.parametrize("typed", [word[:3] + "e" + word[4:] for word in _WORDS[::60]])
def test_the_nearest_are_those_that_comparing_all_finds(typed: str) -> None:
    wanted: set[str] = set()
    for edits in range(1, 1 + (0 if len(typed) < 4 else 1 + (len(typed) >= 7))):
        wanted = wanted or {
            word for word in _WORDS if word != typed and OSA.distance(typed, word) <= edits
        }
    found = _NEAR.nearest(typed)
    assert set(found) <= wanted
    assert len(found) == min(len(wanted), 200)


def test_a_number_is_no_slip_of_another() -> None:
    own = ["rocky 4", "rocky balboa", "blade runner 2049"]
    names = NearNames.of(NameTable.of(own, range(3)), own)
    assert names.nearest("rocky 5") == []
    assert names.nearest("blade runer 2049") == ["blade runner 2049"]
    assert is_a_slip("blade runer 2049", "blade runner 2049")
    assert not is_a_slip("blade runner 2048", "blade runner 2049")
