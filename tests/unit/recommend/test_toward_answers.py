"""Vectors of requests are moved to where answers lie, for the models that were learned for."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from api.domain.arrays import Floats
from api.language.intent import Intent
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.hydrate.toward_answers import (
    TowardAnswers,
    read_toward_answers,
    write_toward_answers,
)
from api.recommend.query import Query
from config.ranking import SharesOfAnswers
from tests.facts_builder import RANKING, Title, facts_of, query_over

_MODEL = "of-two-components"
_WORDS = np.array([1, 0], dtype=np.float32)
_ANSWERS = np.array([0, 1], dtype=np.float32)
# Whatever is asked, the answers lie along the second component.
_LEARNED = TowardAnswers(
    usual=np.zeros(2, np.float32), turn=np.zeros((2, 2), np.float32), lean=3 * _ANSWERS
)


def searched_with(intent: Intent, *, model: str = _MODEL, rewrite: str | None = None) -> Floats:
    """The vector of a request whose words have `_WORDS`."""

    def encode(texts: Sequence[str], *, model: str | None) -> Floats:
        return np.stack([_WORDS for _ in texts])

    numbers = RANKING.query.model_copy(
        update={"toward_answers": SharesOfAnswers(query=0.5, named=0.0, plot=1.0)}
    )
    hydrator = TextVector(
        encode,
        numbers,
        toward_answers={_MODEL: _LEARNED},
        trait_models={},
        cache_size=8,
        cache_ttl_seconds=60,
    )
    query: Query = query_over(facts_of([Title(1)]), text=intent.text, rewrite=rewrite)
    versions = replace(query.versions, space_model=model)
    vector = hydrator.hydrate(replace(query, intent=intent, versions=versions)).text_vector
    assert vector is not None
    return vector


_ASKS = Intent("a heist", free_text="a heist")


@pytest.mark.parametrize(
    ("intent", "share"),
    [
        (_ASKS, 0.5),
        (replace(_ASKS, seeds=(1,), is_narrative=True), 0.0),
        (Intent("word " * 60), 1.0),
    ],
)
def test_each_kind_of_text_is_moved_by_its_share(intent: Intent, share: float) -> None:
    wanted = (1 - share) * _WORDS + share * _ANSWERS
    assert searched_with(intent) == pytest.approx(wanted / np.linalg.norm(wanted))


def test_a_clients_own_words_are_searched_for_as_they_are() -> None:
    assert searched_with(_ASKS, rewrite="a robbery") == pytest.approx(_WORDS)


def test_a_model_that_was_not_learned_for_keeps_its_vectors() -> None:
    assert searched_with(_ASKS, model="another") == pytest.approx(_WORDS)


def test_what_all_requests_have_in_common_counts_less() -> None:
    learned = replace(_LEARNED, usual=_ANSWERS, lean=_WORDS, turn=np.zeros((2, 2), np.float32))
    both = (_WORDS + _ANSWERS) / np.float32(np.sqrt(2))
    moved = learned.moved(both, 0.01)
    assert moved[0] > 2 * moved[1]
    assert np.linalg.norm(moved) == pytest.approx(1)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    usual, lean = chance.normal(size=(2, 4)).astype(np.float32)
    turn = chance.normal(size=(4, 4)).astype(np.float32)
    write_toward_answers(_MODEL, TowardAnswers(usual, turn, lean), tmp_path)
    read = read_toward_answers(tmp_path)[_MODEL]
    assert read.usual == pytest.approx(usual, abs=2e-3)
    assert read.turn == pytest.approx(turn, abs=2e-3)
    assert read.lean == pytest.approx(lean, abs=2e-3)


def test_the_package_has_what_was_learned_for_its_own_model() -> None:
    learned = read_toward_answers()["all-MiniLM-L6-v2"]
    assert learned.turn.shape == (384, 384)
    assert learned.usual.shape == learned.lean.shape == (384,)
    assert np.isfinite(learned.turn).all()
