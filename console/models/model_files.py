"""The files beside a model's weights: read with a limit, and only where they are plain files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.base.errors import WorldError
from console.base.plain_file import read_bytes

MAX_BYTES = 64 << 20
"""Of a tokenizer or a configuration; the largest published tokenizers have about 20 MB."""
_ADVICE = "Copy it from the model again."


def read_text(file: Path) -> str:
    """The whole file.

    Raises:
        WorldError: it is missing, no plain file, larger than MAX_BYTES or not UTF-8.
    """
    try:
        return read_bytes(file, MAX_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorldError(f"{file} is not UTF-8.", _ADVICE) from error


def read_table(file: Path) -> Mapping[str, Any]:
    """The JSON object in ``file``.

    Raises:
        WorldError: as ``read_text``, or it is no JSON object.
    """
    try:
        stated = json.loads(read_text(file))
    except RecursionError as error:
        raise WorldError(f"{file} is nested too deeply.", _ADVICE) from error
    except ValueError as error:
        raise WorldError(f"{file} is not JSON: {error}.", _ADVICE) from error
    if not isinstance(stated, dict):
        raise WorldError(f"{file} holds no table.", _ADVICE)
    return stated
