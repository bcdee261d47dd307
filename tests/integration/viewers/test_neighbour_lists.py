"""Lists of neighbours come back as they were stored; viewers' only as far as they agree to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import select, update

from api.platform import tables
from api.platform.database import Database
from api.viewers.account.statements import forget, set_consent
from api.viewers.events import ProfileKey
from api.viewers.taste.neighbour_lists import (
    NeighbourLists,
    read_item_lists,
    read_neighbours_events,
)
from etl.neighbours.model_writes import ViewerNeighbours, replace_model
from tests.builders import NOON, add_event, add_items, add_model, add_profile, ints


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
    found = read_item_lists(database, model, ints([first, second]))
    assert rows(found.co_liked) == [(first, second, 0.5), (first, third, 0.25)]
    assert rows(found.fan_liked) == [(second, first, 0.125)]
    assert rows(found.followed) == [(first, third, 4.0)]


def test_of_titles_without_lists_there_are_none(database: Database) -> None:
    (item,) = add_items(database, 1)
    model = add_model(database, {item: {}})
    for asked in ([], [item], [item + 1]):
        found = read_item_lists(database, model, ints(asked))
        assert [rows(found.co_liked), rows(found.fan_liked), rows(found.followed)] == [[], [], []]


def test_the_nearest_viewers_come_first_with_their_newest_events(database: Database) -> None:
    old, middle, new = add_items(database, 3)
    asking, near, nearer = (add_profile(database, user) for user in ("ann", "bob", "cho"))
    for age, item in enumerate((new, middle, old)):
        add_event(database, near, item, occurred_at=NOON - timedelta(days=age))
    add_event(database, nearer, old, "liked")
    add_event(database, nearer, new, "not_now")
    model = add_model(database, near={(asking, near): 0.25, (asking, nearer): 0.5})
    found = read_neighbours_events(database, model, asking, 2)
    assert [similarity for similarity, _ in found] == pytest.approx([0.5, 0.25])
    assert [[event.item_id for event in events] for _, events in found] == [[old], [new, middle]]


def test_a_neighbour_who_withdraws_consent_says_nothing_any_more(database: Database) -> None:
    (item,) = add_items(database, 1)
    asking, near = add_profile(database, "ann"), add_profile(database, "bob")
    add_event(database, near, item, "liked")
    model = add_model(database, near={(asking, near): 0.5})
    assert len(read_neighbours_events(database, model, asking, 10)) == 1
    with database.engine.begin() as connection:
        statement = update(tables.profiles).where(tables.profiles.c.id == near)
        connection.execute(statement.values(consent_collaborative=False))
    assert read_neighbours_events(database, model, asking, 10) == []


def test_events_recorded_later_are_not_known_then(database: Database) -> None:
    (item,) = add_items(database, 1)
    asking, near = add_profile(database, "ann"), add_profile(database, "bob")
    add_event(database, near, item, "liked", recorded_at=NOON)
    model = add_model(database, near={(asking, near): 0.5})
    before = NOON - timedelta(seconds=1)
    assert read_neighbours_events(database, model, asking, 10, until=before) == []
    assert len(read_neighbours_events(database, model, asking, 10, until=NOON)) == 1


def test_neighbours_who_withdraw_at_once_wait_for_each_other(database: Database) -> None:
    one, other = add_profile(database, "ann"), add_profile(database, "bob")
    add_model(database, near={(one, other): 0.5, (other, one): 0.5})
    barrier = Barrier(2)

    def withdraw(user_id: str) -> None:
        for _ in range(50):
            barrier.wait(60)
            with database.transaction() as cursor:
                set_consent(cursor, ProfileKey(user_id, None), collaborative=False, llm=None)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(withdraw, ("ann", "bob")))
    with database.engine.connect() as connection:
        agreed = connection.execute(select(tables.profiles.c.consent_collaborative)).scalars()
        assert agreed.all() == [False, False]


def test_users_may_leave_while_a_model_is_replaced(database: Database) -> None:
    profiles = [add_profile(database, f"user {number}") for number in range(30)]
    pairs = np.array(list(permutations(profiles, 2)), dtype=np.int32)
    near = ViewerNeighbours(pairs[:, 0], pairs[:, 1], np.full(len(pairs), 0.5, np.float32))
    barrier = Barrier(2)

    def leave() -> None:
        for number in range(len(profiles)):
            barrier.wait(60)
            with database.transaction() as cursor:
                forget(cursor, f"user {number}")

    def replace() -> None:
        for _ in profiles:
            barrier.wait(60)
            with database.engine.begin() as connection:
                replace_model(connection, [], near, interactions=1, profiles=1, items=0)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(leave), threads.submit(replace)]:
            done.result()
    with database.engine.connect() as connection:
        assert connection.execute(select(tables.profiles.c.id)).all() == []
