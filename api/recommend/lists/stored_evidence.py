"""How a list's evidence is kept: a header in JSON that says what follows, then a record per title.

The records are compressed here: zlib's fastest level needs 0.1 ms for the 40 KB of a long list and
leaves 5 KB, Postgres's own compression 2 ms for the same (so the column is stored as it comes).
The header names the records' columns and sources. So processes of two versions read each other's
lists while an upgrade rolls out: what one does not know it passes over, what is missing is a
column's default.
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from api.recommend.evidence.kinds import Kinds

_FORMAT = 3
_UNCOMPRESSED = 2  # the last format whose records stand as they are
_FASTEST = 1
_LENGTH_BYTES = 4

# What the first format did not say of itself: it had these columns, and a bit for each source.
# Its lists are read as long as they are kept (SLATE_KEEP_DAYS).
_FIRST_COLUMNS = (
    ("explored", "?"),
    ("near_id", "<i4"),
    ("near_cosine", "<f4"),
    ("near_liked", "?"),
    ("because_id", "<i4"),
    ("followed_id", "<i4"),
    ("neighbours", "<i2"),
    ("listed_id", "<i4"),
    ("person_id", "<i4"),
    ("genre_id", "<i4"),
    ("genre_titles", "<i2"),
    ("by_words", "?"),
    ("words_cosine", "<f4"),
    ("seed_id", "<i4"),
    ("seed_cosine", "<f4"),
    ("fatigue", "<f4"),
    ("propensity", "<f4"),
)
_FIRST_SOURCES = (
    "profile_ann",
    "query_ann",
    "lexical",
    "collaborative",
    "people",
    "trending",
    "popular",
    "related",
    "story",
    "followed",
    "audience",
    "fan_liked",
    "neighbours",
)


def packed(header: Mapping[str, Any], records: NDArray[np.void], kinds: Kinds) -> bytes:
    """The header and records of `kinds.dtype`; the header's own keys are any but three."""
    described = {
        **header,
        "format": _FORMAT,
        "sources": kinds.source_names,
        "columns": [(column.name, column.kind) for column in kinds.columns],
    }
    written = orjson.dumps(described)
    # Fixed-width records need no parsing.
    compressed = zlib.compress(records.tobytes(), _FASTEST)
    return len(written).to_bytes(_LENGTH_BYTES, "little") + written + compressed


def unpacked(stored: bytes, kinds: Kinds) -> tuple[dict[str, Any], NDArray[np.void]]:
    """The header of a stored list, and its records as `kinds.dtype` has them."""
    start = _LENGTH_BYTES + int.from_bytes(stored[:_LENGTH_BYTES], "little")
    header: dict[str, Any] = orjson.loads(stored[_LENGTH_BYTES:start])
    if "format" not in header:
        header["request"] = header.pop("wish")
        dtype = np.dtype([("sources", "<u2"), *_FIRST_COLUMNS])
        records = np.frombuffer(stored, dtype=dtype, offset=start)
        bits = np.arange(len(_FIRST_SOURCES), dtype=np.uint16)
        flags = (records["sources"][:, None] >> bits & 1).astype(np.bool_)
        return header, _known(records, flags, _FIRST_SOURCES, kinds)
    sources: list[str] = header["sources"]
    columns = [(name, kind) for name, kind in header["columns"]]
    dtype = np.dtype([("sources", "?", (len(sources),)), *columns])
    body = stored[start:]
    if header["format"] > _UNCOMPRESSED:
        body = zlib.decompress(body)
    records = np.frombuffer(body, dtype=dtype)
    if dtype == kinds.dtype and tuple(sources) == kinds.source_names:
        return header, records
    return header, _known(records, records["sources"], sources, kinds)


def _known(
    stored: NDArray[np.void], flags: NDArray[np.bool_], sources: Sequence[str], kinds: Kinds
) -> NDArray[np.void]:
    """Of the stored records what these kinds know; `flags` is (titles, sources)."""
    records = np.zeros(len(stored), dtype=kinds.dtype)
    for place, name in enumerate(kinds.source_names):
        if name in sources:
            records["sources"][:, place] = flags[:, sources.index(name)]
    for column in kinds.columns:
        is_stored = column.name in (stored.dtype.names or ())
        records[column.name] = stored[column.name] if is_stored else column.default
    return records
