"""How much of a name a text has, and of the text the name."""

import pytest

from api.catalogue.words import name_words
from api.catalogue.words.name_words import NameWords

_NAMES = ["the long night", "night", "the harbour", "", "long long ago"]


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        (["night"], {0: 1 / 3, 1: 1}),
        (["long", "night"], {0: 2 / 3, 1: 1 / 2, 4: 1 / 4}),
        (["nowhere"], {}),
        ([], {}),
    ],
)
def test_scores_by_both_shares(words: list[str], scores: dict[int, float]) -> None:
    assert _scores(NameWords.of(_NAMES), words) == pytest.approx(scores)


def test_tells_which_words_each_name_has() -> None:
    found = NameWords.of(_NAMES).matching(["long", "nowhere", "night"])
    assert dict(zip(found.rows.tolist(), found.words.tolist(), strict=True)) == {
        0: 0b101,
        1: 0b100,
        4: 0b001,
    }


def test_a_common_word_alone_makes_no_match_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_words, "_COMMON_FROM", 1)
    names = NameWords.of(_NAMES)
    assert _scores(names, ["the", "harbour"]) == pytest.approx({2: 1})
    assert list(_scores(names, ["the"])) == [0, 2]


def test_of_no_names_nothing_is_found() -> None:
    assert _scores(NameWords.of([]), ["night"]) == {}


def _scores(names: NameWords, words: list[str]) -> dict[int, float]:
    found = names.matching(words)
    return dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
