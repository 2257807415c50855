"""What the store of a console holds after an hour, read from its file alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.system.drills.hour.judge import Kept


def read(path: Path) -> Kept:
    """Read the file at ``path``, which no engine uses any more."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        heard = connection.execute("SELECT item_id, author_id FROM items").fetchall()
        raised = connection.execute("SELECT item_id, state FROM raised_items").fetchall()
    authors, states = dict(heard), dict(raised)
    escalated = (authors.get(each, "") for each, state in raised if state == "escalated")
    return Kept(heard=frozenset(authors), raised=states, escalated=frozenset(escalated))
