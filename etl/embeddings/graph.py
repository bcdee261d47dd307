"""Writes the ONNX graphs that the service and the jobs encode with: once a model, while embedding.

Titles are encoded with the whole one, requests with the quantised one.

Vectors and graph come from the same job, so a service that has vectors to search near to finds the
graph beside them, and neither carries nor loads what writing takes: `onnx`, and 430 MB of memory at
the peak for MiniLM, where loading the graph takes 215. `seenemall job graph` writes it alone, for
an image, or for a machine that serves and runs no jobs.
"""

import hashlib
from pathlib import Path

from api.models.graph_cache import (
    QUANTISER_VERSION,
    Record,
    Stamp,
    check_pin,
    find_graph,
    graph_path,
    has_newest_quantised,
    record_path,
    replace_file,
    stamp_of,
)
from api.models.load_encoder import locate
from api.models.model_folder import ModelFolder
from api.platform.errors import EncoderUnavailable
from config.settings import Settings


def prepare_graph(settings: Settings) -> Path | None:
    """The graph of EMBED_MODEL below DATA_DIR, written with the quantised one when either is not
    there; None for torch.

    Raises EncoderUnavailable as `written_graph` does, and for a model that cannot be had.
    """
    if settings.embed_backend != "onnx":
        return None
    cache_dir = settings.data_dir / "models"
    return written_graph(locate(settings.embed_model, cache_dir), cache_dir)


def written_graph(model: ModelFolder, cache_dir: Path) -> Path:
    """Return the path of the model's graph, writing both graphs when one is absent, partial,
    altered or, quantised, of an earlier release; a model that was exported has none that is
    quantised.

    Safe for processes that start at once: each writes its own temporary file, the bytes are equal
    and the rename is atomic. Raises EncoderUnavailable when the weights are not the pinned ones,
    cannot be read, or the cache cannot be written.
    """
    try:
        found = find_graph(model, cache_dir)
        lacks = model.bert is not None and not has_newest_quantised(model, cache_dir)
        return _write(model, cache_dir) if found is None or lacks else found
    except OSError as exc:
        raise EncoderUnavailable(
            f"cannot prepare model {model.name!r} in the cache {cache_dir}: {exc}"
        ) from exc


def _write(model: ModelFolder, cache_dir: Path) -> Path:
    # Here, because a graph that is there needs no onnx.
    from etl.embeddings.bert_graph import bert_graph, pooled_export
    from etl.embeddings.quantised_graph import quantised_graph

    weights = model.weights.stat()
    content = model.weights.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    check_pin(model, digest)
    graph = (
        bert_graph(content, model.bert, model.pooling, model.dimension)
        if model.bert
        else pooled_export(content, model.pooling, model.dimension)
    )
    cache_dir.mkdir(parents=True, exist_ok=True)
    path = graph_path(model, digest, cache_dir)
    record = Record(weights=stamp_of(weights, digest), graph=_replaced(path, graph))
    if model.bert:
        small = quantised_graph(graph, beside=cache_dir)
        small_path = graph_path(model, digest, cache_dir, quantised=True)
        record = record.model_copy(
            update={"quantised": _replaced(small_path, small), "quantiser": QUANTISER_VERSION}
        )
    replace_file(record_path(model, cache_dir), record.model_dump_json().encode())
    return path


def _replaced(path: Path, graph: bytes) -> Stamp:
    replace_file(path, graph)
    return stamp_of(path.stat(), hashlib.sha256(graph).hexdigest())
