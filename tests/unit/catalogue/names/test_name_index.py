"""Names are found by grade, and by fame within one."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.names.name_index import (
    ALL_WORDS,
    BEGINNING,
    EXACT,
    MOST_WORDS,
    SLIP,
    NameIndex,
    one_by_one,
)

_NAMES = [
    ("Heat", 5.0),
    ("Heat", 3.0),
    ("The Heat", 9.0),
    ("Heat and Dust", 4.0),
    ("Heathers", 8.0),
    ("Dead Heat", 6.0),
    ("The Shawshank Redemption", 9.5),
    ("Harry Potter and the Goblet of Fire", 9.0),
    ("Spider-Man: No Way Home", 9.0),
    ("千と千尋の神隠し", 9.0),
    ("भूत बंगला", 2.0),
    ("$", 1.0),
]
_INDEX = NameIndex.of(
    list(enumerate(name for name, _ in _NAMES)),
    np.array([fame for _, fame in _NAMES], dtype=np.float32),
)


def _found(typed: str) -> list[tuple[str, int]]:
    return [(_NAMES[match.row][0], match.grade) for match in _INDEX.matches(typed)]


def _loosely(typed: str) -> list[tuple[str, int]]:
    return [(_NAMES[match.row][0], match.grade) for match in _INDEX.loose_matches(typed)]


def test_grades_come_one_after_the_other_and_fame_decides_within() -> None:
    assert _found("heat") == [
        ("The Heat", EXACT),
        ("Heat", EXACT),
        ("Heat", EXACT),
        ("Heathers", BEGINNING),
        ("Heat and Dust", BEGINNING),
        ("Dead Heat", ALL_WORDS),
    ]


def test_who_types_the_article_means_it() -> None:
    assert _found("the heat")[0] == ("The Heat", EXACT)
    assert ("Heat", EXACT) not in _found("the heat")


def test_half_a_word_is_none_but_for_the_last() -> None:
    assert _found("de heat") == []
    assert _found("dead hea") == [("Dead Heat", BEGINNING)]


@pytest.mark.parametrize(
    ("typed", "name", "grade"),
    [
        ("spiderman no way home", "Spider-Man: No Way Home", EXACT),
        ("no way home spiderman", "Spider-Man: No Way Home", ALL_WORDS),
        ("goblet fire potter", "Harry Potter and the Goblet of Fire", ALL_WORDS),
        ("神隠し", "千と千尋の神隠し", ALL_WORDS),
        ("千尋", "千と千尋の神隠し", ALL_WORDS),
        ("भूत", "भूत बंगला", BEGINNING),
        ("बंगला", "भूत बंगला", ALL_WORDS),
        ("$", "$", EXACT),
    ],
)
def test_words_in_any_order_and_in_any_script(typed: str, name: str, grade: int) -> None:
    assert _found(typed) == [(name, grade)]


@pytest.mark.parametrize(
    ("typed", "name", "grade"),
    [
        ("shawshank redemtion", "The Shawshank Redemption", SLIP),
        ("the shawshnak redemption", "The Shawshank Redemption", SLIP),
        ("shawshenk redemtion", "The Shawshank Redemption", SLIP),
        ("hary poter goblet", "Harry Potter and the Goblet of Fire", SLIP),
        ("heathres", "Heathers", SLIP),
        ("goblet of fire film please", "Harry Potter and the Goblet of Fire", MOST_WORDS),
    ],
)
def test_what_is_meant_but_for_a_slip(typed: str, name: str, grade: int) -> None:
    assert _found(typed) == []
    assert _loosely(typed)[0] == (name, grade)


def test_a_text_is_no_mistyped_name_and_is_gone_by_the_words_it_has() -> None:
    text = "a film with harry potter and the goblet of fire and a wizzard"
    assert _loosely(text) == [("Harry Potter and the Goblet of Fire", MOST_WORDS)]


@pytest.mark.parametrize("typed", ["", "  ", "…", "xq", "zzzzzzzzzz"])
def test_what_means_nothing_finds_nothing(typed: str) -> None:
    assert _found(typed) == []
    assert _loosely(typed) == []


@given(st.sampled_from(_NAMES), st.integers(1, 40))
def test_every_beginning_finds_its_name(name: tuple[str, float], length: int) -> None:
    typed = name[0][:length]
    found = islice(_INDEX.matches(typed), len(_NAMES))
    assert name[0] in {_NAMES[match.row][0] for match in found}


@given(st.text(max_size=40))
def test_no_text_breaks_it_and_nothing_is_found_twice(typed: str) -> None:
    for look in (_INDEX.with_every_word, _INDEX.but_for_a_slip, _INDEX.loosely):
        rows = [match.row for match in one_by_one(look(typed))]
        assert len(rows) == len(set(rows))


def test_an_empty_index_finds_nothing() -> None:
    empty = NameIndex.of([], np.empty(0, dtype=np.float32))
    assert list(empty.matches("heat")) == list(empty.loose_matches("heat")) == []


def test_a_number_is_typed_to_its_end() -> None:
    index = NameIndex.of(
        [(0, "The Old Wars of 1977"), (1, "The Wars of 1")], np.array([9, 1], dtype=np.float32)
    )
    assert [match.row for match in index.matches("wars 1")] == [1, 0]


def test_digits_drawn_for_letters_are_found_by_the_letters() -> None:
    index = NameIndex.of([(0, "Seven Samurai"), (1, "Se7en")], np.array([9, 1], dtype=np.float32))
    assert [match.row for match in index.matches("seven")] == [1, 0]
    assert [match.row for match in index.matches("se7en")] == [1]


def test_a_given_name_gives_way_to_one_that_is_borne() -> None:
    fame = np.array([9, 1, 5], dtype=np.float32)
    names = [(0, "Trolls Again"), (1, "Troll 2"), (2, "Troll Hunt")]
    index = NameIndex.of(names, fame, given=[(0, "troll 2"), (2, "troll 3")])
    assert [match.row for match in one_by_one(index.with_every_word("troll 2"))] == [1]
    assert [match.row for match in one_by_one(index.with_every_word("troll 3"))] == [2]
    # It helps nobody who types something else.
    assert not list(one_by_one(index.with_every_word("3 troll")))
    assert [match.row for match in one_by_one(index.with_every_word("tro"))] == [0, 2, 1]


def test_whole_words_alone_where_nobody_is_still_typing() -> None:
    assert [_NAMES[match.row][0] for match in _INDEX.with_whole_words("heat")] == [
        "The Heat",
        "Dead Heat",
        "Heat",
        "Heat and Dust",
        "Heat",
    ]
    assert list(_INDEX.with_whole_words("hea")) == []


def test_what_sounds_so_comes_before_what_has_the_words_elsewhere() -> None:
    names = ["How to Train Your Dragon", "How to Train Your Dragon 2", "To Be", "2 Be Sure"]
    index = NameIndex.of(list(enumerate(names)), np.array([1, 2, 3, 4], dtype=np.float32))

    def found(typed: str) -> list[str]:
        return [names[match.row] for match in index.matches(typed)]

    assert found("how 2 train your dragon") == names[:2]
    assert found("how to train your dragon") == names[:2]
    assert found("how to train your dragon 2") == names[1:2]
    assert found("2 be") == ["2 Be Sure", "To Be"]  # still being typed
