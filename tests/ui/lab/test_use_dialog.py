"""A policy judges live after its difference was shown, and can be taken back."""

import pytest

from console.protocol.lab import AskPolicyInUse, PolicyInUse, PolicyText, PolicyUsed, UsePolicy
from console.ui.lab.document import default_text
from console.ui.lab.use_dialog import HAS_ERRORS, WHAT_CHANGES, UseDialog

WAIT = 15_000
MINE = PolicyText("key = 'mine'")


@pytest.fixture
def make(link, theme, qtbot):
    def open_dialog(policy=MINE, good=True):
        made = UseDialog(link, policy, lambda: good, theme)
        qtbot.addWidget(made)
        made.open()
        return made

    return open_dialog


def tell(engine, asked, **fields):
    engine.say(PolicyInUse(asked.of(AskPolicyInUse)[-1].request_id, **fields))


def test_what_changes_is_shown_before_anything_does(make, engine, asked):
    dialog = make()
    assert not dialog.go.isEnabled()
    tell(engine, asked, text="key = 'old'", place="/c/policy.toml")
    assert dialog.text.toPlainText().split() == [
        "…",
        "−",
        "key",
        "=",
        "'old'",
        "+",
        "key",
        "=",
        "'mine'",
    ]
    assert dialog.sentence.text() == WHAT_CHANGES
    assert asked.of(UsePolicy) == []
    dialog.go.click()
    (wish,) = asked.of(UsePolicy)
    assert wish.policy == MINE


def test_what_judged_before_can_be_put_back(make, engine, asked):
    dialog = make()
    tell(engine, asked, text="key = 'old'")
    dialog.go.click()
    used = PolicyUsed(
        asked.of(UsePolicy)[0].request_id, "/c/policy.toml", former="key = 'old'", undoable=True
    )
    engine.say(used)
    assert "kept in /c/policy.toml" in dialog.sentence.text()
    assert dialog.go.isHidden()
    dialog.back.click()
    assert asked.of(UsePolicy)[1].policy.text == "key = 'old'"
    engine.say(PolicyUsed(asked.of(UsePolicy)[1].request_id, "/c/policy.toml"))
    assert dialog.sentence.text() == "What judged before judges again."
    assert dialog.back.isHidden()


def test_one_for_chats_says_so_and_taking_it_back_leaves_all_else_alone(make, engine, asked):
    dialog = make()
    tell(engine, asked, text="", chats="chat:messaging")
    assert asked.of(AskPolicyInUse)[-1].instead == MINE.text
    assert "it judges those of chat:messaging" in dialog.sentence.text()
    dialog.go.click()
    asked_id = asked.of(UsePolicy)[0].request_id
    engine.say(PolicyUsed(asked_id, "/c/chat.toml", undoable=True, chats="chat:messaging"))
    dialog.back.click()
    back = asked.of(UsePolicy)[1]
    assert (back.policy, back.chats) == (None, "chat:messaging")


def test_the_same_policy_is_not_used_twice(make, engine, asked):
    dialog = make()
    tell(engine, asked, text=MINE.text)
    assert dialog.sentence.text() == "This policy judges live already."
    assert not dialog.go.isEnabled()


def test_a_policy_with_errors_is_refused_and_nothing_is_sent(make, engine, asked):
    dialog = make(good=False)
    tell(engine, asked, text="key = 'old'")
    assert dialog.sentence.text() == HAS_ERRORS
    dialog.go.click()
    assert asked.of(UsePolicy) == []


def test_the_programs_own_text_is_not_copied(make, engine, asked):
    dialog = make(PolicyText(default_text()))
    tell(engine, asked, text="key = 'old'")
    dialog.go.click()
    assert asked.of(UsePolicy)[0].policy is None
    engine.say(PolicyUsed(asked.of(UsePolicy)[0].request_id, former=None, undoable=False))
    assert dialog.sentence.text() == "It judges from the next line on."
    assert dialog.back.isHidden()


def test_a_refusal_of_the_engine_is_said(make, engine, asked):
    dialog = make()
    tell(engine, asked, text="key = 'old'")
    dialog.go.click()
    engine.say(PolicyUsed(asked.of(UsePolicy)[0].request_id, sentence="The disk is full."))
    assert dialog.sentence.text() == "The disk is full."
    assert dialog.go.isEnabled()


def test_from_the_lab_with_a_real_engine(lab, qtbot, tmp_path):
    def place_is(words):
        qtbot.waitUntil(lambda: lab.policy.folder.accessibleName() == words, timeout=WAIT)

    place_is("judges live · the built-in default")
    lab.policy.editor.replace_text(lab.document.text.replace("custom:captions", "custom:mine"))
    qtbot.waitUntil(lambda: lab.document.good, timeout=WAIT)
    place_is("not saved yet")
    lab.action("lab.use").trigger()
    dialog = lab.findChild(UseDialog)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=WAIT)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.back.isVisible(), timeout=WAIT)
    (own,) = tmp_path.rglob("policy.toml")
    assert own.read_text(encoding="utf-8") == lab.document.text
    assert str(own) in dialog.sentence.text()
    place_is("judges live · not saved yet")
    dialog.back.click()
    qtbot.waitUntil(lambda: not own.exists(), timeout=WAIT)
    place_is("not saved yet")
