"""Columns of numbers, as every feature passes them around."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Days = NDArray[np.datetime64]  # without a time


def is_among(ids: Ints, ascending: Ints) -> Mask:
    """Which ids are in `ascending`; numpy's isin sorts both first and takes twice as long."""
    if len(ascending) == 0:
        return np.zeros(len(ids), dtype=np.bool_)
    found = np.minimum(np.searchsorted(ascending, ids), len(ascending) - 1)
    return np.asarray(ascending[found] == ids)
