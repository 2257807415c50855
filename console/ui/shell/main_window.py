"""The window: panels around the transcript, menus, and every command tied to its panel."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QWidget

from console.domain.acts.table import ACTS, spec_of
from console.protocol.lab_runs import Disagreement
from console.ui.acts.act_log import ActLogPanel
from console.ui.calls.calls_panel import CallsPanel
from console.ui.command_table.commands import COMMANDS, act_command_id
from console.ui.command_table.menus import fill_menu_bar
from console.ui.disagreements.disagreements_panel import DisagreementsPanel
from console.ui.people.people_panel import PeoplePanel
from console.ui.people.person_card import PersonCardView
from console.ui.shell.dialog_controller import DialogController
from console.ui.shell.navigation import Navigation
from console.ui.shell.status_line import StatusLine
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_panel import TranscriptPanel
from console.ui.widgets.dock import Dock

LAYOUT_VERSION = 1
SIZE = QSize(1440, 900)
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""


class MainWindow(QMainWindow):
    """Everything on one screen; shows ``parts`` and asks ``parts.controller``."""

    def __init__(self, parts: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        theme = parts.theme
        self.setObjectName("main")
        self.setWindowTitle("Moderator Console")
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.transcript = TranscriptPanel(parts, theme)
        self.calls = CallsPanel(parts, theme)
        self.people = PeoplePanel(parts, theme)
        self.card = PersonCardView(parts, theme)
        self.log = ActLogPanel(parts, theme)
        self.disagreements = DisagreementsPanel(parts, theme)
        self.setCentralWidget(self.transcript)
        self.docks = {
            "calls": Dock("dock-calls", "Calls", self.calls, theme, self),
            "people": Dock("dock-people", "People", self.people, theme, self),
            "card": Dock("dock-card", "Person", self.card, theme, self),
            "log": Dock("dock-log", "Act log", self.log, theme, self),
            "disagreements": Dock(
                "dock-disagreements", "Disagreements", self.disagreements, theme, self
            ),
        }
        self.status = StatusLine(parts, theme)
        self.setStatusBar(self.status)
        self.dialogs = DialogController(parts, self, self.status.health)
        self.navigation = Navigation(self)
        self.addActions(parts.commands.actions())
        fill_menu_bar(self.menuBar(), parts.commands, self.docks.values())
        self.lab: QMainWindow | None = None
        self._connect()
        self._show_keys()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.reset_layout()
        self._restore_layout()
        self._draw_icon()
        self.transcript.header.show_filter(parts.transcript.raised_only)
        self.transcript.take_focus()

    def reset_layout(self) -> None:
        """Put every panel where it was at first."""
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        areas = {"calls": left, "people": right, "card": right}
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self.addDockWidget(areas.get(name, Qt.DockWidgetArea.BottomDockWidgetArea), dock)
            dock.setVisible(name != "disagreements")
        self.tabifyDockWidget(self.docks["log"], self.docks["disagreements"])
        people, card = self.docks["people"], self.docks["card"]
        self.splitDockWidget(people, card, Qt.Orientation.Vertical)
        width, height = self.width(), self.height()
        sides = [self.docks["calls"], people]
        wanted = [max(212, min(288, width // 5)), max(308, min(344, width // 4))]
        self.resizeDocks(sides, wanted, Qt.Orientation.Horizontal)
        card_height = max(360, height * 56 // 100)
        heights = [max(140, height - card_height - 80), card_height]
        self.resizeDocks([people, card], heights, Qt.Orientation.Vertical)
        log_height = max(112, height * 19 // 100)
        self._name_tabs()
        self.resizeDocks([self.docks["log"]], [log_height], Qt.Orientation.Vertical)

    def save_layout(self) -> None:
        """Remember where the panels are."""
        settings = self.parts.settings
        settings["window_geometry"] = _text(self.saveGeometry())
        settings["window_state"] = _text(self.saveState(LAYOUT_VERSION))

    def show_disagreements(self) -> None:
        """Lines that Stream judged differently, in front of the act log."""
        dock = self.docks["disagreements"]
        dock.show()
        dock.raise_()
        height = max(dock.height(), min(280, self.height() * 32 // 100))
        self.resizeDocks([dock], [height], Qt.Orientation.Vertical)
        self._name_tabs()
        self.disagreements.take_focus()

    def show_line(self, line: Disagreement) -> None:
        """This line in the transcript, if the window still holds it."""
        model = self.parts.transcript
        if model.row_of_line(line.item_id) < 0:
            self.parts.controller.choose_call(line.call)
        held = self.parts.session.history.line(line.item_id) is not None
        if held and model.row_of_line(line.item_id) < 0:
            self.transcript.set_raised_only(False)
        row = model.row_of_line(line.item_id)
        if row < 0:
            self.status.say("This line is not in the transcript any more.", "warn")
            return
        self.transcript.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.transcript.list.go_to(row)

    def show_lab(self) -> None:
        """The policy lab, a window of its own; made when first asked for."""
        if self.lab is None:
            from console.ui.lab.window import LabWindow

            self.lab = LabWindow(self.parts)
        self.lab.show()
        self.lab.raise_()
        self.lab.activateWindow()

    def _name_tabs(self) -> None:
        for bar in self.findChildren(QTabBar):  # Qt makes one where two panels share a place
            bar.setAccessibleName("Panels that share this place")

    def _quit(self) -> None:
        if self.lab is None or self.lab.close():  # it may ask about an unsaved policy
            self.close()

    def _restore_layout(self) -> None:
        settings = self.parts.settings
        if settings["window_geometry"]:
            self.restoreGeometry(_bytes(settings["window_geometry"]))
        if settings["window_state"]:
            self.restoreState(_bytes(settings["window_state"]), LAYOUT_VERSION)

    def _connect(self) -> None:
        parts = self.parts
        parts.controller.act_refused.connect(self._on_refused)
        parts.controller.act_requested.connect(
            lambda act: self.status.say(f"{spec_of(act.kind).label}…")
        )
        parts.controller.details_wanted.connect(self.dialogs.ask_details)
        parts.keymap.changed.connect(self._show_keys)
        parts.theme.changed.connect(self._draw_icon)
        self.transcript.act_pressed.connect(parts.controller.request_act)
        self.card.act_pressed.connect(parts.controller.request_act)
        self.calls.count_changed.connect(self.docks["calls"].show_note)
        self.people.count_changed.connect(self.docks["people"].show_note)
        self.status.problems_wanted.connect(self.dialogs.show_problems)
        self.status.disagreements_wanted.connect(self.show_disagreements)
        self.disagreements.count_changed.connect(self.docks["disagreements"].show_note)
        self.disagreements.said.connect(self.status.say)
        self.disagreements.jump_wanted.connect(self.show_line)
        for spec in ACTS:  # a key that is held down asks once, not thirty times
            parts.commands.action(act_command_id(spec.kind)).setAutoRepeat(False)
        for command_id, handler in self._handlers().items():
            parts.commands.on(command_id, handler)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        dialogs = self.dialogs
        return {
            **self.navigation.handlers(),
            "view.palette": dialogs.show_palette,
            "view.lab": self.show_lab,
            "view.disagreements": self.show_disagreements,
            "view.theme": self._toggle_theme,
            "view.reset_layout": self.reset_layout,
            "view.keys": dialogs.show_keys,
            "view.problems": dialogs.show_problems,
            "view.about": dialogs.show_about,
            "session.sign_in": dialogs.show_sign_in,
            "session.sign_out": self.parts.controller.sign_out,
            "session.quit": self._quit,
        }

    def _toggle_theme(self) -> None:
        self.parts.settings["theme"] = self.parts.theme.toggle()

    def _show_keys(self) -> None:
        keys = {spec.kind: self.parts.keymap.key(act_command_id(spec.kind)) for spec in ACTS}
        self.card.show_keys(keys)
        self.transcript.header.show_keys(keys)
        self.transcript.list.viewport().update()

    def _on_refused(self, kind: str, sentence: str) -> None:
        label = COMMANDS[act_command_id(kind)].title.rstrip("…")
        self.status.say(f"{label}: {sentence}", "warn")

    def _draw_icon(self) -> None:
        self.setWindowIcon(self.parts.theme.icon("logo", "accent"))

    def _lift_detached(self) -> None:
        # What was shown before this window was on the screen is not above it for the desktop.
        for dock in self.docks.values():
            handle = dock.windowHandle()
            if dock.isFloating() and not dock.isHidden() and handle is not None:
                dock.hide()
                handle.setTransientParent(self.windowHandle())
                dock.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            QTimer.singleShot(0, self, self._lift_detached)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        super().closeEvent(event)


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "replace")))
