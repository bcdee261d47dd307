"""Neighbours come from viewers who like the same things, and from the order in which they do."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import sparse

from etl.neighbours.co_liking import co_liking
from etl.neighbours.fans import fan_likings
from etl.neighbours.histories import Histories
from etl.neighbours.learn import NEIGHBOURS, Model, Neighbours, learn, strongest
from etl.neighbours.succession import succession


def histories(*viewers: Sequence[tuple[int, float]]) -> Histories:
    """Of each viewer (item, liking) in order."""
    rows = [
        (number, item, liking) for number, events in enumerate(viewers) for item, liking in events
    ]
    viewer, item_id, liking = zip(*rows, strict=True)
    return Histories(
        np.array(viewer, np.int32),
        np.array(item_id, np.int32),
        np.array(liking, np.float32),
    )


def weight(model: Model, neighbours: Neighbours, item: int, other: int) -> float:
    """0 for a title that is not among the neighbours."""
    row = int(np.searchsorted(model.item_ids, item))
    by_id = dict(
        zip(model.item_ids[neighbours.items[row]].tolist(), neighbours.weights[row], strict=True)
    )
    return float(by_id.get(other, 0.0))


def co_liked(model: Model, item: int, other: int) -> float:
    return weight(model, model.co_liked, item, other)


def fan_liked(model: Model, item: int, other: int) -> float:
    return weight(model, model.fan_liked, item, other)


def followed(model: Model, item: int, other: int) -> float:
    return weight(model, model.followed, item, other)


BOTH = [(1, 1.0), (2, 1.0)]


def test_what_two_viewers_like_is_co_liked_both_ways() -> None:
    model = learn(histories(BOTH, BOTH))
    assert co_liked(model, 1, 2) == pytest.approx(co_liked(model, 2, 1))
    assert co_liked(model, 1, 2) > 0


def test_what_one_viewer_saw_is_a_coincidence() -> None:
    assert len(learn(histories(BOTH)).item_ids) == 0


def test_liking_one_and_disliking_the_other_pushes_them_apart() -> None:
    torn = [(1, 1.0), (2, -0.5)]
    together = learn(histories(BOTH, BOTH))
    assert co_liked(learn(histories(BOTH, BOTH, torn)), 1, 2) < co_liked(together, 1, 2)


def test_more_viewers_make_neighbours_stronger() -> None:
    few, many = learn(histories(*[BOTH] * 2)), learn(histories(*[BOTH] * 8))
    assert co_liked(many, 1, 2) > co_liked(few, 1, 2)


def test_a_title_shared_by_way_of_a_third_is_no_neighbour() -> None:
    """EASE's point: 1 goes with 2 and 2 with 3, but nobody has both 1 and 3."""
    model = learn(histories(*[[(1, 1.0), (2, 1.0)]] * 20, *[[(2, 1.0), (3, 1.0)]] * 20))
    assert co_liked(model, 1, 2) > 0
    assert co_liked(model, 1, 3) == 0


