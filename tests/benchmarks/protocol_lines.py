"""Lines a second over the protocol between engine and window, beside json and dicts.

Run alone with ``python -m tests.benchmarks.protocol_lines``.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence

import msgspec

from console.protocol.codec import encode, window_reader
from console.protocol.to_window import Heard, ToWindow
from tests.benchmarks.report import ratio, table
from tests.benchmarks.store_writes import new_line

IN_MESSAGE = 7
"""Lines in one message: what comes in a frame at 400 a second."""

MESSAGES = 300
CHUNK = 65_536


def messages() -> list[Heard]:
    """Lines with their local verdicts, as the engine tells them."""
    return [Heard(tuple(new_line() for _ in range(IN_MESSAGE))) for _ in range(MESSAGES)]


def rate(work: Callable[[], object], seconds: float) -> float:
    """Lines a second of ``work``, which handles all messages once."""
    work()
    began, rounds = time.perf_counter(), 0
    while (spent := time.perf_counter() - began) < seconds:
        work()
        rounds += 1
    return rounds * MESSAGES * IN_MESSAGE / spent


def read_as_window(stream: bytes) -> list[ToWindow]:
    """Decode the way the window does: in chunks of a pipe, checked against the types."""
    reader = window_reader()
    found: list[ToWindow] = []
    for start in range(0, len(stream), CHUNK):
        for message in reader.feed(stream[start : start + CHUNK]):
            assert not isinstance(message, ValueError), message
            found.append(message)
    return found


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; returns 0."""
    parser = argparse.ArgumentParser(prog="protocol_lines", description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each way is measured")
    options = parser.parse_args(argv)
    typed = messages()
    dicts = [msgspec.to_builtins(message) for message in typed]
    ours = b"".join(encode(message) for message in typed)
    theirs = b"".join(json.dumps(message).encode() + b"\n" for message in dicts)
    assert read_as_window(ours) == typed
    encoding = (
        rate(lambda: [json.dumps(each).encode() + b"\n" for each in dicts], options.seconds),
        rate(lambda: [encode(each) for each in typed], options.seconds),
    )
    decoding = (
        rate(lambda: [json.loads(line) for line in theirs.splitlines()], options.seconds),
        rate(lambda: read_as_window(ours), options.seconds),
    )
    lines = MESSAGES * IN_MESSAGE
    table(
        f"protocol, {IN_MESSAGE} lines with their verdicts in a message",
        "json.dumps and json.loads of dicts, nothing checked",
        ("", "encoded lines/s", "ratio", "decoded lines/s", "ratio", "bytes/line"),
        [
            (
                name,
                f"{encoding[way]:,.0f}",
                ratio(encoding[way], encoding[0]),
                f"{decoding[way]:,.0f}",
                ratio(decoding[way], decoding[0]),
                f"{size / lines:.0f}",
            )
            for way, (name, size) in enumerate(
                (("json and dicts", len(theirs)), ("this protocol, checked types", len(ours)))
            )
        ],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
