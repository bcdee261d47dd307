"""The measures and the picture of `python -m tests.quality.predictions`."""

from pathlib import Path

import numpy as np
import pytest

from tests.quality.predictions import Answers, by_support, calibration, covered_by_viewer, draw


def _answers() -> Answers:
    """Of two viewers, one with few opinions and one with many."""
    return Answers(
        viewer=np.array([1, 1, 2, 2]),
        support=np.array([19, 19, 100, 100]),
        probability=np.array([0.11, 0.15, 0.9, 1.0]),
        rating=np.array([3.0, 3.0, 4.0, 4.0]),
        low=np.array([2.0, 2.0, 3.0, 3.5]),
        high=np.array([3.5, 3.5, 4.5, 5.0]),
        stars=np.array([2.0, 4.0, 4.0, 5.0]),
    )


def test_what_came_true_is_told_by_tenths_in_which_there_are_any() -> None:
    answers = _answers()
    said, came_true = calibration(answers.probability, answers.stars >= 4)
    assert said.tolist() == pytest.approx([0.13, 0.95])
    assert came_true.tolist() == pytest.approx([0.5, 1.0])


def test_intervals_are_told_by_viewer_and_by_support() -> None:
    answers = _answers()
    assert covered_by_viewer(answers).tolist() == [0.5, 1.0]
    found = {name: which.tolist() for name, which in by_support(answers).items()}
    assert found == {
        "few": [True, True, False, False],
        "some": [False] * 4,
        "many": [False, False, True, True],
    }


def test_the_picture_is_the_same_for_the_same_answers(tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    draw(_answers(), 7, one)
    draw(_answers(), 7, other)
    assert one.read_bytes().startswith(b"\x89PNG")
    assert one.read_bytes() == other.read_bytes()
