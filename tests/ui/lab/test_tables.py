"""The small tables of the lab keep Qt's contract, and say what they should."""

from msgspec import structs

from console.domain.results import Confusion
from console.domain.verdict import Match
from console.protocol.lab_results import (
    Count,
    ErrorCost,
    FlipStep,
    MatrixCell,
    PolicyResult,
    RuleCount,
)
from console.ui.lab.matches_table import COLUMNS as MATCHES
from console.ui.lab.matches_table import match_rows
from console.ui.lab.matrix_view import names_of
from console.ui.lab.result_columns import (
    QUALITY,
    QUALITY_OF_TWO,
    RULES,
    RULES_OF_TWO,
    STEPS,
    quality_rows,
    rule_rows,
)
from console.ui.lab.result_words import cost_of
from console.ui.lab.totals_bar import action_chips, label_chips, parts_of, percent
from console.ui.widgets.roles import Role
from console.ui.widgets.table_model import TableModel
from tests.ui.table_cells import cell, cells


def result(**fields):
    base = {
        "name": "p",
        "actions": (Count("keep", 8, 0.8), Count("flag", 2, 0.2), Count("remove", 0, 0.0)),
        "labels": (Count("A", 1, 0.1), Count("B", 2, 0.2)),
        "rules": (
            RuleCount(rule="one", lines=2, decided=1, share=0.2, often=True),
            RuleCount(rule="two", lines=0, decided=0, share=0.0),
        ),
        "never_matched": ("two",),
    }
    return PolicyResult(**(base | fields))


def words(columns, rows):
    return [[column.text(row) for column in columns] for row in rows]


def model_of(columns, rows):
    made = TableModel(columns)
    made.show_rows(rows)
    return made


def test_the_models_keep_qt_s_contract(qapp, qtmodeltester):
    matches = model_of(MATCHES, match_rows("you idiot", (Match(rule="insults", start=4, end=9),)))
    qtmodeltester.check(matches)
    assert cell(matches, 0, "Matched") == "idiot"
    rules = model_of(RULES, rule_rows(result()))
    qtmodeltester.check(rules)
    assert [row.name for row in rules.rows] == ["one", "two"]
    assert cells(rules, 1, Role.TONE) == ["text_dim"] + ["text_faint"] * 4


def test_rules_say_what_matches_too_often_and_what_never_does():
    assert words(RULES, rule_rows(result())) == [
        ["one", "2", "20%", "1", "matches too often"],
        ["two", "0", "0", "0", "never matched"],
    ]


def test_rules_of_two_policies_show_the_change():
    now = result(rules=(RuleCount(rule="two", lines=3, decided=3, share=0.3),), never_matched=())
    assert words(RULES_OF_TWO, rule_rows(result(), now)) == [
        ["two", "0", "3", "+3", "3", ""],
        ["one", "2", "0", "-2", "0", "no longer matches"],
    ]


def test_changes_name_the_rule_behind():
    steps = (FlipStep("keep", "flag", 1200, "insults"),)
    assert words(STEPS, steps) == [["keep", "flag", "1,200", "insults"]]


def test_quality_of_one_and_of_two():
    before = result(raised=Confusion(1, 1, 1), by_label={"scam": Confusion(0, 0, 2)})
    assert words(QUALITY, quality_rows(before)) == [
        ["raised at all", "0.50", "0.50", "0.50", "1", "1", "1"],
        ["scam", "–", "0.00", "–", "0", "0", "2"],
    ]
    now = result(raised=Confusion(3, 1, 1))
    model = model_of(QUALITY_OF_TWO, quality_rows(before, now))
    assert cells(model, 0) == ["raised at all", *["0.50 → 0.75"] * 3, "+0.25"]
    assert cell(model, 0, "Change of F1", Role.TONE) == "good"
    assert cell(model, 1, "Change of F1") == "–"


def test_the_cost_is_counts_times_weights():
    errors = (ErrorCost("missed", 4, 5.0, 20.0), ErrorCost("false_flag", 3, 1.0, 3.0))
    assert cost_of(errors, {}) == 23.0
    assert cost_of(errors, {"missed": 1.0, "false_flag": 0.5}) == 5.5


def test_counts_become_buttons_strongest_first_and_empty_ones_are_left_out():
    assert [chip.key for chip in action_chips(result().actions)] == ["flag", "keep"]
    assert [chip.key for chip in label_chips(result().labels)] == ["B", "A"]
    assert [part.token for part in parts_of(result().actions)] == ["line_strong", "warn_fill"]


def test_shares_are_short():
    assert [percent(share) for share in (0.0, 0.0001, 0.012, 0.5)] == [
        "0.0%",
        "<0.1%",
        "1.2%",
        "50%",
    ]


def test_the_matrix_has_nothing_wrong_at_its_end():
    cells = (MatrixCell("none", "none", 90), MatrixCell("a", "none", 1), MatrixCell("b", "b", 5))
    assert names_of(cells) == ["b", "a", "none"]


def test_where_a_match_comes_from_is_told():
    kinds = ("ai_text_local", "semantic_embedding", "semantic_lexical", "domain_allowlist")
    matches = tuple(Match(rule="r", kind=kind) for kind in kinds)
    found = words(MATCHES, match_rows("hi", matches))
    assert [row[-1] for row in found] == [
        "local classifier",
        "like a phrase (local model)",
        "like a phrase (by words, no model)",
        "domain allowlist",
    ]
    assert found[0][0] == "the whole text"
    picture = structs.replace(matches[0], kind="ai_image_local")
    assert match_rows("", (picture,))[0].words == "the image"
