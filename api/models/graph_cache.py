"""Keeps the written ONNX graphs on disk, so that only the first start pays for writing one.

A graph is named for the SHA-256 of the weights it came from. Beside it a small record remembers
size, modification time and digest of both files: a start compares sizes and times (microseconds)
and hashes (0.1 s per 90 MB) only what changed. Weights are never read without being hashed.
Writing MiniLM's graph peaks at 430 MB of memory; loading it later, at 215 MB.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from api.models.model_folder import ModelFolder
from api.platform.errors import EncoderUnavailable

_WRITER_VERSION = 1  # raise it when bert_graph.py writes different graphs


class _Stamp(BaseModel, frozen=True):
    size: int
    mtime_ns: int
    sha256: str


class _Record(BaseModel, frozen=True):
    weights: _Stamp
    graph: _Stamp


def cached_graph(model: ModelFolder, cache_dir: Path) -> Path:
    """Return the path of the model's graph, writing it when absent, partial or altered.

    Safe for processes that start at once: each writes its own temporary file, the bytes are equal
    and the rename is atomic. Raises EncoderUnavailable when the weights are not the pinned ones,
    cannot be read, or the cache cannot be written.
    """
    try:
        return _find(model, cache_dir) or _write(model, cache_dir)
    except OSError as exc:
        raise EncoderUnavailable(
            f"cannot prepare model {model.name!r} in the cache {cache_dir}: {exc}"
        ) from exc


def verify_weights(model: ModelFolder) -> None:
    """Raise EncoderUnavailable unless the weights are the pinned ones; hashes the whole file."""
    with model.weights.open("rb") as file:
        _check_pin(model, hashlib.file_digest(file, "sha256").hexdigest())


def _find(model: ModelFolder, cache_dir: Path) -> Path | None:
    try:
        record = _Record.model_validate_json(_record_path(model, cache_dir).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    weights = _confirm(model.weights, record.weights)
    if weights is None:
        return None
    _check_pin(model, weights.sha256)
    path = _graph_path(model, weights.sha256, cache_dir)
    graph = _confirm(path, record.graph)
    if graph is None:
        return None
    current = _Record(weights=weights, graph=graph)
    if current != record:
        with suppress(OSError):  # a read-only cache still serves, at the price of hashing
            _replace(_record_path(model, cache_dir), current.model_dump_json().encode())
    return path


def _write(model: ModelFolder, cache_dir: Path) -> Path:
    from api.models.bert_graph import bert_graph, pooled_export

    weights = model.weights.stat()
    content = model.weights.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    _check_pin(model, digest)
    graph = (
        bert_graph(content, model.bert, model.pooling, model.dimension)
        if model.bert
        else pooled_export(content, model.pooling, model.dimension)
    )
    cache_dir.mkdir(parents=True, exist_ok=True)
    path = _graph_path(model, digest, cache_dir)
    _replace(path, graph)
    record = _Record(
        weights=_stamp(weights, digest),
        graph=_stamp(path.stat(), hashlib.sha256(graph).hexdigest()),
    )
    _replace(_record_path(model, cache_dir), record.model_dump_json().encode())
    return path


def _confirm(path: Path, versions: _Stamp) -> _Stamp | None:
    """Return the record brought up to date, or None when the file's content is another."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    if now.st_size != versions.size:
        return None
    if now.st_mtime_ns == versions.mtime_ns:
        return versions
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return _stamp(now, digest) if digest == versions.sha256 else None


def _check_pin(model: ModelFolder, digest: str) -> None:
    if model.pinned_sha256 not in (None, digest):
        raise EncoderUnavailable(
            f"the weights of {model.name!r} in {model.weights} are not the published ones: "
            f"sha256 {digest}, expected {model.pinned_sha256}"
        )


def _graph_path(model: ModelFolder, digest: str, cache_dir: Path) -> Path:
    # the recipe is in the name too: another pooling or writer must not find this graph
    recipe = repr((_WRITER_VERSION, model.bert, model.pooling, model.dimension))
    return cache_dir / f"{digest}-{hashlib.sha256(recipe.encode()).hexdigest()[:8]}.onnx"


def _record_path(model: ModelFolder, cache_dir: Path) -> Path:
    source = hashlib.sha256(str(model.weights.resolve()).encode()).hexdigest()
    return cache_dir / f"{source[:16]}.json"


def _stamp(stat: os.stat_result, digest: str) -> _Stamp:
    return _Stamp(size=stat.st_size, mtime_ns=stat.st_mtime_ns, sha256=digest)


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{uuid4().hex}.partial")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
