"""Trains the heads of the local text classifier: ``python packaging/classifier/train.py``.

Deterministic: the same sentences, sentence model and library give the same heads. See README.md.
"""

import argparse
import hashlib
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

import examples  # noqa: E402  (a neighbour; packaging is no package)
import variants  # noqa: E402

from console.domain.verdict import Severity  # noqa: E402
from console.models.harm_heads import FORMAT, Head, HarmHeads, Stated  # noqa: E402
from console.models.letter_features import letter_buckets, word_buckets  # noqa: E402
from console.models.onnx_session import model_file  # noqa: E402
from console.models.plain_spelling import spelled_out  # noqa: E402
from console.models.sentence_encoder import SentenceEncoder  # noqa: E402

NAME = "local classifier (MiniLM)"
VERSION = "1"
WORD_BUCKETS = LETTER_BUCKETS = 4096
LETTER_SHARE = 0.5
STRENGTH = 10.0
"""Inverse of the regularisation; 3 and 30 did no better in cross-validation."""
RIDGE = 1.0
FOLDS = 5
SEED = 7
MIDDLE = 0.5
GRID = [step / 100 for step in range(10, 91, 2)]
MOST_TALK = 0.005
"""Of the lines of ordinary talk that one label may raise; then the best F1 chooses."""
RANKS = {severity: number + 1 for number, severity in enumerate(examples.SEVERITIES)}


def features(texts: Sequence[str], vectors: Any) -> Any:
    """Texts x (vector, words, letter groups), as :meth:`HarmHeads.scores` weighs them."""
    blocks = [csr_matrix(vectors)]
    for buckets_of, count in ((word_buckets, WORD_BUCKETS), (letter_buckets, LETTER_BUCKETS)):
        columns, ends, values = [], [0], []
        for text in texts:
            buckets = buckets_of(text, count)
            columns += buckets
            values += [LETTER_SHARE / len(buckets) ** 0.5] * len(buckets)
            ends.append(len(columns))
        blocks.append(csr_matrix((values, columns, ends), shape=(len(texts), count)))
    return hstack(blocks).tocsr()


def fitted(matrix: Any, wanted: Any) -> Any:
    """One label's head."""
    return LogisticRegression(C=STRENGTH, solver="liblinear", random_state=SEED).fit(matrix, wanted)


def cross_validated(matrix: Any, wanted: Any, folds: Any) -> Any:
    """The chance of each text by heads that saw neither it nor a sister of its line."""
    chances = np.zeros(wanted.shape)
    for learn, test in folds:
        for label in range(wanted.shape[1]):
            head = fitted(matrix[learn], wanted[learn, label])
            chances[test, label] = head.predict_proba(matrix[test])[:, 1]
    return chances


