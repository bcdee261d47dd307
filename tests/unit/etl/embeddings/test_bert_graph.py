"""The written graphs compute what the models they come from compute."""

from pathlib import Path

import numpy as np
import pytest

from api.models.encoder import Encoder
from api.platform.errors import EncoderUnavailable
from tests.encoders import written_encoder
from tests.tiny_bert import WORDS, word_table, write_exported_model, write_tiny_bert

TEXTS = ["a heist", "a heist that goes wrong", "", "slow space opera about grief " * 3]


def load(folder: Path, cache_dir: Path) -> Encoder:
    return written_encoder(str(folder), cache_dir=cache_dir)


@pytest.mark.filterwarnings("ignore")  # torch's own deprecations
@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_agrees_with_transformers(tmp_path: Path, pooling: str) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    folder = write_tiny_bert(tmp_path / "model", pooling=pooling)
    bert = transformers.BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    expected = []
    for text in TEXTS:
        with torch.no_grad():
            hidden = bert(torch.tensor([tokenizer.encode(text).ids])).last_hidden_state[0]
        pooled = hidden[0] if pooling == "cls" else hidden.mean(0)
        expected.append((pooled / pooled.norm()).numpy())
    assert load(folder, tmp_path).encode(TEXTS) == pytest.approx(np.array(expected), abs=1e-5)


def test_reads_weights_saved_under_a_head(tmp_path: Path) -> None:
    bare = load(write_tiny_bert(tmp_path / "bare"), tmp_path).encode(TEXTS)
    headed = load(write_tiny_bert(tmp_path / "headed", prefix="bert."), tmp_path).encode(TEXTS)
    assert np.array_equal(bare, headed)


@pytest.mark.parametrize("token_types", [True, False])
def test_adds_pooling_to_an_export(tmp_path: Path, token_types: bool) -> None:
    encoder = load(write_exported_model(tmp_path / "model", token_types=token_types), tmp_path)
    ids = [WORDS.index(word) for word in ("[CLS]", "space", "opera", "[SEP]")]
    mean = word_table()[ids].mean(axis=0)
    vectors = encoder.encode(["space opera", "slow space opera about grief"])
    assert vectors[0] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)


def test_refuses_a_damaged_export(tmp_path: Path) -> None:
    folder = write_exported_model(tmp_path / "model")
    export = folder / "onnx" / "model.onnx"
    export.write_bytes(export.read_bytes()[:-50])
    with pytest.raises(EncoderUnavailable, match="damaged"):
        load(folder, tmp_path)


@pytest.mark.parametrize(
    "oddity", [{"pooling": "max"}, {"model_type": "mpnet"}, {"pooling": "weightedmean"}]
)
def test_sends_what_it_cannot_reproduce_to_torch(tmp_path: Path, oddity: dict[str, str]) -> None:
    folder = write_tiny_bert(tmp_path / "model", **oddity)  # type: ignore[arg-type]  # only str keys
    with pytest.raises(EncoderUnavailable, match="use backend 'torch'"):
        load(folder, tmp_path)
