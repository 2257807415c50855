"""The weights of multilingual-e5-small in 8 bits, as its graph takes them.

8 bits hold 255 steps for a whole matrix of what goes through the model, and a few of its columns
are twenty times as large as the rest, which then fall on few steps. So every column is divided by
a factor and its weights are multiplied by the same one: the product stays, the rounding shrinks
(SmoothQuant, Xiao et al. 2023). ``packaging/language-model/factors.py`` chose the factors.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.base.errors import WorldError
from console.models.e5_weights import E5Weights

LARGEST = 127
"""Of a weight in 8 bits."""
TABLES = ("emb.word", "emb.pos", "emb.type")
"""Looked up, and so no weights of the graph."""
WHAT_GOES_IN = {"q": "qkv", "k": "qkv", "v": "qkv", "ao": "ao", "fi": "fi", "fo": "fo"}
_ADVICE = "Install the program again."

Factors = Mapping[str, NDArray[np.float32]]
"""By what the columns go into: layer and product, as ``l0.qkv``."""


def places(layers: int = 12, hidden: int = 384) -> dict[str, tuple[str, int]]:
    """What goes into each product, by name of the factors: its name in the graph, its columns."""
    found = {}
    for number in range(layers):
        before = f"l{number - 1}.oln.out" if number else "emb.out"
        found[f"l{number}.qkv"] = (before, hidden)
        found[f"l{number}.ao"] = (f"l{number}.seen", hidden)
        found[f"l{number}.fi"] = (f"l{number}.aln.out", hidden)
        found[f"l{number}.fo"] = (f"l{number}.mid", 4 * hidden)
    return found


def read_factors(file: Path) -> Factors:
    """All factors, one behind the other in ``file``.

    Raises:
        WorldError: the file cannot be read, or holds other ones.
    """
    try:
        flat: NDArray[np.float32] = np.load(file, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise WorldError(f"{file} could not be read: {error}.", _ADVICE) from error
    widths = {name: columns for name, (_, columns) in places().items()}
    if flat.shape != (sum(widths.values()),) or not (flat > 0.0).all():
        raise WorldError(f"{file} holds other factors than the graph asks for.", _ADVICE)
    ends = np.cumsum(list(widths.values()))[:-1]
    return dict(zip(widths, np.split(flat, ends), strict=True))


def evened(weights: E5Weights, factors: Factors) -> dict[str, Any]:
    """Everything that the graph asks for, by its name there. Takes about a second."""
    found: dict[str, Any] = {
        f"{name}.evened": 1.0 / factors[key] for key, (name, _) in places().items()
    }
    for name in weights.names:
        if name in TABLES:
            continue
        if not weights.is_packed(name):
            found[name] = weights.floats(name)
            continue
        layer, product, _ = name.split(".")
        by = factors[f"{layer}.{WHAT_GOES_IN[product]}"]
        found[f"{name}.q"], found[f"{name}.s"] = rounded(weights.rows(name, len(by)).plain() * by)
    return found


def rounded(plain: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows x columns to columns x rows in 8 bits, and the scale of each row."""
    scales = np.abs(plain).max(axis=1) / LARGEST
    return np.ascontiguousarray(np.rint(plain / scales[:, None]).astype(np.int8).T), scales
