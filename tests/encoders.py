"""An encoder whose graph is written first, as a job does before the service finds it."""

from pathlib import Path

from api.models.encoder import Encoder
from api.models.load_encoder import load_encoder, locate
from etl.embeddings.graph import written_graph


def written_encoder(
    model: str, *, cache_dir: Path, threads: int = 1, batch_size: int = 4
) -> Encoder:
    """The encoder of a name or a folder, of ONNX Runtime."""
    written_graph(locate(model, cache_dir), cache_dir)
    return load_encoder(model, cache_dir=cache_dir, threads=threads, batch_size=batch_size)
