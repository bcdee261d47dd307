"""Builds model folders small enough to write, damage and rebuild in milliseconds."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, save_model
from onnx.numpy_helper import from_array
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "a",
    "heist",
    "that",
    "goes",
    "wrong",
    "slow",
    "space",
    "opera",
    "about",
    "grief",
]
WIDTH, LAYERS, HEADS, POSITIONS = 16, 2, 2, 64


def write_tiny_bert(
    folder: Path,
    *,
    seed: int = 0,
    pooling: str = "mean",
    model_type: str = "bert",
    max_tokens: int = 32,
    lower_case: bool = False,
    prefix: str = "",
) -> Path:
    """Write a BERT sentence encoder with random weights and return its folder."""
    weights = {prefix + name: value for name, value in _random_weights(seed).items()}
    _write_configs(folder, pooling, model_type, max_tokens, lower_case)
    save_file(weights, folder / "model.safetensors")
    return folder


def write_exported_model(folder: Path, *, token_types: bool = True) -> Path:
    """Write a model whose onnx/model.onnx only looks words up: its means are known."""
    _write_configs(folder, "mean", "mpnet", 32, False)
    inputs = ["input_ids", "attention_mask", *(["token_type_ids"] if token_types else [])]
    nodes = [helper.make_node("Gather", ["words", "input_ids"], ["last_hidden_state"])]
    if token_types:
        nodes = [
            helper.make_node("Gather", ["words", "input_ids"], ["looked_up"]),
            helper.make_node("Gather", ["types", "token_type_ids"], ["typed"]),
            helper.make_node("Add", ["looked_up", "typed"], ["last_hidden_state"]),
        ]
    graph = helper.make_graph(
        nodes,
        "export",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"]) for name in inputs],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["b", "t", WIDTH])],
        [
            from_array(word_table(), "words"),
            from_array(np.stack([np.zeros(WIDTH), np.ones(WIDTH)]).astype(np.float32), "types"),
        ],
    )
    (folder / "onnx").mkdir()
    # 11 is what the oldest exports on the hub use
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=6)
    save_model(model, str(folder / "onnx" / "model.onnx"))
    return folder


def word_table() -> NDArray[np.float32]:
    return np.random.default_rng(7).normal(size=(len(WORDS), WIDTH)).astype(np.float32)


def _random_weights(seed: int) -> dict[str, NDArray[np.float32]]:
    rng = np.random.default_rng(seed)

    def table(*shape: int) -> NDArray[np.float32]:
        return rng.normal(scale=0.5, size=shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": table(len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": table(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": table(2, WIDTH),
        "embeddings.LayerNorm.weight": table(WIDTH),
        "embeddings.LayerNorm.bias": table(WIDTH),
    }
    for layer in range(LAYERS):
        block = f"encoder.layer.{layer}"
        for dense, rows, columns in (
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", 2 * WIDTH, WIDTH),
            ("output.dense", WIDTH, 2 * WIDTH),
        ):
            weights[f"{block}.{dense}.weight"] = table(rows, columns)
            weights[f"{block}.{dense}.bias"] = table(rows)
        for norm in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"{block}.{norm}.weight"] = table(WIDTH)
            weights[f"{block}.{norm}.bias"] = table(WIDTH)
    return weights


def _write_configs(
    folder: Path, pooling: str, model_type: str, max_tokens: int, lower_case: bool
) -> None:
    module = "sentence_transformers.models."
    configs = {
        "config.json": {
            "model_type": model_type,
            "architectures": ["BertModel"],
            "vocab_size": len(WORDS),
            "hidden_size": WIDTH,
            "intermediate_size": 2 * WIDTH,
            "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS,
            "max_position_embeddings": POSITIONS,
            "type_vocab_size": 2,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 0,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{module}Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{module}Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{module}Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": max_tokens, "do_lower_case": lower_case},
        "1_Pooling/config.json": {"embedding_dimension": WIDTH, "pooling_mode": pooling},
    }
    (folder / "1_Pooling").mkdir(parents=True)
    for name, config in configs.items():
        (folder / name).write_text(json.dumps(config))
    tokenizer = Tokenizer(
        models.WordPiece({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
