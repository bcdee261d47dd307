"""The first titles of an order that may be shown: the same ones as a look at all of them finds."""

from dataclasses import replace

import numpy as np
import pytest

from api.recommend.evidence.shapes import first_allowed
from tests.facts_builder import Title, facts_of, query_over


@pytest.mark.parametrize("titles", [0, 1, 7, 64])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
@pytest.mark.parametrize("most", [None, 0, 1, 3, 100])
def test_first_allowed_are_those_of_the_whole_order(
    titles: int, share: float, most: int | None
) -> None:
    chance = np.random.default_rng(titles)
    order = chance.permutation(titles).astype(np.int32)
    allowed = chance.random(titles) < share
    query = replace(query_over(facts_of([Title(n) for n in range(1, titles + 1)])), allowed=allowed)
    found = first_allowed(query, order, most)
    assert found.tolist() == [row for row in order.tolist() if allowed[row]][:most]
    assert found.dtype == order.dtype
