"""What time does to feedback: places are kept, lists renew themselves, snoozes end."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest

from api.catalogue.facts.load_facts import load_facts
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import storing_slate
from api.recommend.request import RecommendRequest
from api.viewers.events import FeedbackType, ProfileKey
from api.viewers.feedback.feedback_intake import FeedbackEvent, FeedbackIntake
from api.viewers.taste.ignored_impressions import day_of
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import read_versions
from api.viewers.viewer import Viewer
from tests.builders import add_items, rows_of
from tests.facts_builder import RANKING

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_DANA = ProfileKey("dana")
_ENOUGH = RANKING.fatigue.impressions


class Clock:
    """Shows the time it was set to."""

    def __init__(self) -> None:
        self.now = _NOON

    def __call__(self) -> datetime:
        return self.now

    def go(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class Household:
    """One viewer whose feedback is taken, and who is looked up as the next request would."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        cursors = Cursors(lambda: b"secret")
        self._intake = FeedbackIntake(database, cursors, RANKING.fatigue, clock)
        self._viewers = Viewers(database, TasteNumbers.of(RANKING))

    def send(
        self,
        *items: int,
        event_type: FeedbackType = "impression",
        slate: UUID | None = None,
        snooze_days: int = 30,
    ) -> None:
        recommendation = str(slate) if slate else None
        self._intake.take(
            [
                FeedbackEvent(
                    event_type, _DANA, item, recommendation, None, snooze_days=snooze_days
                )
                for item in items
            ]
        )

    @property
    def version(self) -> int:
        return read_versions(self.database, "dana", None).profile_version

    @property
    def viewer(self) -> Viewer:
        versions = read_versions(self.database, "dana", None)
        facts = load_facts(self.database, self.clock.now, trend=RANKING.trend)
        return self._viewers.of(versions, facts, self.clock.now)

    @property
    def ignored_impressions(self) -> dict[int, int]:
        """By item: how many days ago it was last shown."""
        shown = self.viewer.ignored_impressions
        today = day_of(self.clock.now)
        return {
            item: today - day
            for item, day in zip(shown.ids.tolist(), shown.days.tolist(), strict=True)
        }

    @property
    def excluded(self) -> list[int]:
        return [int(item) for item in self.viewer.excluded_ids]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(database: Database, clock: Clock) -> Household:
    return Household(database, clock)


def test_feedback_keeps_the_place_of_its_title_and_the_time_in_order(
    home: Household, database: Database
) -> None:
    first, second, third, elsewhere = add_items(database, 4)
    ids = np.array([second, third, first], dtype=np.int32)
    evidence = np.zeros(3, dtype=EVIDENCE.dtype)
    slate = Slate(uuid4(), RecommendRequest("dana"), ids, np.ones(3, np.float32), evidence, {})
    with storing_slate(database, slate, request_hash=b"", now=_NOON):
        pass
    home.send(first, second, elsewhere, slate=slate.id)
    home.send(first)
    kept = rows_of(database, "SELECT item_id, place, occurred_at FROM feedback ORDER BY id")
    tick = timedelta(microseconds=1)
    assert kept == [
        (first, 3, _NOON),
        (second, 1, _NOON + tick),
        (elsewhere, None, _NOON + 2 * tick),
        (first, None, _NOON),
    ]


def test_only_the_impression_too_many_moves_the_version(
    home: Household, database: Database
) -> None:
    item, other = add_items(database, 2)
    home.send(item, other)
    version = home.version
    for _ in range(_ENOUGH - 2):
        home.send(item)
    assert (home.ignored_impressions, home.version) == ({}, version)
    home.send(item)
    assert (home.ignored_impressions, home.version) == ({item: 0}, version + 1)
    home.send(item, other)
    assert home.version == version + 1


def test_an_impression_after_days_makes_it_tiresome_anew(
    home: Household, database: Database, clock: Clock
) -> None:
    (item,) = add_items(database, 1)
    home.send(*[item] * _ENOUGH)
    version = home.version
    clock.go(days=6)
    assert home.ignored_impressions == {item: 6}
    home.send(item)
    assert (home.ignored_impressions, home.version) == ({item: 0}, version + 1)


