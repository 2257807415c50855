"""Entries of lists: which matched how many lines, which none."""

from collections.abc import Callable
from enum import StrEnum

from console.base.plain_text import visible
from console.base.toml_map import Span, TomlMap
from console.base.toml_text import TomlRefusedError, toml_data
from console.protocol.lab_results import EntryCount, PolicyResult
from console.ui.lab.totals_bar import percent
from console.ui.widgets.columns import number_column
from console.ui.widgets.folding import fold
from console.ui.widgets.table_model import Column

OFTEN = 0.05
"""An entry that matches at least this share of the lines, and more than one, does so too often,
unless its author wants another share."""


class Show(StrEnum):
    """Which entries."""

    ALL = "all"
    OFTEN = "often"
    NEVER = "never"


def too_often(row: EntryCount, share: float = OFTEN) -> bool:
    """Whether an entry matches more than a word should: at least ``share`` of the lines."""
    return row.lines > 1 and row.share >= share


def entry_rows(result: PolicyResult) -> list[EntryCount]:
    """Entries by how often they match, then those that never do, list by list."""
    silent = (EntryCount(each.rule, word, 0, 0.0) for each in result.silent for word in each.first)
    return [*result.entries, *silent]


def silent_words(result: PolicyResult) -> str:
    """How much never matched, in one sentence; empty when everything did."""
    never = sum(each.count for each in result.silent)
    if not never:
        return ""
    lists = len(result.silent)
    where = f"the list {visible(result.silent[0].rule)}" if lists == 1 else f"{lists} lists"
    named = sum(len(each.first) for each in result.silent)
    rest = f"; {named:,} of them are named here" if named < never else ""
    return f"{never:,} entries of {where} matched no line{rest}."


def place_of(text: str, rule: str, entry: str) -> Span | None:
    """Where ``entry`` of the list called ``rule`` stands in a policy; None when it does not."""
    try:
        lists = toml_data(text).get("blocklists", [])
    except TomlRefusedError:
        return None
    for at, each in enumerate(lists if isinstance(lists, list) else []):
        if not isinstance(each, dict) or each.get("name") != rule:
            continue
        words = each.get("words", [])
        if isinstance(words, list) and entry in words:
            return TomlMap(text).values.get(("blocklists", at, "words", words.index(entry)))
    return None


def columns(often: Callable[[], float]) -> tuple[Column[EntryCount], ...]:
    """The columns of the table; ``often``: the share that is too often now."""

    def note(row: EntryCount) -> str:
        if too_often(row, often()):
            return "matches too often"
        return "" if row.lines else "never matched"

    return (
        Column(
            "Entry",
            lambda row: visible(row.entry),
            tone=lambda row: "" if row.lines else "text_dim",
            key=lambda row: fold(row.entry),
        ),
        Column("List", lambda row: visible(row.rule), 124, "text_dim"),
        number_column("Lines", lambda row: row.lines, 72, "text_dim"),
        Column(
            "Share",
            lambda row: percent(row.share) if row.lines else "",
            64,
            "text_dim",
            key=lambda row: row.lines,
            number=True,
        ),
        Column(
            "",
            note,
            136,
            lambda row: "warn" if too_often(row, often()) else "text_faint",
            key=lambda row: (too_often(row, often()), row.lines == 0),
        ),
    )


def passes(show: Show, rule: str, contains: str, often: float) -> Callable[[EntryCount], bool]:
    """Whether an entry is shown; empty ``rule`` and ``contains`` let all through."""
    wanted = fold(contains.strip())

    def check(row: EntryCount) -> bool:
        if (rule and row.rule != rule) or (wanted and wanted not in fold(row.entry)):
            return False
        match show:
            case Show.OFTEN:
                return too_often(row, often)
            case Show.NEVER:
                return not row.lines
            case Show.ALL:
                return True

    return check
