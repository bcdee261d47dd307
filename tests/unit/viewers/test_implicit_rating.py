"""One event says one thing, to the vectors, the lists and the model alike."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.viewers.taste.implicit_rating import (
    LIKED,
    SEEN,
    TURNED_DOWN,
    Event,
    TitleRatings,
    title_ratings,
)
from etl.neighbours.histories import implicit_ratings_of
from etl.neighbours.model_writes import opinions_of
from tests.facts_builder import NOW

_KINDS = ["watched", "liked", "disliked", "not_interested", "rated"]


def event(
    item_id: int,
    kind: str = "watched",
    rating: float | None = None,
    *,
    days: int = 0,
    weight: float = 1.0,
    episodes: int = 0,
) -> Event:
    return Event(item_id, kind, rating, weight, NOW - timedelta(days=days), episodes)


def said(*events: Event) -> TitleRatings:
    """Of events, the newest first."""
    return title_ratings(events)


def test_an_event_without_a_rating_says_what_its_kind_does() -> None:
    found = said(*(event(number, kind) for number, kind in enumerate(_KINDS[:4])))
    assert found.ratings.tolist() == [SEEN, LIKED, TURNED_DOWN, TURNED_DOWN]
    assert found.weights.tolist() == [0.5, 1, -1, -1]


def test_one_star_counts_against_its_title() -> None:
    found = said(event(1, "rated", 1.0), event(2, "rated", 9.0))
    assert found.ratings.tolist() == [TURNED_DOWN, LIKED]
    assert found.weights[0] < -1 < 1 < found.weights[1]


def test_generous_raters_six_is_a_dislike() -> None:
    ratings = [event(n, "rated", 9.5) for n in range(1, 20)] + [event(20, "rated", 6.0)]
    assert said(*ratings).weights[-1] < -1


def test_a_usual_rating_says_nothing_for_the_taste_and_having_watched_does() -> None:
    found = said(event(1, "rated", 6.5), event(2, "watched"))
    assert found.ratings.tolist() == [SEEN, SEEN]
    assert found.weights.tolist() == [0, 0.5]


def test_favourites_say_more_for_the_taste_than_what_is_good() -> None:
    found = said(event(1, "rated", 10.0), event(2, "rated", 8.0), event(3, "rated", 3.0))
    assert found.ratings[:2].tolist() == [LIKED, LIKED]
    assert found.weights[0] == pytest.approx(found.weights[1] + 1)


def test_a_liking_with_a_rating_is_as_good_as_its_rating() -> None:
    found = said(event(1, "liked", 2.0), *(event(n, "rated", 8.0) for n in range(2, 9)))
    assert found.weights[0] < 0


@pytest.mark.parametrize(("weight", "share"), [(0.0, 0), (0.5, 0.5), (3.0, 3), (1000.0, 3)])
def test_a_weight_makes_a_rating_say_less_or_more_and_never_the_opposite(
    weight: float, share: float
) -> None:
    usual = said(event(1, "rated", 9.0)).weights[0]
    assert said(event(1, "rated", 9.0, weight=weight)).weights[0] == pytest.approx(usual * share)


def test_watching_again_says_no_more() -> None:
    found = said(event(7), event(7, days=5), event(8))
    assert found.ids.tolist() == [7, 8]
    assert found.weights.tolist() == [0.5, 0.5]


def test_the_newest_opinion_counts_whatever_was_watched_since() -> None:
    changed = [event(7, "watched"), event(7, "disliked", days=1), event(7, "liked", days=2)]
    assert said(*changed).ratings.tolist() == [TURNED_DOWN]
    assert said(*changed[::-1]).ratings.tolist() == [LIKED]
    assert said(*changed).at[0] == NOW.timestamp()


def test_a_rating_that_was_changed_does_not_count_for_the_mean() -> None:
    changed = said(event(1, "rated", 8.0), event(1, "rated", 1.0, days=1), event(2, "rated", 7.0))
    assert changed.ratings == pytest.approx(
        said(event(1, "rated", 8.0), event(2, "rated", 7.0)).ratings
    )


def test_what_was_liked_or_rated_better_than_usual_is_praised() -> None:
    found = said(
        event(4, "liked"),
        event(3, "watched"),
        event(2, "rated", 9.0),
        event(1, "rated", 6.0),
        event(5, "disliked"),
    )
    assert found.praised.tolist() == [2, 4]


def test_the_newest_titles_are_those_of_the_newest_events() -> None:
    found = said(event(1), event(2), event(1, days=1), event(3, days=2))
    assert [found.of_newest(count).ids.tolist() for count in (0, 1, 2, 3, 9)] == [
        [],
        [1],
        [1, 2],
        [1, 2, 3],
        [1, 2, 3],
    ]


def test_a_show_watched_through_is_as_good_as_liked_and_one_left_early_less_than_seen() -> None:
    episodes = (0, 1, 2, 6, 10, 200)
    found = said(*(event(number, episodes=number) for number in episodes))
    assert found.ratings.tolist() == [SEEN, 0.25, 0.25, 0.75, LIKED, LIKED]
    # An opinion says more than how long somebody stayed.
    assert said(event(1, "disliked", episodes=200)).ratings.tolist() == [TURNED_DOWN]


def test_of_nothing_there_is_nothing() -> None:
    assert len(said().weights) == len(said().praised) == 0


@given(
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.sampled_from(_KINDS),
            st.none() | st.floats(0, 10, width=32),
            st.floats(0, 100, width=32),
            st.integers(0, 30),
        ),
        min_size=1,
        max_size=30,
        unique_by=lambda told: told[0],
    )
)
def test_the_model_is_taught_what_the_taste_is_told(
    told: list[tuple[int, str, float | None, float, int]],
) -> None:
    events = [
        event(item, kind, rating, weight=weight, episodes=episodes)
        for item, kind, rating, weight, episodes in told
    ]
    ours = said(*events)
    taught = implicit_ratings_of(
        opinions_of(
            [(1, 1, e.item_id, e.event_type, e.rating, e.weight, 0.0, e.episodes) for e in events]
        )
    )
    np.testing.assert_allclose(taught, ours.ratings, atol=1e-5)
    assert ((ours.ratings >= TURNED_DOWN) & (ours.ratings <= LIKED)).all()
