"""Keys of commands on keyboards that write no Latin letter, and where keys go after a search."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from console.protocol.acts import RequestAct
from console.ui.state.targets import target_of_person
from console.ui.widgets.physical_keys import Codes, latin_key

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

M, K, J = 50 + 8, 37 + 8, 36 + 8
"""Where these letters are, as X and Wayland count keys."""


def press(window, letter, scan, modifiers=NONE):
    """As the system tells it: what the layout writes, and where the key is."""
    target = window.focusWidget() or window
    code = ord(letter.upper()) if len(letter.upper()) == 1 else ord(letter)
    text = "" if modifiers & CTRL else letter
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, code, modifiers, scan, 0, 0, text))


@pytest.fixture
def ben(window, live):
    person = live.session.people.find("default:hall", "ben")
    live.controller.choose_person(target_of_person(person, live.session.calls["default:hall"]))
    return window


@pytest.fixture
def said(live):
    heard = []
    live.controller.said.connect(lambda sentence, _token: heard.append(sentence))
    return heard


@pytest.mark.parametrize("letter", ["ь", "μ", "ة", "צ", "ம", "მ", "ㅡ"])
@pytest.mark.parametrize("place", ["people", "calls", "transcript", "card"])
def test_a_letter_key_acts_with_any_script(ben, place, letter, say):
    say(3)
    ben.panels[place].take_focus()
    press(ben, letter, M)
    (act,) = (message.act for message in ben.sent if isinstance(message, RequestAct))
    assert (act.kind, act.user_ids) == ("mute_audio", ("ben",))


def test_keys_with_control_act_too(window):
    window.people.list.setFocus()
    press(window, "л", K, CTRL)
    assert window.dialogs.open_dialog.objectName() == "palette"


def test_a_key_that_is_held_acts_once(ben):
    target = ben.focusWidget()
    for repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, ord("Ь"), NONE, M, 0, 0, "ь", repeat)
        QApplication.sendEvent(target, event)
    assert len([message for message in ben.sent if isinstance(message, RequestAct)]) == 1


def test_letters_that_are_written_stay_where_they_are_written(ben, say):
    say(3)
    QTest.keyClick(ben, Qt.Key.Key_Slash)
    assert isinstance(ben.focusWidget(), QLineEdit)
    press(ben, "ь", M)
    assert ben.focusWidget().text() == "ь"
    assert not [message for message in ben.sent if isinstance(message, RequestAct)]


def test_a_key_of_no_command_says_so(window, said):
    window.people.list.setFocus()
    press(window, "ю", 52 + 8)
    assert said == ["Ю is the key of no command. F1 lists them all."]


@pytest.mark.parametrize(
    ("platform", "codes", "key"),
    [
        ("xcb", Codes(M, 0x6D8), "M"),
        ("wayland", Codes(J, 0), "J"),
        ("windows", Codes(0x32, 0x4D), "M"),
        ("windows", Codes(0x35, 0xBF), ""),
        ("cocoa", Codes(0, 46), "M"),
        ("cocoa", Codes(0, 0), "A"),
        ("xcb", Codes(0, 0), ""),
        ("xcb", Codes(11 + 8, 0), "0"),
    ],
)
def test_where_each_system_says_a_key_is(platform, codes, key):
    assert latin_key(codes, platform) == key


def test_the_tests_speak_as_x_does(qapp):
    assert QGuiApplication.platformName() in ("offscreen", "xcb")


def test_an_empty_transcript_has_nothing_to_find(window, said):
    QTest.keyClick(window, Qt.Key.Key_Slash)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    assert not isinstance(window.focusWidget(), QLineEdit)
    assert said == ["Find or filter here: There is no line to find anything in yet."]


@pytest.mark.parametrize("place", ["people", "calls", "transcript"])
@pytest.mark.parametrize("text", ["", "nobody is called that"])
def test_escape_leads_from_a_search_to_what_is_searched(window, place, text, say):
    say(3)
    panel = window.panels[place]
    panel.focus_filter()
    QTest.keyClicks(window.focusWidget(), text)
    for _ in range(2 if text else 1):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not isinstance(window.focusWidget(), QLineEdit)
    assert panel.isAncestorOf(window.focusWidget())


def test_escape_leaves_a_field_whose_list_is_empty(window, live, make):
    live.session.apply(make.people(whole=True))
    window.people.focus_filter()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.people.blank.has_focus()


def test_find_says_that_a_text_is_nowhere_until_another_is_typed(window, say, said):
    say(3)
    search = window.transcript.header.search
    search.setText("unheard of")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert said == ["“unheard of” is not in this transcript."]
    assert search.property("bad") == "true"
    QTest.keyClick(search, Qt.Key.Key_X)
    assert search.property("bad") == "false"
