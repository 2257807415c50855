"""How fast the policy engine judges, beside other ways to find the same words in the same texts.

Each judge is measured in a process of its own. Run alone with
``python -m tests.benchmarks.policy_speed``; ``--lines 1000000`` for the long run. better-profanity
and alt-profanity-check are compared where they are installed (`make bench` installs them).
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.loader import read_policy_at
from tests.benchmarks.made_texts import SEED, TALK, texts, words
from tests.benchmarks.one_judge import MAX_IN_FLIGHT
from tests.benchmarks.report import ratio, rss_mb, table
from tests.benchmarks.rivals import RIVALS, is_installed
from tests.benchmarks.worst_text import FACTOR, LENGTH, cost, worst

BASELINE = "re alternation"
SIZES = (100, 1_000, 10_000)
LONGEST_S = 250.0
BATCH_WORDS = 1_000
BASELINE_LINES = 5_000
"""Lines of the batch that the baseline judges: it is too slow for a million."""


def ask(judge: str, count: int, patterns: int, seconds: float, lines: int = 1_000) -> Any:
    """What ``one_judge`` measured."""
    command = [sys.executable, "-m", "tests.benchmarks.one_judge", judge]
    command += ["--words", str(count), "--patterns", str(patterns)]
    command += ["--seconds", str(seconds), "--lines", str(lines)]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST_S, check=True)
    return json.loads(done.stdout)


def percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def compare(count: int, patterns: int, seconds: float) -> bool:
    """Print one table; whether this engine was slower than the baseline, of a list worth it."""
    judges = [BASELINE, "this engine", "ours, every disguise"]
    judges += [name for name in RIVALS if is_installed(name)]
    if is_installed("alt-profanity-check"):
        judges.append(MAX_IN_FLIGHT)
    if patterns and "better-profanity" in judges:
        judges.remove("better-profanity")  # it has no patterns
    speeds: dict[str, float] = {}
    rows = []
    for judge in judges:
        found = ask(judge, count, patterns, seconds)
        speed = speeds[judge] = found["texts"] / found["seconds"]
        rows.append(
            [
                judge,
                f"{speed:,.0f}",
                ratio(speed, speeds[BASELINE]),
                f"{1e6 / speed:,.1f}",
                f"{found['ready_s'] * 1e3:,.0f}",
                f"{found['mb']:.1f}",
                percent(found["plain"]),
                percent(found["disguised"]),
            ]
        )
    columns = ("judge", "texts/s", "", "us/text", "ready ms", "MB", "plain found", "disguised")
    title = f"{count:,} words" + (f" and {patterns} patterns" if patterns else "")
    table(title, f"{BASELINE} of the same, ignoring case", columns, rows)
    return count >= SIZES[1] and speeds["this engine"] < speeds[BASELINE]


def written_policy(path: Path, listed: Sequence[str]) -> None:
    """A policy file with one list, every disguise seen through."""
    flags = ("leet_check", "plural_check", "confusable_folding")
    path.write_text(
        'key = "custom:bench"\n[block_list_config]\nrules = [{ name = "w", action = "flag" }]\n'
        '[[blocklists]]\nname = "w"\n'
        + "".join(f"is_{flag}_enabled = true\n" for flag in flags)
        + f"words = {json.dumps(list(listed))}\n",
        encoding="utf-8",
    )


def timed_run(policy: Path, lines: Path, output: Path) -> tuple[float, float, Any]:
    """``policy run`` in a process of its own: seconds in all, most memory in MB, its totals."""
    command = [sys.executable, "-m", "console", "policy", "run", str(policy), "--json"]
    command += ["--input", str(lines), "--output", str(output)]
    began, peak = time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        process = psutil.Process(run.pid)
        while run.poll() is None and time.perf_counter() - began < LONGEST_S:
            try:
                peak = max(peak, rss_mb(process))
            except psutil.Error:
                break
            time.sleep(0.02)
        out, wrong = run.communicate(timeout=LONGEST_S)
    if run.returncode:
        raise ChildProcessError(wrong.decode(errors="replace"))
    return time.perf_counter() - began, peak, json.loads(out)


def batch(count: int) -> None:
    """Print what ``policy run`` takes for a file of ``count`` lines, from its start to its end."""
    listed = words(BATCH_WORDS)
    base = ask(BASELINE, BATCH_WORDS, 0, 5.0, BASELINE_LINES)
    each = base["seconds"] / base["texts"]
    rows = [[f"{BASELINE}, {base['texts']:,} of them", "-", f"{1 / each:,.0f}", "1.00x", "-", "-"]]
    with TemporaryDirectory() as folder:
        lines, output = Path(folder) / "lines.txt", Path(folder) / "out.csv"
        lines.write_text("\n".join(texts(count, listed)) + "\n", encoding="utf-8")
        written_policy(Path(folder) / "bench.toml", listed)
        for name, policy in (
            (f"policy run, {BATCH_WORDS:,} words", Path(folder) / "bench.toml"),
            ("policy run, default policy", resources() / "policies" / "default.toml"),
        ):
            seconds, peak, totals = timed_run(policy, lines, output)
            if totals["texts"] != count:
                raise ValueError(f"{totals['texts']} of {count} lines were judged")
            speed = count / seconds
            rows.append(
                [
                    name,
                    f"{seconds:.2f}",
                    f"{speed:,.0f}",
                    ratio(speed, 1 / each),
                    f"{peak:.0f}",
                    f"{count - totals['actions'].get('keep', 0):,}",
                ]
            )
    columns = ("", "seconds", "lines/s", "", "most MB", "not kept")
    title = f"batch of {count:,} lines from a file, results to a CSV file, start included"
    table(title, f"{BASELINE} of {BATCH_WORDS:,} words, in memory, nothing written", columns, rows)


def slowest(seconds: float) -> bool:
    """Print the slowest text found; whether ten times its length took much more than ten times."""
    read = read_policy_at(resources() / "policies" / "default.toml")
    if read.policy is None:
        raise ValueError(f"the default policy has errors: {read.errors}")
    evaluator = Evaluator(read.policy)
    ordinary = cost(evaluator, " ".join(TALK) + " ", times=5)
    found = worst(evaluator, seconds, SEED)
    longer = cost(evaluator, found.unit, LENGTH * FACTOR, times=3)
    rows = [
        ["ordinary talk", f"{ordinary:.2f}", "1.00x", f"{ordinary * LENGTH / 1e3:.2f}"],
        [
            f"{found.unit!a} again and again",
            f"{found.cost:.2f}",
            ratio(found.cost, ordinary),
            f"{found.cost * LENGTH / 1e3:.2f}",
        ],
        [
            "the same, ten times as long",
            f"{longer:.2f}",
            ratio(longer, ordinary),
            f"{longer * LENGTH * FACTOR / 1e3:.2f}",
        ],
    ]
    columns = ("text", "us/character", "", "ms")
    title = f"worst text of {LENGTH:,} characters that {seconds:.0f} s of search found"
    table(title, "ordinary talk of that length, default policy", columns, rows)
    return longer > 4 * found.cost


def main(argv: Sequence[str] = ()) -> int:
    """Print every table; 1 when this engine is slower than `re` at 1,000 words, or not linear."""
    parser = argparse.ArgumentParser(prog="policy_speed", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000, help="lines of the batch run")
    parser.add_argument("--seconds", type=float, default=2.0, help="of one judge, at most")
    parser.add_argument("--search", type=float, default=15.0, help="seconds for the worst text")
    parser.add_argument("--words", type=int, nargs="*", default=SIZES, help="how many are listed")
    options = parser.parse_args(argv)
    short = [compare(count, 0, options.seconds) for count in options.words]
    short.append(compare(100, 100, options.seconds))
    batch(options.lines)
    short.append(slowest(options.search))
    return int(any(short))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
