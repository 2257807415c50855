"""Models in ONNX form on the CPU, one thread each: the window's frames need the other core."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnxruntime

from console.base.errors import WorldError

PLACES = ("model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx", "onnx/model_int8.onnx")
"""Where published folders keep the model; the first that exists is taken."""


def model_file(folder: Path) -> Path:
    """The ONNX file in ``folder``.

    Raises:
        WorldError: there is none.
    """
    for place in PLACES:
        if (folder / place).is_file():
            return folder / place
    raise WorldError(
        f"The folder {folder} holds no model.onnx.", "Put a model in ONNX form there, or none."
    )


def session_options() -> Any:
    """One thread, and no log but of errors."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def open_session(file: Path) -> Any:
    """An ``onnxruntime.InferenceSession`` of ``file``.

    Raises:
        WorldError: onnxruntime cannot read it.
    """
    try:
        return onnxruntime.InferenceSession(
            file, session_options(), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # the runtime raises a dozen types of its own, all of them this
        raise WorldError(
            f"The model {file} cannot be read: {_first_line(error)}",
            "Put another one there, or none.",
        ) from error


def open_session_with(graph: Path, values: Mapping[str, Any]) -> Any:
    """A session of a graph whose weights are ``values``; the caller keeps them as long as it.

    Raises:
        WorldError: onnxruntime cannot read the graph, or not with these weights.
    """
    try:
        options = session_options()
        options.add_external_initializers(
            list(values),
            [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in values.values()],
        )
        return onnxruntime.InferenceSession(
            graph.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # the runtime raises a dozen types of its own, all of them this
        raise WorldError(
            f"The model {graph} cannot be used: {_first_line(error)}", "Install the program again."
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
