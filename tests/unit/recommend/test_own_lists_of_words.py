"""The watchlist and the library that words ask for are those of who asks."""

from datetime import date

from api.language.intent import Intent, OwnList
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.kinds import constraints_from
from api.recommend.constraints.library import Owned
from api.recommend.constraints.watchlist import Watchlisted
from api.recommend.request import RecommendRequest
from config.business_rules import Filters
from tests.facts_builder import Title, facts_of


def asked(watchlist: OwnList | None = None, library: OwnList | None = None) -> Asked:
    request = RecommendRequest(user_id="ana", profile="kids")
    intent = Intent("", watchlist=watchlist, library=library)
    return Asked(request, intent, (), Filters(), facts_of([Title(1)]), date(2026, 11, 1))


def test_the_watchlist_is_the_profiles() -> None:
    made = list(constraints_from(asked(watchlist="only")))
    assert Watchlisted("words", "ana", "kids", excluded=False) in made


def test_the_library_is_the_households_and_can_be_left_out() -> None:
    made = list(constraints_from(asked(library="exclude")))
    assert Owned("words", "ana", excluded=True) in made


def test_without_such_words_neither_is_asked_for() -> None:
    assert not any(isinstance(one, Watchlisted | Owned) for one in constraints_from(asked()))