@pytest.mark.parametrize("block", [1, 4, 512])
def test_the_closed_form_predicts_each_title_from_the_others(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each column of EASE is the ridge regression on all other columns, in whatever blocks."""
    monkeypatch.setattr("etl.neighbours.co_liking._BLOCK", block)
    chance = np.random.default_rng(7)
    implicit_ratings = sparse.csr_array((chance.random((40, 6)) < 0.4).astype(np.float32))
    found = co_liking(implicit_ratings)
    dense = implicit_ratings.toarray().astype(np.float64)
    ridge = 37.0 * 40**0.22
    for column in range(6):
        others = [other for other in range(6) if other != column]
        inputs = dense[:, others]
        expected = np.linalg.solve(
            inputs.T @ inputs + ridge * np.eye(5), inputs.T @ dense[:, column]
        )
        assert found[others, column] == pytest.approx(expected, abs=1e-5)
        assert found[column, column] == 0


def test_what_is_liked_next_follows_in_that_direction_alone() -> None:
    model = learn(histories(*[[(1, 0.5), (2, 1.0)]] * 3))
    assert followed(model, 1, 2) > 0
    assert followed(model, 2, 1) == 0


def test_what_was_turned_down_next_does_not_follow() -> None:
    assert followed(learn(histories(*[[(1, 1.0), (2, -0.5)]] * 3)), 1, 2) == 0


def test_what_comes_sooner_follows_more() -> None:
    model = learn(histories(*[[(1, 1.0), (2, 1.0), (3, 1.0)]] * 3))
    assert followed(model, 1, 2) > followed(model, 1, 3)


def test_nothing_follows_across_viewers() -> None:
    one, other = [(1, 1.0), (2, 1.0)], [(3, 1.0), (4, 1.0)]
    model = learn(histories(one, other, one, other))
    assert followed(model, 2, 3) == 0


def test_a_title_that_everybody_likes_follows_less_than_a_rare_one() -> None:
    chart = [[(3, 1.0), (9, 1.0)]] * 30
    model = learn(histories(*[[(1, 1.0), (2, 1.0)]] * 3, *[[(1, 1.0), (3, 1.0)]] * 3, *chart))
    assert followed(model, 1, 2) > followed(model, 1, 3)


def test_long_histories_are_counted_in_parts_without_losing_a_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(3)
    columns = chance.integers(0, 12, 400).astype(np.int32)
    viewer = np.repeat(np.arange(4, dtype=np.int32), 100)
    implicit_ratings = chance.random(400).astype(np.float32)
    whole = succession(viewer, columns, implicit_ratings, (4, 12))
    monkeypatch.setattr("etl.neighbours.succession._EVENTS_AT_ONCE", 37)
    assert succession(viewer, columns, implicit_ratings, (4, 12)) == pytest.approx(whole, rel=1e-5)


def test_the_most_seen_titles_are_the_ones_covered() -> None:
    viewers = [[(item, 1.0) for item in range(number + 1)] for number in range(6)]
    model = learn(histories(*viewers), most_items=3)
    assert model.item_ids.tolist() == [0, 1, 2]


def test_likings_add_up_without_dislikes() -> None:
    model = learn(histories([(1, 1.0)], [(1, 0.5)], [(1, -0.5)]))
    assert model.implicit_ratings.tolist() == [1.5]


def test_the_strongest_hundred_are_kept_in_order() -> None:
    weights = np.random.default_rng(5).random((1, 300)).astype(np.float32)
    found = strongest(weights)
    assert found.weights.shape == (1, NEIGHBOURS)
    assert found.weights[0].tolist() == sorted(weights[0].tolist(), reverse=True)[:NEIGHBOURS]
    assert weights[0, found.items[0]].tolist() == found.weights[0].tolist()


def test_a_run_that_is_told_to_stop_stops() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learn(histories(BOTH, BOTH), stop_if_cancelled=stop)


def test_a_titles_fans_like_another_by_their_share_of_them() -> None:
    model = learn(histories(*[BOTH] * 2, *[[(1, 1.0), (3, 1.0)]] * 6))
    assert fan_liked(model, 1, 2) == pytest.approx(2 / (8 + 4))
    assert fan_liked(model, 1, 3) == pytest.approx(6 / (8 + 4))
    assert fan_liked(model, 2, 1) == pytest.approx(2 / (2 + 4))


def test_who_likes_much_says_less_of_each() -> None:
    choosy = [[(1, 1.0), (2, 1.0)]] * 3
    easily_pleased = [[(1, 1.0), *((item, 1.0) for item in range(3, 10))]] * 3
    model = learn(histories(*choosy, *easily_pleased))
    assert fan_liked(model, 1, 2) > fan_liked(model, 1, 3) > 0


def test_dislikes_make_no_fans() -> None:
    model = learn(histories(*[[(1, 1.0), (2, -0.5)]] * 3))
    assert fan_liked(model, 1, 2) == 0
    assert fan_liked(model, 2, 1) == 0


@pytest.mark.parametrize("block", [1, 4, 512])
def test_shares_of_fans_are_the_same_in_whatever_blocks(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    implicit_ratings = sparse.csr_array(
        (np.random.default_rng(7).random((40, 6)) < 0.4).astype(np.float32)
    )
    whole = fan_likings(implicit_ratings)
    monkeypatch.setattr("etl.neighbours.fans._BLOCK", block)
    assert fan_likings(implicit_ratings) == pytest.approx(whole)
