"""Stated and inferred leanings as signals: their scale, and that they move the order."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Floats
from api.domain.languages import language_code
from api.recommend.evidence.decade_affinity import DECADE_AFFINITY
from api.recommend.evidence.kind import Kind, Needs
from api.recommend.evidence.language_affinity import LANGUAGE_AFFINITY
from api.recommend.evidence.popularity import Popular
from api.recommend.evidence.registry import EVIDENCE
from api.recommend.evidence.stated_preference import PreferenceSignal
from api.recommend.pipeline.protocols import Scorer
from api.recommend.pool import Pool
from api.recommend.rank.mixer import WeightedMixer
from api.viewers.preferences.preference import Preference
from api.viewers.taste.taste import Taste
from tests.facts_builder import RANKING, Title, facts_of, query_over

COMEDY = Preference("genre", "Comedy", "prefer")
NO_HORROR = Preference("genre", "Horror", "avoid")
FACTS = facts_of(
    [
        Title(1, genres=("Horror",), language="en", year=2004),
        Title(2, genres=("Drama",), language=None, year=0),
        Title(3, genres=("Comedy",), language="ko", year=1995),
    ]
)
# Titles that nothing else tells apart.
SIGNALS = EVIDENCE.weighed
NOTHING: Any = None


def scorer_of(kind: Kind) -> Scorer:
    assert kind.signal is not None
    return kind.signal.build(Needs(NOTHING, RANKING))


LANGUAGES, DECADES = scorer_of(LANGUAGE_AFFINITY), scorer_of(DECADE_AFFINITY)


def pool_of(facts: CatalogueFacts) -> Pool:
    rows = np.arange(len(facts), dtype=np.int32)
    return Pool(facts, rows)


def scored(
    scorer: Scorer, taste: Taste | None = None, preferences: tuple[Preference, ...] = ()
) -> Floats:
    query = query_over(FACTS, taste=taste, preferences=preferences)
    return scorer.score(query, pool_of(FACTS))


def order(
    scorer: Scorer, taste: Taste | None = None, preferences: tuple[Preference, ...] = ()
) -> list[int]:
    query = query_over(FACTS, taste=taste, preferences=preferences)
    neutral = {name: np.full(len(FACTS), 0.5, dtype=np.float32) for name in SIGNALS}
    given = neutral | {scorer.name: scorer.score(query, pool_of(FACTS))}
    # Whatever weight the signal is shipped with.
    query = replace(query, weights={**query.weights, scorer.name: 0.5})
    ranking = WeightedMixer(RANKING.mixer, RANKING.damping, RANKING.fame).rank(
        query, pool_of(FACTS), given
    )
    return [int(item) for item in ranking.pool.ids[ranking.order]]


def test_a_preference_is_far_from_neutral_and_within_bounds() -> None:
    stated = (COMEDY, NO_HORROR)
    assert scored(PreferenceSignal(), preferences=stated) == pytest.approx(
        [0.12, 0.5, 0.88], abs=0.01
    )
    many = tuple(Preference("genre", "Comedy", "prefer") for _ in range(50))
    assert scored(PreferenceSignal(), preferences=many).max() <= 1


def test_what_is_preferred_leads_and_what_is_to_be_avoided_ends() -> None:
    assert order(PreferenceSignal(), preferences=(COMEDY, NO_HORROR)) == [3, 2, 1]
    assert order(PreferenceSignal()) == [1, 2, 3]


def test_one_stated_preference_outweighs_the_whole_inferred_genre_affinity() -> None:
    apart = np.ptp(scored(PreferenceSignal(), preferences=(COMEDY, NO_HORROR)))
    for weights in (RANKING.mixer.warm, RANKING.mixer.cold, RANKING.mixer.query):
        assert weights["preference"] * apart > weights["genre_affinity"]


def test_a_language_that_is_liked_more_than_it_is_common_leads() -> None:
    taste = Taste(
        genre_prefs={18: 1.0}, languages={language_code("ko"): 0.8, language_code("en"): 0.45}
    )
    assert scored(LANGUAGES, taste) == pytest.approx([0.45, 0.5, 0.8])
    assert order(LANGUAGES, taste) == [3, 2, 1]


def test_a_decade_that_is_liked_more_than_it_is_common_leads() -> None:
    taste = Taste(genre_prefs={18: 1.0}, decades={1990: 0.7, 2000: 0.3})
    assert scored(DECADES, taste) == pytest.approx([0.3, 0.5, 0.7])
    assert order(DECADES, taste) == [3, 2, 1]


def test_without_a_taste_every_language_is_neutral() -> None:
    assert scored(LANGUAGES).tolist() == [0.5, 0.5, 0.5]


def test_half_of_the_popular_titles_are_kept_for_what_is_preferred() -> None:
    common = [Title(number, popularity=1000 - number) for number in range(1, 701)]
    rare = [Title(701 + number, genres=("Comedy",), popularity=1) for number in range(400)]
    facts = facts_of([*common, *rare])
    size = RANKING.retrieval.slate_size
    found = Popular(size).retrieve(query_over(facts, preferences=[COMEDY]))
    assert len(found.ids) == size
    assert (found.ids > 700).sum() == size // 2
    assert found.ids[0] == 1
    usual = Popular(size).retrieve(query_over(facts))
    assert usual.ids.max() == size
