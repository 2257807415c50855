"""Trains the heads of the local text classifier: ``python packaging/classifier/train.py``.

Deterministic: the same sentences, sentence model and library give the same heads. See README.md.
"""

import argparse
import hashlib
import math
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

import examples  # noqa: E402  (a neighbour; packaging is no package)
import fitting  # noqa: E402
import ordinary  # noqa: E402
import variants  # noqa: E402

from console.base.paths import resources  # noqa: E402
from console.domain.verdict import KEEP, Severity  # noqa: E402
from console.models.harm_heads import FORMAT, Head, Stated, Weights  # noqa: E402
from console.models.letter_features import letter_buckets, word_buckets  # noqa: E402
from console.models.onnx_session import model_file  # noqa: E402
from console.models.plain_spelling import spelled_out  # noqa: E402
from console.models.sentence_encoder import SentenceEncoder  # noqa: E402
from console.policy.cli import read_policy_at  # noqa: E402
from console.policy.evaluator import Evaluator  # noqa: E402

NAME = "local classifier (MiniLM)"
VERSION = "1"
WORD_BUCKETS = LETTER_BUCKETS = 4096
LETTER_SHARE = 0.5
STRENGTH = 10.0
"""Inverse of the regularisation of the linear heads."""
HIDDEN, BEGINNINGS, EPOCHS, SCALE = 96, 2, 20, 10.0
"""Of the hidden units: how many of one beginning, beginnings, rounds, what vectors are times."""
WORTH = 0.01
"""Of average precision that hidden units have to add for a label that takes them."""
RIDGE = 1.0
FOLDS = 5
SEED = 7
MIDDLE = 0.5
GRID = [step / 100 for step in range(10, 91, 2)]
ORDINARY = "ordinary:"
MOST_TALK = 0.003
"""Of ordinary talk and text that one label may raise; then the best F1 chooses."""


def background() -> list[examples.Example]:
    """Ordinary English as harmless examples, without what the default policy's lists find."""
    policy = read_policy_at(resources() / "policies" / "default.toml").policy
    if policy is None:
        raise SystemExit("The default policy cannot be read.")
    lists = Evaluator(policy)
    texts = ordinary.ordinary(lambda text: lists.judge(text).action != KEEP)
    return [examples.Example(text, (), f"{ORDINARY}{at}") for at, text in enumerate(texts)]


def is_talk(example: examples.Example) -> bool:
    """Whether it is ordinary talk or text."""
    return example.line.startswith(ORDINARY) or example.line.partition(":")[0].endswith("talk")


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


def fitted(matrix: Any, wanted: Any) -> list[Any]:
    """The linear heads, one a label."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=SEED)
    return [clone(model).fit(matrix, column) for column in wanted.T]


def units(vectors: Any, wanted: Any) -> list[Any]:
    """The hidden units, those of several beginnings side by side."""
    with warnings.catch_warnings():
        # It is to stop after EPOCHS: more of them learn the sentences by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return [
            MLPClassifier(
                (HIDDEN,),
                alpha=1.0,
                batch_size=128,
                learning_rate_init=2e-3,
                max_iter=EPOCHS,
                random_state=SEED + number,
            ).fit(vectors * SCALE, wanted)
            for number in range(BEGINNINGS)
        ]


def cross_validated(matrix: Any, vectors: Any, wanted: Any, folds: Any) -> tuple[Any, Any]:
    """The log odds of each text by heads that saw neither it nor a sister of its line.

    Of the linear heads, and of the hidden units.
    """
    linear, hidden = np.zeros(wanted.shape), np.zeros(wanted.shape)
    for learn, test in folds:
        for label, head in enumerate(fitted(matrix[learn], wanted[learn])):
            linear[test, label] = head.decision_function(matrix[test])
        for each in units(vectors[learn], wanted[learn]):
            hidden[test] += fitting.log_odds(each.predict_proba(vectors[test] * SCALE)) / BEGINNINGS
    return linear, hidden


def threshold(wanted: Any, chances: Any, talk: Any) -> float:
    """The best F1 of those that raise at most :data:`MOST_TALK` of ordinary talk."""
    quiet = [step for step in GRID if (chances[talk] >= step).mean() <= MOST_TALK] or [GRID[-1]]
    return max(quiet, key=lambda step: fitting.figures(wanted, chances >= step)[2])


def share_of_hidden(wanted: Any, linear: Any, hidden: Any) -> float:
    """How much of a label's log odds the hidden units give."""
    gains = {
        share: average_precision_score(wanted, linear * (1 - share) + hidden * share)
        for share in (0.0, 0.5, 0.75, 1.0)
    }
    best = max(gains, key=lambda share: gains[share])
    return best if gains[best] >= gains[0.0] + WORTH else 0.0


