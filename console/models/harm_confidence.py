"""What a score of the heads is worth: the share of texts with such a score that do that harm.

``calibration.json`` beside the heads; made by ``packaging/classifier/calibrate.py`` from texts that
neither heads nor curves had seen. It is the share among *those* texts, our own sentences and
ordinary talk; where people do less harm than in them, a confidence promises too much.
"""

import hashlib
import math
from pathlib import Path

import msgspec
from msgspec import Struct

from console.base.errors import WorldError
from console.domain.local_models import CurvePoint
from console.models.model_files import read_text

FORMAT = 1
DIGITS = 3
_NEAREST = 1e-6
_ADVICE = "Install the program again, or run packaging/classifier/calibrate.py."


class Curve(Struct, frozen=True, kw_only=True):
    """From the log odds of a label's score to those of its confidence.

    ``error``: the expected calibration error on held-out folds; ``bins``: their diagram.
    """

    label: str
    slope: float
    intercept: float
    error: float
    bins: tuple[CurvePoint, ...]


class Calibration(Struct, frozen=True, kw_only=True):
    """``calibration.json``. ``heads``: the SHA-256 of the ``heads.json`` that it was made for."""

    format: int
    heads: str
    error: float
    bins: tuple[CurvePoint, ...]
    curves: tuple[Curve, ...]

    def confidence(self, label: str, score: float) -> float | None:
        """How likely a text with this score does that harm; None for a label without a curve."""
        curve = next((each for each in self.curves if each.label == label), None)
        if curve is None:
            return None
        kept = min(max(score, _NEAREST), 1.0 - _NEAREST)
        odds = curve.slope * math.log(kept / (1.0 - kept)) + curve.intercept
        return round(1.0 / (1.0 + math.exp(-odds)), DIGITS)


def read_calibration(folder: Path) -> Calibration | None:
    """The calibration beside the heads in ``folder``; None where there is none.

    Raises:
        WorldError: it cannot be read, or was made for other heads.
    """
    file = folder / "calibration.json"
    if not file.exists():
        return None
    try:
        calibration = msgspec.json.decode(read_text(file), type=Calibration)
    except (msgspec.DecodeError, RecursionError) as error:
        raise WorldError(f"{file} is not as expected: {error}.", _ADVICE) from error
    heads = hashlib.sha256(read_text(folder / "heads.json").encode()).hexdigest()
    if (calibration.format, calibration.heads) != (FORMAT, heads):
        raise WorldError(f"{file} was made for other heads than those beside it.", _ADVICE)
    return calibration
