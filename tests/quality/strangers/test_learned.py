"""What requests teach of their answers, on invented vectors."""

import numpy as np
import pytest

from api.recommend.hydrate.toward_answers import TowardAnswers
from tests.quality.strangers.catalogue import Titles
from tests.quality.strangers.learned import FOUND, Asked, cross_validated, found, learn
from tests.quality.strangers.requests import is_held_back

_DIMENSION, _MANY = 12, 3000


def _unit(vectors: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / length, dtype=np.float32)


def _titles() -> Titles:
    vectors = _unit(np.random.default_rng(1).normal(size=(_MANY, _DIMENSION)))
    keys = [("movie", number) for number in range(_MANY)]
    return Titles(keys, np.full(_MANY, 1000.0), [[] for _ in keys], vectors)


def _requests(titles: Titles, *, teach: bool) -> list[Asked]:
    """Each talks in its own way of its answer: the components stand in reverse, and small talk."""
    chance = np.random.default_rng(2)
    answers = chance.permutation(_MANY)[:200]
    talk = 2 * np.eye(_DIMENSION)[0]
    out = []
    for answer in answers:
        said = titles.vectors[answer][::-1] if teach else chance.normal(size=_DIMENSION)
        vector = _unit(np.asarray(said, dtype=np.float64) + talk)
        rows = np.array([answer])
        out.append(Asked(str(answer), "topic", 0.7, vector, rows, np.ones(1, np.float32)))
    return out


def test_answers_that_lie_elsewhere_than_the_words_are_found_where_they_lie() -> None:
    titles = _titles()
    before, after = cross_validated(_requests(titles, teach=True), titles).mean(axis=0)
    assert before < 0.4
    assert after > 0.8


def test_requests_that_tell_nothing_of_their_answers_teach_nothing() -> None:
    titles = _titles()
    _, after = cross_validated(_requests(titles, teach=False), titles).mean(axis=0)
    assert after < 2 * FOUND / _MANY


def test_without_a_share_nothing_is_moved() -> None:
    titles = _titles()
    requests = _requests(titles, teach=True)
    still = [Asked(one.id, one.kind, 0.0, one.vector, one.rows, one.grades) for one in requests]
    before, after = found(still, titles, learn(requests, titles)).T
    assert (before == after).all()


def test_a_request_with_one_answer_counts_half() -> None:
    titles = _titles()
    both, one = np.array([0, 1]), np.array([2])
    grades = np.ones(2, np.float32)
    first, second = _unit(np.eye(_DIMENSION))[:2]
    learned: TowardAnswers = learn(
        [
            Asked("1", "topic", 0.7, first, both, grades),
            Asked("2", "topic", 0.7, second, one, grades[:1]),
        ],
        titles,
    )
    assert learned.usual[:2] == pytest.approx([2 / 3, 1 / 3])


def test_about_a_quarter_is_held_back() -> None:
    assert 200 < sum(is_held_back(str(number)) for number in range(1000)) < 300
