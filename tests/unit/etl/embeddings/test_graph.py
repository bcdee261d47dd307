"""The graph of a model: written once, and never trusted further than its record."""

import hashlib
import logging
import multiprocessing
import os
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from onnx import load_model
from onnxruntime.quantization import base_quantizer

from api.models.graph_cache import Record, find_graph, stamp_of
from api.models.load_encoder import load_encoder
from api.models.model_folder import ModelFolder, read_model_folder
from api.platform.errors import EncoderUnavailable
from etl.embeddings.graph import written_graph
from etl.embeddings.quantised_graph import without_notes
from tests.tiny_bert import write_exported_model, write_tiny_bert


def tiny_model(folder: Path, *, seed: int = 0, pinned_sha256: str | None = None) -> ModelFolder:
    write_tiny_bert(folder, seed=seed)
    return read_model_folder(folder, name="tiny", pinned_sha256=pinned_sha256)


def build_when_all_are_ready(model: ModelFolder, cache_dir: Path, ready: Barrier) -> None:
    ready.wait(timeout=60)
    written_graph(model, cache_dir)


def test_writes_the_graph_once(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    first = written_graph(model, tmp_path / "cache")
    written = first.stat().st_mtime_ns
    assert written_graph(model, tmp_path / "cache") == first
    assert first.stat().st_mtime_ns == written


def test_leaves_only_the_graphs_and_their_record(tmp_path: Path) -> None:
    written_graph(tiny_model(tmp_path / "model"), tmp_path / "cache")
    assert sorted(p.suffix for p in (tmp_path / "cache").iterdir()) == [".json", ".onnx", ".onnx"]


def test_writes_a_quantised_graph_beside_it_and_again_where_that_is_gone(tmp_path: Path) -> None:
    model, cache = tiny_model(tmp_path / "model"), tmp_path / "cache"
    whole = written_graph(model, cache)
    small = find_graph(model, cache, quantised=True)
    assert small is not None
    assert small != whole
    small.unlink()
    assert find_graph(model, cache, quantised=True) is None
    assert written_graph(model, cache) == whole
    assert find_graph(model, cache, quantised=True) == small


def test_writing_it_notes_nothing_of_its_tensors_and_hides_no_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    written_graph(tiny_model(tmp_path / "model"), tmp_path / "cache")
    assert caplog.messages == []
    # As it warns of a matrix of whose columns it makes no scales of their own.
    record = logging.makeLogRecord(
        {"pathname": str(Path(base_quantizer.__file__)), "levelno": logging.WARNING}
    )
    note = logging.makeLogRecord(record.__dict__ | {"levelno": logging.INFO})
    own = logging.makeLogRecord({"pathname": __file__, "levelno": logging.INFO})
    with without_notes():
        kept = [bool(logging.getLogger().filter(one)) for one in (record, note, own)]
    assert kept == [True, False, True]
    assert logging.getLogger().filter(note)


def test_the_quantised_graph_of_before_serves_until_the_next_is_written(tmp_path: Path) -> None:
    model, cache = tiny_model(tmp_path / "model"), tmp_path / "cache"
    written_graph(model, cache)
    small = find_graph(model, cache, quantised=True)
    assert small is not None
    good = small.read_bytes()
    (path,) = cache.glob("*.json")
    record = Record.model_validate_json(path.read_text())
    small.write_bytes(good[:-1] + b"x")  # as another release wrote it
    old = stamp_of(small.stat(), hashlib.sha256(small.read_bytes()).hexdigest())
    path.write_text(
        record.model_copy(update={"quantised": old}).model_dump_json(exclude={"quantiser"})
    )
    assert find_graph(model, cache, quantised=True) == small
    written_graph(model, cache)
    assert small.read_bytes() == good
    written = small.stat().st_mtime_ns
    written_graph(model, cache)
    assert small.stat().st_mtime_ns == written


def test_the_quantised_graph_normalises_as_the_whole_one_does(tmp_path: Path) -> None:
    model, cache = tiny_model(tmp_path / "model"), tmp_path / "cache"
    whole = load_model(written_graph(model, cache))
    small = find_graph(model, cache, quantised=True)
    assert small is not None
    norms = [node for node in whole.graph.node if node.op_type == "SkipLayerNormalization"]
    (parts, none) = (
        [node for node in one.graph.node if node.op_type == kind]
        for one, kind in ((load_model(small), "Sqrt"), (load_model(small), norms[0].op_type))
    )
    assert (len(parts), len(none)) == (len(norms), 0)
    encoders = [
        load_encoder(
            str(tmp_path / "model"), cache_dir=cache, threads=1, batch_size=8, for_requests=one
        )
        for one in (False, True)
    ]
    texts = ["a heist that goes wrong", "slow space opera about grief " * 3]
    one, other = (encoder.encode(texts) for encoder in encoders)
    assert (one * other).sum(axis=1).min() > 0.99


def test_a_record_of_before_there_were_quantised_graphs_still_finds_the_whole_one(
    tmp_path: Path,
) -> None:
    model, cache = tiny_model(tmp_path / "model"), tmp_path / "cache"
    whole = written_graph(model, cache)
    (record,) = cache.glob("*.json")
    record.write_text(
        Record.model_validate_json(record.read_text()).model_dump_json(exclude={"quantised"})
    )
    assert find_graph(model, cache) == whole
    assert find_graph(model, cache, quantised=True) is None


def test_an_exported_model_has_no_quantised_graph(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    write_exported_model(tmp_path / "model")
    model = read_model_folder(tmp_path / "model", name="tiny", pinned_sha256=None)
    whole = written_graph(model, tmp_path / "cache")
    assert find_graph(model, tmp_path / "cache") == whole
    assert find_graph(model, tmp_path / "cache", quantised=True) is None


def test_changed_weights_get_another_graph(tmp_path: Path) -> None:
    before = written_graph(tiny_model(tmp_path / "a"), tmp_path / "cache")
    after = written_graph(tiny_model(tmp_path / "b", seed=1), tmp_path / "cache")
    assert before != after


@pytest.mark.parametrize("damage", ["truncated", "altered", "missing"])
def test_rebuilds_a_broken_graph(tmp_path: Path, damage: str) -> None:
    model = tiny_model(tmp_path / "model")
    graph = written_graph(model, tmp_path / "cache")
    good = graph.read_bytes()
    if damage == "missing":
        graph.unlink()
    else:
        bad = good[: len(good) // 2] if damage == "truncated" else b"\xff" + good[1:]
        graph.write_bytes(bad)
        os.utime(graph, ns=(1, 1))  # two writes may share a tick of the clock
    assert written_graph(model, tmp_path / "cache").read_bytes() == good


def test_rebuilds_when_the_record_is_broken(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    written_graph(model, tmp_path / "cache")
    record = next((tmp_path / "cache").glob("*.json"))
    good = record.read_text()
    record.write_text(good[:20])
    written_graph(model, tmp_path / "cache")
    assert record.read_text() != good[:20]


def test_keeps_the_graph_when_only_its_time_changed(tmp_path: Path) -> None:
    # image layers cut times to seconds
    model = tiny_model(tmp_path / "model")
    graph = written_graph(model, tmp_path / "cache")
    os.utime(graph, ns=(10**9, 10**9))
    written_graph(model, tmp_path / "cache")
    assert graph.stat().st_mtime_ns == 10**9


def test_finds_the_graph_of_weights_that_lie_elsewhere_now(tmp_path: Path) -> None:
    # a data folder that was restored, or used with another environment
    graph = written_graph(tiny_model(tmp_path / "model"), tmp_path / "cache")
    (tmp_path / "model").rename(tmp_path / "moved")
    moved = read_model_folder(tmp_path / "moved", name="tiny", pinned_sha256=None)

    assert find_graph(moved, tmp_path / "cache") == graph
    assert find_graph(tiny_model(tmp_path / "other", seed=1), tmp_path / "cache") is None
    graph.write_bytes(b"\xff" + graph.read_bytes()[1:])
    os.utime(graph, ns=(1, 1))
    (tmp_path / "moved").rename(tmp_path / "again")
    again = read_model_folder(tmp_path / "again", name="tiny", pinned_sha256=None)
    assert find_graph(again, tmp_path / "cache") is None


def test_refuses_weights_other_than_the_pinned_ones(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model", pinned_sha256="0" * 64)
    with pytest.raises(EncoderUnavailable, match="not the published ones"):
        written_graph(model, tmp_path / "cache")


def test_refuses_truncated_weights(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    model.weights.write_bytes(model.weights.read_bytes()[:-100])
    with pytest.raises(EncoderUnavailable, match="damaged"):
        written_graph(model, tmp_path / "cache")


def test_says_when_the_cache_cannot_be_written(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(EncoderUnavailable, match="cache"):
        written_graph(model, tmp_path / "cache")


def test_processes_may_build_at_once(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model")
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    arguments = (model, tmp_path / "cache", ready)
    builders = [spawn.Process(target=build_when_all_are_ready, args=arguments) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(timeout=60)
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert len(list((tmp_path / "cache").glob("*.onnx"))) == 2
    assert not list((tmp_path / "cache").glob("*.partial"))
