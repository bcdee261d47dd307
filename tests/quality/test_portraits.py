"""The histories of the portraits are what they are said to be."""

from api.platform.database import Database
from tests.builders import add_items, rows_of
from tests.quality.portraits import FIRST_TEN, NEXT_SIX, PORTRAITS, Named, Portrait, write_portraits


def test_sixteen_viewers_with_histories_of_their_own() -> None:
    assert (len(FIRST_TEN), len(NEXT_SIX)) == (10, 6)
    assert len({one.name for one in PORTRAITS}) == len(PORTRAITS) == 16
    for one in PORTRAITS:
        named = [*one.liked, *one.disliked]
        assert len(set(named)) == len(named) >= 5


def test_what_the_catalogue_lacks_is_told_and_the_rest_is_written(database: Database) -> None:
    (item,) = add_items(database, 1)
    ((title, year, kind),) = rows_of(
        database, "SELECT title, release_year, media_type FROM items WHERE id = %(id)s", id=item
    )
    viewer = Portrait("one", (Named(title, year, kind), Named("Nowhere", 1900)))
    assert write_portraits(database, [viewer]) == ["not in this catalogue: Nowhere (1900)"]
    found = rows_of(
        database,
        "SELECT user_id, item_id, event_type FROM interactions"
        " JOIN profiles ON profiles.id = profile_id",
    )
    assert found == [("one", item, "liked")]
