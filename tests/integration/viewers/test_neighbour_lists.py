"""Lists of neighbours come back as they were stored."""

from api.platform.database import Database
from api.viewers.taste.neighbour_lists import NeighbourLists, item_lists_of
from tests.builders import add_items, add_model, ints


def rows(lists: NeighbourLists) -> list[tuple[int, int, float]]:
    columns = (lists.items.tolist(), lists.neighbours.tolist(), lists.weights.tolist())
    return sorted(zip(*columns, strict=True))


def test_lists_are_those_of_one_model_and_the_asked_titles(database: Database) -> None:
    first, second, third = add_items(database, 3)
    model = add_model(
        database,
        {
            first: {"co_liked": ([second, third], [0.5, 0.25]), "followed": ([third], [4.0])},
            second: {"fan_liked": ([first], [0.125])},
            third: {"co_liked": ([first], [0.75])},
        },
    )
    add_model(database, {first: {"co_liked": ([third], [1.0])}})
    found = database.read(item_lists_of(model, ints([first, second])))
    assert rows(found.co_liked) == [(first, second, 0.5), (first, third, 0.25)]
    assert rows(found.fan_liked) == [(second, first, 0.125)]
    assert rows(found.followed) == [(first, third, 4.0)]
    assert sorted(found.known_ids.tolist()) == [first, second]
    assert len(found.likings) == 2


def test_of_titles_without_lists_there_are_none(database: Database) -> None:
    (item,) = add_items(database, 1)
    model = add_model(database, {item: {}})
    for asked in ([], [item], [item + 1]):
        found = database.read(item_lists_of(model, ints(asked)))
        assert [rows(found.co_liked), rows(found.fan_liked), rows(found.followed)] == [[], [], []]
