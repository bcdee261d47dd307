"""Batching of the ONNX encoder: order, bounds, threads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.models.encoder import Encoder
from api.models.onnx_encoder import batches_by_length
from config.settings import PROJECT_ROOT
from tests.encoders import written_encoder
from tests.tiny_bert import write_tiny_bert

TEXTS = [" ".join(["slow space opera about grief"] * n) for n in (3, 0, 1, 5, 2, 1)]


def tiny_encoder(tmp_path: Path, *, batch_size: int = 64, lower_case: bool = False) -> Encoder:
    folder = tmp_path / f"model-{lower_case}"
    if not folder.exists():
        write_tiny_bert(folder, lower_case=lower_case)
    return written_encoder(str(folder), cache_dir=tmp_path / "cache", batch_size=batch_size)


@given(st.lists(st.integers(1, 600), max_size=80), st.integers(1, 64))
def test_batches_hold_every_row_once(lengths: list[int], batch_size: int) -> None:
    batches = list(batches_by_length(lengths, batch_size))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))


@given(st.lists(st.integers(1, 600), max_size=80), st.integers(1, 64))
def test_batches_stay_within_texts_and_tokens(lengths: list[int], batch_size: int) -> None:
    for batch in batches_by_length(lengths, batch_size):
        assert len(batch) <= batch_size
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= 1024


@given(st.lists(st.integers(1, 600), max_size=80), st.integers(1, 64))
def test_batches_hold_texts_of_falling_length(lengths: list[int], batch_size: int) -> None:
    in_order = [lengths[row] for batch in batches_by_length(lengths, batch_size) for row in batch]
    assert in_order == sorted(lengths, reverse=True)


@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_batching_does_not_change_vectors(tmp_path: Path, batch_size: int) -> None:
    alone = [tiny_encoder(tmp_path).encode([text])[0] for text in TEXTS]
    together = tiny_encoder(tmp_path, batch_size=batch_size).encode(TEXTS)
    assert together == pytest.approx(np.array(alone), abs=1e-6)


def test_keeps_order_beyond_one_window(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    vectors = encoder.encode(TEXTS * 350)  # 2,100 texts, sorted 2,048 at a time
    assert vectors == pytest.approx(np.tile(encoder.encode(TEXTS), (350, 1)), abs=1e-6)


def test_lower_cases_where_the_model_asks_for_it(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path, lower_case=True)
    shouted, spoken = encoder.encode(["SPACE Opera", "space opera"])
    assert np.array_equal(shouted, spoken)


def test_threads_may_share_an_encoder(tmp_path: Path) -> None:
    encoder = tiny_encoder(tmp_path)
    expected = encoder.encode(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(encoder.encode, [TEXTS] * 40))
    assert all(np.array_equal(result, expected) for result in results)


@pytest.mark.parametrize(("threads", "batch_size"), [(0, 1), (1, 0)])
def test_refuses_impossible_limits(tmp_path: Path, threads: int, batch_size: int) -> None:
    write_tiny_bert(tmp_path / "model")
    with pytest.raises(ValueError, match="start at 1"):
        written_encoder(
            str(tmp_path / "model"), cache_dir=tmp_path, threads=threads, batch_size=batch_size
        )


def test_reports_its_use_to_nobody(tmp_path: Path) -> None:
    """With telemetry on, the import alone leaves a device id in the home folder."""
    subprocess.run(
        [sys.executable, "-c", "import api.models.onnx_encoder"],
        env={"HOME": str(tmp_path)},
        cwd=PROJECT_ROOT,
        check=True,
        timeout=60,
    )
    assert list(tmp_path.iterdir()) == []
