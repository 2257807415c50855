"""What every benchmark prints and how it measures a process."""

import sys
from collections.abc import Sequence

import psutil


def say(line: str = "") -> None:
    """One line on standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(title: str, baseline: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose first column is text and whose others are figures; names its baseline."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    say(title)
    say(f"  baseline: {baseline}")
    for row in (columns, *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        say("  " + "   ".join(cells).rstrip())


def ratio(value: float, baseline: float) -> str:
    """How many times the baseline ``value`` is."""
    if not baseline:
        return "-"
    times = value / baseline
    return f"{times:.0f}x" if times >= 100 else f"{times:.1f}x" if times >= 10 else f"{times:.2f}x"


def at_share(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0.0 to 1.0) of ``values`` do not exceed; 0.0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def cpu_seconds(process: psutil.Process) -> float:
    """Processor time that ``process`` has used, in seconds."""
    times = process.cpu_times()
    return float(times.user + times.system)


def rss_mb(process: psutil.Process) -> float:
    """Memory of ``process`` in RAM, in megabytes."""
    return float(process.memory_info().rss / 1e6)
