"""What viewers reacted to lately, weighed by place and time, bounded per viewer and day."""

from datetime import UTC, datetime, timedelta
from math import log2
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert

from api.catalogue.facts.load_facts import load_facts
from api.catalogue.facts.own_trend import read_reactions
from api.catalogue.facts.trend import own_trend
from api.platform import tables
from api.platform.database import Database
from tests.builders import add_items
from tests.facts_builder import RANKING

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_NUMBERS = RANKING.trend.model_copy(update={"half_life_days": 7.0, "least_examined": 0.25})


@pytest.fixture
def viewers(database: Database) -> list[int]:
    """Three profiles; the last one lets nobody learn from it."""
    rows = [
        {"user_id": f"viewer {number}", "consent_collaborative": number < 2} for number in range(3)
    ]
    with database.engine.begin() as connection:
        statement = insert(tables.profiles).returning(tables.profiles.c.id)
        return sorted(connection.execute(statement, rows).scalars())


def add_feedback(
    database: Database,
    item: int | None,
    event_type: str = "click",
    *,
    by: int | None = None,
    days: float = 0,
    place: int | None = None,
) -> None:
    values: dict[str, Any] = {
        "profile_id": by,
        "item_id": item,
        "event_type": event_type,
        "place": place,
        "occurred_at": _NOON - timedelta(days=days),
    }
    with database.engine.begin() as connection:
        connection.execute(insert(tables.feedback).values(values))


def reactions(database: Database, **numbers: Any) -> dict[int, float]:
    """By item: weighted reactions."""
    with database.autocommit() as cursor:
        found = read_reactions(cursor, _NOON, _NUMBERS.model_copy(update=numbers))
    ids, said = (column.tolist() for column in found)
    return dict(zip(ids, [round(one, 3) for one in said], strict=True))


def test_what_one_viewer_does_is_no_trend(database: Database, viewers: list[int]) -> None:
    alone, shared = add_items(database, 2)
    for day in range(9):
        add_feedback(database, alone, "like", by=viewers[0], days=day)
    for viewer in viewers[:2]:
        add_feedback(database, shared, by=viewer)
    assert reactions(database) == {shared: 2}


def test_a_reaction_far_down_says_more_up_to_a_bound(
    database: Database, viewers: list[int]
) -> None:
    first, low, deep, unplaced = add_items(database, 4)
    for item, place in ((first, 1), (low, 9), (deep, 500), (unplaced, None)):
        add_feedback(database, item, by=viewers[0], place=place)
    found = reactions(database, min_viewers=1)
    assert found == {
        first: 1,
        low: round(log2(10), 3),
        deep: 4,
        unplaced: 1,
    }


def test_kinds_count_differently_and_fade(database: Database, viewers: list[int]) -> None:
    items = add_items(database, 5)
    for item, kind, days in zip(
        items, ("click", "complete", "like", "like", "like"), (0, 0, 0, 7, 29), strict=True
    ):
        add_feedback(database, item, kind, by=viewers[0], days=days)
    found = reactions(database, min_viewers=1)
    assert found == dict(zip(items[:4], (1, 2, 3, 1.5), strict=True))


def test_a_viewer_counts_once_a_day_for_a_title_with_the_strongest_reaction(
    database: Database, viewers: list[int]
) -> None:
    (item,) = add_items(database, 1)
    for _ in range(50):
        add_feedback(database, item, by=viewers[0])
    add_feedback(database, item, "complete", by=viewers[0])
    add_feedback(database, item, by=viewers[0], days=7)
    assert reactions(database, min_viewers=1) == {item: 2.5}


def test_feedback_of_nobody_in_particular_is_of_one_viewer(
    database: Database, viewers: list[int]
) -> None:
    (item,) = add_items(database, 1)
    for _ in range(50):
        add_feedback(database, item)
    assert reactions(database) == {}
    add_feedback(database, item, by=viewers[0])
    assert reactions(database) == {item: 2}


def test_without_consent_no_reaction_counts(database: Database, viewers: list[int]) -> None:
    (item,) = add_items(database, 1)
    add_feedback(database, item, by=viewers[2])
    add_feedback(database, item, by=viewers[0])
    assert reactions(database) == {}
    assert reactions(database, min_viewers=1) == {item: 1}


def test_the_facts_hold_the_trend_of_each_title(database: Database, viewers: list[int]) -> None:
    liked, other, gone = add_items(database, 3)
    for viewer in viewers[:2]:
        for item in (liked, gone):
            add_feedback(database, item, "like", by=viewer)
    with database.transaction() as cursor:
        cursor.execute("UPDATE items SET retired_at = now() WHERE id = %s", (gone,))
    facts = load_facts(database, _NOON, trend=_NUMBERS)
    (strength,) = own_trend(np.array([6], np.float32), _NUMBERS).tolist()
    assert facts.ids.tolist() == [liked, other]
    assert facts.trend.tolist() == [strength, 0]
    assert facts.trending.tolist() == [0]
