"""What the store holds after an episode, read with nothing of the program but its file."""

import re
import sqlite3
from collections import Counter
from pathlib import Path

import msgspec
from msgspec import Struct

_NUMBER = re.compile(rb"line (\d+) of the evening")


class Stored(Struct, frozen=True):
    """``lines``: how often each numbered line is there. ``acts``: the state of each act by id."""

    lines: Counter[int]
    acts: dict[str, str]
    damage: str = ""


def read(path: Path) -> Stored:
    """Read the file at ``path``."""
    if not path.exists():
        return Stored(Counter(), {}, "there is no file")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        bodies = connection.execute("SELECT body FROM items").fetchall()
        receipts = connection.execute("SELECT act_id, receipt FROM acts").fetchall()
        check = str(connection.execute("PRAGMA quick_check").fetchone()[0])
    finally:
        connection.close()
    lines = Counter(int(match[1]) for (body,) in bodies if (match := _NUMBER.search(bytes(body))))
    acts = {act_id: msgspec.json.decode(receipt)["state"] for act_id, receipt in receipts}
    return Stored(lines, acts, "" if check == "ok" else check)
