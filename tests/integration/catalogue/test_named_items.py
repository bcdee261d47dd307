"""Which titles may be named, and what is answered for the others."""

import pytest

from api.catalogue.items.named_items import require_found_items, require_known_items
from api.domain.limits import NO_LIMITS, Limits
from api.platform.database import Database
from api.platform.errors import NotFound, UnknownItems
from tests.builders import add_certificate, add_item

_GONE = "2026-01-01T00:00:00Z"
_CHILD = Limits(max_age=9, hides_unrated=True, country="US")


def test_items_come_in_the_order_of_their_references(database: Database) -> None:
    heat, matrix = add_item(database, "Heat", tmdb_id=949), add_item(database, tmdb_id=603)
    named: list[int | str] = ["movie:603", heat, "movie:949", str(matrix)]
    wanted = [matrix, heat, heat, matrix]
    assert require_known_items(database, named, NO_LIMITS) == wanted
    assert require_found_items(database, named, NO_LIMITS) == wanted
    assert require_known_items(database, [], NO_LIMITS) == []


def test_all_that_are_unknown_are_told_once(database: Database) -> None:
    add_item(database, tmdb_id=603)
    named = ["movie:1", "movie:603", "shrek", "movie:1"]
    with pytest.raises(UnknownItems) as unknown:
        require_known_items(database, named, NO_LIMITS)
    assert unknown.value.references == ("movie:1", "shrek")
    with pytest.raises(NotFound, match=r"^The catalogue has no item movie:1, shrek\.$"):
        require_found_items(database, named, NO_LIMITS)


@pytest.mark.parametrize("retired_too", [False, True])
def test_a_title_above_the_limits_is_answered_like_one_that_there_is_not(
    database: Database, retired_too: bool
) -> None:
    rated = add_item(database, "The Matrix", tmdb_id=603, retired_at=_GONE)
    unrated = add_item(database, "Untold", tmdb_id=604)
    shown = add_item(database, "Toy Story", tmdb_id=862)
    add_certificate(database, rated, "US", "R")
    add_certificate(database, shown, "US", "G")
    named: list[int | str] = ["movie:603", unrated, "movie:862", "movie:1"]
    with pytest.raises(UnknownItems) as unknown:
        require_known_items(database, named, _CHILD, retired_too=retired_too)
    assert unknown.value.references == ("movie:603", str(unrated), "movie:1")
    with pytest.raises(NotFound, match=rf"no item movie:603, {unrated}, movie:1\.$"):
        require_found_items(database, named, _CHILD, retired_too=retired_too)
    assert require_known_items(database, ["movie:862"], _CHILD) == [shown]


def test_a_title_that_left_the_catalogue_is_named_where_it_may_be(database: Database) -> None:
    gone = [add_item(database, tmdb_id=number, retired_at=_GONE) for number in (603, 604)]
    named = ["movie:603", "movie:604"]
    assert require_known_items(database, named, NO_LIMITS, retired_too=True) == gone
    assert require_found_items(database, named, NO_LIMITS, retired_too=True) == gone
    with pytest.raises(UnknownItems):
        require_known_items(database, named, NO_LIMITS)
    with pytest.raises(NotFound, match=r"^movie:603, movie:604 have left the catalogue\.$"):
        require_found_items(database, named, NO_LIMITS)
