"""``make bench``: every benchmark, one after the other; a name as first argument picks one.

Each runs in a process of its own, so that none measures what another one left behind.
"""

import subprocess
import sys
import time

from tests.benchmarks.report import say

NAMES = (
    "policy_speed",
    "word_quality",
    "text_quality",
    "language_quality",
    "false_alarms",
    "confidence",
    "sandbox_scale",
    "checks",
    "pipeline",
    "spoken_to_muted",
    "heard_to_muted",
    "speech_quality",
    "store_writes",
    "search",
    "protocol_lines",
    "transcript_rows",
    "wall",
    "hostile_frames",
    "memory",
)
LONGEST_S = 600.0


def run(name: str, argv: list[str]) -> int:
    """Run one; 1 when it says that it fell short, or did not end in time."""
    say(f"== {name}")
    began = time.perf_counter()
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *argv]
    try:
        code = subprocess.run(command, timeout=LONGEST_S, check=False).returncode
    except subprocess.TimeoutExpired:
        say(f"  did not end within {LONGEST_S:.0f} s")
        code = 1
    say(f"   ({time.perf_counter() - began:.0f} s)\n")
    return min(abs(code), 1)


def main(argv: list[str]) -> int:
    """Run them; 1 when one of them says that it fell short."""
    if argv and argv[0] in NAMES:
        return run(argv[0], argv[1:])
    if argv:
        say(f"There is no benchmark {argv[0]!r}. There are: {', '.join(NAMES)}.")
        return 2
    return max(run(name, []) for name in NAMES)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
