"""A miniseries is a show with the keyword; a refused one is no show that has it."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "a crime miniseries",
        "limited series from the 2010s",
        "eine miniserie aus dänemark",
        "una miniserie de terror",
        "une mini-série policière",
        "minisséries brasileiras",
    ],
)
def test_it_is_a_show_that_is_marked_as_one(text: str) -> None:
    intent = read(text)
    assert (intent.media_types, intent.keywords) == (frozenset({"tv"}), frozenset({"miniseries"}))
    told = next(one for one in intent.interpreted() if one.field == "keyword")
    assert (told.label, told.status) == ("Miniseries", "enforced")
    assert "mini" in intent.free_text or "limited" in intent.free_text


def test_a_refused_one_leaves_other_shows() -> None:
    intent = read("korean series, no miniseries")
    assert intent.keywords == frozenset()
    assert "miniseries" in intent.excluded_keywords
    assert intent.media_types == frozenset({"tv"})
    told = next(one for one in intent.interpreted() if one.field == "exclude_content")
    assert told.label == "No miniseries"
