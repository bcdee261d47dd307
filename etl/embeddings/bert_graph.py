"""Writes the ONNX graph of a sentence encoder: from BERT weights, or around an exported model.

Either way it takes `input_ids` and `attention_mask` (batch, tokens) and returns one vector of
length 1 per row. Imported only when a graph has to be written: `onnx` is a dependency of jobs, and
the service has none.
"""

from typing import Any

import numpy as np
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, load_model_from_string
from onnx.numpy_helper import from_array
from safetensors import SafetensorError
from safetensors.numpy import load

from api.models.model_folder import BertShape, Pooling
from api.platform.errors import EncoderUnavailable

_INPUTS = ("input_ids", "attention_mask")
_OUTPUT = "unit_embedding"
_TOKEN_OUTPUTS = ("last_hidden_state", "token_embeddings")  # in transformers' exports

# ONNX Runtime's own operators: the fused forms its optimiser would find in an exported graph,
# available in every CPU build. Written down directly they load faster and cannot be missed.
_FUSED = "com.microsoft"
_OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
_IR_VERSION = 8  # the one of opset 17; onnx's newer default would shut out older runtimes

_Tensor = NDArray[np.float32]


def bert_graph(safetensors: bytes, shape: BertShape, pooling: Pooling, dimension: int) -> bytes:
    """Serialise the fp32 encoder whose weights are `safetensors` (Devlin et al. 2018, post-norm).

    The same input gives the same bytes, so processes that write it at once write the same file.
    Raises EncoderUnavailable for weights that are damaged or do not fit the shape.
    """
    try:
        writer = _BertWriter(load(safetensors), shape)
        hidden = writer.embed()
        for layer in range(shape.layers):
            hidden = writer.transform(hidden, layer)
    except (SafetensorError, KeyError, ValueError) as exc:
        raise EncoderUnavailable(f"the weights are damaged or not those of {shape}: {exc}") from exc
    nodes = [*writer.nodes, *_pooling_nodes(hidden, pooling)]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "t"]) for n in _INPUTS]
    output = helper.make_tensor_value_info(_OUTPUT, TensorProto.FLOAT, ["b", dimension])
    bare = helper.make_graph(nodes, "sentence_encoder", inputs, [output])
    model = helper.make_model(bare, opset_imports=_OPSETS, ir_version=_IR_VERSION)
    # one by one, forgetting each: given to make_graph, 90 MB of weights would exist four times
    while writer.tensors:
        model.graph.initializer.append(writer.tensors.pop())
    model.graph.initializer.extend(_pooling_constants())
    return bytes(model.SerializeToString(deterministic=True))


def pooled_export(export: bytes, pooling: Pooling, dimension: int) -> bytes:
    """Serialise an exported transformer with pooling and normalisation appended.

    Token types, where the export asks for them, become zeros inside the graph. Raises
    EncoderUnavailable for an export that is damaged or keeps its weights in a second file.
    """
    try:
        model: ModelProto = load_model_from_string(export)
    except DecodeError as exc:
        raise EncoderUnavailable(f"the ONNX export is damaged: {exc}") from exc
    graph = model.graph
    names = {tensor.name for tensor in graph.input}
    outputs = [tensor.name for tensor in graph.output]
    in_one_file = all(t.data_location != TensorProto.EXTERNAL for t in graph.initializer)
    if not names >= set(_INPUTS) or not outputs or not in_one_file:
        raise EncoderUnavailable(
            f"the ONNX export must be one file taking {_INPUTS}, not inputs {sorted(names)}"
        )
    hidden = next((name for name in outputs if name in _TOKEN_OUTPUTS), outputs[0])
    kept_inputs = [tensor for tensor in graph.input if tensor.name != "token_type_ids"]
    nodes = [*graph.node, *_pooling_nodes(hidden, pooling)]
    if "token_type_ids" in names:
        zeros = helper.make_node("Sub", ["input_ids", "input_ids"], ["token_type_ids"])
        nodes.insert(0, zeros)
    output = helper.make_tensor_value_info(_OUTPUT, TensorProto.FLOAT, ["b", dimension])
    for field, content in (
        (graph.input, kept_inputs),
        (graph.node, nodes),
        (graph.output, [output]),
    ):
        del field[:]
        field.extend(content)
    graph.initializer.extend(_pooling_constants())
    return bytes(model.SerializeToString(deterministic=True))


def _pooling_constants() -> list[TensorProto]:
    return [
        from_array(np.array([0, 1, -1], dtype=np.int64), "pool/as_row"),
        from_array(np.array([0, -1], dtype=np.int64), "pool/as_vector"),
        from_array(np.array(0, dtype=np.int64), "pool/first"),
    ]


