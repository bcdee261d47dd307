"""Encodes texts with ONNX Runtime on the CPU: the encoder of the API and of the jobs.

No torch, no transformers: half the memory, a third of the latency, the same vectors.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from api.models.encoder import refuse_bare_string
from api.platform.errors import EncoderUnavailable

# The official wheels report their use to Microsoft, unless this is set before the import. A
# self-hosted service reports to nobody; an operator may set 0.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

_WINDOW = 2048  # texts that are sorted by length together; bounds the tokens that are held
_BATCH_TOKENS = 1024  # padding included; larger runs leave the CPU's caches and are slower


class OnnxEncoder:
    """Runs a graph of `graph_cache.find_graph`; see `Encoder` for what callers may rely on.

    Stateless after construction and thread-safe: ONNX Runtime sessions and tokenizers that are not
    reconfigured may be shared. `threads` is what one call may use inside an operator: 1 for the
    API, whose requests are parallel already, more for jobs. `batch_size` bounds the texts per run;
    long texts run in smaller batches, which costs no throughput.
    """

    def __init__(
        self,
        graph: Path,
        tokenizer: Path,
        *,
        name: str,
        dimension: int,
        max_tokens: int,
        lower_case: bool,
        threads: int,
        batch_size: int,
    ) -> None:
        if threads < 1 or batch_size < 1:
            raise ValueError(f"threads ({threads}) and batch_size ({batch_size}) start at 1")
        self.name = name
        self.dimension = dimension
        self._batch_size = batch_size
        self._lower_case = lower_case
        self._tokenizer = _open_tokenizer(tokenizer, max_tokens)
        self._session = _open_session(graph, threads)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        refuse_bare_string(texts)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _WINDOW):
            tokens = [self._tokenize(text) for text in texts[start : start + _WINDOW]]
            for rows in batches_by_length([len(ids) for ids in tokens], self._batch_size):
                vectors[start + rows] = self._run([tokens[row] for row in rows])
        return vectors

    def _tokenize(self, text: str) -> NDArray[np.int64]:
        # one by one: encode_batch would start a thread per core whatever `threads` says
        ids = self._tokenizer.encode(text.lower() if self._lower_case else text).ids
        return np.array(ids, dtype=np.int64)

    def _run(self, batch: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        shape = (len(batch), max(len(ids) for ids in batch))
        # the padding's id is irrelevant: the mask hides it from attention and from pooling
        input_ids = np.zeros(shape, dtype=np.int64)
        attention_mask = np.zeros(shape, dtype=np.int64)
        for row, ids in enumerate(batch):
            input_ids[row, : len(ids)] = ids
            attention_mask[row, : len(ids)] = 1
        inputs = {"input_ids": input_ids, "attention_mask": attention_mask}
        vectors: NDArray[np.float32] = self._session.run(None, inputs)[0]
        return vectors


def batches_by_length(lengths: Sequence[int], batch_size: int) -> Iterator[NDArray[np.intp]]:
    """Yield every row number once, rows of similar length together, longest first.

    Longest first so that a job which will run out of memory does so at once.
    """
    order = np.argsort(-np.asarray(lengths, dtype=np.intp), kind="stable")
    start = 0
    while start < len(order):
        longest = max(1, lengths[order[start]])
        size = min(batch_size, max(1, _BATCH_TOKENS // longest))
        yield order[start : start + size]
        start += size


def _open_tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # the Rust library raises bare Exception
        raise EncoderUnavailable(f"cannot read the tokenizer {path}: {exc}") from exc
    # MiniLM's own file pads and cuts to 128; sentence_bert_config.json (256) has the last word
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _open_session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # the memory arena stays on: with runs of _BATCH_TOKENS it holds 50-90 MB less than malloc does
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # the bindings' errors have no common base below Exception
        raise EncoderUnavailable(f"ONNX Runtime cannot load {graph}: {exc}") from exc
