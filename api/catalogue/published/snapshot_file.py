"""One immutable file of named arrays, mapped into memory by every process that reads it.

A JSON header says where each array lies; the arrays follow, aligned, in the bytes that numpy uses.
One file has one digest and one rename, which a folder of .npy files has not.
"""

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Arrays

_MAGIC = b"SEENCAT1"
_ALIGNED = 64  # a cache line
_PREFIX = len(_MAGIC) + 8
# Bytes. Of a larger file requests read rows here and there, and what the system reads around each
# of them takes the place of others where memory is short: held to 900 MB, a page of a million
# titles took 600 ms, and 43 without. A smaller one is sooner in memory with what lies around.
_LARGE = 500_000_000
_PAGE = mmap.PAGESIZE


class UnusableSnapshot(Exception):
    """A file that is not the whole snapshot asked for; the message says why."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an array lies, counted in bytes from the first array on."""

    name: str
    dtype: str
    shape: list[int]
    place: int

    @property
    def size(self) -> int:
        """Bytes."""
        return np.dtype(self.dtype).itemsize * int(np.prod(self.shape, dtype=np.int64))


def write_snapshot(path: Path, arrays: Arrays) -> str:
    """Writes the arrays and returns the file's sha256; `path` has all of it or is left alone.

    Raises OSError, for a full disk too, and ValueError for arrays of Python objects.
    """
    with replacing(path) as file:
        header, entries = _header(arrays)
        file.write(header)
        for array, entry in zip(arrays.values(), entries, strict=True):
            file.write(b"\0" * (len(header) + entry.place - file.tell()))
            file.write(_bytes_of(array))
    return digest_of(path)


def open_snapshot(
    path: Path, *, size: int, read_whole: tuple[str, ...] = ()
) -> dict[str, NDArray[Any]]:
    """The arrays, read-only and mapped. Only its size in bytes and its beginning are looked at; see
    snapshot_store.py for its digest. `read_whole` is how the names of those begin that are read
    from one end to the other; of the others, rows.

    Raises UnusableSnapshot for a missing, truncated or foreign file, and for one that may not be
    read.
    """
    try:
        found = path.stat().st_size
    except FileNotFoundError as exc:
        raise UnusableSnapshot(f"{path.name} is missing") from exc
    if found != size or found < _PREFIX:
        raise UnusableSnapshot(f"{path.name} has {found} bytes, not {size}")
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except PermissionError as exc:
        raise UnusableSnapshot(f"{path.name} is another user's") from exc
    whole = np.frombuffer(mapped, dtype=np.uint8)
    if whole[: len(_MAGIC)].tobytes() != _MAGIC:
        raise UnusableSnapshot(f"{path.name} is no snapshot of this format")
    start, entries = _entries(whole)
    if size >= _LARGE:
        for entry in entries:
            if not entry.name.startswith(read_whole):
                _reads_rows(mapped, start + entry.place, entry.size)
    return {entry.name: _mapped(whole, start, entry) for entry in entries}


def _reads_rows(mapped: mmap.mmap, start: int, size: int) -> None:
    """Has the system read nothing around what is asked for in the pages that lie within."""
    first, last = -(-start // _PAGE) * _PAGE, (start + size) // _PAGE * _PAGE
    if first < last:
        mapped.madvise(mmap.MADV_RANDOM, first, last - first)


def digest_of(path: Path) -> str:
    """The file's sha256, hexadecimal; reads all of it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when the block ends well, and goes when it does
    not. Its name begins with a dot and `path`'s, so that what a kill leaves behind is found."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    half = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _entries(whole: NDArray[np.uint8]) -> tuple[int, list[_Entry]]:
    """Where the first array begins, and all of them."""
    start = _PREFIX + int.from_bytes(whole[len(_MAGIC) : _PREFIX].tobytes(), "little")
    try:
        entries = [_Entry(**one) for one in json.loads(whole[_PREFIX:start].tobytes())]
    except (ValueError, TypeError) as exc:
        raise UnusableSnapshot("the file's header cannot be read") from exc
    if any(start + entry.place + entry.size > len(whole) for entry in entries):
        raise UnusableSnapshot("the file ends before its last array")
    return start, entries


def _header(arrays: Arrays) -> tuple[bytes, list[_Entry]]:
    # Places are counted from the first array on, so that the header's length does not move them.
    entries, place = list[_Entry](), 0
    for name, array in arrays.items():
        if array.dtype.hasobject:
            raise ValueError(f"{name} has Python objects, which cannot be mapped")
        entries.append(_Entry(name, array.dtype.str, list(array.shape), place))
        place = _aligned(place + array.nbytes)
    text = json.dumps([asdict(entry) for entry in entries]).encode()
    text += b" " * (_aligned(_PREFIX + len(text)) - _PREFIX - len(text))
    return _MAGIC + len(text).to_bytes(8, "little") + text, entries


def _bytes_of(array: NDArray[Any]) -> memoryview:
    # Dates have no buffer of their own.
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


def _mapped(whole: NDArray[np.uint8], start: int, entry: _Entry) -> NDArray[Any]:
    place = start + entry.place
    own = whole[place : place + entry.size]
    mapped: NDArray[Any] = own.view(np.dtype(entry.dtype)).reshape(entry.shape)
    return mapped


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
