"""Evidence in the window: found for what is chosen, held, exported, printed, drafted."""

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog

from console.domain.evidence import Evidence, EvidenceHead, EvidenceLine, Hold, KeyFrame
from console.domain.review import ReviewItem
from console.domain.verdict import JudgedItem
from console.protocol.acts import ActsChanged
from console.protocol.evidence import (
    AskEvidence,
    AskEvidencePage,
    AskEvidencePicture,
    EvidenceExported,
    EvidenceFound,
    EvidenceOpened,
    EvidencePage,
    EvidencePicture,
    ExportEvidence,
    HoldEvidence,
    OpenEvidence,
)
from console.ui.state.targets import Target

EVIL = "<b>you</b>\u202e idiot"
SHOWN, HIDDEN = "a" * 64, "b" * 64


@pytest.fixture
def evidence(make):
    act = make.act("a1", "kick", user_ids=("ben",), names=("Ben",), by="mod", reason="Insults")
    said = make.said("u1", author_id="ben", author_name="Ben", text=EVIL)
    line = EvidenceLine(JudgedItem(said, (make.verdict("u1"),)), theirs=True, subject=True)
    frames = (
        KeyFrame(SHOWN, "f1", make.start, kept=True, withheld=False),
        KeyFrame(HIDDEN, "f2", make.start, kept=False, withheld=True),
    )
    return Evidence(act=act, frozen_at=make.start, lines=(line,), pictures=frames)


@pytest.fixture
def answer(window, live):
    def reply(ask, kind, **fields):
        live.engine.say(kind(window.sent.of(ask)[-1].request_id, **fields))

    return reply


@pytest.fixture
def dialog(window, live, answer, evidence, make):
    live.controller.choose_person(Target(cid="default:hall", user_id="ben", name="Ben"))
    live.commands.action("evidence.show").trigger()
    head = EvidenceHead(
        evidence_id="a1", at=make.start, kind="kick", cid="default:hall", by="mod", names=("Ben",)
    )
    answer(AskEvidence, EvidenceFound, heads=(head,))
    answer(OpenEvidence, EvidenceOpened, evidence=evidence)
    return window.findChild(QDialog, "evidence")


def test_the_key_finds_evidence_of_whoever_is_chosen(dialog, window):
    (asked,) = window.sent.of(AskEvidence)
    assert (asked.user_id, asked.act_id, asked.item_id) == ("ben", "", "")
    assert dialog.list.item(0).text().endswith("Kick: Ben · mod")
    text = dialog.text.toPlainText()
    assert "Reason: Insults" in text
    assert "▶" in text
    assert "<b>you</b>⟦RLO⟧ idiot" in text


def test_in_the_act_log_it_is_that_of_the_chosen_act(window, live, make):
    live.session.apply(ActsChanged(acts=(make.progress(make.act("a9", "kick")),)))
    live.commands.action("focus.log").trigger()
    window.panels["log"].log.step(-1)
    live.commands.action("evidence.show").trigger()
    assert window.sent.of(AskEvidence)[-1].act_id == "a9"


def test_pictures_are_blurred_until_held_and_what_nobody_may_see_is_not_asked_for(
    dialog, window, answer
):
    (asked,) = window.sent.of(AskEvidencePicture)
    assert asked.picture_id == SHOWN
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPEG")  # type: ignore[call-overload]  # Qt takes no bytes
    answer(AskEvidencePicture, EvidencePicture, picture_id=SHOWN, jpeg=buffer.data().data())
    picture = dialog._pictures[SHOWN]
    assert not picture._image.isNull()
    assert not picture._sharp
    picture.setFocus()
    QTest.keyPress(picture, Qt.Key.Key_Space)
    assert picture._sharp
    assert dialog._pictures[HIDDEN]._image.isNull()


