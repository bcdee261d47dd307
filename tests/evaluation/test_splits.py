"""What is learned from, what is asked, and that nothing of a test is known before."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import (
    FOLDS,
    PROTOCOLS,
    Case,
    Protocol,
    Split,
    among_released,
    global_time,
    held_out,
    per_viewer,
)


def ratings_of(*rows: tuple[int, int, float, int]) -> Ratings:
    """Rows of viewer, title, stars, time."""
    viewer, title, stars, at = zip(*rows, strict=True)
    return Ratings(
        np.array(viewer, dtype=np.int32),
        np.array(title, dtype=np.int32),
        np.array(stars, dtype=np.float32),
        np.array(at, dtype=np.int64),
    )


def evenings(
    viewer: int, stars: Sequence[float], start: int = 0
) -> list[tuple[int, int, float, int]]:
    """One title an evening, titles numbered as they come."""
    return [(viewer, place, given, start + place) for place, given in enumerate(stars)]


def many(viewers: int = 30) -> Ratings:
    draw = np.random.default_rng(0)
    rows = [
        (viewer, int(title), float(draw.integers(1, 11)) / 2, int(draw.integers(1000)))
        for viewer in range(viewers)
        for title in draw.permutation(60)[: draw.integers(5, 40)]
    ]
    return ratings_of(*rows)


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_last_fifth_of_a_viewer_is_the_test() -> None:
    split = per_viewer(ratings_of(*evenings(0, [3.0] * 8 + [5.0, 2.0])), chance())
    (case,) = split.cases
    assert case.history.title.tolist() == list(range(8))
    assert case.relevant.tolist() == [8]
    assert case.asked_at == 8


def test_a_viewer_who_liked_nothing_of_the_test_is_not_asked_about_but_learned_from() -> None:
    split = per_viewer(ratings_of(*evenings(0, [5.0] * 8 + [3.5, 2.0])), chance())
    assert split.cases == ()
    assert len(split.train) == 8


def test_a_viewer_of_few_ratings_is_learned_from_whole() -> None:
    split = per_viewer(ratings_of(*evenings(0, [5.0] * 4)), chance())
    assert split.cases == ()
    assert len(split.train) == 4


def test_chance_decides_between_ratings_of_one_second() -> None:
    rows = ratings_of(*((0, title, 5.0, 7) for title in range(10)))
    found = {per_viewer(rows, chance(seed)).cases[0].relevant[0] for seed in range(20)}
    assert len(found) > 1
    assert per_viewer(rows, chance(3)).cases[0].relevant.tolist() == (
        per_viewer(rows, chance(3)).cases[0].relevant.tolist()
    )


def test_every_viewer_is_a_stranger_in_one_fold() -> None:
    ratings = many()
    folds = [held_out(ratings, chance(), fold=fold) for fold in range(FOLDS)]
    learned = [set(split.train.viewer.tolist()) for split in folds]
    strangers = [viewer for known in learned for viewer in range(30) if viewer not in known]
    assert sorted(strangers) == list(range(30))


def test_strangers_are_not_learned_from() -> None:
    split = held_out(many(), chance())
    strangers = {case.viewer for case in split.cases}
    assert strangers
    assert not strangers & set(split.train.viewer.tolist())
    assert not any(case.trained for case in split.cases)


def test_strangers_name_liked_titles_and_more_of_them_include_the_fewer() -> None:
    ratings = many()
    liked = {
        (viewer, title)
        for viewer, title, stars in zip(ratings.viewer, ratings.title, ratings.stars, strict=True)
        if stars >= 4
    }
    told: dict[int, set[int]] = {}
    for case in held_out(ratings, chance()).cases:
        titles = set(case.history.title.tolist())
        assert case.group == f"{len(titles)} liked"
        assert {(case.viewer, title) for title in titles} <= liked
        assert told.get(case.viewer, set()) <= titles
        told[case.viewer] = titles
        assert not titles & set(case.hidden.tolist())
        assert not set(case.hidden.tolist()) & set(case.relevant.tolist())


def test_what_was_not_out_is_no_candidate() -> None:
    at = int(np.datetime64("2026-01-02T12:00", "s").astype(np.int64))
    hidden, relevant = np.array([4], dtype=np.int32), np.array([0, 2], dtype=np.int32)
    case = Case(0, ratings_of((0, 5, 5.0, at)), relevant, hidden, trained=False)
    days = ["2026-01-01", "2026-01-02", "2026-01-03", "NaT", "1990-01-01", "1995-01-01"]
    split = among_released(Split(case.history, (case,)), np.array(days, dtype="datetime64[D]"))
    (narrowed,) = split.cases
    assert narrowed.hidden.tolist() == [2, 4]
    assert narrowed.relevant is relevant


def test_one_moment_parts_all_viewers() -> None:
    rows = [*evenings(0, [4.0] * 10), *evenings(1, [4.0] * 10, start=100)]
    split = global_time(ratings_of(*rows), chance())
    assert split.train.at.max() < 106
    # The first viewer has nothing later, so only the second one is asked about.
    assert [case.viewer for case in split.cases] == [1]
    assert split.cases[0].relevant.tolist() == [6, 7, 8, 9]


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS.keys())
def test_no_relevant_title_is_known_and_no_history_is_younger_than_the_test(
    protocol: Protocol,
) -> None:
    ratings = many()
    split = protocol(ratings, chance())
    when = {
        (viewer, title): at
        for viewer, title, at in zip(
            ratings.viewer.tolist(), ratings.title.tolist(), ratings.at.tolist(), strict=True
        )
    }
    assert split.cases
    for case in split.cases:
        assert not np.isin(case.relevant, case.history.title).any()
        first = min(when[case.viewer, title] for title in case.relevant.tolist())
        assert case.history.at.max() <= first
        assert case.history.viewer.tolist() == [case.viewer] * len(case.history)


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS.keys())
def test_a_seed_decides_a_split(protocol: Protocol) -> None:
    assert told(protocol(many(), chance(5))) == told(protocol(many(), chance(5)))


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS.keys())
def test_the_validation_split_knows_nothing_of_the_test(protocol: Protocol) -> None:
    split = protocol(many(60), chance())
    tested = {(case.viewer, title) for case in split.cases for title in case.relevant.tolist()}
    inner = protocol(split.train, chance(2))
    assert inner.cases
    for case in inner.cases:
        shown = case.relevant.tolist() + case.history.title.tolist()
        assert not {(case.viewer, title) for title in shown} & tested


def told(split: Split) -> list[tuple[str, list[int], list[int]]]:
    return [(case.key, case.history.title.tolist(), case.relevant.tolist()) for case in split.cases]
