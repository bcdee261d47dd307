"""What the household has, in words."""

import pytest

from tests.names_builder import read

_WATCHLIST = (
    "something from my watchlist",
    "whats on my list thats funny",
    "was von meiner merkliste",
    "algo de mi lista",
    "un film de ma liste",
    "un film della mia lista",
    "algo da minha lista",
)
_LIBRARY = (
    "whats in my library",
    "a thriller that we own",
    "ein krimi aus unserer sammlung",
    "algo de mi biblioteca",
    "un film de notre collection",
)


@pytest.mark.parametrize("text", _WATCHLIST)
def test_the_watchlist_of_who_asks(text: str) -> None:
    intent = read(text)
    assert (intent.watchlist, intent.library) == ("only", None)
    assert ("watchlist", "enforced") in {(one.field, one.status) for one in intent.interpreted()}


@pytest.mark.parametrize("text", _LIBRARY)
def test_the_library_of_the_household(text: str) -> None:
    intent = read(text)
    assert (intent.watchlist, intent.library) == (None, "only")


def test_a_negation_leaves_them_out() -> None:
    assert read("anything not on my watchlist, comedy").watchlist == "exclude"
    assert read("not in my library").library == "exclude"


def test_a_list_of_something_is_another_one() -> None:
    assert read("heat is on my list of favourites").watchlist is None


def test_who_tells_at_length_wishes_and_demands_nothing() -> None:
    told = read("i put a strange polish drama about a beekeeper in my library years ago")
    assert "library" in told.preferred
