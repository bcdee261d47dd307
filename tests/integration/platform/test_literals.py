"""Numbers of numpy, bound in Postgres' binary form, arrive as they are."""

import numpy as np
import pytest

from api.platform import literals
from api.platform.database import Database


def _back(database: Database, cast: str, value: literals.Binary) -> object:
    with database.autocommit() as cursor:
        row = cursor.execute(f"SELECT %(value)s::{cast}", {"value": value}).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("numbers", [[], [7], [0, -1, 2**31 - 1, -(2**31)]])
def test_ids_arrive_in_their_order(database: Database, numbers: list[int]) -> None:
    sent = literals.int_array(np.array(numbers, dtype=np.int32))
    assert _back(database, "int[]", sent) == numbers


def test_scores_arrive_bit_for_bit(database: Database) -> None:
    numbers = np.array([0, -0.0, 1 / 3, 1e-40, 3.4e38, -7.25], dtype=np.float32)
    received = _back(database, "real[]", literals.real_array(numbers))
    assert np.array(received, dtype=np.float32).tobytes() == numbers.tobytes()


def test_no_scores_are_an_empty_array(database: Database) -> None:
    assert _back(database, "real[]", literals.real_array(np.empty(0, dtype=np.float32))) == []


def test_a_vector_arrives_as_float16(database: Database) -> None:
    numbers = np.array([0.1, -0.25, 1 / 3], dtype=np.float32)
    with database.autocommit() as cursor:
        row = cursor.execute(
            "SELECT halfvec_send(%(vector)s::halfvec(3))", {"vector": literals.half_vector(numbers)}
        ).fetchone()
    assert row is not None
    assert row[0][4:] == numbers.astype(">f2").tobytes()


def test_a_vector_of_another_length_is_refused(database: Database) -> None:
    vector = literals.half_vector(np.ones(4, dtype=np.float32))
    with pytest.raises(Exception, match="expected 3 dimensions, not 4"):
        _back(database, "halfvec(3)", vector)


def test_ids_select_rows(database: Database) -> None:
    wanted = literals.int_array(np.array([2, 5], dtype=np.int32))
    with database.autocommit() as cursor:
        rows = cursor.execute(
            "SELECT n FROM generate_series(1, 9) AS n WHERE n = ANY(%(ids)s::int[])",
            {"ids": wanted},
        ).fetchall()
    assert [row[0] for row in rows] == [2, 5]