def _pooling_nodes(hidden: str, pooling: Pooling) -> list[NodeProto]:
    """Reduce `hidden` (batch, tokens, d) to unit vectors, in operators as old as opset 7."""
    unit = helper.make_node("LpNormalization", ["pool/vector"], [_OUTPUT], axis=-1, p=2)
    if pooling is Pooling.CLS:
        first = helper.make_node("Gather", [hidden, "pool/first"], ["pool/vector"], axis=1)
        return [first, unit]
    # mask (1, t) @ hidden (t, d) is the sum over real tokens; the mean's divisor would only
    # rescale a vector that is about to be scaled to length 1
    return [
        helper.make_node("Cast", ["attention_mask"], ["pool/mask"], to=TensorProto.FLOAT),
        helper.make_node("Reshape", ["pool/mask", "pool/as_row"], ["pool/row"]),
        helper.make_node("MatMul", ["pool/row", hidden], ["pool/sum"]),
        helper.make_node("Reshape", ["pool/sum", "pool/as_vector"], ["pool/vector"]),
        unit,
    ]


class _BertWriter:
    """Collects nodes and tensors; each method appends one block and returns its output's name.

    Takes each weight out of `weights` as it is read, to hold it only once.
    """

    def __init__(self, weights: dict[str, NDArray[Any]], shape: BertShape) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._weights = weights
        self._shape = shape
        # BertModel saves bare names, a BertFor... head saves them under "bert."
        self._prefix = "bert." if "bert.embeddings.LayerNorm.weight" in weights else ""

    def embed(self) -> str:
        # every text is segment 0, so its type vector is added to each position once, here
        positions = self._read("embeddings.position_embeddings.weight")
        positions = positions + self._read("embeddings.token_type_embeddings.weight")[0]
        tables = [
            self._tensor("words", self._read("embeddings.word_embeddings.weight")),
            self._tensor("positions", positions),
        ]
        ids = self._node("Cast", ["input_ids"], "ids", to=TensorProto.INT32)
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        inputs = [ids, "", *tables, "", *self._norm("embeddings.LayerNorm")]
        # the second output (lengths) is not optional in the operator's schema
        return self._normalise("EmbedLayerNormalization", inputs, "embedded", "lengths")

    def transform(self, hidden: str, layer: int) -> str:
        block = f"encoder.layer.{layer}"
        attended = self._attend(hidden, f"{block}.attention.self")
        mixed = self._matmul(attended, f"{block}.attention.output.dense")
        hidden = self._add_and_norm(mixed, hidden, f"{block}.attention.output")
        grown = self._matmul(hidden, f"{block}.intermediate.dense")
        bias = self._bias(f"{block}.intermediate.dense")
        grown = self._node("BiasGelu", [grown, bias], f"{block}.gelu", domain=_FUSED)
        shrunk = self._matmul(grown, f"{block}.output.dense")
        return self._add_and_norm(shrunk, hidden, f"{block}.output")

    def _attend(self, hidden: str, block: str) -> str:
        parts = [f"{block}.{part}" for part in ("query", "key", "value")]
        kernel = np.concatenate([self._read(f"{part}.weight").T for part in parts], axis=1)
        bias = np.concatenate([self._read(f"{part}.bias") for part in parts])
        packed = [self._tensor(f"{block}.kernel", kernel), self._tensor(f"{block}.bias", bias)]
        inputs = [hidden, *packed, "mask"]
        return self._node("Attention", inputs, block, domain=_FUSED, num_heads=self._shape.heads)

    def _add_and_norm(self, update: str, residual: str, block: str) -> str:
        inputs = [update, residual, *self._norm(f"{block}.LayerNorm"), self._bias(f"{block}.dense")]
        return self._normalise("SkipLayerNormalization", inputs, block)

    def _matmul(self, hidden: str, dense: str) -> str:
        kernel = self._tensor(f"{dense}.kernel", self._read(f"{dense}.weight").T)
        return self._node("MatMul", [hidden, kernel], dense)

    def _normalise(self, operator: str, inputs: list[str], *outputs: str) -> str:
        epsilon = self._shape.layer_norm_epsilon
        return self._node(operator, inputs, *outputs, domain=_FUSED, epsilon=epsilon)

    def _norm(self, norm: str) -> list[str]:
        return [self._tensor(f"{norm}.{p}", self._read(f"{norm}.{p}")) for p in ("weight", "bias")]

    def _bias(self, dense: str) -> str:
        return self._tensor(f"{dense}.bias", self._read(f"{dense}.bias"))

    def _read(self, name: str) -> _Tensor:
        return self._weights.pop(self._prefix + name).astype(np.float32, copy=False)

    def _tensor(self, name: str, values: _Tensor) -> str:
        self.tensors.append(from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, operator: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]
