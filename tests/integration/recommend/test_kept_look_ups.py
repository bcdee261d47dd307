"""What the catalogue tells of constraints is asked once for each of its versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import Cursor

from api.platform.database import Database
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.kept_look_ups import KeptLookUps
from api.recommend.constraints.keywords import Keywords
from api.recommend.constraints.offers import Offers
from api.recommend.constraints.watchlist import Watchlisted
from api.recommend.constraints.years import FirstYear
from tests.builders import add_items, add_keyword, add_offer

_HEIST = Keywords("words", frozenset({"heist", "bank heist"}))
_LISTED = Watchlisted("parameter", "dana", None, excluded=False)


class _Counted(Database):
    """Counts how often it was connected to."""

    asked = 0

    @contextmanager
    def autocommit(self) -> Iterator[Cursor[Any]]:
        self.asked += 1
        with super().autocommit() as cursor:
            yield cursor


@pytest.fixture
def counted(database: Database) -> Iterator[_Counted]:
    counted = _Counted(database.libpq_url, pool_size=1)
    counted.open_pool()
    yield counted
    counted.close()


def _titles(found: Constraints) -> list[list[int]]:
    return [getattr(one, "titles").tolist() for one in found]  # noqa: B009 - of several classes


def test_the_same_is_asked_once_for_each_version(database: Database, counted: _Counted) -> None:
    items = add_items(database, 3)
    add_keyword(database, items[0], "heist")
    look_ups = KeptLookUps(counted)
    asked = Constraints((_HEIST,))
    assert _titles(look_ups.look_up(asked, 1)) == [items[:1]]
    add_keyword(database, items[1], "bank heist", keyword_id=2)
    assert _titles(look_ups.look_up(asked, 1)) == [items[:1]]
    assert counted.asked == 1
    assert _titles(look_ups.look_up(asked, 2)) == [items[:2]]
    # A request that began before the catalogue moved keeps nothing, and empties nothing.
    look_ups.look_up(Constraints((Keywords("words", frozenset({"car"})),)), 1)
    assert _titles(look_ups.look_up(asked, 2)) == [items[:2]]
    assert counted.asked == 3


def test_what_viewers_change_is_asked_each_time(counted: _Counted) -> None:
    look_ups = KeptLookUps(counted)
    for times in (1, 2):
        assert _titles(look_ups.look_up(Constraints((_LISTED,)), 1)) == [[]]
        assert counted.asked == times


def test_what_the_facts_tell_takes_no_connection(counted: _Counted) -> None:
    asked = Constraints((FirstYear("parameter", 1990),))
    assert KeptLookUps(counted).look_up(asked, 1) == asked
    assert counted.asked == 0


def test_constraints_that_differ_are_kept_apart(database: Database, counted: _Counted) -> None:
    items = add_items(database, 2)
    add_offer(database, items[0], "nfx", country="IL")
    add_offer(database, items[1], "nfx", country="US")
    look_ups = KeptLookUps(counted)
    for _ in range(2):
        for country, item in (("IL", items[0]), ("US", items[1])):
            offers = Offers("parameter", country, frozenset({"nfx"}), frozenset())
            assert _titles(look_ups.look_up(Constraints((offers,)), 1)) == [[item]]
    assert counted.asked == 2


def test_no_more_is_kept_than_fits(
    database: Database, counted: _Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.recommend.constraints.kept_look_ups._MOST_BYTES", 100)
    add_items(database, 1)
    look_ups = KeptLookUps(counted)
    for times in (1, 2):
        look_ups.look_up(Constraints((_HEIST,)), 1)
        assert counted.asked == times