def test_impressions_are_forgotten_after_the_window(
    home: Household, database: Database, clock: Clock
) -> None:
    (item,) = add_items(database, 1)
    home.send(*[item] * _ENOUGH)
    clock.go(days=RANKING.fatigue.window_days, hours=-1)
    assert list(home.ignored_impressions) == [item]
    clock.go(hours=7)  # a taste that is kept is learned anew after six hours
    assert home.ignored_impressions == {}


@pytest.mark.parametrize("reaction", ["click", "complete", "like"])
def test_a_reaction_forgives_every_impression_at_once(
    home: Household, database: Database, reaction: FeedbackType
) -> None:
    (item,) = add_items(database, 1)
    home.send(*[item] * _ENOUGH)
    version = home.version
    home.send(item, event_type=reaction)
    assert home.ignored_impressions == {}
    assert home.version > version
    home.send(*[item] * _ENOUGH)
    assert home.ignored_impressions == {}


def test_a_dismissed_title_steps_back_at_once_until_it_is_clicked(
    home: Household, database: Database
) -> None:
    (item,) = add_items(database, 1)
    home.send(item, event_type="click")
    version = home.version
    home.send(item, event_type="dismiss")
    assert (home.ignored_impressions, home.version) == ({item: 0}, version + 1)
    assert home.excluded == []
    home.send(item, event_type="click")
    assert (home.ignored_impressions, home.version) == ({}, version + 2)


def test_impressions_of_one_profile_are_no_other_ones(home: Household, database: Database) -> None:
    (item,) = add_items(database, 1)
    home.send(*[item] * _ENOUGH)
    facts = load_facts(database, _NOON, trend=RANKING.trend)
    versions = read_versions(database, "dana", "kids")
    kids = Viewers(database, TasteNumbers.of(RANKING)).of(versions, facts, _NOON)
    assert len(kids.ignored_impressions.ids) == 0


@pytest.mark.parametrize(("days", "snooze_days"), [(30, 30), (3, 3)])
def test_a_snooze_ends_and_the_title_starts_anew(
    home: Household, database: Database, clock: Clock, days: int, snooze_days: int
) -> None:
    (item,) = add_items(database, 1)
    home.send(*[item] * _ENOUGH)
    home.send(item, event_type="not_now", snooze_days=snooze_days)
    assert home.excluded == [item]
    clock.go(days=days, seconds=-1)
    assert home.excluded == [item]
    clock.go(seconds=1)
    assert (home.excluded, home.ignored_impressions) == ([], {})


def test_a_snooze_counts_again_once_it_has_ended(
    home: Household, database: Database, clock: Clock
) -> None:
    (item,) = add_items(database, 1)
    home.send(item, event_type="not_now")
    clock.go(days=31)
    assert home.excluded == []
    home.send(item, event_type="not_now")
    assert home.excluded == [item]


@pytest.mark.parametrize("event_type", ["never", "dislike", "complete"])
def test_what_is_refused_or_watched_stays_out_for_good(
    home: Household, database: Database, clock: Clock, event_type: FeedbackType
) -> None:
    (item,) = add_items(database, 1)
    home.send(item, event_type=event_type)
    clock.go(days=3650)
    assert home.excluded == [item]


def test_never_outlives_a_snooze(home: Household, database: Database, clock: Clock) -> None:
    (item,) = add_items(database, 1)
    home.send(item, event_type="never")
    home.send(item, event_type="not_now")
    clock.go(days=40)
    assert home.excluded == [item]


def test_what_was_completed_is_taste(home: Household, database: Database) -> None:
    (item,) = add_items(database, 1)
    home.send(item, event_type="complete")
    home.send(item, event_type="complete")
    assert rows_of(database, "SELECT item_id, event_type FROM interactions") == [(item, "watched")]
