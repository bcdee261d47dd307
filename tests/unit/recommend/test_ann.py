"""How many titles the vector search is asked for, and of how wide a search."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from api.catalogue.embeddings.title_vectors import TitleVectors
from api.catalogue.similarity.item_similarity import Features, similarity_of
from api.domain.arrays import Floats
from api.recommend.evidence.ann import Ann
from api.recommend.pipeline.protocols import Answer
from api.recommend.pool import Retrieved
from api.viewers.taste.taste import Proposed, Taste
from tests.facts_builder import RANKING, Title, facts_of, query_over

_NUMBERS = RANKING.retrieval.model_copy(
    update={
        "ann_k": 200,
        "ann_k_co_liked": 80,
        "ann_k_lone": 60,
        "ann_k_words": 300,
        "ef_search": 400,
    }
)
_KNOWN = Taste(co_liked=Proposed(np.array([1], np.int32), np.ones(1, np.float32), np.zeros(1, int)))
_LONE = Taste(liked_ids=np.array([1], np.int32))


@pytest.mark.parametrize(
    ("taste", "vectors", "for_text", "searches", "k"),
    [
        (Taste(), 1, False, 1, 200),
        (Taste(), 4, False, 4, 50),
        (_LONE, 1, False, 1, 60),
        (_LONE, 2, False, 2, 30),
        (_LONE, 8, False, 8, 20),  # never fewer
        (_KNOWN, 1, False, 1, 80),
        (_KNOWN, 4, False, 1, 80),  # near to its interests is what is liked beside them
        (_KNOWN, 1, True, 1, 200),  # named titles have nothing else that leads
        (_KNOWN, 4, True, 4, 50),
    ],
)
def test_the_vectors_propose_fewer_where_something_else_leads(
    taste: Taste, vectors: int, for_text: bool, searches: int, k: int
) -> None:
    asked: list[dict[str, Any]] = []

    @contextmanager
    def ask(**parameters: Any) -> Iterator[Answer]:
        asked.append(parameters)
        yield lambda: Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))

    several: tuple[Floats, ...] = (np.ones(3, np.float32),) * vectors
    query = query_over(facts_of([Title(1), Title(2)]), taste=taste)
    source = Ann("ann", ask, _NUMBERS, for_text=for_text)
    source.retrieve(replace(query, vectors=several))
    assert [(len(one["vectors"]), one["k"], one["ef_search"]) for one in asked] == [
        (searches, k, 2 * k)
    ]


def test_what_titles_are_made_of_spares_the_search_near_to_each_interest() -> None:
    asked: list[int] = []

    @contextmanager
    def ask(**parameters: Any) -> Iterator[Answer]:
        asked.append(len(parameters["vectors"]))
        yield lambda: Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))

    several: tuple[Floats, ...] = (np.ones(3, np.float32),) * 4
    query = query_over(facts_of([Title(1), Title(2)]), taste=_LONE)
    nothing = Features(np.empty(0, np.int32), np.empty(0, np.int32))
    traits = similarity_of(version=1, ids=query.facts.ids, features=[nothing] * 7)
    query = replace(query, vectors=several, similarity=traits)
    Ann("ann", ask, _NUMBERS, for_text=False).retrieve(query)
    assert asked == [1]


@pytest.mark.parametrize(("titles", "k"), [(2, 200), (6_000, 240), (8_000, 300)])
def test_words_are_proposed_more_unless_the_catalogue_is_small(titles: int, k: int) -> None:
    asked: list[int] = []

    @contextmanager
    def ask(**parameters: Any) -> Iterator[Answer]:
        asked.append(parameters["k"])
        yield lambda: Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))

    query = query_over(facts_of([Title(number) for number in range(1, titles + 1)]))
    request = replace(query.request, text="a heist that goes wrong")
    source = Ann("ann", ask, _NUMBERS, for_text=True)
    source.retrieve(replace(query, vectors=(np.ones(3, np.float32),), request=request))
    assert asked == [k]


@pytest.mark.parametrize(("liked", "searched"), [([4, 5], {4, 5, 6}), ([1, 4], {1, 2, 3, 4, 5, 6})])
def test_who_has_named_shows_alone_is_searched_shows_for(
    liked: list[int], searched: set[int]
) -> None:
    asked: list[Any] = []

    @contextmanager
    def ask(**parameters: Any) -> Iterator[Answer]:
        asked.append(parameters["among"])
        yield lambda: Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))

    taste = Taste(
        known_ids=np.array(liked, np.int32),
        known_weights=np.ones(2, np.float32),
        known_named=np.ones(2, np.bool_),
    )
    query = query_over(facts_of([Title(n, is_show=n > 3) for n in range(1, 7)]), taste=taste)
    source = Ann("ann", ask, _NUMBERS, for_text=False)
    source.retrieve(replace(query, vectors=(np.ones(3, np.float32),)))
    mask = np.unpackbits(np.frombuffer(asked[0], np.uint8), bitorder="little")
    assert set(np.flatnonzero(mask).tolist()) == searched


_IN_SPACE = query_over(facts_of([])).versions.space_id


@pytest.mark.parametrize(
    ("space_id", "found"),
    [
        (_IN_SPACE, [3, 1]),
        (99, [2]),  # of another space: the database is asked
        (None, [2]),
    ],
)
@pytest.mark.parametrize("for_text", [True, False])
def test_vectors_in_memory_are_searched_among_what_is_allowed(
    space_id: int | None, found: list[int], for_text: bool
) -> None:
    @contextmanager
    def ask(**_: Any) -> Iterator[Answer]:
        yield lambda: Retrieved(np.array([2], np.int32), np.ones(1, np.float32))

    vectors = np.array([[0.6, 0.8, 0], [1, 0, 0], [0.8, 0.6, 0], [1, 0, 0]], np.float32)
    # The last one is newer than the facts.
    held = TitleVectors.of(1, 1, np.array([1, 2, 3, 4], np.int32), vectors)
    held = replace(held, space_id=space_id)
    source = Ann(
        "ann",
        ask,
        _NUMBERS,
        for_text=for_text,
        vectors=SimpleNamespace(current=lambda _: held),  # type: ignore[arg-type]
    )
    query = query_over(facts_of([Title(1), Title(2), Title(3)]))
    query = replace(
        query,
        vectors=(np.array([1, 0, 0], np.float32),),
        allowed=np.array([True, False, True]),
    )
    assert (source.asked(query) is None) is (space_id == _IN_SPACE)
    assert source.retrieve(query).ids.tolist() == found
    nobody = replace(query_over(facts_of([])), vectors=query.vectors)
    if space_id == _IN_SPACE:
        assert len(source.retrieve(nobody).ids) == 0


@pytest.mark.parametrize(
    ("for_text", "exact_below_rows", "found"),
    [(False, 3, [3, 1, 2]), (False, 2, [2]), (True, 3, [3, 1, 2]), (True, 2, [3, 1, 2])],
)
def test_a_taste_is_compared_with_what_is_few_and_searched_for_in_the_index_among_more(
    for_text: bool, exact_below_rows: int, found: list[int]
) -> None:
    @contextmanager
    def ask(**parameters: Any) -> Iterator[Answer]:
        assert not parameters["exact"]
        yield lambda: Retrieved(np.array([2], np.int32), np.ones(1, np.float32))

    vectors = np.array([[0.8, 0.6, 0], [0.6, 0.8, 0], [1, 0, 0]], np.float32)
    held = TitleVectors.of(1, 1, np.array([1, 2, 3], np.int32), vectors)
    held = replace(held, space_id=_IN_SPACE)
    numbers = _NUMBERS.model_copy(update={"exact_below_rows": exact_below_rows})
    among_held = SimpleNamespace(current=lambda _: held)
    source = Ann("ann", ask, numbers, for_text=for_text, vectors=among_held)  # type: ignore[arg-type]
    query = query_over(facts_of([Title(1), Title(2), Title(3)]))
    query = replace(query, vectors=(np.array([1, 0, 0], np.float32),))
    assert source.retrieve(query).ids.tolist() == found
