"""How like titles are by what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.catalogue.similarity import item_similarity
from api.catalogue.similarity.item_similarity import (
    EVERY_FIELD,
    STORY_ALONE,
    Features,
    FieldShares,
    ItemSimilarity,
    similarity_of,
)
from api.domain.arrays import Ints
from tests.builders import ints

FIELDS = [one.name for one in fields(FieldShares)]


def similarity(
    titles: Mapping[int, Mapping[str, Sequence[int]]], version: int = 1, votes: Ints | None = None
) -> ItemSimilarity:
    """Titles by id, each with the features of some fields."""
    features = []
    for name in FIELDS:
        pairs = [
            (row, number)
            for row, title in enumerate(titles.values())
            for number in title.get(name, ())
        ]
        features.append(Features(ints(one for one, _ in pairs), ints(two for _, two in pairs)))
    return similarity_of(version=version, ids=ints(titles), features=features, votes=votes)


def to_first(of: ItemSimilarity, shares: FieldShares = EVERY_FIELD) -> list[float]:
    """How like the first title all others are."""
    likeness: list[float] = of.to_titles(of.ids[:1], shares)[0, 1:].tolist()
    return likeness


def test_a_rare_keyword_in_common_says_more_than_a_common_one() -> None:
    heist, rest = 1, 2
    of = similarity(
        {
            1: {"keywords": [heist, rest]},
            2: {"keywords": [heist, 3]},
            3: {"keywords": [rest, 3]},
            4: {"keywords": [rest]},
            5: {"keywords": [rest]},
        }
    )
    rare, common, *_ = to_first(of)
    assert rare > common > 0


def test_each_field_has_its_share() -> None:
    title = {"genres": [1], "people": [1]}
    of = similarity({1: title, 2: {"genres": [1]}, 3: {"people": [1]}})
    assert to_first(of, FieldShares(genres=3, people=1)) == pytest.approx([0.75, 0.25])


def test_what_a_title_lacks_makes_it_no_nearer() -> None:
    whole = {"genres": [1], "keywords": [1, 2]}
    of = similarity({1: whole, 2: {"genres": [1]}, 3: whole})
    bare, same = to_first(of)
    assert same == pytest.approx(1)
    assert bare < 0.5


def test_a_bare_title_is_compared_by_what_it_has() -> None:
    of = similarity({1: {"genres": [1]}, 2: {"genres": [1], "keywords": [1]}, 3: {"keywords": [1]}})
    assert to_first(of) == pytest.approx([1, 0])


def test_a_story_is_told_without_people_and_language() -> None:
    of = similarity({1: {"people": [1], "language": [1]}, 2: {"people": [1], "language": [1]}})
    assert to_first(of, STORY_ALONE) == [0]
    assert to_first(of) == pytest.approx([1])


def test_what_one_title_alone_has_compares_nothing() -> None:
    of = similarity({1: {"keywords": [1, 2]}, 2: {"keywords": [1]}})
    assert of.vectors.nnz == 2


def test_an_unknown_title_is_like_none() -> None:
    of = similarity({1: {"genres": [1]}, 2: {"genres": [1]}})
    likeness = of.to_titles(ints([7, 2]))
    assert likeness[0].tolist() == [0, 0]
    assert likeness[1].tolist() == pytest.approx([1, 1])


def test_a_sum_of_titles_is_near_to_each_and_away_from_a_negative_one() -> None:
    of = similarity(
        {
            1: {"keywords": [1, 2]},
            2: {"keywords": [3, 4]},
            3: {"keywords": [1, 3]},
            4: {"keywords": [2, 4]},
            5: {"keywords": [5]},
            6: {"keywords": [5]},
        }
    )
    both = of.to_sum(ints([1, 2, 99]), np.array([1, 1, 1], dtype=np.float32))
    assert (both[:4] > 0.5).all()
    assert both[4] == 0
    away = of.to_sum(ints([1, 5]), np.array([1, -1], dtype=np.float32))
    assert away[2] > 0 > away[5]
    assert of.to_sum(ints([99]), np.ones(1, dtype=np.float32)).tolist() == [0] * 6


@given(
    st.lists(
        st.fixed_dictionaries({name: st.lists(st.integers(0, 4), max_size=3) for name in FIELDS}),
        min_size=1,
        max_size=6,
    )
)
def test_some_titles_alone_are_compared_as_all_are(
    titles: list[Mapping[str, Sequence[int]]],
) -> None:
    of = similarity(dict(enumerate(titles, 1)))
    some, weights = ints([3, 1, 99]), np.array([1, -0.5, 1], dtype=np.float32)
    others = ints([2, 99, 1])
    rows = of.rows_of(others)
    whole = np.where(rows >= 0, of.to_sum(some, weights)[rows], 0)
    summed = of.summed(some, weights)
    assert of.sum_to(summed, others) == pytest.approx(whole, abs=1e-5)
    every = np.arange(len(of), dtype=np.int32)
    assert of.sum_to_rows(summed, every) == pytest.approx(of.to_sum(some, weights), abs=1e-5)
    one_by_one = [of.sum_to_rows(summed, every[row : row + 1])[0] for row in every]
    assert of.sum_to_rows(summed, every) == pytest.approx(one_by_one, abs=1e-6)
    pairs = of.between(some, others)
    by_pair, _ = of.between_pairs(np.repeat(some, 3), np.tile(others, 3))
    assert by_pair == pytest.approx(pairs.ravel(), abs=1e-6)


def test_a_field_that_one_of_two_lacks_is_not_shared() -> None:
    of = similarity({1: {"genres": [1]}, 2: {"genres": [1], "people": [1]}, 3: {"people": [1]}})
    shares = FieldShares(genres=3, keywords=4, people=1, words=0, language=0, period=0, kind=0)
    found = of.between(ints([1, 2, 99]), ints([2, 3, 98]), shares)
    assert found.tolist() == [
        pytest.approx([3 / 8, 0, 0]),
        pytest.approx([4 / 8, 1 / 8, 0]),
        [0] * 3,
    ]
    common = of.common_to(ints([1, 2, 99]), shares)
    mean = of.shared_with(common, ints([2, 3, 98]))
    assert mean == pytest.approx(found.mean(axis=0))
    among = of.between(ints([1, 2, 99]), ints([1, 2, 99]), shares)
    np.fill_diagonal(among, 0)
    assert common.among == pytest.approx(among.sum(axis=0) / 2, abs=1e-6)


def test_features_looked_up_one_by_one_compare_as_those_of_a_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = np.random.default_rng(1).integers(0, 30, size=(40, 6))
    of = similarity({n: {"keywords": one.tolist()} for n, one in enumerate(drawn, 1)})
    some, others = ints([3, 4, 99, 17]), ints([*range(1, 41), 98])
    found = []
    for at_once in (0, 1_000_000):
        monkeypatch.setattr(item_similarity, "_LOOKED_UP_AT_ONCE", at_once)
        found.append(of.between(some, others))
    np.testing.assert_array_equal(found[0], found[1])
    assert 0 < np.count_nonzero(found[0]) < found[0].size


@given(
    st.lists(
        st.fixed_dictionaries({name: st.lists(st.integers(0, 4), max_size=3) for name in FIELDS}),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_titles_are_as_alike_wherever_they_lie(
    titles: list[Mapping[str, Sequence[int]]], random: Random
) -> None:
    by_id = dict(enumerate(titles, 1))
    votes = ints(random.choices(range(3), k=len(titles)))
    lying, plain = similarity(by_id, votes=votes), similarity(by_id)
    assert (np.diff(votes[np.argsort(lying.places)]) <= 0).all()
    every, some = ints(by_id), ints([len(titles), 1, 99])
    weights = np.array([1, -0.5, 1], dtype=np.float32)
    summed, common = plain.summed(some, weights), plain.common_to(some, EVERY_FIELD)
    for found, expected in (
        (lying.to_titles(some), plain.to_titles(some)),
        (lying.to_sum(some, weights), plain.to_sum(some, weights)),
        (lying.between(some, every), plain.between(some, every)),
        (lying.between_pairs(every, every[::-1]), plain.between_pairs(every, every[::-1])),
        (lying.sum_to(summed, every), plain.sum_to(summed, every)),
        (lying.sum_to(summed, every[:1]), plain.sum_to(summed, every[:1])),
        (lying.shared_with(common, every), plain.shared_with(common, every)),
        (lying.lack_keywords(every), plain.lack_keywords(every)),
    ):
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_an_empty_catalogue_has_nothing_alike() -> None:
    of = similarity({})
    assert of.to_titles(ints([1])).shape == (1, 0)
    assert of.to_sum(ints([1]), np.ones(1, dtype=np.float32)).shape == (0,)


def test_features_of_every_field_are_asked_for() -> None:
    with pytest.raises(ValueError, match="1 fields instead of 7"):
        similarity_of(version=1, ids=ints([1]), features=[Features(ints([]), ints([]))])


@given(
    st.lists(
        st.fixed_dictionaries({name: st.lists(st.integers(0, 4), max_size=3) for name in FIELDS}),
        min_size=1,
        max_size=6,
    )
)
def test_likeness_is_in_0_to_1_and_none_is_nearer_than_the_title_itself(
    titles: list[Mapping[str, Sequence[int]]],
) -> None:
    of = similarity(dict(enumerate(titles, 1)))
    likeness = of.to_titles(of.ids)
    assert (likeness >= 0).all()
    assert (likeness <= 1 + 1e-5).all()
    assert (likeness <= likeness.diagonal()[:, None] + 1e-5).all()
