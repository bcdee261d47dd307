"""Every word is in one part or in the rest, and the rest is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.language.intent import Intent, Interpreted
from tests.names_builder import read

_WORDS = """
thrillers comedies without gore zombies from the 90s under two hours like Heat Alien cosy dark
Pacino lighthouse keeper wounded smuggler and , . but korean netflix
"""
_VOCABULARY = _WORDS.split()


def _rest(intent: Intent) -> list[Interpreted]:
    return [one for one in intent.interpreted() if one.status == "not_understood"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("90s thrillers under two hours", []),
        ("a good film please", []),
        ("", []),
        ("thrillers with zorbing", ["zorbing"]),
        ("comedies, zorbing, from the 90s", ["zorbing"]),
        ("zorbing comedies of quuxing", ["zorbing", "quuxing"]),
        ("I loved The Zorbing Quux (1998)", ["Zorbing Quux (1998)"]),
    ],
)
def test_words_of_no_part_are_told_in_the_order_of_the_text(text: str, rest: list[str]) -> None:
    assert [one.text for one in _rest(read(text))] == rest


def test_the_rest_says_that_it_filters_nothing() -> None:
    (one,) = _rest(read("thrillers with zorbing"))
    assert (one.field, one.value, one.label) == ("words", None, "zorbing")
    assert one.note is not None


@given(st.lists(st.sampled_from(_VOCABULARY), max_size=12).map(" ".join))
def test_no_word_is_in_a_part_and_in_the_rest(text: str) -> None:
    intent = read(text)
    in_parts = {place for one in intent.mentions for place in range(one.start, one.end)}
    assert in_parts.isdisjoint(place for span in intent.rest for place in range(*span))


@given(st.lists(st.sampled_from(["zorbing", "quuxing", *_VOCABULARY]), max_size=12))
def test_an_unknown_word_is_never_dropped(words: list[str]) -> None:
    intent = read(" ".join(words))
    told = " ".join(one.text for one in intent.interpreted())
    for unknown in ("zorbing", "quuxing"):
        assert told.count(unknown) >= words.count(unknown)
