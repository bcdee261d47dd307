"""What kinds of title answer a request lifts those that are of them, and hints at most."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from api.domain.arrays import Floats
from api.language.intent import Intent
from api.recommend.hydrate.text_vector import TextVector
from api.recommend.pool import Pool
from api.recommend.rank.fame import answered_share, fame_numbers
from api.recommend.rank.mixer import WeightedMixer
from api.recommend.trait_model import (
    TraitModel,
    WantedTraits,
    read_trait_models,
    traits_of,
    write_trait_model,
)
from tests.facts_builder import RANKING, Title, facts_of, query_over

_MODEL = "of-two-components"
_FACTS = facts_of([Title(1, genres=("Comedy",)), Title(2), Title(3, is_show=True, year=0)])
_ROWS = np.arange(3, dtype=np.int32)
_COLUMNS = traits_of(_FACTS, _ROWS)
_OF_COMEDY = (_COLUMNS[0] - _COLUMNS[1]).clip(0)  # what the comedy has and the drama lacks


def _learned(strength: float) -> TraitModel:
    """Whose first component asks for comedies."""
    nothing = np.zeros(_COLUMNS.shape[1], np.float32)
    return TraitModel(np.zeros(2, np.float32), np.stack([strength * _OF_COMEDY, nothing]), nothing)


def _asked(
    intent: Intent, *, model: str = _MODEL, rewrite: str | None = None
) -> WantedTraits | None:
    def encode(texts: Sequence[str], *, model: str | None) -> Floats:
        return np.stack([np.array([1, 0], np.float32) for _ in texts])

    hydrator = TextVector(
        encode,
        RANKING.query,
        toward_answers={},
        trait_models={_MODEL: _learned(1.0)},
        cache_size=8,
        cache_ttl_seconds=60,
    )
    query = query_over(_FACTS, text=intent.text, rewrite=rewrite)
    versions = replace(query.versions, space_model=model)
    return hydrator.hydrate(replace(query, intent=intent, versions=versions)).wanted_traits


_ASKS = Intent("something to laugh", free_text="something to laugh")


def test_what_answers_are_is_told_of_the_words_of_a_request() -> None:
    wanted = _asked(_ASKS)
    assert wanted is not None
    assert wanted.weights == pytest.approx(_OF_COMEDY)


def test_nothing_is_told_of_names_of_a_clients_own_words_or_by_another_model() -> None:
    assert _asked(replace(_ASKS, named_title=1)) is None
    assert _asked(_ASKS, rewrite="a joke") is None
    assert _asked(_ASKS, model="another") is None
    assert _asked(Intent("a comedy")) is None


def test_titles_of_the_wanted_kind_gain_and_others_stay_what_they_are() -> None:
    share = _learned(1.0).wanted(np.array([1, 0], np.float32)).share(_FACTS, _ROWS, 0.5)
    assert share == pytest.approx([np.exp(0.5), 1, 1], rel=1e-5)


@pytest.mark.parametrize(("strength", "most"), [(50.0, 4.0), (-50.0, 0.25)])
def test_traits_are_a_hint_however_sure_they_seem(strength: float, most: float) -> None:
    share = _learned(strength).wanted(np.array([1, 0], np.float32)).share(_FACTS, _ROWS, 1.0)
    assert share[0] == pytest.approx(most)


def test_each_genre_period_medium_average_and_fame_has_a_column() -> None:
    titles = [
        Title(1, genres=("Comedy",), year=1955, vote_average=8, vote_count=10_000),
        Title(2, genres=("Comedy",), year=2025, vote_average=8, vote_count=10_000),
        Title(3, genres=("Comedy",), year=2025, vote_average=8, vote_count=10, is_show=True),
    ]
    old, new, show = traits_of(facts_of(titles), _ROWS)
    assert (old != new).sum() == 1
    assert (new != show).sum() == 3


def test_the_mixer_puts_the_wanted_kind_first_where_the_words_ask_and_not_in_a_plot() -> None:
    wanted = _learned(4.0).wanted(np.array([1, 0], np.float32))
    facts = facts_of([Title(1), Title(2, genres=("Comedy",))])
    even = {"ann": np.full(2, 0.5, np.float32)}
    mixer = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame)
    for text, first in (("something to laugh", 2), ("word " * 60, 1)):
        query = query_over(facts, text=text)
        query = replace(query, intent=Intent(text, free_text=text), wanted_traits=wanted)
        query = replace(query, weights={"ann": 1.0})
        pool = Pool(facts, np.arange(2, dtype=np.int32))
        ranking = mixer.rank(query, pool, even)
        assert int(ranking.pool.ids[ranking.order[0]]) == first


def test_a_strategy_from_before_ranks_as_it_did() -> None:
    query = replace(query_over(_FACTS, text="a laugh"), wanted_traits=_asked(_ASKS))
    recorded = RANKING.fame.model_copy(update={"answered": 0.0})
    pool = Pool(_FACTS, _ROWS)
    assert answered_share(query, pool, fame_numbers(query, recorded)).tolist() == [1, 1, 1]
    assert answered_share(query, pool, fame_numbers(query, RANKING.fame))[0] > 1


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_trait_model(_MODEL, _learned(1.0), tmp_path)
    read = read_trait_models(tmp_path)[_MODEL]
    assert read.turn == pytest.approx(_learned(1.0).turn, abs=2e-3)


def test_the_package_has_what_was_learned_for_its_own_model() -> None:
    learned = read_trait_models()["all-MiniLM-L6-v2"]
    assert learned.turn.shape == (384, _COLUMNS.shape[1])
    assert learned.titles.shape == (_COLUMNS.shape[1],)
    assert np.isfinite(learned.turn).all()
