"""What became of what was recommended, read from lists, feedback and history as they are kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import insert

from api.domain.limits import NO_LIMITS, Limits
from api.platform import tables
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.lists.slate import Slate
from api.recommend.lists.slates import storing_slate
from api.recommend.request import RecommendRequest
from api.recommend.track_record.track_records import TrackRecord, TrackRecords
from api.viewers.events import FeedbackType, ProfileKey
from api.viewers.feedback.feedback_intake import FeedbackEvent, FeedbackIntake
from config.strategy_files import STANDARD
from tests.builders import add_item, add_items
from tests.facts_builder import RANKING

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_DANA = ProfileKey("dana")


def serve(
    database: Database,
    items: Sequence[int],
    *,
    days_ago: float = 1,
    strategy: str = STANDARD,
    profile: str | None = None,
    sources: Sequence[str] = ("popular",),
    explored: Sequence[int] = (),
    most_per_page: int | None = None,
) -> UUID:
    evidence = np.zeros(len(items), dtype=EVIDENCE.dtype)
    evidence["sources"] = np.isin(EVIDENCE.source_names, sources)
    evidence["explored"] = [item in explored for item in items]
    slate = Slate(
        id=uuid4(),
        request=RecommendRequest("dana", profile),
        item_ids=np.array(items, dtype=np.int32),
        scores=np.ones(len(items), dtype=np.float32),
        evidence=evidence,
        people={},
        most_per_page=most_per_page,
        strategy=strategy,
    )
    with storing_slate(database, slate, request_hash=b"", now=_NOON - timedelta(days=days_ago)):
        pass
    return slate.id


def send(
    database: Database,
    item: int,
    event_type: FeedbackType,
    *,
    slate: UUID | None = None,
    days_ago: float = 0,
) -> None:
    cursors = Cursors(lambda: b"secret")
    then = _NOON - timedelta(days=days_ago)
    intake = FeedbackIntake(database, cursors, RANKING.fatigue, lambda: then)
    intake.take([FeedbackEvent(event_type, _DANA, item, str(slate) if slate else None, None)])


def watch(database: Database, item: int, *, days_ago: float = 0) -> None:
    when = _NOON - timedelta(days=days_ago)
    with database.engine.begin() as connection:
        (profile,) = connection.execute(
            insert(tables.profiles).values(user_id="dana").returning(tables.profiles.c.id)
        ).one()
        connection.execute(
            insert(tables.interactions).values(
                profile_id=profile, item_id=item, event_type="watched", occurred_at=when
            )
        )


def record(
    database: Database,
    *,
    profile: str | None = None,
    days: int | None = None,
    since: datetime | None = None,
    most_lists: int = 500,
    limits: Limits = NO_LIMITS,
) -> TrackRecord:
    records = TrackRecords(
        database, keep_slates=timedelta(days=90), clock=lambda: _NOON, most_lists=most_lists
    )
    return records.of(ProfileKey("dana", profile), days=days, since=since, limits=limits)


def test_counts_by_strategy_source_and_exploration(database: Database) -> None:
    a, b, c, d = add_items(database, 4)
    serve(database, [a, b], days_ago=3, sources=["profile_ann", "popular"])
    newer = serve(database, [c, d], days_ago=2, strategy="bold", explored=[d])
    send(database, a, "like", days_ago=1)
    send(database, d, "impression", slate=newer, days_ago=1)
    send(database, d, "click", slate=newer, days_ago=1)
    told = record(database)
    assert (told.lists, told.total.recommended, told.total.hits, told.total.shown) == (2, 4, 2, 1)
    assert {name: (one.recommended, one.hits) for name, one in told.by_strategy.items()} == {
        "bold": (2, 1),
        STANDARD: (2, 1),
    }
    assert {name: (one.recommended, one.hits) for name, one in told.by_source.items()} == {
        "profile_ann": (2, 1),
        "popular": (4, 2),
    }
    assert (told.explored.recommended, told.explored.hits) == (1, 1)
    assert (told.ranked.recommended, told.ranked.hits) == (3, 1)
    assert [(hit.title, hit.sources) for hit in told.hits] == [
        ("Film 4", ("popular",)),
        ("Film 1", ("profile_ann", "popular")),
    ]


def test_titles_above_the_limits_count_nowhere(database: Database) -> None:
    shown, hidden = (
        add_item(database, f"Rated {age}", tmdb_id=age, maturity_rating="rated", maturity_age=age)
        for age in (6, 17)
    )
    newest = serve(database, [shown, hidden], days_ago=5, sources=["popular"], explored=[hidden])
    limits = Limits(max_age=9, hides_unrated=True)
    before = record(database, limits=limits)
    assert (before.lists, before.total.recommended, before.explored.recommended) == (1, 1, 0)
    send(database, hidden, "impression", slate=newest, days_ago=2)
    send(database, hidden, "like", slate=newest, days_ago=1)
    assert record(database, limits=limits) == before
    whole = record(database)
    assert (whole.total.recommended, whole.total.shown, whole.total.hits) == (2, 1, 1)
    send(database, shown, "like", slate=newest, days_ago=1)
    told = record(database, limits=limits)
    assert [hit.title for hit in told.hits] == ["Rated 6"]
    assert (told.total.recommended, told.total.shown, told.total.hits) == (1, 0, 1)


def test_what_is_watched_without_a_word_was_seen_later(database: Database) -> None:
    item, other = add_items(database, 2)
    serve(database, [item, other], days_ago=5)
    watch(database, item, days_ago=1)
    told = record(database)
    assert (told.total.outcomes["seen_later"], told.total.hits) == (1, 1)


def test_only_the_first_page_counts_unless_an_impression_says_more(database: Database) -> None:
    items = add_items(database, 30)
    slate = serve(database, items)
    assert record(database).total.recommended == 20
    send(database, items[24], "impression", slate=slate)
    assert record(database).total.recommended == 21
    serve(database, items, profile="kids", most_per_page=3)
    assert record(database, profile="kids").total.recommended == 3


def test_profiles_and_users_are_apart(database: Database) -> None:
    item, other = add_items(database, 2)
    serve(database, [item], profile="kids")
    serve(database, [other])
    send(database, item, "click")
    told = record(database, profile="kids")
    assert (told.total.recommended, told.total.hits) == (1, 0)
    assert record(database, profile="nobody").total.recommended == 0


def test_goes_back_as_far_as_asked_and_no_further_than_lists_are_kept(database: Database) -> None:
    (item,) = add_items(database, 1)
    for days in (1, 5, 89, 95):
        serve(database, [item], days_ago=days)
    assert [record(database, days=days).lists for days in (1, 5, 365)] == [1, 2, 3]
    assert record(database).since == _NOON - timedelta(days=90)
    assert record(database, days=365).since == _NOON - timedelta(days=90)
    told = record(database, since=_NOON - timedelta(days=3))
    assert (told.since, told.until, told.lists) == (_NOON - timedelta(days=3), _NOON, 1)


def test_reads_a_bounded_number_of_lists_and_says_since_when(database: Database) -> None:
    (item,) = add_items(database, 1)
    for days in (3, 2, 1):
        serve(database, [item], days_ago=days)
    told = record(database, most_lists=2)
    assert (told.lists, told.since) == (2, _NOON - timedelta(days=2))


def test_the_future_has_no_record(database: Database) -> None:
    with pytest.raises(InvalidInput, match=r"^since: is in the future\.$"):
        record(database, since=_NOON + timedelta(seconds=1))
