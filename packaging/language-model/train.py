"""Trains the heads of the classifier for many languages: ``packaging/language-model/train.py``.

Deterministic: the same sentences, weights and libraries give the same heads. Vectors are kept in
the file named with ``--cache``, so that changed sentences alone are computed anew. See README.md.
"""

import argparse
import math
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "classifier")]

import curves  # noqa: E402  (of the English classifier; packaging is no package)
import fitting  # noqa: E402
import sentences  # noqa: E402  (a neighbour)

from console.base.paths import resources  # noqa: E402
from console.domain.verdict import Severity  # noqa: E402
from console.models.e5_encoder import E5Encoder  # noqa: E402
from console.models.e5_weights import e5_file, read_e5  # noqa: E402
from console.models.harm_heads import FORMAT, Head, Stated, Weights  # noqa: E402
from console.models.language_registry import HEADS, MODEL  # noqa: E402
from console.models.plain_spelling import spelled_out  # noqa: E402

NAME = "local classifier (multilingual e5)"
VERSION = "1"
LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "nl", "pl", "pt", "zh")
HIDDEN, BEGINNINGS, EPOCHS, ALPHA = 128, 3, 16, 1.0
"""Of the hidden units: how many of one beginning, beginnings, rounds, how much weights shrink."""
FOLDS = 4
SEED = 7
MIDDLE = 0.5
GRID = [step / 100 for step in range(50, 98, 2)]
MOST_TALK = 0.002
"""Of talk, and of ordinary text, that one label may raise; then the best F1 chooses."""
MOST_TALK_OF = {"HATE_SPEECH": 0.015, "THREAT": 0.008, "SELF_HARM": 0.008, "HARASSMENT": 0.004}
"""The same of labels for which as few false alarms would miss a third more of what harms."""
RIDGE = 30.0


def vectors_of(encoder: E5Encoder, texts: Sequence[str], cache: Path | None) -> Any:
    """One row for each text; what ``cache`` holds is not computed."""
    known: dict[str, Any] = {}
    if cache is not None and cache.exists():
        kept = np.load(cache)
        known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    for text in dict.fromkeys(texts):
        if text not in known:
            known[text] = encoder.embed([text])[0]
    if cache is not None:
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts])


def units(scaled: Any, wanted: Any) -> list[Any]:
    """The hidden units of several beginnings."""
    with warnings.catch_warnings():
        # It is to stop after EPOCHS: more of them learn the sentences by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return [
            MLPClassifier(
                (HIDDEN,),
                alpha=ALPHA,
                batch_size=256,
                learning_rate_init=1e-3,
                max_iter=EPOCHS,
                random_state=SEED + number,
            ).fit(scaled, wanted)
            for number in range(BEGINNINGS)
        ]


def odds_of(models: list[Any], scaled: Any) -> Any:
    """The mean of the log odds."""
    return np.mean([fitting.log_odds(each.predict_proba(scaled)) for each in models], axis=0)


def cross_validated(vectors: Any, wanted: Any, lines: Any) -> Any:
    """The log odds of each text by heads that saw neither it nor a sister of its line."""
    odds = np.zeros(wanted.shape)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(vectors, groups=lines)
    for learn, test in folds:
        middle, spread = vectors[learn].mean(axis=0), vectors[learn].std(axis=0)
        models = units((vectors[learn] - middle) / spread, wanted[learn])
        odds[test] = odds_of(models, (vectors[test] - middle) / spread)
    return odds


def threshold(wanted: Any, chances: Any, harmless: Sequence[Any], most: float) -> float:
    """The best F1 of those that raise at most the share ``most`` of each kind of ``harmless``."""
    quiet = [
        step for step in GRID if max((chances[kind] >= step).mean() for kind in harmless) <= most
    ]
    return max(quiet or [GRID[-1]], key=lambda step: fitting.figures(wanted, chances >= step)[2])


def by_language(every: Any, wanted: Any, raised: Any) -> Iterator[str]:
    """What of our own sentences is found and wrongly raised, in cross-validation."""
    languages = np.array([each.line.partition(":")[0].partition("_")[0] for each in every])
    for name in sorted({file.stem.partition("_")[0] for file in sentences.FOLDER.glob("*.toml")}):
        here = languages == name
        harm = wanted.any(axis=1) & here
        found = f"{raised[harm].mean():.2f}" if harm.any() else "-"
        yield f"  {name:<12} found {found}  raised {raised[here & ~harm].mean():.3f}"


