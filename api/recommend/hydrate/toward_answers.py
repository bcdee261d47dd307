"""Moves the vector of a request toward the stories of titles that people answer such words with.

An encoder of sentences puts a request near to whatever talks like it; what is wanted is a story.
The map is linear and learned from judged requests by `python -m tests.quality.strangers.fit`. It
is one model's: vectors of another one stay as they are.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from api.domain.arrays import Floats
from api.recommend.learned_arrays import read_learned, write_learned

_FOLDER = Path(__file__).parent / "answers"
# How much of what all requests have in common is taken out of each.
_OF_USUAL = np.float32(0.6)


@dataclass(frozen=True, slots=True, eq=False)
class TowardAnswers:
    """What requests look like to a model, and where their answers lie; d components."""

    usual: Floats  # (d): the mean of requests
    turn: Floats  # (d, d): from what a request has of its own to what its answers have
    lean: Floats  # (d): what the answers to all requests have of their own

    def moved(self, vector: Floats, share: float) -> Floats:
        """The unit vector with this share of where its answers lie; with none it stays itself."""
        if share == 0:
            return vector
        turned = np.asarray((vector - self.usual) @ self.turn, dtype=np.float32)
        own, answers = _unit(vector - _OF_USUAL * self.usual), _unit(turned + self.lean)
        return _unit(np.float32(1 - share) * own + np.float32(share) * answers)


def read_toward_answers(folder: Path = _FOLDER) -> dict[str, TowardAnswers]:
    """Those that were learned, by the name of their model."""
    return read_learned(folder, TowardAnswers)


def write_toward_answers(model: str, learned: TowardAnswers, folder: Path = _FOLDER) -> Path:
    """The file of the model."""
    parts = {"usual": learned.usual, "turn": learned.turn, "lean": learned.lean}
    return write_learned(folder, model, parts)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), dtype=np.float32)
