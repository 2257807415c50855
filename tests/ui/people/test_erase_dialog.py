"""Erasing: what would go is read first, a second press is needed, and the person stays the same."""

import pytest

from console.protocol.retention import AskErase, ErasePerson, ErasePreview, PersonErased
from console.ui.people.erase_dialog import ERASE, SURE, EraseDialog
from console.ui.state.targets import Target


def asked(sent, kind):
    return [each for each in sent if isinstance(each, kind)]


@pytest.fixture
def dialog(window, live):
    live.controller.choose_person(Target(cid="default:hall", user_id="ben"))
    live.commands.run("person.erase")
    return window.findChild(EraseDialog)


def show(live, sent, **fields):
    question = asked(sent, AskErase)[-1]
    live.engine.message_received.emit(ErasePreview(question.request_id, **fields))


def test_a_person_is_erased_after_a_preview_and_a_second_press(dialog, live, sent, clock):
    assert asked(sent, AskErase)[-1].user_id == "ben"
    assert not dialog.erase.isEnabled()
    show(live, sent, items=120, acts=2, held=1)
    assert "120 lines, messages and pictures, 2 acts" in dialog.preview.text()
    assert "Spared: 1 piece of evidence that somebody holds." in dialog.preview.text()
    live.controller.choose_person(Target(cid="default:hall", user_id="ann"))
    assert dialog.erase.text() == ERASE
    dialog.erase.click()
    assert dialog.erase.text() == SURE
    dialog.erase.click()
    assert not asked(sent, ErasePerson)  # the habit of pressing twice erases nobody
    clock.time += 2.0
    dialog.erase.click()
    (question,) = asked(sent, ErasePerson)
    assert question.user_id == "ben"
    assert dialog.leave.text() == "Cancel"
    erased = PersonErased(question.request_id, user_id="ben", items=120, acts=2, held=1)
    live.engine.message_received.emit(erased)
    assert dialog.said.text().startswith("Erased: 120 items")
    assert dialog.leave.text() == "Close"
    assert "Spared: 1 piece" in dialog.said.text()


def test_whoever_left_nothing_cannot_be_erased(dialog, live, sent):
    show(live, sent)
    assert not dialog.erase.isEnabled()


def test_nobody_chosen_is_told(window, live, recorder, sent):
    live.controller.choose_person(None)
    live.commands.run("person.erase")
    assert window.findChild(EraseDialog) is None
    assert not asked(sent, AskErase)
