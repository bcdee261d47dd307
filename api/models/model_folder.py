"""Reads a sentence-transformers model folder: which weights, which pooling, how many tokens.

Everything later stages need is parsed here; what ONNX cannot reproduce is refused here, because a
silently different vector is worse than no encoder.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api.platform.errors import EncoderUnavailable

_T = TypeVar("_T")

_KNOWN_MODULES = {"Transformer", "Pooling", "Normalize"}


class Pooling(StrEnum):
    """How token vectors become one text vector."""

    MEAN = "mean"
    CLS = "cls"


@dataclass(frozen=True, slots=True)
class BertShape:
    """What a BERT graph needs beyond the weights themselves."""

    layers: int
    heads: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk, ready to be turned into a graph.

    `weights` is an ONNX export when `bert` is None, else safetensors of that shape.
    `pinned_sha256` is the digest `weights` must have, or None when any will do.
    """

    name: str
    weights: Path
    tokenizer: Path
    bert: BertShape | None
    pooling: Pooling
    dimension: int
    max_tokens: int
    lower_case: bool
    pinned_sha256: str | None


class _Module(BaseModel):
    path: str
    type: str


class _TransformerConfig(BaseModel):
    model_type: str = ""
    num_hidden_layers: int = 0
    num_attention_heads: int = 0
    layer_norm_eps: float = 1e-12
    hidden_act: str = ""
    position_embedding_type: str | None = "absolute"
    is_decoder: bool = False
    max_position_embeddings: int | None = None


class _SentenceConfig(BaseModel):
    max_seq_length: int | None = None
    do_lower_case: bool = False


class _PoolingConfig(BaseModel):
    # sentence-transformers 6 writes the first two, older releases the others
    pooling_mode: str | list[str] | None = None
    embedding_dimension: int | None = None
    word_embedding_dimension: int | None = None
    pooling_mode_cls_token: bool = False
    pooling_mode_mean_tokens: bool = False
    pooling_mode_max_tokens: bool = False
    pooling_mode_mean_sqrt_len_tokens: bool = False
    pooling_mode_weightedmean_tokens: bool = False
    pooling_mode_lasttoken: bool = False


class _PromptConfig(BaseModel):
    prompts: dict[str, str] = Field(default_factory=dict)
    default_prompt_name: str | None = None


def read_model_folder(folder: Path, *, name: str, pinned_sha256: str | None = None) -> ModelFolder:
    """Describe the model in `folder`; a pinned model is always built from its safetensors.

    Raises EncoderUnavailable when a file is missing or malformed, or when the model does something
    the ONNX backend cannot: a dense head, other poolings, a default prompt, an architecture that is
    neither BERT nor exported.
    """
    pooling_path = _pooling_path(folder)
    transformer = _parse(folder / "config.json", _TransformerConfig)
    pooling = _parse(folder / pooling_path / "config.json", _PoolingConfig)
    sentence = _parse_optional(folder / "sentence_bert_config.json", _SentenceConfig)
    prompts = _parse_optional(folder / "config_sentence_transformers.json", _PromptConfig)
    if prompts.default_prompt_name and prompts.prompts.get(prompts.default_prompt_name):
        raise _unsupported(name, f"a default prompt ({prompts.default_prompt_name!r})")

    export = folder / "onnx" / "model.onnx"
    use_export = export.is_file() and pinned_sha256 is None
    weights = export if use_export else folder / "model.safetensors"
    tokenizer = folder / "tokenizer.json"
    for file in (weights, tokenizer):
        if not file.is_file():
            raise EncoderUnavailable(f"model {name!r} has no {file.name} in {file.parent}")

    dimension = pooling.embedding_dimension or pooling.word_embedding_dimension
    max_tokens = sentence.max_seq_length or transformer.max_position_embeddings
    if not dimension or not max_tokens:
        raise EncoderUnavailable(
            f"model {name!r} states no dimension ({dimension}) or token limit ({max_tokens})"
        )
    return ModelFolder(
        name=name,
        weights=weights,
        tokenizer=tokenizer,
        bert=None if use_export else _bert_shape(name, transformer),
        pooling=_pooling(name, pooling),
        dimension=dimension,
        max_tokens=max_tokens,
        lower_case=sentence.do_lower_case,
        pinned_sha256=pinned_sha256,
    )


def _pooling_path(folder: Path) -> str:
    modules = _parse(folder / "modules.json", list[_Module])
    kinds = {module.type.rsplit(".", 1)[-1]: module.path for module in modules}
    if unknown := kinds.keys() - _KNOWN_MODULES:
        raise _unsupported(folder.name, f"the modules {sorted(unknown)}")
    if "Pooling" not in kinds:
        raise _unsupported(folder.name, "no pooling")
    return kinds["Pooling"]


def _bert_shape(name: str, config: _TransformerConfig) -> BertShape:
    is_plain_bert = (
        config.model_type == "bert"
        and config.hidden_act == "gelu"
        and config.position_embedding_type in ("absolute", None)
        and not config.is_decoder
    )
    if not is_plain_bert:
        raise _unsupported(name, f"architecture {config.model_type!r} and no onnx/model.onnx")
    return BertShape(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        layer_norm_epsilon=config.layer_norm_eps,
    )


def _pooling(name: str, config: _PoolingConfig) -> Pooling:
    modes = {
        "cls": config.pooling_mode_cls_token,
        "mean": config.pooling_mode_mean_tokens,
        "max": config.pooling_mode_max_tokens,
        "mean_sqrt_len_tokens": config.pooling_mode_mean_sqrt_len_tokens,
        "weightedmean": config.pooling_mode_weightedmean_tokens,
        "lasttoken": config.pooling_mode_lasttoken,
    }
    chosen = config.pooling_mode or [mode for mode, is_on in modes.items() if is_on]
    if chosen in ("mean", ["mean"]):
        return Pooling.MEAN
    if chosen in ("cls", ["cls"]):
        return Pooling.CLS
    raise _unsupported(name, f"pooling {chosen}")


def _unsupported(name: str, what: str) -> EncoderUnavailable:
    return EncoderUnavailable(
        f"model {name!r} has {what}, which the onnx backend cannot reproduce; use backend 'torch'"
    )


def _parse(path: Path, shape: type[_T]) -> _T:
    try:
        return TypeAdapter(shape).validate_json(path.read_bytes())
    except (OSError, ValidationError) as exc:
        raise EncoderUnavailable(f"cannot read the model's {path}: {exc}") from exc


def _parse_optional(path: Path, shape: type[_T]) -> _T:
    return _parse(path, shape) if path.is_file() else shape()
