"""Make the heads of the model for many languages: ``heads.py OUTPUT``, after ``tune.py OUTPUT``.

Asks the model as the program runs it, in 8 bits, sets thresholds on the lines that were held back
and on ordinary text, and prints what the held-back lines say.
"""

import hashlib
import math
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.linear_model import Ridge

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sentences  # noqa: E402  (a neighbour; packaging is no package)

from console.domain.verdict import Severity  # noqa: E402
from console.models.e5_adapters import read_additions  # noqa: E402
from console.models.e5_encoder import E5Encoder  # noqa: E402
from console.models.e5_weights import e5_file, read_e5  # noqa: E402
from console.models.harm_heads import FORMAT, HarmHeads, Head, Stated, Weights  # noqa: E402
from console.models.plain_spelling import spelled_out  # noqa: E402

MODEL = ROOT / "resources" / "models" / "multilingual-e5-small"
NAME = "local classifier (multilingual e5)"
VERSION = "1"
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "nl", "pl", "pt", "zh")
SHARPNESS = 20.0
MIDDLE = 0.5
GRID = [step / 100 for step in range(30, 98, 2)]
MOST_TALK = 0.002
"""Of harmless held-back and ordinary text that one label may raise; then the best F1 chooses."""
RIDGE = 1.0
SEVERITIES = ("low", "medium", "high", "critical")
RANKS = {severity: number + 1 for number, severity in enumerate(SEVERITIES)}


def figures(wanted: Any, given: Any) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    hits = float((wanted & given).sum())
    precision = hits / max(1.0, float(given.sum()))
    recall = hits / max(1.0, float(wanted.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def threshold(wanted: Any, chances: Any, harmless: Any) -> float:
    """The best F1 of those that raise at most :data:`MOST_TALK` of what is harmless."""
    quiet = [step for step in GRID if (chances[harmless] >= step).mean() <= MOST_TALK]
    return max(quiet or [GRID[-1]], key=lambda step: figures(wanted, chances >= step)[2])


def main() -> None:
    """Write ``heads.json`` and the weights beside the additions."""
    output = Path(sys.argv[1])
    tuned = np.load(output / "tuned.npz")
    labels, held_lines = tuned["labels"].tolist(), frozenset(tuned["held"].tolist())
    weights = read_e5(e5_file())
    encoder = E5Encoder(weights, MODEL, read_additions(output))
    every = sentences.every()
    texts = [spelled_out(each.text) for each in every]
    vectors = np.stack([encoder.embed([text])[0] for text in texts])
    odds = vectors @ (tuned["weights"] * SHARPNESS).T + tuned["bias"]
    chances = 1 / (1 + np.exp(-odds))
    ranks = np.array([[RANKS.get(dict(each.harm).get(x, ""), 0) for x in labels] for each in every])
    held = np.array([each.line in held_lines for each in every])
    ordinary = np.array([each.line.startswith(("talk:", sentences.ORDINARY)) for each in every])
    harmless = (held | ordinary) & (ranks == 0).all(axis=1)
    heads, severity = [], []
    raised = np.zeros(len(every), dtype=bool)
    for number, label in enumerate(labels):
        has = ranks[:, number] > 0
        # A threshold is chosen where nothing was learned, and on ordinary text.
        seen = held | harmless
        least = threshold(has[seen], chances[seen, number], harmless[seen])
        given = chances[:, number] >= least
        raised |= given
        precision, recall, best = figures(has[held], given[held])
        grade = Ridge(alpha=RIDGE).fit(vectors[has & ~held], ranks[has & ~held, number])
        tested = has & held
        guessed = grade.predict(vectors[tested]).round()
        off = np.abs(
            np.clip(guessed, ranks[has, number].min(), ranks[has, number].max())
            - ranks[tested, number]
        )
        severity.append(grade.coef_)
        heads.append(
            Head(
                label=label,
                threshold=MIDDLE,
                # Moved so that every label begins at the same score.
                bias=round(float(tuned["bias"][number]) - math.log(least / (1 - least)), 4),
                severity_bias=round(float(grade.intercept_), 4),
                mildest=Severity(SEVERITIES[ranks[has, number].min() - 1]),
                gravest=Severity(SEVERITIES[ranks[has, number].max() - 1]),
                sentences=int(has.sum()),
                precision=round(precision, 3),
                recall=round(recall, 3),
                severity_exact=round(float((off == 0).mean()), 3),
                severity_near=round(float((off <= 1).mean()), 3),
            )
        )
        sys.stdout.write(
            f"  {label:<18} {int(tested.sum()):>5} held  precision {precision:.2f}"
            f"  recall {recall:.2f}  F1 {best:.2f} from {least:.2f}\n"
        )
    stated = Stated(
        format=FORMAT,
        name=NAME,
        version=VERSION,
        encoder=weights.sha256,
        dimensions=int(vectors.shape[1]),
        word_buckets=0,
        letter_buckets=0,
        letter_share=0.5,
        hidden=1,
        sentences=len(every),
        harmless=int((ranks == 0).all(axis=1).sum()),
        raised_of_talk=round(float(raised[harmless].mean()), 4),
        heads=tuple(heads),
        languages=LANGUAGES,
    )
    sys.stdout.write(f"of harmless text {stated.raised_of_talk:.2%} gets a label\n")
    width = stated.dimensions
    write(
        output,
        stated,
        Weights(
            harm=tuned["weights"] * SHARPNESS,
            severity=np.stack(severity),
            hidden=np.zeros((1, width + 1), np.float32),
            output=np.zeros((len(labels), 1), np.float32),
        ),
    )


def write(folder: Path, stated: Stated, weights: Weights) -> None:
    """``heads.json`` and the weights in 16 bits; read back to be sure."""
    document = msgspec.json.format(msgspec.json.encode(stated), indent=2)
    (folder / "heads.json").write_bytes(document + b"\n")
    for name, numbers in weights._asdict().items():
        np.save(folder / f"{name}.npy", numbers.astype("<f2"))
    HarmHeads.load(folder)
    for file in sorted(folder.iterdir()):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        sys.stdout.write(f"{digest[:16]}  {file.name}\n")


if __name__ == "__main__":
    main()