def test_both_dialogs_fit_a_small_window_and_cut_no_words(dialog):
    dialog.statement.click()
    statement = dialog.findChild(QDialog, "statement")
    for each in (dialog, statement):
        assert each.minimumSizeHint().width() <= 560
        assert each.minimumSizeHint().height() <= 560
        assert each.width() <= 800
        assert each.height() <= 600
        for button in each.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.sizeHint().width(), button.text()


def test_hold_asks_why_and_shows_who_holds_it(dialog, window, answer, evidence, make):
    dialog.why.setText("A complaint")
    dialog.hold.click()
    asked = window.sent.of(HoldEvidence)[-1]
    assert (asked.evidence_id, asked.on, asked.why) == ("a1", True, "A complaint")
    hold = Hold("mod", "A complaint", make.start)
    answer(HoldEvidence, EvidenceOpened, evidence=evidence, hold=hold)
    assert dialog.hold.text() == "Release"
    assert "Held by mod" in dialog.hold_told.text()


def test_it_is_exported_and_printed_and_nothing_is_overwritten(dialog, window, answer, tmp_path):
    dialog.redacted.setChecked(True)
    dialog.export_to(str(tmp_path / "e.zip"))
    asked = window.sent.of(ExportEvidence)[-1]
    assert (asked.to, asked.redacted) == (str(tmp_path / "e.zip"), True)
    answer(ExportEvidence, EvidenceExported, files=4)
    assert dialog.said.text().startswith("4 files are in")
    for words in ("Saved as", "exists already"):
        dialog.pdf_to(str(tmp_path / "e.pdf"))
        answer(AskEvidencePage, EvidencePage, html="<h1>Kick</h1><p>&lt;b&gt;</p>")
        assert words in dialog.said.text()
    assert (tmp_path / "e.pdf").read_bytes().startswith(b"%PDF")


def test_a_statement_is_drafted_edited_copied_and_saved(dialog, tmp_path):
    dialog.statement.click()
    statement = dialog.findChild(QDialog, "statement")
    assert "idiot" in statement.edits["decision_facts"].toPlainText()
    statement.edits["puid"].setPlainText("")
    assert "is missing" in statement.said.text()
    statement.edits["puid"].setPlainText("case-7")
    statement.edits["category"].setCurrentText("STATEMENT_CATEGORY_CYBER_VIOLENCE")
    assert statement.said.text().startswith("Complete for the DSA Transparency Database")
    statement.save_to(str(tmp_path / "s.json"))
    assert '"puid": "case-7"' in (tmp_path / "s.json").read_text()
    statement._copy()
    assert "STATEMENT_CATEGORY_CYBER_VIOLENCE" in QGuiApplication.clipboard().text()


def test_where_there_is_none_that_is_said(window, live, answer):
    live.commands.action("evidence.show").trigger()
    answer(AskEvidence, EvidenceFound)
    dialog = window.findChild(QDialog, "evidence")
    assert dialog.said.text().startswith("There is no evidence of this.")
    assert not dialog.export.isEnabled()


def test_in_the_review_queue_it_is_that_of_the_entity_of_the_chosen_item(window, live):
    live.commands.action("workspace.queue").trigger()
    item = ReviewItem(
        item_id="r1",
        entity_type="default",
        entity_id="u1",
        author_id="ben",
        created_at=1.0,
        updated_at=1.0,
    )
    live.session.queue.items["r1"] = item
    live.controller.choose_items(("r1",))
    live.commands.action("evidence.show").trigger()
    assert window.sent.of(AskEvidence)[-1].item_id == "u1"


def test_enter_on_what_was_done_to_a_person_shows_its_evidence(window, live, make):
    live.controller.choose_person(Target(cid="default:hall", user_id="ben", name="Ben"))
    card = window.panels["card"]
    card.tabs.done.addItem("kicked Ben")
    card.tabs.bar.setCurrentIndex(2)
    assert card.activate() == ""
    assert window.sent.of(AskEvidence)[-1].user_id == "ben"