def main(argv: Sequence[str] = ()) -> int:
    """Train, print what cross-validation says, write the folder."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("--output", type=Path, default=resources() / "models" / HEADS)
    parser.add_argument("--cache", type=Path, help="where vectors are kept, not in this tree")
    options = parser.parse_args(argv)
    weights = read_e5(e5_file())
    every = sentences.every()
    lines = np.array([each.line for each in every])
    texts = [spelled_out(each.text) for each in every]
    vectors = vectors_of(E5Encoder(weights, resources() / "models" / MODEL), texts, options.cache)
    labels = sorted({label for each in every for label, _ in each.harm})
    ranks = np.array(
        [[fitting.RANKS.get(dict(each.harm).get(x, ""), 0) for x in labels] for each in every]
    )
    wanted = ranks > 0
    fitting.say(f"{len(every)} sentences of {len(set(lines))} lines")
    odds = cross_validated(vectors, wanted, lines)
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
    models = units((vectors - middle) / spread, wanted)
    kinds = [each.line.partition(":")[0] for each in every]
    said = np.array([kind.endswith("talk") for kind in kinds])
    written = np.array([each.line.startswith(sentences.ORDINARY) for each in every])
    talk = said | written
    heads, severity, raised = [], [], np.zeros(wanted.shape, dtype=bool)
    for number, label in enumerate(labels):
        has = wanted[:, number]
        chances = 1 / (1 + np.exp(-odds[:, number]))
        most = MOST_TALK_OF.get(label, MOST_TALK)
        least = threshold(has, chances, (said, written), most)
        raised[:, number] = chances >= least
        # Moved so that every label begins at the same score.
        odds[:, number] -= math.log(least / (1 - least))
        precision, recall, best = fitting.figures(has, raised[:, number])
        grade, exact, near = fitting.severity_head(
            vectors[has], ranks[has, number], lines[has], 1 / RIDGE, FOLDS, SEED
        )
        severity.append(grade.coef_)
        added = np.mean([each.intercepts_[1][number] for each in models])
        heads.append(
            Head(
                label=label,
                threshold=MIDDLE,
                bias=round(float(added) - math.log(least / (1 - least)), 4),
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
            f"  F1 {best:.2f} from {least:.2f}   severity {exact:.2f}, within one {near:.2f}"
        )
    for line in by_language(every, wanted, raised.any(axis=1)):
        fitting.say(line)
    stated = Stated(
        format=FORMAT,
        name=NAME,
        version=VERSION,
        encoder=weights.sha256,
        dimensions=int(vectors.shape[1]),
        word_buckets=0,
        letter_buckets=0,
        letter_share=0.5,
        hidden=HIDDEN * BEGINNINGS,
        sentences=len(every),
        harmless=int((~wanted.any(axis=1)).sum()),
        raised_of_talk=round(float(raised.any(axis=1)[talk].mean()), 4),
        heads=tuple(heads),
        languages=LANGUAGES,
    )
    fitting.say(f"ordinary talk and text that gets a label: {stated.raised_of_talk}")
    # Hidden units are differences of large numbers here, which 16 bits would blur; harm is zeros.
    trained = weights_of(models, middle, spread, severity)
    fitting.write(options.output, stated, trained, {"hidden": "<f4", "harm": "|i1"})
    curves.write_curves(options.output, labels, odds[~written], wanted[~written], lines[~written])
    return 0


def weights_of(models: list[Any], middle: Any, spread: Any, severity: list[Any]) -> Weights:
    """The units as they weigh plain vectors: what was taken off them is in what is added."""
    hidden = []
    for each in models:
        plain = (each.coefs_[0] / spread[:, None]).T
        hidden.append(np.column_stack([plain, each.intercepts_[0] - plain @ middle]))
    return Weights(
        harm=np.zeros((len(severity), len(middle)), np.float32),
        severity=np.stack(severity),
        hidden=np.concatenate(hidden),
        output=np.concatenate([each.coefs_[1] for each in models]).T / len(models),
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
