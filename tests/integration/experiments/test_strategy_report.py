"""The report: what became of lists, and findings only where the data carry them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from api.experiments.promotions import promote
from api.experiments.strategy_report import Report, ServedStrategy, report
from api.platform import tables
from api.platform.database import Database
from tests.builders import add_items, rows_of

_NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_SERVED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)


class Instance:
    """Viewers with lists and what they did with them; written in a few statements at the end."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.items = add_items(database, 30)
        self.slates: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.shadows: list[dict[str, Any]] = []

    def profile(self, name: str, *, consent: bool = True) -> int:
        with self.database.engine.begin() as connection:
            statement = insert(tables.profiles).values(user_id=name, consent_collaborative=consent)
            return int(connection.execute(statement.returning(tables.profiles.c.id)).scalar_one())

    def served(
        self,
        user: str,
        profile: int,
        strategy: str,
        *,
        seen: int = 0,
        clicked: int = 0,
        assignment: str = "experiment",
        at: datetime = _SERVED_AT,
    ) -> UUID:
        slate = uuid4()
        self.slates.append(
            {
                "id": slate,
                "user_id": user,
                "request_hash": b"",
                "strategy": strategy,
                "assignment": assignment,
                "created_at": at,
                "item_ids": self.items,
                "scores": [],
                "evidence": b"",
                "origin": {"configuration": f"digest of {strategy}"},
            }
        )
        for kind, count in (("impression", seen), ("click", clicked)):
            self.feedback += [
                {
                    "profile_id": profile,
                    "item_id": item,
                    "event_type": kind,
                    "slate_id": slate,
                    "occurred_at": at + timedelta(minutes=1),
                }
                for item in self.items[:count]
            ]
        return slate

    def event(
        self, profile: int, item: int, *, days: float, kind: str = "watched", rating: Any = None
    ) -> None:
        self.events.append(
            {
                "profile_id": profile,
                "item_id": item,
                "event_type": kind,
                "rating": rating,
                "occurred_at": _SERVED_AT + timedelta(days=days),
            }
        )

    def shadow(self, slate: UUID, items: list[int], *, error: str | None = None) -> None:
        overlap = None if error else 0.5
        self.shadows.append(
            {
                "slate_id": slate,
                "strategy": "bold",
                "item_ids": items,
                "overlap_10": overlap,
                "overlap_20": overlap,
                "rank_biased_overlap": overlap,
                "milliseconds": 8.0,
                "error": error,
            }
        )

    def report(self, *, now: datetime = _NOW, days: int = 28) -> Report:
        with self.database.engine.begin() as connection:
            for table, rows in (
                (tables.slates, self.slates),
                (tables.feedback, self.feedback),
                (tables.interactions, self.events),
                (tables.shadow_lists, self.shadows),
            ):
                if rows:
                    connection.execute(insert(table), rows)
        return report(self.database, now=now, days=days)


@pytest.fixture
def instance(database: Database) -> Instance:
    return Instance(database)


def by_name(made: Report) -> dict[str, ServedStrategy]:
    return {one.name: one for one in made.strategies}


def test_nothing_served_is_an_empty_report(instance: Instance) -> None:
    made = instance.report()
    assert (made.champion, made.strategies, made.shadows) == ("standard", (), ())


