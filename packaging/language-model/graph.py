"""Write the graph of multilingual-e5-small in ONNX form, without its weights.

Usage: graph.py OUTPUT. The weights stay in the package that brings them; whoever loads the graph
puts them in under the names that ``console/models/e5_weights.py`` gives them.
"""

import sys
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

HIDDEN, INNER, HEADS, LAYERS = 384, 1536, 12, 12
EPSILON = 1e-12
# What onnxruntime 1.20 and all after it read.
OPSET, IR_VERSION = 17, 8
MICROSOFT = "com.microsoft"
ELSEWHERE = "weights"


class Graph:
    """Nodes and weights, one after the other."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **options: Any
    ) -> str:
        """One node; the name of its output comes back."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **options))
        return output

    def weight(self, name: str, kind: int, *shape: int) -> str:
        """A weight that is put in when the graph is loaded."""
        size = 4 if kind == TensorProto.FLOAT else 1
        tensor = TensorProto(name=name, data_type=kind, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        for shape_of in shape:
            size *= shape_of
        for key, value in (("location", ELSEWHERE), ("offset", "0"), ("length", str(size))):
            tensor.external_data.add(key=key, value=value)
        self.weights.append(tensor)
        return name

    def floats(self, name: str, *shape: int) -> str:
        """A weight of 32-bit numbers."""
        return self.weight(name, TensorProto.FLOAT, *shape)

    def evened(self, inputs: str, width: int) -> str:
        """``inputs`` with every column brought to a like size, so that 8 bits hold all of them."""
        return self.add("Mul", [inputs, self.floats(f"{inputs}.evened", width)], f"{inputs}.even")

    def product(self, inputs: str, name: str, width: int, out: int, bias: str = "") -> str:
        """``inputs`` times the weights ``name``: 8 bits, one scale a column."""
        packed = self.weight(f"{name}.q", TensorProto.INT8, width, out)
        names = [inputs, packed, self.floats(f"{name}.s", out)]
        if bias:
            names += ["", self.floats(bias, out)]
        return self.add("DynamicQuantizeMatMul", names, f"{name}.out", MICROSOFT)

    def normal(self, inputs: str, added: str, bias: str, name: str) -> str:
        """The layer normalisation of both inputs and a bias together."""
        names = [inputs, added, self.floats(f"{name}.w", HIDDEN), self.floats(f"{name}.b", HIDDEN)]
        names.append(self.floats(bias, HIDDEN))
        return self.add("SkipLayerNormalization", names, f"{name}.out", MICROSOFT, epsilon=EPSILON)

    def layer(self, inputs: str, number: int) -> str:
        """Attention, then two products, each added to what went in."""
        at = f"l{number}"
        asked, even = [], self.evened(inputs, HIDDEN)
        for part in "qkv":
            name = f"{at}.{part}"
            asked.append(self.product(even, f"{name}.w", HIDDEN, HIDDEN, f"{name}.b"))
        seen = self.add("MultiHeadAttention", asked, f"{at}.seen", MICROSOFT, num_heads=HEADS)
        out = self.product(self.evened(seen, HIDDEN), f"{at}.ao.w", HIDDEN, HIDDEN)
        inputs = self.normal(inputs, out, f"{at}.ao.b", f"{at}.aln")
        inner = self.product(self.evened(inputs, HIDDEN), f"{at}.fi.w", HIDDEN, INNER)
        inner = self.add(
            "BiasGelu", [inner, self.floats(f"{at}.fi.b", INNER)], f"{at}.mid", MICROSOFT
        )
        out = self.product(self.evened(inner, INNER), f"{at}.fo.w", INNER, HIDDEN)
        return self.normal(inputs, out, f"{at}.fo.b", f"{at}.oln")


def model(first: int = 0, layers: int = LAYERS, *, pooled: bool = True) -> Any:
    """The layers from ``first`` on, ``layers`` of them; ``pooled``: the mean over the tokens."""
    graph = Graph()
    states = "words"
    if first == 0:
        names = [states, graph.floats("emb.ln.w", HIDDEN), graph.floats("emb.ln.b", HIDDEN)]
        states = graph.add("LayerNormalization", names, "emb.out", epsilon=EPSILON)
    for number in range(first, first + layers):
        states = graph.layer(states, number)
    output, shape = states, [1, "tokens", HIDDEN]
    if pooled:
        output = graph.add("ReduceMean", [states], "mean", axes=[1], keepdims=0)
        shape = [1, HIDDEN]
    made = helper.make_graph(
        graph.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", HIDDEN])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        graph.weights,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION, producer_name="")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(model().SerializeToString(deterministic=True))
    onnx.load(sys.argv[1], load_external_data=False)
