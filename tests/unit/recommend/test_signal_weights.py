"""What each signal weighs: the words decide, then how much is known, then the request itself."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.language.intent import Intent
from api.recommend.hydrate.weights import SignalWeights
from api.viewers.taste.taste import Proposed, Taste
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, query_over

_FACTS = facts_of([Title(1)])
_MIXER = RANKING.mixer


def weights(*, liked: int = 0, agreed: float = 1.0, **request: Any) -> dict[str, float]:
    """Of a viewer who likes so many titles, whose fans agree so much on twenty others."""
    items = ints(range(1, 21)) if agreed and liked else ints([])
    fans = Proposed(items, np.full(len(items), agreed, np.float32), items)
    query = query_over(_FACTS, taste=Taste(liked_titles=liked, fan_liked=fans), **request)
    return dict(SignalWeights(_MIXER, RANKING.fame).hydrate(query).weights)


def test_words_are_weighed_alike_for_everybody() -> None:
    assert weights(text="heist") == weights(text="heist", liked=50) == dict(_MIXER.query)


def test_a_stranger_is_weighed_as_one() -> None:
    assert weights() == dict(_MIXER.cold)


@pytest.mark.parametrize("liked", [1, 12, 400])
def test_a_taste_weighs_more_the_more_it_is_made_of(liked: int) -> None:
    assert weights(liked=liked) == dict(_MIXER.of_history(liked))


def test_where_nobody_else_is_known_to_like_it_a_taste_goes_by_what_titles_are() -> None:
    assert weights(liked=12, agreed=0) == dict(_MIXER.lone)
    assert weights(liked=12, agreed=0, text="heist") == dict(_MIXER.query)


def test_where_little_is_known_of_others_it_goes_by_both() -> None:
    known, lone = weights(liked=12), weights(liked=12, agreed=0)
    between = weights(liked=12, agreed=0.06)
    assert sum(between.values()) == pytest.approx(sum(known.values()))
    for name, weight in between.items():
        scaled = lone[name] * sum(known.values()) / sum(lone.values())
        assert weight == pytest.approx((known[name] + scaled) / 2)


def test_what_the_request_names_counts_and_the_others_stay() -> None:
    asked = weights(liked=12, weights=(("novelty", 3.0), ("vote", 0.0)))
    assert asked == dict(_MIXER.of_history(12)) | {"novelty": 3.0, "vote": 0.0}


def test_a_title_leads_where_the_words_only_say_how_others_differ() -> None:
    intent = Intent("like Heat but calm", seeds=(1,), seed_leads=True, free_text="calm")
    query = replace(query_over(_FACTS, text=intent.text), intent=intent)
    found = dict(SignalWeights(_MIXER, RANKING.fame).hydrate(query).weights)
    assert found == dict(_MIXER.query) | {"likeness": 4 * _MIXER.query["likeness"]}


@pytest.mark.parametrize(
    ("intent", "narrative"),
    [
        (Intent("heist films", free_text="heist"), False),
        (Intent("like Heat", seeds=(1,)), False),
        (Intent("I liked Heat", seeds=(1,), is_narrative=True), True),
        (Intent("and then he runs " * 12), True),
        (Intent("a man who robs banks", named_title=1), False),
    ],
)
def test_what_tells_more_than_it_asks_has_weights_of_its_own(
    intent: Intent, narrative: bool
) -> None:
    query = replace(query_over(_FACTS, text=intent.text), intent=intent)
    found = dict(SignalWeights(_MIXER, RANKING.fame).hydrate(query).weights)
    assert found == dict(_MIXER.narrative if narrative else _MIXER.query)
    assert _MIXER.narrative != _MIXER.query
