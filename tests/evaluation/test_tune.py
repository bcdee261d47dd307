"""Weights are fitted on what no test has, change only for a gain, and are written in place."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from api.recommend.evidence.registry import EVIDENCE
from config.ranking import Fitted, Mixer, load_ranking
from config.settings import Settings
from tests.evaluation.fitting import changed, fitted
from tests.evaluation.ratings import Ratings
from tests.evaluation.splits import held_out, per_viewer
from tests.evaluation.test_splits import chance, many
from tests.evaluation.tune import validation_splits, write_weights

_RANKING = Path("config/ranking.toml")


def pairs(ratings: Ratings) -> set[tuple[int, int]]:
    return set(zip(ratings.viewer.tolist(), ratings.title.tolist(), strict=True))


def test_nothing_of_a_test_is_fitted_on() -> None:
    ratings = many(60)
    tested = pairs(ratings) - pairs(per_viewer(ratings, chance(1)).train)
    strangers = set(ratings.viewer.tolist()) - set(held_out(ratings, chance(1)).train.viewer)
    assert tested
    assert strangers
    for name, split in validation_splits(ratings, seed=1):
        seen = pairs(split.train)
        for case in split.cases:
            seen |= {(case.viewer, title) for title in (*case.history.title, *case.relevant)}
        assert not seen & tested
        if name != "history":
            assert not {viewer for viewer, _ in seen} & strangers


@pytest.fixture
def mixer() -> Mixer:
    return EVIDENCE.with_weights(Settings.load({}).ranking).mixer


def toward(**wanted: float) -> Callable[[Mixer], float]:
    """Best where the warm weights are as wanted; nothing else matters."""
    return lambda mixer: 2 - sum(abs(mixer.warm[name] - weight) for name, weight in wanted.items())


def test_a_weight_moves_as_long_as_it_gains(mixer: Mixer) -> None:
    start = changed(mixer, "warm", {"followed": 0.5})
    assert fitted(start, toward(followed=1.0)).warm["followed"] == pytest.approx(1.0, abs=0.1)


def test_a_weight_of_nought_is_tried(mixer: Mixer) -> None:
    start = changed(mixer, "warm", {"vote": 0.0})
    assert fitted(start, toward(vote=0.1)).warm["vote"] == pytest.approx(0.1, abs=0.02)


def test_a_weight_that_brings_nothing_goes(mixer: Mixer) -> None:
    start = changed(mixer, "warm", {"people": 0.3})
    found = fitted(start, lambda _: 1.0)
    assert found.warm["people"] == 0
    assert found.warm["collab"] == start.warm["collab"]
    assert found.query == start.query


def test_weights_are_written_and_the_rest_of_the_file_stays(mixer: Mixer, tmp_path: Path) -> None:
    path = tmp_path / "ranking.toml"
    copy(_RANKING, path)
    found = changed(mixer, "few", {"vote": 0.125}).model_copy(update={"warm_from": 7.5})
    told = Fitted(
        on="2026-01-02", ratings="set", seed=3, cases=4, objective_before=0.5, objective_after=0.75
    )
    write_weights(path, found, told)
    written = load_ranking(path, {})
    assert EVIDENCE.with_weights(written).mixer == found.model_copy(update={"fitted": told})
    # A default that is to change with the next version is not written down.
    assert written.mixer.few == {"vote": 0.125}
    before, after = (file.read_text().splitlines() for file in (_RANKING, path))
    assert [line for line in after if line in before] == [
        line for line in before if not line.startswith("warm_from")
    ]


def test_weights_that_were_fitted_before_are_fitted_anew(mixer: Mixer, tmp_path: Path) -> None:
    path = tmp_path / "ranking.toml"
    copy(_RANKING, path)
    told = Fitted(
        on="2026-01-02", ratings="set", seed=3, cases=4, objective_before=0.5, objective_after=0.75
    )
    write_weights(path, changed(mixer, "few", {"vote": 0.125}), told)
    write_weights(path, mixer, told.model_copy(update={"seed": 4}))
    written = load_ranking(path, {}).mixer
    assert written.few == {"vote": mixer.few["vote"]}
    assert written.fitted == told.model_copy(update={"seed": 4})