def figures(wanted: Any, given: Any) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    hits = float((wanted & given).sum())
    precision = hits / max(1.0, float(given.sum()))
    recall = hits / max(1.0, float(wanted.sum()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def threshold(wanted: Any, chances: Any, talk: Any) -> float:
    """The best F1 of those that raise at most :data:`MOST_TALK` of ordinary talk."""
    quiet = [step for step in GRID if (chances[talk] >= step).mean() <= MOST_TALK] or [GRID[-1]]
    return max(quiet, key=lambda step: figures(wanted, chances >= step)[2])


def severity_head(vectors: Any, ranks: Any, lines: Any) -> tuple[Any, float, float]:
    """A head for the rank of a severity, and how often it hits and nearly hits."""
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(vectors, ranks, lines)
    guessed = np.zeros(len(ranks))
    for learn, test in folds:
        guessed[test] = Ridge(alpha=RIDGE).fit(vectors[learn], ranks[learn]).predict(vectors[test])
    off = np.abs(np.clip(guessed.round(), ranks.min(), ranks.max()) - ranks)
    head = Ridge(alpha=RIDGE).fit(vectors, ranks)
    return head, float((off == 0).mean()), float((off <= 1).mean())


def main(argv: Sequence[str] = ()) -> int:
    """Train, print what cross-validation says, write the folder."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    models = ROOT / "resources" / "models"
    parser.add_argument("--encoder", type=Path, default=models / "all-MiniLM-L6-v2")
    parser.add_argument("--output", type=Path, default=models / "harm-heads")
    options = parser.parse_args(argv)
    plain = examples.read()
    every = plain + variants.variants(plain)
    texts = [spelled_out(each.text) for each in every]
    lines = np.array([each.line for each in every])
    labels = sorted({label for each in plain for label, _ in each.harm})
    ranks = np.array([[RANKS.get(dict(each.harm).get(x, ""), 0) for x in labels] for each in every])
    say(f"{len(plain)} sentences of {len(set(lines))} lines, {len(every)} with their variants")
    vectors = SentenceEncoder(options.encoder).embed(texts)
    matrix = features(texts, vectors)
    wanted = ranks > 0
    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(texts, groups=lines))
    chances = cross_validated(matrix, wanted, folds)
    talk = np.array([each.line.startswith("talk:") for each in every])
    heads, harm, severity, raised = [], [], [], np.zeros(len(every), dtype=bool)
    for number, label in enumerate(labels):
        least = threshold(wanted[:, number], chances[:, number], talk)
        given = chances[:, number] >= least
        raised |= given
        precision, recall, best = figures(wanted[:, number], given)
        has = wanted[:, number]
        grade, exact, near = severity_head(vectors[has], ranks[has, number], lines[has])
        head = fitted(matrix, wanted[:, number])
        harm.append(head.coef_[0])
        severity.append(grade.coef_)
        heads.append(
            Head(
                label=label,
                threshold=MIDDLE,
                # Moved so that every label begins at the same score.
                bias=round(float(head.intercept_[0]) - math.log(least / (1 - least)), 4),
                severity_bias=round(float(grade.intercept_), 4),
                mildest=Severity(examples.SEVERITIES[ranks[has, number].min() - 1]),
                gravest=Severity(examples.SEVERITIES[ranks[has, number].max() - 1]),
                sentences=int(has.sum()),
                precision=round(precision, 3),
                recall=round(recall, 3),
                severity_exact=round(exact, 3),
                severity_near=round(near, 3),
            )
        )
        say(
            f"  {label:<18} {has.sum():>5}  precision {precision:.2f}  recall {recall:.2f}"
            f"  F1 {best:.2f} from {least:.2f}   severity {exact:.2f}, within one {near:.2f}"
        )
    stated = Stated(
        format=FORMAT,
        name=NAME,
        version=VERSION,
        encoder=hashlib.sha256(model_file(options.encoder).read_bytes()).hexdigest(),
        dimensions=int(vectors.shape[1]),
        word_buckets=WORD_BUCKETS,
        letter_buckets=LETTER_BUCKETS,
        letter_share=LETTER_SHARE,
        sentences=len(every),
        harmless=int((~wanted.any(axis=1)).sum()),
        raised_of_talk=round(float(raised[talk].mean()), 4),
        heads=tuple(heads),
    )
    say(f"any label: {figures(wanted.any(axis=1), raised)}; ordinary talk {stated.raised_of_talk}")
    write(options.output, stated, harm, severity)
    return 0


def write(folder: Path, stated: Stated, harm: Sequence[Any], severity: Sequence[Any]) -> None:
    """The three files, weights in 16 bits; read back to be sure."""
    folder.mkdir(parents=True, exist_ok=True)
    document = msgspec.json.format(msgspec.json.encode(stated), indent=2)
    (folder / "heads.json").write_bytes(document + b"\n")
    np.save(folder / "harm.npy", np.stack(harm).astype("<f2"))
    np.save(folder / "severity.npy", np.stack(severity).astype("<f2"))
    HarmHeads.load(folder)


def say(line: str) -> None:
    """One line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
