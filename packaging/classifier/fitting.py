"""What the trainers of both text classifiers share: figures, severities, the folder they write."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from examples import SEVERITIES
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold

from console.models.harm_heads import HarmHeads, Stated, Weights

RANKS = {severity: number + 1 for number, severity in enumerate(SEVERITIES)}
NEAREST = 1e-6
"""How near a chance may come to 0 and 1."""


def log_odds(chances: Any) -> Any:
    """Of chances that are kept away from 0 and 1."""
    kept = np.clip(chances, NEAREST, 1 - NEAREST)
    return np.log(kept / (1 - kept))


def figures(wanted: Any, given: Any) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    hits = float((wanted & given).sum())
    precision = hits / max(1.0, float(given.sum()))
    recall = hits / max(1.0, float(wanted.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def severity_head(
    vectors: Any, ranks: Any, lines: Any, alpha: float, folds: int, seed: int
) -> tuple[Any, float, float]:
    """A head for the rank of a severity, and how often it hits and nearly hits.

    ``alpha``: how much its weights shrink.
    """
    guessed = np.zeros(len(ranks))
    split = GroupKFold(folds, shuffle=True, random_state=seed).split(vectors, ranks, lines)
    for learn, test in split:
        guessed[test] = Ridge(alpha=alpha).fit(vectors[learn], ranks[learn]).predict(vectors[test])
    off = np.abs(np.clip(guessed.round(), ranks.min(), ranks.max()) - ranks)
    head = Ridge(alpha=alpha).fit(vectors, ranks)
    return head, float((off == 0).mean()), float((off <= 1).mean())


def write(
    folder: Path, stated: Stated, weights: Weights, kinds: dict[str, str] | None = None
) -> None:
    """``heads.json`` and the weights; read back to be sure.

    ``kinds``: the kind of number of a weight where it is not ``<f2``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = msgspec.json.format(msgspec.json.encode(stated), indent=2)
    (folder / "heads.json").write_bytes(document + b"\n")
    for name, numbers in weights._asdict().items():
        np.save(folder / f"{name}.npy", numbers.astype((kinds or {}).get(name, "<f2")))
    HarmHeads.load(folder)


def say(line: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
