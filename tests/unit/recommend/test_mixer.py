"""The mixer orders by weighted signals, damping and boosts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats
from api.language.intent import Intent
from api.recommend.evidence.kind import Needs
from api.recommend.evidence.nearness import AnnSignal
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.pool import Pool
from api.recommend.rank.mixer import WeightedMixer
from config.business_rules import BusinessRules
from config.ranking import Damping
from tests.facts_builder import RANKING, Title, facts_of, query_over

SIGNALS = EVIDENCE.weighed
NOTHING: Any = None
SCORERS = {scorer.name: scorer for scorer in EVIDENCE.built_scorers(Needs(NOTHING, RANKING))}


def pool_of(facts: CatalogueFacts, retrieved: dict[str, Floats] | None = None) -> Pool:
    rows = np.arange(len(facts), dtype=np.int32)
    return Pool(facts, rows, retrieved or {})


def ranked(
    facts: CatalogueFacts,
    signals: dict[str, Floats] | None = None,
    rules: str = "{}",
    damping: Damping | None = None,
) -> list[int]:
    query = query_over(facts, rules=BusinessRules.model_validate_json(rules))
    query = replace(query, vectors=(np.ones(2, dtype=np.float32),))
    zeros = {name: np.zeros(len(facts), dtype=np.float32) for name in SIGNALS}
    mixer = WeightedMixer(RANKING.mixer, damping or RANKING.damping, RANKING.fame)
    ranking = mixer.rank(query, pool_of(facts), zeros | (signals or {}))
    return [int(item) for item in ranking.pool.ids[ranking.order]]


def signal(*values: float) -> Floats:
    return np.array(values, dtype=np.float32)


def test_equal_scores_are_ordered_by_id() -> None:
    assert ranked(facts_of([Title(3), Title(1), Title(2)])) == [1, 2, 3]


def test_non_finite_scores_come_last() -> None:
    facts = facts_of([Title(1), Title(2), Title(3)])
    assert ranked(facts, {"ann": signal(np.nan, 0.1, 0.2)}) == [3, 2, 1]


def test_few_votes_and_little_popularity_damp_a_title() -> None:
    facts = facts_of([Title(1, vote_count=3, popularity=1), Title(2)])
    assert ranked(facts, {"ann": signal(0.9, 0.6)}) == [2, 1]


def test_minimum_multiplier_drops_titles_with_nothing_behind_them() -> None:
    facts = facts_of([Title(1, vote_count=3, popularity=1), Title(2)])
    strict = RANKING.damping.model_copy(update={"min_signal_multiplier": 0.9})
    assert ranked(facts, {"ann": signal(0.9, 0.6)}, damping=strict) == [2]


def test_what_was_shown_in_vain_steps_back_and_is_not_dropped() -> None:
    facts = facts_of([Title(1), Title(2)])
    signals = {"ann": signal(0.9, 0.6), "fatigue": signal(0.5, 0)}
    strict = RANKING.damping.model_copy(update={"min_signal_multiplier": 0.9})
    assert ranked(facts, signals, damping=strict) == [2, 1]
    assert ranked(facts, signals | {"fatigue": signal(0.1, 0)}) == [1, 2]


def test_every_boost_moves_its_titles() -> None:
    titles = [Title(1), Title(2, tmdb_id=603, genres=("Crime",), year=2026, popularity=90)]
    facts = facts_of(titles)
    even = {"ann": signal(0.5, 0.5)}
    for boosts in (
        '{"genre_multipliers": {"cRiMe": 1.5}}',
        '{"id_multipliers": {"2": 1.5}}',
        '{"tmdb_id_multipliers": {"movie:603": 1.5}}',
        '{"tmdb_id_multipliers": {"603": 1.5}}',
        '{"recent_release": {"year": 2026, "bonus": 0.2}}',
        '{"popularity_multiplier": {"threshold": 80, "factor": 1.2}}',
    ):
        assert ranked(facts, even, f'{{"boosts": {boosts}}}') == [2, 1], boosts
    show = '{"boosts": {"tmdb_id_multipliers": {"tv:603": 1.5}}}'
    assert ranked(facts, even, show) == [1, 2]


def test_ann_signal_is_the_calibrated_cosine_not_a_place_in_a_merged_list() -> None:
    facts = facts_of([Title(1), Title(2), Title(3), Title(4)])
    nan = float("nan")
    pool = pool_of(facts, {"profile_ann": signal(0.8, 0.6, 0.4, nan)})
    score = AnnSignal().score(query_over(facts), pool)
    assert score[0] == 1
    assert abs(score[1] - 0.55) < 1e-6
    assert score[3] == 0 < score[2]


def test_the_nearest_of_many_near_texts_is_not_taken_for_a_match() -> None:
    facts = facts_of([Title(1), Title(2)])
    cosines = np.array([0.32, 0.3], dtype=np.float32)
    score = AnnSignal().score(query_over(facts), pool_of(facts, {"query_ann": cosines}))
    assert score[0] < 0.2
    score = AnnSignal().score(query_over(facts), pool_of(facts, {"profile_ann": cosines}))
    assert score[0] == 1


def test_story_signal_is_what_the_source_measured() -> None:
    facts = facts_of([Title(1), Title(2)])
    said = np.array([0.4, np.nan], dtype=np.float32)
    pool = pool_of(facts, {"story": said})
    assert SCORERS["story"].score(query_over(facts), pool).tolist() == pytest.approx([0.4, 0])
    assert SCORERS["story"].score(query_over(facts), pool_of(facts)).tolist() == [0, 0]


def test_collaborative_title_has_no_ann_signal() -> None:
    facts = facts_of([Title(1), Title(2)])
    nan = float("nan")
    pool = pool_of(facts, {"profile_ann": signal(0.7, nan), "collaborative": signal(nan, 3.0)})
    query = query_over(facts)
    assert AnnSignal().score(query, pool)[1] == 0
    assert SCORERS["collab"].score(query, pool).tolist() == [0, 1]


def test_signals_stay_in_the_unit_range_on_empty_and_odd_facts() -> None:
    facts = facts_of([Title(1, popularity=0, vote_count=0, vote_average=0)])
    query = query_over(facts)
    for scorer in (SCORERS["popularity"], SCORERS["vote"]):
        values = scorer.score(query, pool_of(facts))
        assert ((values >= 0) & (values <= 1)).all()
        assert len(scorer.score(query, pool_of(facts_of([])))) == 0


def test_a_scorer_that_was_left_out_weighs_nothing() -> None:
    facts = facts_of([Title(1), Title(2)])
    query = replace(query_over(facts), weights=dict(RANKING.mixer.cold))
    mixer = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame)
    ranking = mixer.rank(query, pool_of(facts), {"audience": signal(0.2, 1.0)})
    assert ranking.pool.ids[ranking.order].tolist() == [2, 1]
    # All the weight there is, but for damping: an untried share would make every score smaller.
    undamped = mixer.rank(query, pool_of(facts), {"audience": signal(1.0, 1.0)}).scores
    assert np.allclose(undamped, ranking.scores[0])


def test_a_signal_that_says_nothing_of_anyone_does_not_thin_out_the_others() -> None:
    facts = facts_of([Title(1), Title(2)])
    query = query_over(facts)  # of a viewer whom nothing is known of
    signals = {"collab": signal(0, 0), "novelty": signal(1, 0.5)}
    mixer = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame, list(SCORERS.values()))
    assert mixer.rank(query, pool_of(facts), signals).weights == {"collab": 0, "novelty": 1}


def famous_first(text: str, fits: float = 0.6, **understood: Any) -> bool:
    """Whether a title of 20,000 votes that fits by half comes before one of 200 that fits so."""
    facts = facts_of([Title(1, vote_count=20_000), Title(2, vote_count=200)])
    intent = Intent(text, free_text=text, **understood)
    query = replace(query_over(facts, text=text), intent=intent, weights={"story": 1.0})
    mixer = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame)
    ranking = mixer.rank(query, pool_of(facts), {"story": signal(0.5, fits)})
    return int(ranking.pool.ids[ranking.order][0]) == 1


def words(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


def test_an_open_request_prefers_what_is_known_and_a_told_plot_what_fits() -> None:
    assert famous_first("a good comedy", fits=0.9)
    assert not famous_first(words(90), fits=0.9)


def test_a_plot_is_not_damped_for_who_voted_and_a_request_without_words_is() -> None:
    unknown = Title(1, vote_count=10_000, vote_average=4.5, popularity=1)
    facts = facts_of([unknown, Title(2, vote_count=10_000)])
    told = replace(query_over(facts, text=words(90)), weights={"story": 1.0})
    told = replace(told, intent=Intent(words(90), free_text=words(90)))
    mixer = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame)
    fits = {"story": signal(0.9, 0.8)}
    assert mixer.rank(told, pool_of(facts), fits).order.tolist() == [0, 1]
    unasked = replace(query_over(facts), weights={"story": 1.0})
    assert mixer.rank(unasked, pool_of(facts), fits).order.tolist() == [1, 0]


def test_of_titles_like_named_ones_a_single_word_in_common_brings_no_unknown_one() -> None:
    assert famous_first("I liked those", fits=0.6, seeds=(3,), is_narrative=True)
    assert not famous_first("I liked those", fits=0.99, seeds=(3,), is_narrative=True)


def test_a_recorded_strategy_that_tells_texts_not_apart_goes_by_the_words_alone() -> None:
    recorded = RANKING.fame.model_copy(update={"named": None, "plot": None})
    assert recorded.of("named", 14) == recorded.of("query", 14)
    assert recorded.of("plot", 14).floor == 0
    assert RANKING.fame.of("named", 14) != RANKING.fame.of("query", 14)
