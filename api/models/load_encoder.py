"""Chooses and builds the encoder a setting names."""

from pathlib import Path
from typing import Literal

from api.models.encoder import Encoder
from api.models.graph_cache import find_graph, verify_weights
from api.models.model_folder import ModelFolder, read_model_folder
from api.models.model_source import ModelSource, download_from_hub, find_model
from api.models.onnx_encoder import OnnxEncoder
from api.models.torch_encoder import SentenceTransformerEncoder
from api.platform.errors import EncoderUnavailable
from config.settings import Settings

Backend = Literal["onnx", "torch"]


def configured_encoder(settings: Settings, *, threads: int, for_requests: bool = False) -> Encoder:
    """The encoder of EMBED_MODEL, as `load_encoder` loads it."""
    return load_encoder(
        settings.embed_model,
        cache_dir=settings.data_dir / "models",
        threads=threads,
        batch_size=settings.embed_batch,
        backend=settings.embed_backend,
        for_requests=for_requests,
    )


def load_encoder(
    model: str,
    *,
    cache_dir: Path,
    threads: int,
    batch_size: int,
    backend: Backend = "onnx",
    for_requests: bool = False,
) -> Encoder:
    """Load `model`: "all-MiniLM-L6-v2", a local folder, or a Hugging Face hub id.

    `cache_dir` keeps downloads and graphs between starts. `threads` is 1 for the API, more for
    jobs; `batch_size` the most texts per run. "torch" runs what "onnx" cannot, at three times the
    latency. `for_requests` takes the quantised graph where there is one: a third of the time and 65
    MB less, vectors of a cosine of .994. Blocks for 0.5 s, a download aside. Raises
    EncoderUnavailable saying what is missing, damaged or unsupported; a graph that no job has
    written yet is missing.
    """
    source = find_model(model)
    if backend == "torch":
        return SentenceTransformerEncoder(
            _torch_source(source, cache_dir),
            name=source.name,
            cache_dir=cache_dir,
            threads=threads,
            batch_size=batch_size,
        )
    folder = _read(source, cache_dir)
    graph = find_graph(folder, cache_dir, quantised=True) if for_requests else None
    if (graph := graph or find_graph(folder, cache_dir)) is None:
        raise EncoderUnavailable(
            f"No graph of model {folder.name!r} is in {cache_dir} yet; `make embed` writes it with "
            "the vectors, `make graph` writes it alone."
        )
    return OnnxEncoder(
        graph,
        folder.tokenizer,
        name=folder.name,
        dimension=folder.dimension,
        max_tokens=folder.max_tokens,
        lower_case=folder.lower_case,
        threads=threads,
        batch_size=batch_size,
    )


def locate(model: str, cache_dir: Path) -> ModelFolder:
    """The folder of `model`, downloaded if need be; raises EncoderUnavailable as `load_encoder`."""
    return _read(find_model(model), cache_dir)


def _read(source: ModelSource, cache_dir: Path) -> ModelFolder:
    folder = source.folder or download_from_hub(source.hub_id, cache_dir)
    return read_model_folder(folder, name=source.name, pinned_sha256=source.pinned_sha256)


def _torch_source(source: ModelSource, cache_dir: Path) -> str | Path:
    if source.pinned_sha256 is None:
        return source.folder or source.hub_id  # the library knows which files it needs
    model = _read(source, cache_dir)
    verify_weights(model)
    return model.weights.parent
