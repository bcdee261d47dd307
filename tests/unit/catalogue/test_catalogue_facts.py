"""Facts are found by id, whether ids lie close together or far apart."""

import numpy as np
import pytest

from tests.facts_builder import Title, facts_of


@pytest.mark.parametrize("widest_gap", [1, 5, 1_000_000], ids=["dense", "gaps", "sparse"])
def test_rows_are_found_by_id(widest_gap: int) -> None:
    ids = [1, 2, 2 + widest_gap, 3 + widest_gap]
    facts = facts_of([Title(item_id) for item_id in ids])
    others = [0, -1, 4 + widest_gap, 2_000_000_000]
    asked = np.array([*reversed(ids), *others, ids[0]], dtype=np.int32)
    found = facts.rows_of(asked)
    assert found.tolist() == [3, 2, 1, 0, -1, -1, -1, -1, 0]
    assert found.dtype == np.int32


def test_an_empty_catalogue_has_no_rows() -> None:
    assert facts_of([]).rows_of(np.array([1, 2], dtype=np.int32)).tolist() == [-1, -1]


@pytest.mark.parametrize("widest_gap", [1, 5, 1_000_000], ids=["dense", "gaps", "sparse"])
@pytest.mark.parametrize("wanted", [0, 1, 40])
def test_rows_are_told_whether_their_ids_are_among_others(widest_gap: int, wanted: int) -> None:
    gaps = np.random.default_rng(2).integers(1, widest_gap + 1, size=100)
    ids = np.cumsum(gaps).astype(np.int32)
    facts = facts_of([Title(int(item_id)) for item_id in ids])
    drawn = np.random.default_rng(3).choice(ids, wanted, replace=False)
    # What left the catalogue, or was never in it, is among none of them.
    sought = np.unique(np.append(drawn, [-1, 0, int(ids[-1]) + 1, 2**31 - 1])).astype(np.int32)
    expected = np.isin(ids, drawn)
    assert expected.sum() == wanted
    np.testing.assert_array_equal(facts.are_among(slice(None), sought), expected)
    np.testing.assert_array_equal(facts.are_among(slice(5, 50), sought), expected[5:50])
    rows = np.array([99, 3, 3, 40], dtype=np.int32)
    np.testing.assert_array_equal(facts.are_among(rows, sought), expected[rows])


@pytest.mark.parametrize("widest_gap", [1, 5, 1_000_000], ids=["dense", "gaps", "sparse"])
def test_rows_are_told_by_id(widest_gap: int) -> None:
    gaps = np.random.default_rng(4).integers(1, widest_gap + 1, size=30)
    ids = np.cumsum(gaps).astype(np.int32)
    facts = facts_of([Title(int(item_id)) for item_id in ids])
    rows = np.random.default_rng(5).random(30) < 0.5
    found = facts.by_id(rows)
    assert np.flatnonzero(found).tolist() == ids[rows].tolist()
    assert len(found) == ids[-1] + 2
