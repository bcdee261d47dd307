"""Films teach which of two joined genres a show is; what could be either stays both."""

import numpy as np
import pytest

from api.catalogue.facts.joint_genres import Judge, judge_of, without_undone
from api.domain.arrays import Floats, Ints
from api.domain.genres import genre_bits
from tests.builders import ints

_SCIENCE_FICTION, _FANTASY = 878, 14


def films(*, apart: float, both: int = 0) -> tuple[Floats, Ints]:
    """300 films of each of two genres, whose stories lie `apart`, and some of both between them."""
    rng = np.random.default_rng(3)
    sides = np.repeat([1, -1, 0], [300, 300, both]).astype(np.int32)
    vectors = rng.normal(0, 1, (len(sides), 16)).astype(np.float32)
    vectors[:, 0] += apart * sides
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), sides


def judged(vectors: Floats, sides: Ints) -> Judge:
    judge = judge_of(vectors, sides)
    assert judge is not None
    return judge


def test_a_show_is_what_the_films_near_it_are_and_one_between_them_stays_both() -> None:
    judge = judged(*films(apart=3.0, both=150))
    shows = np.zeros((3, 16), dtype=np.float32)
    shows[0, 0], shows[1, 0], shows[2, 1] = 1, -1, 1
    assert judge.sides(shows).tolist() == [1, -1, 0]


def test_the_more_films_are_both_the_more_stays_in_doubt() -> None:
    few, many = (judged(*films(apart=3.0, both=both)) for both in (10, 100))
    assert many.doubt > few.doubt


def test_stories_that_do_not_differ_and_few_films_teach_nothing() -> None:
    assert judge_of(*films(apart=0.0)) is None
    vectors, sides = films(apart=3.0)
    assert judge_of(vectors[260:340], sides[260:340]) is None


@pytest.mark.parametrize(("show", "left"), [(2, {_FANTASY}), (4, {_SCIENCE_FICTION, _FANTASY})])
def test_only_the_genre_that_a_show_is_not_of_is_taken_from_it(show: int, left: set[int]) -> None:
    both = genre_bits([_SCIENCE_FICTION, _FANTASY])
    undone = ints([2, 9]), np.full(2, genre_bits([_SCIENCE_FICTION]), dtype=np.uint32)
    genres = without_undone(np.full(3, both, dtype=np.uint32), ints([2, 4, 8]), undone)
    assert genres[[2, 4].index(show)] == genre_bits(left)
