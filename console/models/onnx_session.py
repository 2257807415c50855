"""Models in ONNX form on the CPU, one thread each: the window's frames need the other core."""

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


def open_session(file: Path) -> Any:
    """An ``onnxruntime.InferenceSession`` of ``file``.

    Raises:
        WorldError: onnxruntime cannot read it.
    """
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises a dozen types of its own, all of them this
        raise WorldError(
            f"The model {file} cannot be read: {_first_line(error)}",
            "Put another one there, or none.",
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
