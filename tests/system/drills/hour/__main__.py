"""``python -m tests.system.drills.hour --seconds 60 --speed 4``: one hour, and what it came to."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from console.base import log as logs
from tests.system.drills.hour.play import Hour


def main() -> int:
    """Play it; 0 where every promise was kept, else 1."""
    parser = argparse.ArgumentParser(prog="hour", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600.0, help="of the program's clock")
    parser.add_argument("--speed", type=float, default=4.0, help="of the program's clock")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="the folder where its files stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="moderator-console-hour-") as folder:
        home = options.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        logs.configure("window", home / "logs", to_stderr=False)
        played = Hour(home, options.seconds, options.speed, options.seed).play()
    report = {
        "kept_up": played.kept_up,
        **played.figures,
        **played.verdict.counted,
        "broken": played.verdict.broken,
    }
    sys.stdout.write(json.dumps(report) + "\n")
    return 1 if played.verdict.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
