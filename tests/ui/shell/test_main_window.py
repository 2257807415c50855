"""The whole window: commands, acts by button and key, layout, names for screen readers."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLineEdit,
    QPushButton,
    QTabBar,
)

from console.domain.act import ReceiptState
from console.domain.acts.table import ACTS
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged, RequestAct, RetryAct
from console.protocol.to_window import EngineState
from console.ui.acts.acts_model import ActColumn
from console.ui.shell import main_window
from console.ui.shell.commands import WINDOW_COMMANDS
from console.ui.shell.features import WORKSPACES
from console.ui.shell.main_window import MainWindow
from console.ui.state.targets import target_of_person
from tests.ui.watched_window import WatchedWindow


def acts(window):
    return [message.act for message in window.sent if isinstance(message, RequestAct)]


def choose(live, make, user_id="ben"):
    person = live.session.people.find("default:hall", user_id)
    live.controller.choose_person(target_of_person(person, live.session.calls["default:hall"]))


def act_button(window, kind):
    buttons = [b for b in window.findChildren(QPushButton, f"act.{kind}") if b.isVisible()]
    assert len(buttons) == 1
    return buttons[0]


def test_every_command_can_be_done(window, live):
    for workspace in WORKSPACES:  # a stage is made when it is shown for the first time
        window.show_workspace(workspace)
    others = {command.id for command in WINDOW_COMMANDS.values() if command.act is None}
    assert others - live.commands._handlers.keys() == set()


def test_a_button_of_the_card_acts_on_the_chosen_person(window, live, make):
    choose(live, make)
    QTest.mouseClick(act_button(window, "revoke_audio"), Qt.MouseButton.LeftButton)
    assert [(act.kind, act.user_ids, act.cid) for act in acts(window)] == [
        ("revoke_audio", ("ben",), "default:hall")
    ]


def test_a_press_is_bound_to_who_was_chosen_when_it_began(window, live, make):
    choose(live, make, "ben")
    button = act_button(window, "kick")
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    choose(live, make, "cleo")
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert [act.user_ids for act in acts(window)] == [("ben",)]


def test_a_key_acts_too(window, live, make):
    choose(live, make)
    window.transcript.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert [act.kind for act in acts(window)] == ["revoke_audio"]


def test_a_key_that_is_held_down_is_one_wish(window, live):
    repeating = [
        command.id
        for command in WINDOW_COMMANDS.values()
        if command.act is not None and live.commands.action(command.id).autoRepeat()
    ]
    assert repeating == []


def test_return_presses_the_button_that_has_the_focus(window, live, make, say):
    say(2)
    choose(live, make)
    button = act_button(window, "revoke_video")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert [act.kind for act in acts(window)] == ["revoke_video"]


def test_keys_are_letters_again_while_somebody_types(window, live, make):
    choose(live, make)
    window.people.filter.setFocus()
    QTest.keyClicks(window.people.filter, "mx")
    assert window.people.filter.text() == "mx"
    assert acts(window) == []


def test_impossible_acts_say_why(window, live, make):
    choose(live, make)
    live.session.apply(make.people(make.person("ben", revoked=frozenset({"send-audio"}))))
    button = act_button(window, "revoke_audio")
    assert not button.isEnabled()
    assert "Already revoked." in button.toolTip()
    assert button.accessibleDescription() == "Already revoked."
    with_hint = window.card.matrix
    button._explain(True)
    assert with_hint.hint.text() == "Revoke microphone: Already revoked."


def test_every_person_act_has_its_place_and_key(window, live, make):
    choose(live, make)
    shown = set(window.card.matrix.buttons)
    wanted = {spec.kind for spec in ACTS if spec.row}
    assert shown == wanted
    assert window.card.matrix.buttons["mute_audio"]._key == "M"


def test_nothing_a_person_does_moves_the_buttons_that_act_on_them(window, live, make):
    choose(live, make)
    button = act_button(window, "kick")
    before = button.mapTo(window, button.rect().center())
    for fields in (
        {"asked": frozenset({"send-audio"})},
        {"muted": frozenset({"audio", "video", "screenshare"}), "blocked": True, "banned": True},
        {"user_session_id": ""},
        {},
    ):
        live.session.apply(make.people(make.person("ben", **fields)))
        assert button.mapTo(window, button.rect().center()) == before


def test_requests_are_answered_on_the_card(window, live, make):
    live.session.apply(make.people(make.person("ben", asked=frozenset({"send-audio"}))))
    choose(live, make)
    QTest.mouseClick(act_button(window, "accept_request"), Qt.MouseButton.LeftButton)
    act = acts(window)[0]
    assert (act.kind, act.permissions) == ("accept_request", ("send-audio",))
    live.session.apply(make.people(make.person("ben")))
    assert not window.card.request.isVisible()


def test_a_ban_asks_for_details_and_keeps_its_target(window, live, make):
    choose(live, make, "ben")
    QTest.mouseClick(act_button(window, "ban"), Qt.MouseButton.LeftButton)
    dialog = window.dialogs.open_dialog
    choose(live, make, "cleo")
    dialog.presets.button(1).click()
    dialog.reason.setText("  spam ")
    dialog.ip.setChecked(True)
    dialog.go.click()
    act = acts(window)[0]
    assert (act.user_ids, act.minutes, act.reason, act.ip_ban) == (("ben",), 60, "spam", True)
    assert window.dialogs.open_dialog is None


def test_a_refusal_is_said(window, live):
    live.controller.choose_person(None)
    live.controller.request_act("kick")
    assert window.strip.said.accessibleName() == "Kick: Choose a person first."


def test_the_log_undoes_and_retries(window, live, make, qapp):
    live.commands.run("focus.log")
    seen = make.progress(make.act("a1"), ReceiptState.SEEN, undoable=True)
    failed = make.progress(make.act("a2", "kick"), ReceiptState.FAILED, reason="no")
    live.session.apply(ActsChanged(acts=(seen, failed)))
    log = window.log.log
    for row in (0, 1):
        qapp.processEvents()
        log.scrollTo(window.log.model.index(row, 0))
        place = log.visualRect(window.log.model.index(row, ActColumn.UNDO)).center()
        QTest.mouseClick(log.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [act.undo_of for act in acts(window)] == ["a1"]
    assert [m.act_id for m in window.sent if isinstance(m, RetryAct)] == ["a2"]


def test_lists_hold_their_order_for_pointer_and_focus(window, live, say):
    say(1)
    window.calls.list.setFocus()
    assert window.calls.model.held
    window.transcript.list.setFocus()
    assert not window.calls.model.held


def test_choosing_a_call_shows_it_everywhere(window, live):
    live.controller.choose_call("default:yard")
    assert window.transcript.header.name.accessibleName() == "yard"
    assert window.calls.list.currentIndex().row() == window.calls.model.row_of("default:yard")
    live.commands.run("go.all_calls")
    assert window.transcript.header.name.accessibleName() == "All calls"
    assert not window.transcript.header.acts[0].isVisible()


def test_panels_can_be_hidden_and_the_layout_comes_back(window, live, qtbot):
    window.docks.by_id["calls"].close()
    live.commands.run("focus.log")
    window.docks.by_id["people"].setFloating(True)
    window.close()
    again = MainWindow(live)
    qtbot.addWidget(again)
    assert again.docks.by_id["calls"].isHidden()
    assert not again.docks.by_id["log"].isHidden()
    assert again.docks.by_id["people"].isFloating()
    with qtbot.waitExposed(again):
        again.show()
    detached = again.docks.by_id["people"].windowHandle()
    qtbot.waitUntil(lambda: detached.transientParent() is again.windowHandle(), timeout=2000)
    assert detached.isVisible()
    again.reset_layout()
    assert not again.docks.by_id["calls"].isHidden()
    assert again.docks.by_id["log"].isHidden()
    assert not again.docks.by_id["people"].isFloating()


def test_every_workspace_remembers_where_its_panels_stand(window, live):
    calls, log = window.docks.by_id["calls"], window.docks.by_id["log"]
    calls.close()
    live.commands.run("workspace.requests")
    live.commands.run("focus.log")
    assert calls.isHidden()
    live.commands.run("workspace.live")
    assert calls.isHidden()
    assert log.isHidden()
    live.commands.run("workspace.requests")
    assert log.isVisible()


def test_a_detached_panel_waits_for_its_workspace(window, live):
    people = window.docks.by_id["people"]
    people.setFloating(True)
    live.commands.run("workspace.requests")
    assert people.isHidden()
    assert not people.toggleViewAction().isVisible()
    live.commands.run("workspace.live")
    assert people.isVisible()
    assert people.isFloating()


def test_a_narrow_window_puts_the_list_away_until_there_is_room(window, live, qtbot):
    calls = window.docks.by_id["calls"]
    window.resize(820, 640)
    qtbot.waitUntil(calls.isHidden, timeout=2000)
    assert window.width() == 820
    live.commands.run("focus.calls")
    assert calls.isVisible()
    window.transcript.take_focus()
    window.resize(821, 640)
    qtbot.waitUntil(calls.isHidden, timeout=2000)
    window.resize(1200, 700)
    qtbot.waitUntil(calls.isVisible, timeout=2000)


def test_a_drawer_has_a_handle_that_opens_and_closes_it(window, live, make, qtbot):
    choose(live, make)
    card, calls = window.docks.by_id["card"], window.docks.by_id["calls"]
    handles = window.rail.drawers.handles
    assert not handles
    window.resize(1024, 700)
    qtbot.waitUntil(card.isHidden, timeout=2000)
    assert calls.isVisible()
    assert set(handles) == {"people", "card"}
    assert live.controller.called(live.controller.target) in handles["card"].toolTip()
    assert "Shift+F4" in handles["card"].toolTip()
    assert live.commands.action("act.kick").isEnabled()
    qtbot.mouseClick(handles["card"], Qt.MouseButton.LeftButton)
    assert card.isVisible()
    assert handles["card"].isChecked()
    window.resize(1025, 700)
    qtbot.waitUntil(calls.isHidden, timeout=2000)
    assert card.isVisible()
    qtbot.mouseClick(handles["card"], Qt.MouseButton.LeftButton)
    assert card.isHidden()
    window.resize(800, 600)
    qtbot.waitUntil(lambda: set(handles) == {"calls", "people", "card"}, timeout=2000)
    qtbot.mouseClick(handles["calls"], Qt.MouseButton.LeftButton)
    assert calls.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(card.isVisible, timeout=2000)
    assert not handles


@pytest.mark.parametrize("size", [(683, 384), (780, 500)])
def test_every_workspace_fits_a_small_screen(live, qtbot, monkeypatch, size):
    monkeypatch.setattr(main_window, "SIZE", QSize(*size))
    window = MainWindow(live)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    for workspace in WORKSPACES:
        window.show_workspace(workspace)
        qtbot.waitUntil(lambda: window.size().toTuple() == size)
        minimum = window.minimumSizeHint()
        assert minimum.width() <= size[0], workspace.id
        assert minimum.height() <= size[1], workspace.id


def test_in_a_low_window_the_buttons_that_act_keep_their_height(window, live, make, qtbot):
    choose(live, make)
    window.resize(1120, 420)
    people, card = window.docks.by_id["people"], window.docks.by_id["card"]
    qtbot.waitUntil(lambda: people in window.tabifiedDockWidgets(card))
    buttons = window.card.matrix.buttons.values()
    assert all(button.height() >= button.fontMetrics().height() for button in buttons)
    window.resize(1300, 900)
    qtbot.waitUntil(lambda: window.tabifiedDockWidgets(card) == [])
    assert not people.isHidden()
    assert people.geometry().bottom() < card.geometry().top()


def test_an_inspector_gets_its_width_back(window, live, make, qtbot):
    choose(live, make)
    card = window.docks.by_id["card"]
    for width in (700, 1024, 1300):
        window.resize(width, 640)
        live.commands.run("focus.card")
        qtbot.waitUntil(lambda width=width: width < 780 or card.width() >= 350)
        grant = window.card.matrix.buttons["grant_audio"]
        assert grant.mapTo(window, grant.rect().topRight()).x() < window.width()


def test_layouts_that_are_not_understood_are_not_used(live, qtbot):
    live.settings["layouts"] = {"live": "no layout", "requests": 7}
    window = MainWindow(live)
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.docks.make_room(window.workspace)
    assert not window.docks.by_id["calls"].isHidden()
    assert window.docks.by_id["log"].isHidden()
    live.commands.run("workspace.requests")
    assert not window.docks.by_id["requests"].isHidden()


def test_what_a_workspace_shows_elsewhere_is_reached_from_it(window, live):
    live.commands.run("workspace.requests")
    assert not live.commands.action("go.newest").isEnabled()
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert window.rail.buttons["live"].isChecked()
    assert window.focusWidget() is window.calls.list
    assert live.commands.action("go.newest").isEnabled()


def test_the_moving_keys_are_for_the_panel_that_has_the_keyboard(window, say):
    say(1)
    window.calls.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.calls.filter
    window.people.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.people.filter
    window.transcript.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Slash)
    assert window.focusWidget() is window.transcript.header.search


def test_the_theme_changes_while_it_runs(window, live, say):
    say(5)
    before = window.grab().toImage()
    live.commands.run("view.theme")
    assert live.settings["theme"] == "light"
    after = window.grab().toImage()
    middle = before.width() // 2, before.height() // 2
    assert before.pixelColor(*middle).lightness() < 80
    assert after.pixelColor(*middle).lightness() > 200


@pytest.mark.parametrize("kind", [QAbstractButton, QLineEdit, QAbstractItemView, QTabBar])
def test_everything_one_can_reach_has_a_name(window, live, make, kind):
    choose(live, make)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(kind)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(window)
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
    ]
    assert nameless == []


def test_the_tab_key_goes_round_through_every_panel(window, live, make, say):
    say(3)
    choose(live, make)
    window.transcript.list.setFocus()
    reached = set()
    for _ in range(80):
        widget = window.focusWidget()
        reached.add(widget.objectName())
        window.focusNextChild()
    assert {"calls", "people", "transcript", "find", "filter-calls", "filter-people"} <= reached


def test_the_palette_runs_what_is_chosen(window, live, make):
    choose(live, make)
    live.commands.run("view.palette")
    palette = window.dialogs.open_dialog
    QTest.keyClicks(palette.typed, "revoke mic")
    assert palette.list.item(0).text() == "Acts: Revoke microphone"
    QTest.keyClick(palette.typed, Qt.Key.Key_Return)
    assert [act.kind for act in acts(window)] == ["revoke_audio"]


def test_other_dialogs_open_and_close(window, live):
    for command in (
        "view.settings",
        "help.words",
        "view.keys",
        "view.problems",
        "view.about",
        "session.sign_in",
    ):
        live.commands.run(command)
        assert window.dialogs.open_dialog.isVisible()
    window.dialogs.open_dialog.reject()
    assert window.dialogs.open_dialog is None


def test_keys_are_commands_from_the_start_and_not_text(parts, sent, make, qtbot):
    window = WatchedWindow(parts)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert not isinstance(window.focusWidget(), QLineEdit)
    connecting = EngineState(phase=Phase.CONNECTING, method=Method.SECRET, user_id="mod")
    parts.session.apply(connecting)
    assert not isinstance(window.focusWidget(), QLineEdit)
    parts.session.apply(make.calls(make.call(captioning=True), whole=True))
    parts.session.apply(
        EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod", directory_complete=True)
    )
    parts.session.apply(make.heard(make.said()))
    qtbot.waitUntil(lambda: window.transcript.model.rowCount() > 0)
    assert window.focusWidget() is window.transcript.list


def test_enter_on_a_button_presses_it(window, live):
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    button = window.focusWidget()
    assert button.text() == "Sign in…"
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert window.dialogs.open_dialog.objectName() == "sign-in-dialog"


def test_the_log_is_walked_with_keys_and_stands_still_meanwhile(window, live, make, qapp):
    def done(number):
        return make.progress(make.act(f"a{number}"), ReceiptState.SEEN)

    live.commands.run("focus.log")
    live.session.apply(ActsChanged(acts=tuple(done(number) for number in range(40))))
    qapp.processEvents()
    log = window.log.log
    log.setFocus()
    QTest.keyClick(window, Qt.Key.Key_J)
    QTest.keyClick(window, Qt.Key.Key_K)
    assert log.currentIndex().row() == 38
    log.scrollToBottom()
    before = log.visualRect(window.log.model.index(38, ActColumn.ACT)).top()
    live.session.apply(ActsChanged(acts=(done(40), done(41))))
    qapp.processEvents()
    assert log.visualRect(window.log.model.index(38, ActColumn.ACT)).top() == before
    window.people.list.setFocus()
    assert log.verticalScrollBar().value() == log.verticalScrollBar().maximum()


def test_chips_of_the_head_are_never_cut_off(window, qapp, qtbot):
    header = window.transcript.header
    chips = [header._live, header._people, header._captions]

    def whole():
        return all(chip.width() >= chip.sizeHint().width() for chip in chips if chip.isVisible())

    for width in (1440, 1120, 1060):
        window.resize(width, 700)
        qtbot.waitUntil(lambda: whole() and header._captions.isVisible(), timeout=2000)
    window.resize(820, 700)
    window.context.commands.run("focus.card")  # a drawer takes room from the transcript
    qtbot.waitUntil(lambda: whole() and all(chip.isVisible() for chip in chips), timeout=2000)


def test_enter_on_how_long_a_ban_lasts_is_the_ban(window, live, make):
    choose(live, make)
    live.commands.run("act.ban")
    dialog = window.dialogs.open_dialog
    dialog.presets.button(0).setFocus()
    dialog.presets.button(0).click()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert [(act.kind, act.minutes) for act in acts(window)] == [("ban", 10)]


def test_settings_reach_the_panels(window, live):
    live.settings["calls_sort"] = "name"
    assert window.calls.order.text() == "Name"
    window.calls.model.toggle_pin("default:yard")
    assert live.settings["pinned_calls"] == ["default:yard"]
