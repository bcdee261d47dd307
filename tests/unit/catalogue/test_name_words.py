"""How much of a name a text has, and of the text the name."""

import pytest

from api.catalogue.words import name_words
from api.catalogue.words.name_words import NameWords

_NAMES = ["the long night", "night", "the harbour", "", "long long ago"]


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        (["night"], [1 / 3, 1, 0, 0, 0]),
        (["long", "night"], [2 / 3, 1 / 2, 0, 0, 1 / 4]),
        (["nowhere"], [0, 0, 0, 0, 0]),
        ([], [0, 0, 0, 0, 0]),
    ],
)
def test_scores_by_both_shares(words: list[str], scores: list[float]) -> None:
    assert NameWords.of(_NAMES).score(words).tolist() == pytest.approx(scores)


def test_a_common_word_alone_makes_no_match_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_words, "_COMMON_FROM", 1)
    names = NameWords.of(_NAMES)
    assert names.score(["the", "harbour"]).tolist() == pytest.approx([0, 0, 1, 0, 0])
    assert (names.score(["the"]) > 0).tolist() == [True, False, True, False, False]


def test_of_no_names_nothing_is_found() -> None:
    assert NameWords.of([]).score(["night"]).tolist() == []
