"""A taste is compared with titles by what they are made of, from the first list of a process on."""

from dataclasses import replace

import numpy as np
import pytest

from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.platform.resident import Resident
from api.recommend.likeness.hydrators import MetadataOfTaste
from api.recommend.query import Query
from tests.facts_builder import Title, facts_of, query_over


def similarity(titles: int) -> ItemSimilarity:
    ids = np.arange(1, titles + 1, dtype=np.int32)
    nothing = Features(ids[:0], ids[:0])
    return similarity_of(version=99, ids=ids, features=[nothing] * 7)


def query(titles: int, *, known: int) -> Query:
    given = query_over(facts_of([Title(number) for number in range(1, titles + 1)]))
    known_ids = np.arange(1, known + 1, dtype=np.int32)
    taste = replace(given.viewer.taste, known_ids=known_ids)
    return replace(given, viewer=replace(given.viewer, taste=taste), weights={"alike": 1.0})


# A catalogue of 4,000 is one that takes long to read where nobody published it.
@pytest.mark.parametrize("titles", [3, 4000])
def test_the_first_list_of_a_process_has_it(titles: int) -> None:
    hydrator = MetadataOfTaste(Resident("similarity", lambda: similarity(titles)).current)
    assert hydrator.hydrate(query(titles, known=2)).similarity is not None


def test_without_a_taste_nothing_is_read() -> None:
    def fails() -> ItemSimilarity:
        raise AssertionError

    hydrator = MetadataOfTaste(Resident("similarity", fails).current)
    assert hydrator.hydrate(query(3, known=0)).similarity is None
