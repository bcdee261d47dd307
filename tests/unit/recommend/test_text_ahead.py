"""What is encoded while other hydrators work."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.domain.arrays import Floats
from api.language.intent import Intent
from api.platform.errors import EncoderUnavailable
from api.recommend.hydrate.text_ahead import LongTextAhead, WordsAhead
from api.recommend.hydrate.text_vector import TextVector
from tests.facts_builder import RANKING, Title, facts_of, query_over

_FACTS = facts_of([Title(1)])
_LONG = "somebody finds a door behind the wall and " * 6


def vectors_of(seen: list[str], *, fails: bool = False) -> TextVector:
    def encode(texts: Sequence[str], *, model: str | None) -> Floats:
        assert model is None
        seen.extend(texts)
        if fails:
            raise EncoderUnavailable("late")
        return np.ones((len(texts), 2), dtype=np.float32)

    return TextVector(
        encode,
        RANKING.query,
        toward_answers={},
        trait_models={},
        cache_size=8,
        cache_ttl_seconds=60,
    )


def test_a_long_text_is_encoded_before_it_is_read_and_no_second_time() -> None:
    seen: list[str] = []
    vectors = vectors_of(seen)
    query = LongTextAhead(vectors).hydrate(query_over(_FACTS, text=_LONG))
    query = replace(query, intent=Intent(_LONG, free_text=_LONG))
    found = vectors.hydrate(WordsAhead(vectors).hydrate(query))
    assert found.text_vector is not None
    assert seen == [_LONG]


def test_of_a_short_text_what_reading_leaves_of_it() -> None:
    seen: list[str] = []
    vectors = vectors_of(seen)
    query = LongTextAhead(vectors).hydrate(query_over(_FACTS, text="90s heist at night"))
    query = replace(query, intent=Intent("90s heist at night", free_text="heist at night"))
    vectors.hydrate(WordsAhead(vectors).hydrate(query))
    assert seen == ["heist at night"]


@pytest.mark.parametrize("asked", [{"rewrite": "own words"}, {}])
def test_nothing_where_other_words_are_searched_for(asked: dict[str, Any]) -> None:
    seen: list[str] = []
    intent = Intent("90s", free_text="" if not asked else "heist")
    WordsAhead(vectors_of(seen)).hydrate(replace(query_over(_FACTS, **asked), intent=intent))
    assert seen == []


def test_what_fails_is_told_where_the_vector_is_wanted() -> None:
    vectors = vectors_of([], fails=True)
    query = LongTextAhead(vectors).hydrate(query_over(_FACTS, text=_LONG))
    with pytest.raises(EncoderUnavailable):
        vectors.hydrate(replace(query, intent=Intent(_LONG, free_text=_LONG)))
