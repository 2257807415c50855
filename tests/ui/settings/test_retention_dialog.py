"""What is kept: a plan takes effect only after what would go under it was shown."""

from pathlib import Path

import pytest

from console.domain.retention import Going, Kept, RetentionPlan, Rule, StoreSize
from console.protocol.retention import (
    AskRetention,
    Retention,
    RetentionNumbers,
    SetRetention,
)
from console.ui.settings.retention_dialog import RetentionDialog

AT = 1_790_000_000.0


def asked(sent):
    return [each for each in sent if isinstance(each, AskRetention | SetRetention)]


def answer(parts, sent, plan, going=(), **fields):
    found = Retention(asked(sent)[-1].request_id, plan=plan, going=going, **fields)
    parts.engine.message_received.emit(found)


@pytest.fixture
def dialog(live, qtbot, sent):
    made = RetentionDialog(live)
    qtbot.addWidget(made)
    made.open()
    answer(
        live,
        sent,
        RetentionPlan(),
        size=StoreSize(bytes=20_000_000, free=5_000_000, shrinks=False),
        numbers=RetentionNumbers(deleted=3, failed=1),
    )
    return made


def test_it_shows_the_plan_in_force_and_what_the_store_has(dialog):
    assert dialog.rows[Kept.LINES].days.text() == "180"
    assert dialog.rows[Kept.EVIDENCE].at_end.key() == "delete"
    assert "20.0 MB" in dialog.said.text()
    assert "store compact" in dialog.said.text()
    assert "3 things went" in dialog.said.text()
    assert not dialog.use.isEnabled()


def test_a_change_is_used_after_its_preview(dialog, live, sent, qtbot):
    days = dialog.rows[Kept.LINES].days
    days.selectAll()
    qtbot.keyClicks(days, "30")
    assert not dialog.use.isEnabled()
    qtbot.waitUntil(lambda: asked(sent)[-1].plan is not None)
    plan = asked(sent)[-1].plan
    assert plan.lines == Rule(30)
    answer(live, sent, RetentionPlan(), going=(Going(Kept.LINES, 1_200, AT),))
    assert "1,200 of lines and names" in dialog.preview.text()
    assert dialog.use.isEnabled()
    dialog.use.click()
    assert asked(sent)[-1] == SetRetention(asked(sent)[-1].request_id, plan)
    answer(live, sent, plan)
    assert dialog.preview.text() == "Nothing would go now."
    assert not dialog.use.isEnabled()


def test_what_makes_no_sense_cannot_be_used(dialog, sent, qtbot):
    days = dialog.rows[Kept.CHAT].days
    for typed in ("soon", "-3", "99999"):
        days.clear()
        qtbot.keyClicks(days, typed)
        assert dialog.plan is None
        assert days.property("tone") == "bad"
        assert not dialog.use.isEnabled()
    days.clear()
    assert dialog.plan.chat == Rule(0)
    for typed in ("0", "1", "x"):
        dialog.limit.clear()
        qtbot.keyClicks(dialog.limit, typed)
        assert dialog.plan is None
        assert dialog.limit.property("tone") == "bad"
    dialog._ask()
    assert "50 to" in dialog.preview.text()
    assert "empty for none" in dialog.preview.text()
    dialog.limit.clear()
    qtbot.keyClicks(dialog.limit, "50")
    assert (dialog.limit.property("tone"), dialog.plan.most_mb) == ("", 50)


def test_a_refusal_is_told(dialog, live, sent, qtbot):
    question = asked(sent)[-1]
    refused = Retention(question.request_id, sentence="The disk is full.", advice="Make room.")
    live.engine.message_received.emit(refused)
    dialog._send(AskRetention("r9"))
    live.engine.message_received.emit(Retention("r9", sentence="The disk is full."))
    assert dialog.preview.text() == "The disk is full."


def test_the_defaults_come_back(dialog, live, sent, qtbot):
    days = dialog.rows[Kept.LINES].days
    days.selectAll()
    qtbot.keyClicks(days, "30")
    dialog._show_defaults()
    assert dialog.plan == RetentionPlan()


def test_the_style_draws_the_mark_of_a_wrong_field():
    style = Path(__file__).parents[3] / "resources" / "style.qss"
    assert 'QLineEdit[tone="bad"]' in style.read_text(encoding="utf-8")
