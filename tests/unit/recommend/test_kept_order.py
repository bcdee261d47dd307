"""A hosted model's order, put back without the model."""

import numpy as np

from api.recommend.rerank.kept import KeptOrder
from tests.facts_builder import Title, facts_of, ids_of, query_over, ranking_of

_FACTS = facts_of([Title(number) for number in range(1, 6)])


def test_the_titles_it_put_first_lead_again() -> None:
    reranker = KeptOrder("rerank_openai", (4, 2))
    query = query_over(_FACTS)
    ranking = ranking_of(_FACTS, [1, 2, 3, 4, 5])
    again = reranker.rerank(query, ranking)
    assert reranker.applies_to(query)
    assert ids_of(again) == [4, 2, 1, 3, 5]
    assert np.array_equal(again.scores, ranking.scores)


def test_a_title_that_left_is_passed_over() -> None:
    again = KeptOrder("rerank_openai", (99, 5)).rerank(
        query_over(_FACTS), ranking_of(_FACTS, [1, 2, 3, 4, 5])
    )
    assert ids_of(again) == [5, 1, 2, 3, 4]


def test_it_has_nothing_to_say_where_no_model_was_asked() -> None:
    assert not KeptOrder("rerank_openai", ()).applies_to(query_over(_FACTS))
