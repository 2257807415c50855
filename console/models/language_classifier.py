"""Harm in texts of many languages: multilingual-e5-small and its heads."""

from pathlib import Path

from console.models.e5_encoder import E5Encoder
from console.models.e5_weights import FILE, e5_file, read_e5
from console.models.harm_confidence import read_calibration
from console.models.harm_heads import HarmHeads
from console.models.text_classifier import HarmClassifier


def language_classifier(model: Path, heads: Path) -> HarmClassifier:
    """Both folders are the program's; the weights come out of the package.

    Raises:
        WorldError: something is missing, cannot be read, or is not what the heads were trained on.
    """
    weights = read_e5(e5_file())
    trained = HarmHeads.load(heads)
    trained.require_hash(weights.sha256, FILE)
    return HarmClassifier(E5Encoder(weights, model), trained, read_calibration(heads))
