"""An index over the arrays of another one answers as that does."""

from datetime import date

import numpy as np
from scipy.sparse import random_array

from api.catalogue.embeddings.keyword_centroids import KeywordCentroids, centroids_of
from api.catalogue.names.catalogue_names import CatalogueNames
from api.catalogue.names.group_names import GroupName
from api.catalogue.names.name_index import NameIndex
from api.catalogue.names.person_names import PersonName
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.similarity.item_similarity import Features, ItemSimilarity, similarity_of
from api.catalogue.words.word_index import Field, WordIndex, index_of
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.builders import ints


def test_names_are_found_as_before() -> None:
    fame = np.array([1, 3, 2], dtype=np.float32)
    titles = NameIndex.of([(0, "Heat"), (1, "The Heat"), (2, "東京物語")], fame)
    people = NameIndex.of([(0, "Al Pacino")], fame[:1])
    none = np.zeros(3, dtype=np.bool_)
    companies = NameIndex.of([(0, "Toho")], fame[:1])
    names = CatalogueNames(
        7,
        titles,
        ints([10, 11, 12]),
        none,
        ints([1995, 2013, 1953]),
        people,
        ints([5]),
        companies,
        ints([9]),
    )
    again = CatalogueNames.of_arrays(8, names.arrays())
    assert again.version == 8
    for typed in ("heat", "heat 1995", "haet", "東京", "物語", ""):
        assert list(again.titles_called(typed)) == list(names.titles_called(typed))
    assert [match.row for match in again.titles_called("物語")] == [2]
    assert list(again.people_called("pacino")) == list(names.people_called("pacino")) != []
    assert list(again.companies_called("toh")) == list(names.companies_called("toh")) != []


def test_a_text_is_read_as_before() -> None:
    names = TextNames.of(
        [TitleName(4, False, 1995, 10, 100, "Heat"), TitleName(5, True, 2014, 10, 100, "Fargo")],
        [PersonName(7, "Al Pacino", 9.0, ("cast",))],
        [ServiceName("nfx", "Netflix", ("netflix",))],
        [GroupName("franchise", 3, "Alien Collection", 4)],
    )
    again = names_of(TextNames.of_arrays(8, names.arrays()))
    assert again.version == 8
    for text in ("like heat, with pacino, on netflix", "like farog", "alien", "the rain"):
        before = parse(text, names=names_of(names), today=date(2026, 11, 1))
        assert parse(text, names=again, today=date(2026, 11, 1)) == before
    assert before.mentions == ()


def test_words_score_as_before() -> None:
    field = Field(
        1.0, ints([0, 0, 1]), ints([0, 1, 1]), [["robot"], ["love", "robot"]], by_length=True
    )
    index = index_of(3, ints([10, 11]), [field], ["robot dreams", "love"])
    again = WordIndex.of_arrays(3, index.arrays())
    for names in (index.names, again.names):
        found = names.matching(["robot"])
        assert (found.rows.tolist(), found.scores.tolist()) == ([0], [0.5])
    for words in (["robot"], ["love", "robot"], ["nowhere"]):
        np.testing.assert_array_equal(again.score(words), index.score(words))
    assert index.score(["robot"]).all()


def test_titles_are_as_like_as_before_over_arrays_that_cannot_be_written() -> None:
    rng = np.random.default_rng(3)
    ids = ints(range(1, 21))
    features = []
    for _ in range(7):
        table = random_array((20, 9), density=0.4, rng=rng).tocoo()
        rows, numbers = table.coords
        features.append(Features(rows.astype(np.int32), numbers.astype(np.int32)))
    similarity = similarity_of(version=1, ids=ids, features=features)
    arrays = similarity.arrays()
    for array in arrays.values():
        array.flags.writeable = False
    again = ItemSimilarity.of_arrays(1, arrays)
    np.testing.assert_array_equal(again.to_titles(ids), similarity.to_titles(ids))
    weights = np.linspace(-1, 1, 20, dtype=np.float32)
    np.testing.assert_array_equal(again.to_sum(ids, weights), similarity.to_sum(ids, weights))
    assert (similarity.to_titles(ids) > 0).sum() > len(ids)


def test_keywords_are_as_near_as_before_over_arrays_that_cannot_be_written() -> None:
    rows = [([1.0, 0.0, 1.0], [2, 4, 6]), ([0.0, 1.0, 1.0], [4, 8, 9, 10])]
    centroids = centroids_of(7, 3, [0.0, 0.0, 1.0], 100, rows)
    arrays = centroids.arrays()
    for array in arrays.values():
        array.flags.writeable = False
    again = KeywordCentroids.of_arrays(7, arrays)
    assert again.space_id == 3
    text = np.array([0.6, 0.8, 0], dtype=np.float32)
    np.testing.assert_array_equal(again.near(text), centroids.near(text))
    assert centroids.near(text).all()
    nothing = centroids_of(7, None, None, 0, [])
    assert KeywordCentroids.of_arrays(7, nothing.arrays()).space_id is None
