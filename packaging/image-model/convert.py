"""Writes MobileNetV2 of nsfwjs as ``model.onnx``; its weights stay the 8 bits that they are.

``unpack.js`` reads the published package first. See README.md beside this.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE = 224
LABELS = 5


class Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str, stored: "Stored", axes: tuple[int, ...] | None = None) -> str:
        """A weight in 8 bits, which onnxruntime unpacks once, when it loads the model."""
        values = stored.values if axes is None else stored.values.transpose(axes)
        if stored.scale is None:
            return self.constant(name, values.astype(np.float32))
        packed = self.constant(f"{name}_packed", values)
        whole = self.add("Cast", [packed], f"{name}_whole", to=TensorProto.FLOAT)
        scale = self.constant(f"{name}_scale", np.float32(stored.scale))
        least = self.constant(f"{name}_least", np.float32(stored.least))
        scaled = self.add("Mul", [whole, scale], f"{name}_scaled")
        return self.add("Add", [scaled, least], name)


class Stored:
    """One weight as it is published: value = ``values`` * ``scale`` + ``least``."""

    def __init__(self, values: np.ndarray, quantization: dict[str, Any] | None) -> None:
        self.values = values
        self.scale = quantization["scale"] if quantization else None
        self.least = quantization["min"] if quantization else 0.0


def read_weights(model: dict[str, Any], content: bytes) -> dict[str, Stored]:
    found: dict[str, Stored] = {}
    at = 0
    for stated in model["weightsManifest"][0]["weights"]:
        count = int(np.prod(stated["shape"])) if stated["shape"] else 1
        quantization = stated.get("quantization")
        kind = np.dtype(quantization["dtype"] if quantization else stated["dtype"])
        values = np.frombuffer(content, kind, count, at).reshape(stated["shape"])
        found[stated["name"]] = Stored(values, quantization)
        at += count * kind.itemsize
    if at != len(content):
        raise SystemExit(f"{len(content)} bytes of weights, {at} are named")
    return found


def convolution(graph: Graph, layer: dict[str, Any], weights: dict[str, Stored], x: str) -> str:
    name, config = layer["name"], layer["config"]
    depthwise = layer["class_name"] == "DepthwiseConv2D"
    stored = weights[f"{name}/{'depthwise_kernel' if depthwise else 'kernel'}"]
    attributes: dict[str, Any] = {
        "strides": config["strides"],
        "kernel_shape": list(stored.values.shape[:2]),
        "auto_pad": "SAME_UPPER" if config["padding"] == "same" else "VALID",
    }
    if depthwise:
        attributes["group"] = stored.values.shape[2]
    inputs = [x, graph.weight(f"{name}_w", stored, (2, 3, 0, 1) if depthwise else (3, 2, 0, 1))]
    if config.get("use_bias"):
        inputs.append(graph.weight(f"{name}_b", weights[f"{name}/bias"]))
    return graph.add("Conv", inputs, f"{name}_o", **attributes)


def add_layer(
    graph: Graph, layer: dict[str, Any], weights: dict[str, Stored], inputs: list[str]
) -> str:
    name, config, kind = layer["name"], layer["config"], layer["class_name"]
    out = f"{name}_o"
    match kind:
        case "ZeroPadding2D":
            (top, bottom), (left, right) = config["padding"]
            pads = np.array([0, 0, top, left, 0, 0, bottom, right], np.int64)
            return graph.add("Pad", [inputs[0], graph.constant(f"{name}_p", pads)], out)
        case "Conv2D" | "DepthwiseConv2D":
            return convolution(graph, layer, weights, inputs[0])
        case "BatchNormalization":
            parts = ("gamma", "beta", "moving_mean", "moving_variance")
            terms = [graph.weight(f"{name}_{part}", weights[f"{name}/{part}"]) for part in parts]
            epsilon = config["epsilon"]
            return graph.add("BatchNormalization", [inputs[0], *terms], out, epsilon=epsilon)
        case "ReLU":
            least = graph.constant(f"{name}_0", np.float32(0))
            most = graph.constant(f"{name}_6", np.float32(config["max_value"]))
            return graph.add("Clip", [inputs[0], least, most], out)
        case "Add":
            return graph.add("Add", inputs, out)
        case "GlobalAveragePooling2D":
            return graph.add("ReduceMean", [inputs[0]], out, axes=[2, 3], keepdims=0)
        case "AveragePooling2D":
            return graph.add("AveragePool", inputs, out, kernel_shape=config["pool_size"])
        case "Flatten":
            channels_last = graph.add("Transpose", inputs, f"{name}_t", perm=[0, 2, 3, 1])
            return graph.add("Flatten", [channels_last], out)
        case "Dense":
            kernel = graph.weight(f"{name}_w", weights[f"{name}/kernel"])
            bias = graph.weight(f"{name}_b", weights[f"{name}/bias"])
            sums = graph.add("Gemm", [inputs[0], kernel, bias], f"{name}_l")
            if config["activation"] == "softmax":
                return graph.add("Softmax", [sums], out, axis=1)
            return graph.add("Relu", [sums], out)
        case "Dropout" | "Activation":
            return inputs[0]
    raise SystemExit(f"a layer of an unknown kind: {kind}")


def convert(unpacked: Path) -> onnx.ModelProto:
    model = json.loads(unpacked.with_suffix(".json").read_text())
    weights = read_weights(model, unpacked.with_suffix(".bin").read_bytes())
    layers = model["modelTopology"]["model_config"]["config"]["layers"]
    graph = Graph()
    outputs: dict[str, str] = {}
    last = ""
    for layer in layers:
        if layer["class_name"] == "InputLayer":
            last = graph.add("Transpose", ["image"], "channels_first", perm=[0, 3, 1, 2])
        else:
            inputs = [outputs[each[0]] for each in layer["inbound_nodes"][0]]
            last = add_layer(graph, layer, weights, inputs)
        outputs[layer["name"]] = last
    graph.add("Identity", [last], "shares")
    made = helper.make_graph(
        graph.nodes,
        "nsfwjs_mobilenet_v2",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [None, SIZE, SIZE, 3])],
        [helper.make_tensor_value_info("shares", TensorProto.FLOAT, [None, LABELS])],
        graph.constants,
    )
    result = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)])
    result.ir_version = 8
    onnx.checker.check_model(result)
    return result


if __name__ == "__main__":
    onnx.save(convert(Path(sys.argv[1])), sys.argv[2])
