"""The list of lines that two judged differently."""

import csv
import io

import pytest
from PySide6.QtCore import Qt

from console.domain.verdict import Match
from console.protocol.lab_runs import Disagreement
from console.ui.disagreements.disagreements_model import (
    CSV_COLUMNS,
    DisagreementsModel,
    csv_text,
    direction,
    reasons,
)
from console.ui.widgets.roles import Role
from tests.ui.table_cells import cell, place


def line(key, text="hello", local="flag", stream="keep", **fields):
    fields.setdefault("call", "default:hall")
    fields.setdefault("speaker", "Ann")
    fields.setdefault("at", 1_800_000_000.0)
    return Disagreement(item_id=key, text=text, local=local, stream=stream, **fields)


@pytest.fixture
def model(qapp, qtmodeltester):
    made = DisagreementsModel(lambda cid: cid.partition(":")[2].title())
    made.show_rows(
        [
            line("c", "José said so", local="keep", stream="remove", speaker="Zoe", at=3.0),
            line("b", "you idiot", local_rule="insults", at=2.0, call="default:yard"),
            line("a", "buy this", local="mask", stream="flag", stream_rule="ads", at=1.0),
        ]
    )
    qtmodeltester.check(made)
    return made


def shown(model):
    return [each.item_id for each in model.rows]


def test_stream_is_stricter_or_milder(model):
    assert [direction(each) for each in model.rows] == ["stricter", "milder", "stricter"]
    model.select(wanted="milder")
    assert shown(model) == ["b"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jose", ["c"]),
        ("INSULT", ["b"]),
        ("ads", ["a"]),
        ("yard", ["b"]),
        ("zoe", ["c"]),
        ("%", []),
    ],
)
def test_text_speaker_call_and_rules_are_searched(model, typed, found):
    model.select(contains=typed)
    assert shown(model) == found


def test_headers_sort_by_strength_and_back_to_the_newest_first(model):
    model.sort(place(model, "Here"), Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["b", "a", "c"]
    model.sort(place(model, "Who"), Qt.SortOrder.AscendingOrder)
    assert shown(model)[-1] == "c"
    model.sort(-1)
    assert shown(model) == ["c", "b", "a"]


def test_cells_are_safe_to_look_at_and_carry_their_badges(model):
    match = Match(rule="insults", start=4, end=9)
    model.show_rows([line("x", "you\u202eidiot", matches=(match,), speaker="<b>\u202e")])
    text = cell(model, 0, "Line")
    assert (cell(model, 0, "Who"), text) == ("<b>⟦RLO⟧", "you⟦RLO⟧idiot")
    assert cell(model, 0, "Here", Role.ACTION) == "flag"
    assert cell(model, 0, "Stream", Role.ACTION) == "keep"
    (mark,) = cell(model, 0, "Line", Role.MARKS)
    assert text[mark.start : mark.end] == "idiot"
    assert "<b>" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_both_reasons_are_told():
    told = reasons(line("x", local_why="Word list “insults”.", stream_why=""))
    assert told == "Ann: hello\nHere: flag. Word list “insults”.\nStream: keep. No reason given."


def test_everything_is_written_and_no_cell_is_a_formula():
    text = csv_text([line("x", '=HYPERLINK("a")\r\nb', local_rule="r", stream_why="w")])
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == CSV_COLUMNS
    assert row == [
        "x",
        "1800000000.0",
        "default:hall",
        "Ann",
        '\'=HYPERLINK("a")\r\nb',
        "flag",
        "r",
        "",
        "keep",
        "",
        "w",
    ]