def main(argv: Sequence[str] = ()) -> int:
    """Train, print what cross-validation says, write the folder."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    models = resources() / "models"
    parser.add_argument("--encoder", type=Path, default=models / "all-MiniLM-L6-v2")
    parser.add_argument("--output", type=Path, default=models / "harm-heads")
    options = parser.parse_args(argv)
    plain = examples.read()
    every = plain + variants.variants(plain) + background()
    texts = [spelled_out(each.text) for each in every]
    lines = np.array([each.line for each in every])
    labels = sorted({label for each in plain for label, _ in each.harm})
    ranks = np.array(
        [[fitting.RANKS.get(dict(each.harm).get(x, ""), 0) for x in labels] for each in every]
    )
    fitting.say(
        f"{len(plain)} sentences of {len(set(lines))} lines, {len(every)} with their variants"
    )
    vectors = SentenceEncoder(options.encoder).embed(texts)
    matrix = features(texts, vectors)
    wanted = ranks > 0
    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(texts, groups=lines))
    linear, hidden = cross_validated(matrix, vectors, wanted, folds)
    heads_of, units_of = fitted(matrix, wanted), units(vectors, wanted)
    talk = np.array([is_talk(each) for each in every])
    heads, harm, severity, output = [], [], [], []
    raised = np.zeros(len(every), dtype=bool)
    for number, label in enumerate(labels):
        has = wanted[:, number]
        share = share_of_hidden(has, linear[:, number], hidden[:, number])
        odds = linear[:, number] * (1 - share) + hidden[:, number] * share
        chances = 1 / (1 + np.exp(-odds))
        least = threshold(has, chances, talk)
        given = chances >= least
        raised |= given
        precision, recall, best = fitting.figures(wanted[:, number], given)
        grade, exact, near = fitting.severity_head(
            vectors[has], ranks[has, number], lines[has], RIDGE, FOLDS, SEED
        )
        head = heads_of[number]
        harm.append(head.coef_[0] * (1 - share))
        severity.append(grade.coef_)
        output.append(
            np.concatenate([each.coefs_[1][:, number] for each in units_of]) * share / BEGINNINGS
        )
        added = sum(each.intercepts_[1][number] for each in units_of) / BEGINNINGS
        bias = float(head.intercept_[0]) * (1 - share) + float(added) * share
        heads.append(
            Head(
                label=label,
                threshold=MIDDLE,
                # Moved so that every label begins at the same score.
                bias=round(bias - math.log(least / (1 - least)), 4),
                severity_bias=round(float(grade.intercept_), 4),
                mildest=Severity(fitting.SEVERITIES[ranks[has, number].min() - 1]),
                gravest=Severity(fitting.SEVERITIES[ranks[has, number].max() - 1]),
                sentences=int(has.sum()),
                precision=round(precision, 3),
                recall=round(recall, 3),
                severity_exact=round(exact, 3),
                severity_near=round(near, 3),
            )
        )
        fitting.say(
            f"  {label:<18} {has.sum():>5}  precision {precision:.2f}  recall {recall:.2f}"
            f"  F1 {best:.2f} from {least:.2f}, hidden {share:.2f}"
            f"   severity {exact:.2f}, within one {near:.2f}"
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
        hidden=HIDDEN * BEGINNINGS,
        sentences=len(every),
        harmless=int((~wanted.any(axis=1)).sum()),
        raised_of_talk=round(float(raised[talk].mean()), 4),
        heads=tuple(heads),
    )
    together = fitting.figures(wanted.any(axis=1), raised)
    fitting.say(f"any label: {together}; ordinary talk {stated.raised_of_talk}")
    weights = Weights(
        np.stack(harm),
        np.stack(severity),
        np.concatenate(
            [np.vstack([each.coefs_[0] * SCALE, each.intercepts_[0]]).T for each in units_of]
        ),
        np.stack(output),
    )
    fitting.write(options.output, stated, weights)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
