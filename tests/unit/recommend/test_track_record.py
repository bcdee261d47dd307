"""Every title recommended counts once, under the list that brought it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest

from api.recommend.evidence.registry import EVIDENCE
from api.recommend.track_record.track_record import (
    FEWEST,
    HIT_DAYS,
    HistoryEvent,
    Reaction,
    Recommendation,
    ServedList,
    recommendations,
    tally,
)
from api.viewers.events import EventType, FeedbackType
from tests.facts_builder import NOW

_HOUR = timedelta(hours=1)


def a_list(
    *items: int,
    number: int = 1,
    hours: int = 0,
    page_size: int = 20,
    strategy: str = "standard",
    sources: Sequence[str] = ("popular",),
    explored: Sequence[int] = (),
) -> ServedList:
    """A list served so many hours after NOW."""
    evidence = np.zeros(len(items), dtype=EVIDENCE.dtype)
    evidence["sources"] = np.isin(EVIDENCE.source_names, sources)
    evidence["explored"] = [item in explored for item in items]
    ids = np.array(items, dtype=np.int32)
    when = NOW + hours * _HOUR
    return ServedList(UUID(int=number), when, strategy, page_size, ids, evidence)


def said(
    item: int,
    event_type: FeedbackType = "click",
    *,
    hours: int = 1,
    of: int | None = None,
    place: int | None = None,
) -> Reaction:
    slate = None if of is None else UUID(int=of)
    return Reaction(item, event_type, NOW + hours * _HOUR, slate, place)


def seen(item: int, event_type: EventType = "watched", *, hours: int = 1) -> HistoryEvent:
    return HistoryEvent(item, event_type, NOW + hours * _HOUR)


def only(found: Sequence[Recommendation]) -> Recommendation:
    (one,) = found
    return one


def test_the_newest_list_before_the_first_good_outcome_counts() -> None:
    lists = [
        a_list(7, number=1, hours=0, strategy="old"),
        a_list(3, 7, number=2, hours=10, strategy="new", explored=[7]),
        a_list(7, number=3, hours=30),
    ]
    found = recommendations(lists, [said(7, hours=20)], [])[1]
    assert (found.item_id, found.slate_id.int, found.place) == (7, 2, 2)
    assert (found.strategy, found.explored) == ("new", True)
    assert found.hit_at == NOW + 20 * _HOUR


def test_a_title_without_an_outcome_counts_under_its_oldest_list() -> None:
    found = only(recommendations([a_list(7, number=n, hours=n) for n in (1, 2, 3)], [], []))
    assert (found.slate_id.int, found.is_hit, found.outcomes) == (1, False, frozenset())


def test_later_pages_count_only_where_an_impression_was_reported() -> None:
    lists = [a_list(1, 2, 3, 4, page_size=2)]
    assert [r.item_id for r in recommendations(lists, [], [])] == [1, 2]
    found = recommendations(lists, [said(4, "impression", of=1, place=4)], [])
    assert [(r.item_id, r.place, r.shown) for r in found] == [
        (1, 1, False),
        (2, 2, False),
        (4, 4, True),
    ]


def test_an_impression_that_names_no_known_list_shows_but_recommends_nothing() -> None:
    unnamed = [said(1, "impression"), said(2, "impression"), said(2, "impression", of=9, place=1)]
    found = only(recommendations([a_list(1)], unnamed, []))
    assert (found.item_id, found.shown) == (1, True)


@pytest.mark.parametrize(
    ("event_type", "outcome"),
    [
        ("click", "clicked"),
        ("complete", "completed"),
        ("like", "liked"),
        ("dislike", "turned_down"),
        ("never", "turned_down"),
        ("not_now", "snoozed"),
        ("dismiss", "dismissed"),
    ],
)
def test_every_kind_of_feedback_is_an_outcome(event_type: FeedbackType, outcome: str) -> None:
    found = only(recommendations([a_list(1)], [said(1, event_type)], []))
    assert found.outcomes == {outcome}
    assert found.is_hit == (outcome in {"clicked", "completed", "liked"})


@pytest.mark.parametrize("event_type", ["watched", "liked", "rated"])
def test_a_title_in_the_history_afterwards_was_seen_later(event_type: EventType) -> None:
    found = only(recommendations([a_list(1)], [], [seen(1, event_type)]))
    assert found.outcomes == {"seen_later"}
    assert found.is_hit


def test_what_the_client_told_of_is_not_counted_as_seen_later_too() -> None:
    # Feedback of type complete is an event of the history as well.
    found = only(recommendations([a_list(1)], [said(1, "complete")], [seen(1)]))
    assert found.outcomes == {"completed"}


@pytest.mark.parametrize("hours", [-1, 24 * HIT_DAYS + 1])
def test_what_came_before_or_much_later_is_no_merit_of_the_list(hours: int) -> None:
    early_or_late = recommendations([a_list(1)], [said(1, hours=hours)], [seen(1, hours=hours)])
    assert only(early_or_late).outcomes == frozenset()


def test_the_last_moment_of_the_period_still_counts() -> None:
    assert only(recommendations([a_list(1)], [], [seen(1, hours=24 * HIT_DAYS)])).is_hit


def test_titles_that_were_never_recommended_do_not_count() -> None:
    assert recommendations([a_list(1)], [said(2)], [seen(3)])[0].outcomes == frozenset()
    assert recommendations([], [said(1)], [seen(1)]) == []


def test_counts_every_title_once_and_tells_no_rate_of_a_few() -> None:
    lists = [a_list(*range(1, 6), number=number, hours=number) for number in (1, 2)]
    reactions = [said(1), said(1, "like"), said(2, "impression", of=1, place=2), said(3, "never")]
    counted = tally(recommendations(lists, [*reactions, said(2, "click", hours=2)], []))
    assert (counted.recommended, counted.shown, counted.hits) == (5, 1, 2)
    assert counted.clicked_when_shown == 1
    assert counted.outcomes == {
        "clicked": 2,
        "completed": 0,
        "liked": 1,
        "seen_later": 0,
        "snoozed": 0,
        "dismissed": 0,
        "turned_down": 1,
    }
    assert (counted.hit_rate, counted.click_rate) == (None, None)


def test_rates_are_told_from_the_fewest_titles_on() -> None:
    items = range(1, FEWEST + 1)
    impressions = [said(item, "impression", of=1, place=item) for item in items]
    found = recommendations([a_list(*items)], [*impressions, said(1), said(2, "like")], [])
    assert (tally(found).hit_rate, tally(found).click_rate) == (2 / FEWEST, 1 / FEWEST)
    assert tally(found[1:]).hit_rate is None
