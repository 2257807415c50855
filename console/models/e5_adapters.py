"""What this program taught the upper layers of multilingual-e5-small, as small additions.

Each product of a layer gets a matrix of low rank added to its weights (LoRA, Hu et al. 2021): a
tenth of a layer's size at most. Made by ``packaging/language-model/tune.py`` from the sentences
there; the heads beside them fit the model with these additions alone.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from console.base.errors import WorldError

DOWN, UP = "down.npy", "up.npy"
WIDTHS = {"q": (1, 1), "k": (1, 1), "v": (1, 1), "ao": (1, 1), "fi": (1, 4), "fo": (4, 1)}
"""Columns and rows of each product, as multiples of the model's width."""
LAYERS = 12
_ADVICE = "Install the program again."

Additions = Mapping[str, NDArray[np.float32]]
"""Rows x columns by name of the weights, as ``l11.fo.w``."""


def read_additions(folder: Path, hidden: int = 384) -> Additions:
    """The additions in ``folder``, multiplied out.

    Raises:
        WorldError: a file is missing, or both do not fit together.
    """
    down, up = _numbers(folder / DOWN), _numbers(folder / UP)
    rank = len(down) if down.ndim == 2 else 0
    columns = sum(wide for wide, _ in WIDTHS.values()) * hidden
    rows = sum(high for _, high in WIDTHS.values()) * hidden
    layers = down.shape[1] // columns if rank else 0
    if not 1 <= layers <= LAYERS or down.shape != (rank, layers * columns):
        raise WorldError(f"{folder / DOWN} does not fit the model.", _ADVICE)
    if up.shape != (layers * rows, rank):
        raise WorldError(f"{folder / UP} does not fit {DOWN}.", _ADVICE)
    found, at, high_at = {}, 0, 0
    for layer in range(LAYERS - layers, LAYERS):
        for product, (wide, high) in WIDTHS.items():
            first = down[:, at : at + wide * hidden]
            found[f"l{layer}.{product}.w"] = up[high_at : high_at + high * hidden] @ first
            at, high_at = at + wide * hidden, high_at + high * hidden
    return found


def _numbers(file: Path) -> NDArray[np.float32]:
    try:
        numbers: NDArray[np.float32] = np.load(file, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, EOFError) as error:
        raise WorldError(f"{file} could not be read: {error}.", _ADVICE) from error
    if not np.isfinite(numbers).all():
        raise WorldError(f"{file} holds something that is no number.", _ADVICE)
    return numbers
