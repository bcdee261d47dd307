"""Which words the query vector is made of."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.domain.arrays import Floats
from api.language.intent import Intent
from api.recommend.hydrate.text_vector import TextVector
from tests.facts_builder import RANKING, Title, facts_of, query_over

_FACTS = facts_of([Title(1)])


def encoded(intent: Intent | None, **asked: Any) -> list[str]:
    """The texts that were encoded, the main one first."""
    seen: list[str] = []

    def encode(texts: Sequence[str], *, model: str | None) -> Floats:
        assert model is None
        seen.extend(texts)
        return np.ones((len(texts), 2), dtype=np.float32)

    hydrator = TextVector(
        encode,
        RANKING.query,
        toward_answers={},
        trait_models={},
        cache_size=8,
        cache_ttl_seconds=60,
    )
    hydrator.hydrate(replace(query_over(_FACTS, **asked), intent=intent))
    return seen


_REST = Intent("90s heist at night", free_text="heist at night")


@pytest.mark.parametrize(
    ("intent", "asked", "texts"),
    [
        (_REST, {}, ["heist at night"]),
        (replace(_REST, rewrite="night robbery"), {}, ["night robbery"]),
        (replace(_REST, description="Thieves meet."), {}, ["heist at night", "Thieves meet."]),
        (replace(_REST, rewrite="night robbery"), {"rewrite": "own words"}, ["own words"]),
        (
            replace(_REST, description="Thieves meet."),
            {"description": "Own."},
            ["heist at night", "Own."],
        ),
        (None, {"rewrite": "1 2 3 4 5 6 7 8 9"}, ["1 2 3 4 5 6 7 8"]),
        (Intent("90s"), {"text": "90s"}, []),
    ],
)
def test_a_clients_override_comes_before_a_models_words_and_these_before_the_viewers(
    intent: Intent | None, asked: dict[str, Any], texts: list[str]
) -> None:
    assert encoded(intent, **asked) == texts
