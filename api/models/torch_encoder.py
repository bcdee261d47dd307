"""Encodes texts with sentence-transformers: the reference, and the way to models ONNX cannot run.

Costs 0.5 GB and seconds to load, so its import is lazy and the API does not use it by default.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.models.encoder import refuse_bare_string
from api.platform.errors import EncoderUnavailable


class SentenceTransformerEncoder:
    """Any sentence-transformers model, on the CPU; see `Encoder` for what callers may rely on.

    Thread-safe by taking turns: transformers reconfigures its tokenizer at every call. `source` is
    a folder or a hub id, which the library downloads into `cache_dir`. `threads` is torch's limit
    for the whole process.
    """

    def __init__(
        self, source: str | Path, *, name: str, cache_dir: Path, threads: int, batch_size: int
    ) -> None:
        self.name = name
        self._batch_size = batch_size
        self._turn = Lock()
        self._model = _load_model(source, cache_dir, threads)
        self.dimension: int = self._model.encode([""], show_progress_bar=False).shape[1]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        refuse_bare_string(texts)
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._turn:
            vectors = self._model.encode(
                list(texts),
                batch_size=self._batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)


def _load_model(source: str | Path, cache_dir: Path, threads: int) -> Any:
    # Any: naming SentenceTransformer as a type would need the import this module avoids
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise EncoderUnavailable("backend 'torch' needs sentence-transformers installed") from exc
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(str(source), device="cpu", cache_folder=str(cache_dir / "hub"))
    except (OSError, ValueError, KeyError, RuntimeError) as exc:
        raise EncoderUnavailable(f"sentence-transformers cannot load {source}: {exc}") from exc
