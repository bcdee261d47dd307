"""The measures behind `python -m tests.quality.similar`."""

import numpy as np
from scipy import sparse

from api.platform.database import Database
from tests.builders import add_item, ints
from tests.quality.similar import auc, read_pairs, recall


def test_pairs_are_found_by_any_name_and_a_year_more_or_less(database: Database) -> None:
    heat = add_item(database, "Heat", tmdb_id=1, release_year=1995)
    collateral = add_item(
        database, "Im Nebel", alternatives=["Collateral"], tmdb_id=2, release_year=2005
    )
    pairs, written = read_pairs(database)
    assert [(pair.one, pair.other, pair.similar) for pair in pairs] == [(heat, collateral, True)]
    assert written > 200


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    scores = np.array([0.9, 0.2, 0.5, 0.2], dtype=np.float32)
    assert auc(scores, np.array([True, True, False, False])) == (1 + 1 + 0 + 0.5) / 4


def test_recall_leaves_the_title_itself_out() -> None:
    truth = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=np.float32))
    perfect = np.array([[1, 0.5, 0.1]], dtype=np.float32)
    assert recall(perfect, truth, ints([0])) == 1 / 20