def test_counts_reactions_per_impression(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.served("dana", dana, "standard", seen=10, clicked=3, assignment="champion")
    instance.served("dana", dana, "standard", assignment="asked")
    (found,) = instance.report().strategies
    assert (found.lists, found.asked, found.viewers, found.configurations) == (2, 1, 1, 1)
    assert (found.impressions, found.clicks.hits, found.likes.hits) == (10, 3, 0)
    assert found.clicks.share == 0.3
    assert found.is_champion
    assert found.reactions_to_champion is None


def test_a_click_on_what_nobody_reported_as_seen_is_no_rate_above_one(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.served("dana", dana, "standard", seen=1, clicked=5)
    (found,) = instance.report().strategies
    assert (found.clicks.hits, found.impressions) == (1, 1)


@pytest.mark.parametrize(
    ("place", "days", "event", "is_hit"),
    [
        (0, 1, {}, True),
        (19, 13.9, {"kind": "liked"}, True),
        (0, 1, {"kind": "rated", "rating": 6}, True),
        (0, 1, {"kind": "rated", "rating": 5.5}, False),
        (0, 1, {"kind": "disliked"}, False),
        (20, 1, {}, False),
        (0, 14.1, {}, False),
        (0, -1, {}, False),
    ],
)
def test_a_later_hit_is_a_first_title_that_was_watched_within_two_weeks(
    instance: Instance, place: int, days: float, event: dict[str, Any], is_hit: bool
) -> None:
    dana = instance.profile("dana")
    instance.served("dana", dana, "standard")
    instance.event(dana, instance.items[place], days=days, **event)
    (found,) = instance.report(now=_SERVED_AT + timedelta(days=20)).strategies
    assert found.later_hits.hits == int(is_hit)


def test_who_does_not_let_others_learn_from_them_does_not_count(instance: Instance) -> None:
    dana = instance.profile("dana", consent=False)
    instance.served("dana", dana, "standard", seen=10, clicked=3)
    assert instance.report().strategies == ()


def test_lists_of_before_do_not_count(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.served("dana", dana, "standard", at=_NOW - timedelta(days=29))
    assert instance.report().strategies == ()


def many(instance: Instance, strategy: str, viewers: int, *, clicked: int, **more: Any) -> None:
    """Viewers with 20 impressions each; every fourth clicks nothing."""
    for number in range(viewers):
        name = f"{strategy} {number}"
        profile = instance.profile(name)
        clicks = 0 if number % 4 == 0 else clicked
        instance.served(name, profile, strategy, seen=20, clicked=clicks, **more)


def test_a_challenger_that_viewers_react_to_more_is_better(instance: Instance) -> None:
    many(instance, "standard", 40, clicked=3, assignment="champion")
    many(instance, "bold", 40, clicked=9)
    bold = by_name(instance.report())["bold"]
    assert bold.reactions_to_champion is not None
    assert bold.reactions_to_champion.finding == "better"
    assert bold.hits_to_champion is not None
    assert bold.hits_to_champion.finding == "not enough data"


def test_seen_from_a_new_champion_the_old_one_is_worse(instance: Instance) -> None:
    many(instance, "standard", 40, clicked=3)
    many(instance, "bold", 40, clicked=9, assignment="champion")
    promote(instance.database, "bold", by="ada")
    made = instance.report()
    standard = by_name(made)["standard"]
    assert made.champion == "bold"
    assert standard.reactions_to_champion is not None
    assert standard.reactions_to_champion.finding == "worse"


@pytest.mark.parametrize(
    ("viewers", "more"),
    [
        (29, {}),
        # Lists that were asked for by name are nobody's draw.
        (40, {"assignment": "asked"}),
        # Nor does another week compare.
        (40, {"at": _SERVED_AT - timedelta(days=7)}),
    ],
)
def test_without_enough_comparable_lists_there_is_no_finding(
    instance: Instance, viewers: int, more: dict[str, Any]
) -> None:
    many(instance, "standard", 40, clicked=3, assignment="champion")
    many(instance, "bold", viewers, clicked=9, **more)
    bold = by_name(instance.report())["bold"]
    assert bold.reactions_to_champion is not None
    assert bold.reactions_to_champion.finding == "not enough data"


def test_numbers_that_changed_under_one_name_are_told(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.served("dana", dana, "standard")
    instance.served("dana", dana, "standard")
    instance.slates[0]["origin"] = {"configuration": "another digest"}
    (found,) = instance.report().strategies
    assert found.configurations == 2


def test_shadows_are_compared_on_the_lists_they_ran_beside(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.event(dana, instance.items[25], days=2)
    slates = [instance.served("dana", dana, "standard") for _ in range(3)]
    # Item 25 was served too far down to count; the shadow had it first.
    instance.shadow(slates[0], [instance.items[25]])
    instance.shadow(slates[1], [instance.items[2]])
    instance.shadow(slates[2], [], error="ValueError.")
    (found,) = instance.report().shadows
    assert (found.name, found.beside, found.runs, found.failed) == ("bold", "standard", 3, 1)
    assert (found.overlap_10, found.rank_biased_overlap, found.milliseconds) == (0.5, 0.5, 8.0)
    assert (found.later_hits.hits, found.later_hits.trials) == (1, 2)
    assert found.later_hits_of_served.hits == 0
    assert found.hits_to_served.finding == "not enough data"


def test_a_shadow_that_never_worked_has_no_overlap(instance: Instance) -> None:
    dana = instance.profile("dana")
    instance.shadow(instance.served("dana", dana, "standard"), [], error="ValueError.")
    (found,) = instance.report().shadows
    assert (found.overlap_10, found.later_hits.share) == (None, None)
    assert rows_of(instance.database, "SELECT count(*) FROM shadow_lists") == [(1,)]
