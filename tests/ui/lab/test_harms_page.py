"""The page of the form about harms."""

import pytest

from console.protocol.lab import Edit
from console.protocol.lab_summary import HarmSummary, PolicySummary
from console.ui.lab.harms_model import Column, HarmsModel
from console.ui.lab.harms_page import HarmsPage
from console.ui.widgets.card_room import LEAST
from console.ui.widgets.roles import Role

HATE = HarmSummary(
    index=0,
    label="HATE_SPEECH",
    action="flag",
    by_severity={"high": "remove"},
    acts=("flag", "flag", "remove", "remove"),
    known=True,
)
PII = HarmSummary(index=1, label="PII\u202e", by_severity={"high": "mask_flag"}, acts=("",) * 4)
SUMMARY = PolicySummary(
    key="chat",
    harms=(HATE, PII),
    harms_source="Judged by the local classifier tiny; Stream's labels may differ.",
    harm_labels=("HATE_SPEECH", "INSULT"),
)


@pytest.fixture
def page(qtbot, theme):
    page = HarmsPage(theme)
    qtbot.addWidget(page)
    page.show_summary(SUMMARY)
    return page


def cells(model, row):
    return [model.index(row, column).data() for column in Column]


@pytest.fixture
def edits(page):
    """What the page asked for, in order."""
    found: list[object] = []
    page.edits_wanted.connect(found.append)
    return found


def test_a_row_tells_what_happens_at_each_severity(qtmodeltester):
    model = HarmsModel()
    model.show_summary(SUMMARY)
    assert cells(model, 0) == ["HATE_SPEECH", "flag", "flag", "remove", "remove", "yes"]
    assert cells(model, 1)[1:] == ["nothing", "nothing", "nothing", "nothing", "no"]
    assert "\u202e" not in cells(model, 1)[0]
    tones = [model.index(0, column).data(Role.TONE) for column in Column]
    assert tones == ["", "text_dim", "text_dim", "bad", "text_dim", "good"]
    qtmodeltester.check(model)


def test_the_first_rule_is_shown_as_a_form(page):
    assert page.source.text() == SUMMARY.harms_source
    assert page.card.label.value() == "HATE_SPEECH"
    assert page.card.action.value() == "flag"
    assert {name: each.value() for name, each in page.card.at.items()} == {
        "low": "",
        "medium": "",
        "high": "remove",
        "critical": "",
    }


def test_each_control_asks_for_its_edit(page, edits):
    rules = ("ai_text_config", "rules")
    page.card.at["low"].picked.emit("keep")
    page.card.action.picked.emit("mask")
    page.card.label.picked.emit("INSULT")
    page.card.label.picked.emit("")
    page.table.selectRow(1)
    page.card.remove.click()
    page.add.click()
    page.enabled_box.click()
    assert edits == [
        (Edit((*rules, 0, "severity_rules"), "append", {"severity": "low", "action": "keep"}),),
        (Edit((*rules, 0, "action"), "set", "mask"),),
        (Edit((*rules, 0, "label"), "set", "INSULT"),),
        (Edit((*rules, 1), "remove"),),
        (Edit(rules, "append", {"label": "INSULT", "action": "flag"}),),
        (Edit(("ai_text_config", "enabled"), "set", False),),
    ]


def test_a_rule_that_was_added_is_selected(page):
    page.add.click()
    new = HarmSummary(index=2, label="INSULT", action="flag", acts=("flag",) * 4, known=True)
    page.show_summary(PolicySummary(key="chat", harms=(HATE, PII, new)))
    assert page.card.label.value() == "INSULT"


def test_a_label_that_is_not_known_here_says_who_may_know_it(page):
    page.table.selectRow(1)
    assert page.card.source.text() == (
        "The local classifier does not know this label; only Stream may."
    )
    assert "knows HATE_SPEECH, INSULT." in page.card.source.toolTip()
    page.show_summary(PolicySummary(key="chat", harms=(HATE, PII)))
    assert page.card.source.text() == "No local model: only Stream judges by this rule."


def test_without_rules_the_page_says_what_they_are_for(page):
    page.show_summary(PolicySummary(key="chat"))
    assert page.pages.currentIndex() == 0
    page.show_summary(SUMMARY)
    assert page.pages.currentIndex() == 1


def test_a_low_window_scrolls_the_card(qtbot, theme):
    page = HarmsPage(theme)
    qtbot.addWidget(page)
    page.show_summary(SUMMARY)
    assert page.card.minimumSizeHint().height() > LEAST
    assert page.room.minimumSizeHint().height() == LEAST
    assert page.room.minimumSizeHint().width() == page.card.minimumSizeHint().width()
    assert page.room.sizeHint() == page.card.sizeHint()


TEXT = """key = "chat"
[ai_text_config]
rules = [{ label = "INSULT", action = "flag" }]  # for now
"""


def test_the_form_changes_the_text_and_the_text_the_form(lab, qtbot):
    lab.document.begin(TEXT)
    qtbot.waitUntil(lambda: lab.document.good, timeout=20_000)
    lab.policy.show_view("form")
    form = lab.policy.form
    form.parts.button("harms").click()
    card = form.harms.card
    assert card.label.value() == "INSULT"
    card.at["high"].picked.emit("remove")
    named = 'severity_rules = [{ severity = "high", action = "remove" }] }]  # for now'
    qtbot.waitUntil(lambda: named in lab.document.text, timeout=20_000)
    acts = form.harms.model
    qtbot.waitUntil(lambda: acts.index(0, Column.CRITICAL).data() == "remove", timeout=20_000)
    assert acts.index(0, Column.LOW).data() == "flag"
    lab.policy.editor.undo()
    qtbot.waitUntil(lambda: acts.index(0, Column.CRITICAL).data() == "flag", timeout=20_000)
    assert lab.document.text == TEXT
    form.harms.add.click()
    qtbot.waitUntil(lambda: acts.rowCount() == 2, timeout=20_000)
    assert card.label.value() == lab.document.summary.harms[1].label
