"""Nothing is written to an app before its difference was shown."""

import pytest

from console.protocol.lab import PolicyText
from console.protocol.lab_stream import (
    AppPolicies,
    AskAppPolicies,
    BackOut,
    ComparePolicy,
    ListDifference,
    PolicyDifference,
    PolicyPulled,
    PolicyPushed,
    PullPolicy,
    PushPolicy,
)
from console.ui.lab.difference_view import difference_text
from console.ui.lab.exchange import PullDialog, PushDialog

INSULTS = ListDifference(
    name="insults", new=False, sentence="The list changes.", added=("a",), removed=("b\u202e",)
)


@pytest.fixture
def push(link, theme, qtbot):
    made = PushDialog(link, PolicyText("key = 'chat'"), theme)
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_difference_is_plain_words_with_signs():
    found = PolicyDifference(
        request_id="d",
        lists=(INSULTS,),
        sections=("block_list_config changes.",),
        before='{\n  "a": 1\n}',
        after='{\n  "a": 2\n}',
    )
    assert difference_text(found).split("\n") == [
        "The list changes.",
        "  + a",
        "  − b⟦RLO⟧",
        "",
        "block_list_config changes.",
        "",
        "The config:",
        "  …",
        "    {",
        '  −   "a": 1',
        '  +   "a": 2',
        "    }",
    ]


def test_what_was_shown_is_pushed_and_can_be_taken_back(push, engine, asked):
    (question,) = asked.of(ComparePolicy)
    assert not push.go.isEnabled()
    engine.say(PolicyDifference(request_id=question.request_id, key="chat", lists=(INSULTS,)))
    assert push.go.isEnabled()
    push.go.click()
    (pushed,) = asked.of(PushPolicy)
    assert pushed.difference_id == question.request_id
    engine.say(PolicyPushed(pushed.request_id, undoable=True))
    assert push.close_button.text() == "Close"
    push.back.click()
    (back,) = asked.of(BackOut)
    assert back.push_id == pushed.request_id
    engine.say(PolicyPushed(back.request_id))
    assert push.back.isHidden()


def test_a_policy_that_is_the_same_cannot_be_pushed(push, engine, asked):
    engine.say(PolicyDifference(request_id=asked[-1].request_id, key="chat"))
    assert not push.go.isEnabled()
    assert "the same already" in push.sentence.text()


def test_a_refused_push_says_why(push, engine, asked):
    engine.say(PolicyDifference(request_id=asked[-1].request_id, key="chat", lists=(INSULTS,)))
    push.go.click()
    refused = "The app's policy changed meanwhile."
    engine.say(PolicyPushed(asked[-1].request_id, sentence=refused, advice="Look once more."))
    assert push.sentence.text() == f"{refused} Look once more."
    assert push.back.isHidden()


def test_a_pulled_policy_is_used_only_when_asked_for(link, theme, asked, qtbot, engine):
    dialog = PullDialog(link, "key = 'a'", theme)
    qtbot.addWidget(dialog)
    dialog.open()
    engine.say(AppPolicies(asked.of(AskAppPolicies)[0].request_id, keys=("chat", "custom:x")))
    first, *_ = asked.of(PullPolicy)
    assert first.key == "chat"
    assert not dialog.go.isEnabled()
    engine.say(PolicyPulled(first.request_id, text="key = 'chat'"))
    assert "+ key = 'chat'" in dialog.text.toPlainText()
    with qtbot.waitSignal(dialog.pulled) as pulled:
        dialog.go.click()
    assert pulled.args == ["chat", "key = 'chat'"]
