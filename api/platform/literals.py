"""Values as statements take them: numbers of numpy in Postgres' binary form, bound as they are.

The driver adapts a list element by element, and a text literal is written and read digit by digit:
600 ids took 70 us as text, 600 scores 130, a vector of 384 numbers 90; in binary each takes 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import pack
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg.adapt import Dumper
from psycopg.pq import Format

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)  # "until" of what has no end

_INT4, _FLOAT4 = 23, 700  # oids of the elements
_ELEMENT_BYTES = 4
_ARRAY_HEADER, _ELEMENT = 20, 8  # bytes of an array that is sent, and of each element


@dataclass(frozen=True, slots=True)
class Binary:
    """A value in the binary form of the type that the statement casts it to."""

    sent: bytes


class _AsItIs(Dumper):
    """Sends the bytes without a type of their own: the cast in the statement says it."""

    format = Format.BINARY

    def dump(self, obj: Binary) -> bytes:
        return obj.sent


psycopg.adapters.register_dumper(Binary, _AsItIs)


def int_array(numbers: NDArray[np.int32]) -> Binary:
    """An int[]; cast it in the statement: `%(ids)s::int[]`."""
    return _array(numbers, ">i4", _INT4)


def real_array(numbers: NDArray[np.float32]) -> Binary:
    """A real[]; cast it in the statement."""
    return _array(numbers, ">f4", _FLOAT4)


def half_vector(numbers: NDArray[np.float32]) -> Binary:
    """A halfvec, each number rounded to float16; cast it in the statement."""
    return Binary(pack("!2h", len(numbers), 0) + numbers.astype(">f2").tobytes())


def read_arrays(sent: Sequence[bytes], kind: str) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """The elements of arrays sent by array_send, one after the other, and how many each has.

    `kind` is ">i4" or ">f4". array_send: the number of dimensions, a flag, the element type; then,
    if there is a dimension, its size and lower bound; then of each element its length in bytes and
    itself, all big-endian.
    """
    lengths = [max(len(array) - _ARRAY_HEADER, 0) // _ELEMENT for array in sent]
    joined = b"".join([array[_ARRAY_HEADER:] for array in sent])
    elements = np.frombuffer(joined, dtype=[("length", ">i4"), ("element", kind)])["element"]
    return elements, np.array(lengths, dtype=np.int32)


def _array(numbers: NDArray[Any], element: str, oid: int) -> Binary:
    """One dimension, no nulls, counted from 1; each element with its length before it."""
    elements = np.empty(len(numbers), dtype=[("length", ">i4"), ("value", element)])
    elements["length"] = _ELEMENT_BYTES
    elements["value"] = numbers
    if not len(numbers):
        return Binary(pack("!3i", 0, 0, oid))
    return Binary(pack("!5i", 1, 0, oid, len(numbers), 1) + elements.tobytes())
