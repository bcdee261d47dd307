"""Finds the ONNX graphs that jobs wrote for a model, and trusts them no further than their record.

A graph is named for the SHA-256 of the weights it came from. Beside it a small record remembers
size, modification time and digest of all files: a start compares sizes and times (microseconds)
and hashes (0.1 s per 90 MB) only what changed. Weights are never read without being hashed.
`etl/embeddings/graph.py` writes them.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from api.models.model_folder import ModelFolder
from api.platform.errors import EncoderUnavailable

WRITER_VERSION = 1  # raise it when bert_graph.py writes different graphs
# Raise it when quantised_graph.py does: the one of before serves until a job writes the next.
QUANTISER_VERSION = 2


class Stamp(BaseModel, frozen=True):
    size: int
    mtime_ns: int
    sha256: str


class Record(BaseModel, frozen=True):
    weights: Stamp
    graph: Stamp
    quantised: Stamp | None = None  # None where none was written
    quantiser: int = 1


def find_graph(model: ModelFolder, cache_dir: Path, *, quantised: bool = False) -> Path | None:
    """The path of the model's graph; None when it is absent, partial or altered.

    `quantised` finds the one for requests, see `etl/embeddings/quantised_graph.py`.
    Raises EncoderUnavailable when the weights are not the pinned ones, or cannot be read.
    """
    try:
        return _find(model, cache_dir, quantised=quantised)
    except OSError as exc:
        raise EncoderUnavailable(
            f"cannot read model {model.name!r} in the cache {cache_dir}: {exc}"
        ) from exc


def has_newest_quantised(model: ModelFolder, cache_dir: Path) -> bool:
    """Whether the model has a quantised graph as it is written now; raises as `find_graph`."""
    if find_graph(model, cache_dir, quantised=True) is None:
        return False
    record = _read(record_path(model, cache_dir))
    return record is not None and record.quantiser == QUANTISER_VERSION


def verify_weights(model: ModelFolder) -> None:
    """Raise EncoderUnavailable unless the weights are the pinned ones; hashes the whole file."""
    with model.weights.open("rb") as file:
        check_pin(model, hashlib.file_digest(file, "sha256").hexdigest())


def _find(model: ModelFolder, cache_dir: Path, *, quantised: bool) -> Path | None:
    own = _read(record_path(model, cache_dir))
    if (record := own or _of_the_same_weights(model, cache_dir)) is None:
        return None
    weights = _confirm(model.weights, record.weights)
    if weights is None:
        return None
    check_pin(model, weights.sha256)
    name = "quantised" if quantised else "graph"
    if (stamp := getattr(record, name)) is None:
        return None
    path = graph_path(model, weights.sha256, cache_dir, quantised=quantised)
    graph = _confirm(path, stamp)
    if graph is None:
        return None
    current = record.model_copy(update={"weights": weights, name: graph})
    if current != own:
        with suppress(OSError):  # a read-only cache still serves, at the price of hashing
            replace_file(record_path(model, cache_dir), current.model_dump_json().encode())
    return path


def _read(path: Path) -> Record | None:
    try:
        return Record.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _of_the_same_weights(model: ModelFolder, cache_dir: Path) -> Record | None:
    """What is recorded of the same weights elsewhere: the folder was moved, restored or copied."""
    records = list(filter(None, map(_read, sorted(cache_dir.glob("*.json")))))
    if not records or not model.weights.exists():
        return None
    with model.weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    weights = stamp_of(model.weights.stat(), digest)
    return next(
        (
            record.model_copy(update={"weights": weights})
            for record in records
            if record.weights.sha256 == digest
        ),
        None,
    )


def _confirm(path: Path, stamp: Stamp) -> Stamp | None:
    """Return the stamp brought up to date, or None when the file's content is another."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    if now.st_size != stamp.size:
        return None
    if now.st_mtime_ns == stamp.mtime_ns:
        return stamp
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return stamp_of(now, digest) if digest == stamp.sha256 else None


def check_pin(model: ModelFolder, digest: str) -> None:
    if model.pinned_sha256 not in (None, digest):
        raise EncoderUnavailable(
            f"the weights of {model.name!r} in {model.weights} are not the published ones: "
            f"sha256 {digest}, expected {model.pinned_sha256}"
        )


def graph_path(
    model: ModelFolder, digest: str, cache_dir: Path, *, quantised: bool = False
) -> Path:
    # the recipe is in the name too: another pooling or writer must not find this graph
    recipe = repr((WRITER_VERSION, model.bert, model.pooling, model.dimension))
    name = f"{digest}-{hashlib.sha256(recipe.encode()).hexdigest()[:8]}"
    return cache_dir / f"{name}{'.quantised' if quantised else ''}.onnx"


def record_path(model: ModelFolder, cache_dir: Path) -> Path:
    source = hashlib.sha256(str(model.weights.resolve()).encode()).hexdigest()
    return cache_dir / f"{source[:16]}.json"


def stamp_of(stat: os.stat_result, digest: str) -> Stamp:
    return Stamp(size=stat.st_size, mtime_ns=stat.st_mtime_ns, sha256=digest)


def replace_file(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{uuid4().hex}.partial")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
