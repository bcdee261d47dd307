"""Titles that words name are a small history: each kind of evidence speaks for what is beside."""

from dataclasses import replace

import numpy as np
import pytest

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.domain.arrays import Ints, Mask
from api.language.intent import Intent
from api.recommend.likeness.listed_beside import ListedBeside
from api.recommend.likeness.seeds_of_words import SeedsOfWords
from api.recommend.query import Query
from api.viewers.taste.neighbour_lists import ItemLists, NeighbourLists
from tests.facts_builder import Title, facts_of, query_over

_NOBODY = NeighbourLists(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def lists_of(*entries: tuple[int, int, float]) -> NeighbourLists:
    """(title, title beside it, weight)."""
    items, others, weights = zip(*entries, strict=True)
    return NeighbourLists(
        np.array(items, dtype=np.int32),
        np.array(others, dtype=np.int32),
        np.array(weights, dtype=np.float32),
    )


def seeds_of_words(
    *,
    co_liked: NeighbourLists = _NOBODY,
    fan_liked: NeighbourLists = _NOBODY,
    listed: tuple[tuple[int, int, int, bool], ...] = (),
) -> SeedsOfWords:
    def similarity(version: int) -> ItemSimilarity:
        ids = np.arange(1, 6, dtype=np.int32)
        nothing = Features(ids[:0], ids[:0])
        return similarity_of(version=version, ids=ids, features=[nothing] * 7)

    def related(_: CatalogueFacts, ids: Ints) -> tuple[Ints, Ints, Ints, Mask]:
        table = np.array([one for one in listed if one[0] in ids], dtype=np.int32).reshape(-1, 4)
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(np.bool_)

    return SeedsOfWords(
        similarity,
        lambda model, ids: ItemLists(
            co_liked, fan_liked, _NOBODY, np.empty(0, np.int32), np.empty(0, np.float32)
        ),
        ListedBeside(related, similar_share=0.5),
    )


def naming(*seeds: int, model_id: int | None = 7) -> Query:
    facts = facts_of([Title(number) for number in range(1, 6)])
    query = query_over(facts, text="like those")
    versions = replace(query.versions, model_id=model_id)
    return replace(query, intent=Intent("like those", seeds=seeds), versions=versions)


def test_what_is_liked_beside_two_titles_is_before_what_is_liked_beside_one() -> None:
    lists = lists_of((1, 3, 0.5), (2, 3, 0.5), (2, 4, 0.6))
    likeness = seeds_of_words(co_liked=lists).hydrate(naming(1, 2)).likeness
    assert likeness is not None
    assert likeness.scores.argmax() == 2
    assert likeness.scores[3] > likeness.scores[4] == 0
    assert likeness.scores.max() == pytest.approx(1)


@pytest.mark.parametrize(
    "seeds",
    [
        seeds_of_words(co_liked=lists_of((1, 3, 0.2))),
        seeds_of_words(fan_liked=lists_of((1, 3, 0.2))),
        seeds_of_words(listed=((1, 3, 1, True),)),
    ],
    ids=["co-liked", "liked by fans", "listed"],
)
def test_every_kind_of_evidence_speaks_alone(seeds: SeedsOfWords) -> None:
    likeness = seeds.hydrate(naming(1)).likeness
    assert likeness is not None
    assert likeness.scores.argmax() == 2


def test_a_named_title_is_no_answer_to_itself() -> None:
    lists = lists_of((1, 2, 0.9), (2, 1, 0.9), (1, 3, 0.1))
    likeness = seeds_of_words(co_liked=lists).hydrate(naming(1, 2)).likeness
    assert likeness is not None
    assert likeness.scores[:2].tolist() == [0, 0]


def test_a_text_that_is_a_name_asks_for_the_title_and_next_for_what_is_like_it() -> None:
    lists = lists_of((1, 3, 0.9), (1, 4, 0.1))
    query = replace(naming(), intent=Intent("heat", named_title=1, free_text="heat"))
    likeness = seeds_of_words(co_liked=lists).hydrate(query).likeness
    assert likeness is not None
    assert likeness.scores[[0, 2]].tolist() == pytest.approx([1, 1])
    assert likeness.scores[2] > likeness.scores[3] > likeness.scores[4]
    # Its story has nothing to do with the words of its name.
    assert (query.words, query.words_of_names) == (None, "heat")


def test_without_a_model_the_lists_beside_still_speak() -> None:
    seeds = seeds_of_words(co_liked=lists_of((1, 4, 0.9)), listed=((1, 3, 1, True),))
    likeness = seeds.hydrate(naming(1, model_id=None)).likeness
    assert likeness is not None
    assert likeness.scores.argmax() == 2


def test_words_that_name_no_title_and_titles_as_parameters_are_left_as_they_are() -> None:
    seeds = seeds_of_words(co_liked=lists_of((1, 3, 0.5)))
    assert seeds.hydrate(naming()).likeness is None
    query = naming(1)
    by_parameter = replace(query, request=replace(query.request, like=(2,)))
    assert seeds.hydrate(by_parameter).likeness is None


def test_the_less_fans_agree_the_less_viewers_say_beside_what_a_title_is_made_of() -> None:
    liked = lists_of((1, 3, 0.5))
    for agreed, speaks in ((0.5, 1.0), (0.2, 0.5), (0.04, 0.1)):
        hydrator = seeds_of_words(co_liked=liked, fan_liked=lists_of((1, 4, agreed)))
        likeness = hydrator.hydrate(naming(1)).likeness
        assert likeness is not None
        assert likeness.to_each[0, 2] == pytest.approx(0.25 * speaks)
