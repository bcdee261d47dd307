"""Selectors trade relevance for variety and never lose a candidate."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.embeddings.kept_embeddings import KeptEmbeddings
from api.domain.arrays import Floats, Ints
from api.language.intent import Intent
from api.recommend.pipeline.runner import with_falling_scores
from api.recommend.query import Query
from api.recommend.rank.head_embeddings import HeadEmbeddings
from api.recommend.ranking import Ranking
from api.recommend.select.exploration import Exploration
from api.recommend.select.franchise_cap import FranchiseCap
from api.recommend.select.mmr import Mmr
from api.viewers.taste.taste import Taste
from tests.builders import ints
from tests.facts_builder import RANKING, Title, facts_of, ids_of, query_over, ranking_of


def test_keeps_the_two_better_ranked_of_four_sequels_in_the_head() -> None:
    facts = facts_of([Title(n, collection=9 if n <= 4 else 0) for n in range(1, 11)])
    ranking = ranking_of(facts, range(1, 11))
    capped = FranchiseCap(cap=2, head=5).select(query_over(facts), ranking)
    assert ids_of(capped) == [1, 2, 5, 6, 7, 3, 4, 8, 9, 10]


def test_what_the_cap_moves_into_the_head_has_a_vector() -> None:
    facts = facts_of([Title(n, collection=9 if n <= 4 else 0) for n in range(1, 31)])
    query = query_over(facts)

    def read(_space: int, ids: Ints) -> tuple[Ints, Floats]:
        return ids, np.ones((len(ids), 3), dtype=np.float32)

    ranking = ranking_of(facts, range(1, 31))
    loaded = HeadEmbeddings(KeptEmbeddings(read, lambda *_: None), 10).load(query, ranking)
    capped = FranchiseCap(cap=2, head=10).select(query, loaded)
    assert capped.embedded is not None
    assert ids_of(capped)[8:10] == [11, 12]
    assert (capped.embedded[capped.order[:10]] >= 0).all()


def test_titles_without_a_collection_are_no_franchise() -> None:
    facts = facts_of([Title(n) for n in range(1, 8)])
    ranking = ranking_of(facts, range(1, 8))
    assert ids_of(FranchiseCap(cap=1, head=5).select(query_over(facts), ranking)) == [
        1, 2, 3, 4, 5, 6, 7,
    ]  # fmt: skip


def mmr(lambda_: float) -> Mmr:
    return Mmr(lambda_=lambda_, pool=20, head=20)


def test_second_pick_is_a_different_film_rather_than_a_near_copy() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3, 4)])
    vectors = [[1, 0, 0], [0.99, 0.14, 0], [0, 1, 0], [0, 0, 1]]
    ranking = ranking_of(facts, [1, 2, 3, 4], [0.9, 0.88, 0.85, 0.2], vectors)
    assert ids_of(mmr(0.5).select(query_over(facts), ranking))[:2] == [1, 3]


def test_requests_in_words_have_a_share_of_relevance_of_their_own() -> None:
    facts = facts_of([Title(n) for n in (1, 2, 3, 4)])
    vectors = [[1, 0, 0], [0.99, 0.14, 0], [0, 1, 0], [0, 0, 1]]
    ranking = ranking_of(facts, [1, 2, 3, 4], [0.9, 0.88, 0.85, 0.2], vectors)
    selector = Mmr(lambda_=0.5, of_words=1.0, pool=20, head=20)
    assert ids_of(selector.select(query_over(facts), ranking))[:2] == [1, 3]
    assert ids_of(selector.select(query_over(facts, text="heists"), ranking))[:2] == [1, 2]


def test_lists_of_what_tells_of_titles_or_tells_at_length_are_not_made_various() -> None:
    query = query_over(facts_of([Title(1)]), text="words")
    intents = {
        "asks": Intent("heist films", free_text="heist"),
        "names": Intent("I liked Heat", seeds=(1,), is_narrative=True),
        "tells": Intent("and then he runs " * 12),
    }
    applies = {name: mmr(0.5).applies_to(replace(query, intent=i)) for name, i in intents.items()}
    assert applies == {"asks": True, "names": False, "tells": False}


def test_least_related_title_does_not_win_by_being_different() -> None:
    # The fault of old: 1/(1+rank) beside a cosine let the most distant title win after two picks.
    rng = np.random.default_rng(3)
    near = np.array([1.0] + [0.0] * 15) + rng.normal(0, 0.15, (15, 16))
    far = np.array([[0.0] * 15 + [1.0]])
    vectors = np.concatenate([near, far])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    facts = facts_of([Title(n) for n in range(1, 17)])
    scores = [*np.linspace(0.9, 0.7, 15), 0.05]
    ranking = ranking_of(facts, range(1, 17), scores, vectors)
    assert 16 not in ids_of(mmr(0.7).select(query_over(facts), ranking))[:8]


def test_lambda_one_keeps_the_order_of_relevance() -> None:
    facts = facts_of([Title(n) for n in range(1, 9)])
    vectors = np.random.default_rng(0).normal(size=(8, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ranking = ranking_of(facts, range(1, 9), embeddings=vectors)
    assert ids_of(mmr(1.0).select(query_over(facts), ranking)) == list(range(1, 9))


def page_of_forty(limit: int) -> tuple[Query, Ranking]:
    """Thirty known titles ranked before ten relevant ones of the long tail."""
    titles = [Title(n, popularity=100 - n) for n in range(1, 31)]
    titles += [Title(n, vote_count=200) for n in range(31, 41)]
    titles += [Title(n, popularity=50) for n in range(100, 160)]  # not in the pool
    facts = facts_of(titles)
    query = query_over(facts, limit=limit, taste=Taste(known_ids=ints([1])))
    return query, ranking_of(facts, range(1, 41), [0.8] * 40)


def test_long_tail_gets_its_share_of_the_page_and_never_the_first_place() -> None:
    query, ranking = page_of_forty(limit=20)
    page = ids_of(Exploration(RANKING.diversify).select(query, ranking))[:20]
    assert page[0] == 1
    assert len([item for item in page if item > 30]) == 3


def test_tiny_pages_are_not_explored() -> None:
    query, _ = page_of_forty(limit=2)
    assert not Exploration(RANKING.diversify).applies_to(query)


def test_the_long_tail_does_not_bring_a_third_title_of_a_franchise_into_the_head() -> None:
    # Two famous parts lead; the third one, obscure, was deferred behind the head.
    titles = [
        Title(n, vote_count=1000 if n < 120 else 200, collection=9 if n in (1, 2, 120) else 0)
        for n in range(1, 131)
    ]
    facts = facts_of([*titles, *(Title(n, vote_count=500) for n in range(200, 400))])
    ranking = ranking_of(facts, range(1, 131), [0.8] * 130)
    explored = Exploration(RANKING.diversify).select(query_over(facts, limit=20), ranking)
    drawn = {int(explored.pool.ids[index]) for index in explored.explored}
    assert drawn
    assert drawn <= set(range(121, 131))
    assert 120 not in ids_of(explored)[: RANKING.diversify.mmr_head]


def test_irrelevant_tail_is_left_where_it_is() -> None:
    query, ranking = page_of_forty(limit=20)
    scores = [0.8] * 30 + [0.1] * 10
    poor = ranking_of(query.facts, ids_of(ranking), scores)
    explored = Exploration(RANKING.diversify).select(query, poor)
    assert explored.explored == {}
    assert ids_of(explored) == ids_of(poor)


@given(
    st.lists(st.floats(0, 1, width=32), min_size=4, max_size=60),
    st.integers(3, 20),
    st.floats(0, 1),
)
def test_selectors_lose_and_repeat_nobody_and_scores_fall(
    scores: list[float], limit: int, lambda_: float
) -> None:
    scores = sorted(scores, reverse=True)
    ids = range(1, len(scores) + 1)
    facts = facts_of([Title(n, collection=n % 3, popularity=n % 7) for n in ids])
    vectors = np.random.default_rng(5).normal(size=(len(scores), 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = query_over(facts, limit=limit)
    ranking = ranking_of(facts, ids, scores, vectors)
    for selector in (
        FranchiseCap(cap=2, head=10),
        Mmr(lambda_=lambda_, pool=30, head=20),
        Exploration(RANKING.diversify),
    ):
        ranking = selector.select(query, ranking)
    final = with_falling_scores(ranking)
    assert sorted(ids_of(final)) == list(ids)
    assert (np.diff(final.scores) <= 1e-6).all()
