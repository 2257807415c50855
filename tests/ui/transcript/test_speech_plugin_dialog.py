"""Choosing a plugin that writes speech down: what that means, its key, and the way back."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.domain.item import Text
from console.domain.plugin_options import read_options
from console.domain.speech import PLUGIN, TINY
from console.protocol.listening import (
    AskPluginKey,
    KeepPluginKey,
    ListenedCall,
    ListeningChanged,
    PluginKeyKept,
    PluginKeyKnown,
    PluginTried,
    SetListening,
    TryPlugin,
)
from console.protocol.media import Joining
from console.ui.state.listening_words import listening_help
from console.ui.state.speech_plugin import plugin_of
from console.ui.transcript.item_painters import heard_words
from console.ui.transcript.listen_dialog import ListenDialog
from console.ui.transcript.speech_plugin_dialog import KEPT, NO_KEY, TRYING
from tests.ui.conftest import CID


@pytest.fixture
def dialog(window, live):
    live.commands.run("view.speech_plugin")
    made = window.dialogs.open_dialog
    made.python.setText(sys.executable)
    return made


def words_of(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_it_says_where_the_sound_goes_and_what_that_costs_before_anything_is_used(dialog, live):
    said = words_of(dialog)
    assert "it leaves this machine" in said
    assert "Deepgram charges for it by the minute" in said
    assert dialog.use.text() == "Send speech to Deepgram"
    dialog.plugin.setText("my_own")
    assert "only the plugin knows" in words_of(dialog)
    assert dialog.use.text() == "Send speech to My Own"
    dialog.reject()
    assert live.settings["listen_model"] == TINY


@pytest.mark.parametrize(
    ("python", "plugin", "options", "says"),
    [
        ("", "deepgram", "", "which Python"),
        ("bin/python", "deepgram", "", "the whole path"),
        ("/no/such/python", "deepgram", "", "no such file"),
        (sys.executable, "", "", "which plugin"),
        (sys.executable, "deepgram", "model", "no option"),
    ],
)
def test_what_is_wrong_is_said_and_cannot_be_used(dialog, python, plugin, options, says):
    for field, text in (
        (dialog.python, python),
        (dialog.plugin, plugin),
        (dialog.options, options),
    ):
        field.setText(text)
    assert says in dialog.wrong.text()
    assert not dialog.use.isEnabled()


def test_with_the_keyboard_the_key_is_kept_first_and_then_the_plugin_is_used(
    dialog, live, engine, sent, qtbot
):
    live.session.engine_up = True
    dialog.options.setText("model=flux-general-multi, eot_threshold=0.6")
    dialog.key.setFocus()
    qtbot.keyClicks(dialog.key, "a-key")
    qtbot.keyClick(dialog.key, Qt.Key.Key_Return)
    tried = sent.of(TryPlugin)[-1]
    assert (tried.plugin.plugin, tried.key) == ("deepgram", "a-key")
    assert "a-key" not in repr(tried)
    assert not sent.of(KeepPluginKey)
    engine.say(PluginTried(tried.request_id))
    asked = sent.of(KeepPluginKey)[-1]
    assert (asked.plugin, asked.key) == ("deepgram", "a-key")
    assert live.settings["listen_model"] == TINY

    engine.say(PluginKeyKept(asked.request_id))
    assert live.settings["listen_model"] == PLUGIN
    plugin = plugin_of(live.settings)
    assert plugin.options == {"model": "flux-general-multi", "eot_threshold": "0.6"}
    told = sent.of(SetListening)[-1].options
    assert (told.speech, told.plugin) == (PLUGIN, plugin)
    assert "a-key" not in repr(told)


def test_a_key_that_is_kept_is_said_and_never_shown(dialog, engine, sent):
    assert dialog.key.placeholderText() == NO_KEY
    engine.say(PluginKeyKnown(sent.of(AskPluginKey)[-1].request_id, known=True))
    assert dialog.key.placeholderText() == KEPT
    assert dialog.key.text() == ""


def test_a_plugin_that_cannot_be_begun_is_not_taken_and_says_why(dialog, live, engine, sent):
    dialog.use.click()
    assert dialog.use.text() == TRYING
    assert not dialog.use.isEnabled()
    first = sent.of(TryPlugin)[-1]
    engine.say(PluginTried(first.request_id, sentence="It ended.", advice="Install it."))
    assert dialog.wrong.text() == "It ended. Install it."
    assert dialog.isVisible()
    assert dialog.use.isEnabled()
    assert live.settings["listen_model"] == TINY

    dialog.use.click()
    dialog.plugin.setText("another")  # what was tried is not what is meant any more
    assert dialog.use.text() == "Send speech to Another"
    engine.say(PluginTried(sent.of(TryPlugin)[-1].request_id))
    assert live.settings["listen_model"] == TINY
    assert dialog.isVisible()


def test_nobody_is_promised_a_keyring_that_does_not_answer(dialog):
    said = words_of(dialog)
    assert "the system's keyring where one answers" in said
    assert "for this session only" in said


def test_whisper_is_one_press_away_again(dialog, live, window, engine, sent):
    assert not dialog.stop.isVisible()
    dialog.use.click()
    engine.say(PluginTried(sent.of(TryPlugin)[-1].request_id))
    assert live.settings["listen_model"] == PLUGIN
    live.commands.run("view.speech_plugin")
    again = window.dialogs.open_dialog
    assert again.plugin.text() == "deepgram"
    again.stop.click()
    assert live.settings["listen_model"] == TINY


def test_the_first_time_somebody_listens_the_plugin_is_named_and_nothing_false_is_said(qtbot):
    plain = ListenDialog("Hall", "moderator", list, None)
    qtbot.addWidget(plain)
    assert "No sound leaves this machine" in words_of(plain)
    by_plugin = ListenDialog("Hall", "moderator", list, None, "deepgram")
    qtbot.addWidget(by_plugin)
    assert "No sound leaves this machine" not in words_of(by_plugin)
    assert "Deepgram's servers" in words_of(by_plugin)


def test_a_line_says_what_heard_it_and_how_sure_that_was():
    assert heard_words(Text("hi", "Deepgram", 0.91)) == "Deepgram 91%"
    assert heard_words(Text("hi", "Deepgram")) == "Deepgram"
    assert heard_words(Text("hi", "Whisper tiny.en", 0.5)) == "heard here 50%"
    assert heard_words(Text("hi")) == ""
    assert "\u202e" not in heard_words(Text("hi", "Deep\u202egram"))


def test_the_call_says_that_the_sound_goes_to_a_plugin():
    call = ListenedCall(cid=CID, why="by hand", state=Joining.JOINED)
    told = ListeningChanged(calls=(call,), hears_by="Deepgram", by_plugin=True, seen_as="mod")
    assert "may leave this machine" in listening_help(call, told)


def test_options_are_bounded():
    many = ", ".join(f"o{number}=1" for number in range(21))
    assert "20 options at most" in read_options(many)[1]
    assert read_options(" a = 1 ,, b=x=y ") == ({"a": "1", "b": "x=y"}, "")
