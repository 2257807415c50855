"""``make chaos``: thousands of faults against the whole program, and what it promises meanwhile.

``--seed 7 --episode 3`` plays one episode of such a run again; ``--strikes`` and ``--orders`` leave
out all but some of it.
"""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from msgspec.structs import replace

from tests.chaos.episode import play
from tests.chaos.faults.registry import FAULTS
from tests.chaos.plan import ACTS_AN_EPISODE, FAULTS_AN_EPISODE, Episode, episode
from tests.chaos.report import Report
from tests.chaos.what_acts_do import WEIGHTS
from tests.warm.running import warm_python


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=5_000)
    parser.add_argument("--acts", type=int, default=700)
    parser.add_argument("--episode", type=int, help="only this one of them")
    parser.add_argument("--only", help="only faults whose name holds this")
    parser.add_argument("--strikes", help="numbers of the only strikes, as 3,17")
    parser.add_argument("--orders", help="numbers of the only acts, as 3,17")
    parser.add_argument("--clock-speed", dest="speed", type=float, default=2.0)
    parser.add_argument("--trace", action="store_true", help="print all that happened")
    parser.add_argument("--keep", type=Path, help="keep store and logs of an episode here")
    return parser


def _numbers(text: str | None) -> set[int] | None:
    return None if text is None else {int(number) for number in text.split(",") if number}


def _planned(options: argparse.Namespace, report: Report) -> Iterator[Episode]:
    """The one that is asked for, or as many as it takes until so many faults have struck."""
    weights = {fault.name: fault.weight for fault in FAULTS if (options.only or "") in fault.name}
    numbers = count() if options.episode is None else (options.episode,)
    for number in numbers:
        yield episode(
            options.seed,
            number,
            faults=min(options.faults, FAULTS_AN_EPISODE),
            acts=min(options.acts, ACTS_AN_EPISODE),
            weights=weights,
            kinds=WEIGHTS,
        )
        if report.faults >= options.faults and report.acts >= options.acts:
            return


def _narrowed(whole: Episode, strikes: set[int] | None, orders: set[int] | None) -> Episode:
    return replace(
        whole,
        strikes=tuple(one for one in whole.strikes if strikes is None or one.number in strikes),
        orders=tuple(one for one in whole.orders if orders is None or one.number in orders),
    )


def main(argv: list[str]) -> int:
    """Play them; 1 when a promise was broken."""
    options = _parser().parse_args(argv)
    keyring.set_keyring(NoKeyring())
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    window_log = options.keep / "window.log" if options.keep else os.devnull
    logging.basicConfig(filename=window_log, level=logging.INFO)
    report = Report(options)
    strikes, orders = _numbers(options.strikes), _numbers(options.orders)
    with tempfile.TemporaryDirectory() as folder, warm_python(Path(folder)) as python:
        for planned in _planned(options, report):
            narrowed = _narrowed(planned, strikes, orders)
            report.add(play(narrowed, options.speed, python=python, keep=options.keep))
    return report.conclude()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
