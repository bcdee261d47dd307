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
