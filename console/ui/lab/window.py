"""The policy lab: a policy at the left, what it does at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QInputDialog,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStatusBar,
    QWidget,
)

from console.base.paths import resources
from console.protocol.lab import AskPolicyInUse
from console.protocol.to_window import EngineState
from console.ui.command_table.commands import Command
from console.ui.command_table.keymap import LAB
from console.ui.command_table.keys_dialog import KeysDialog
from console.ui.command_table.palette import PaletteDialog
from console.ui.lab.actions import build_actions, short, show_keys
from console.ui.lab.commands import LAB_COMMANDS
from console.ui.lab.document import PolicyDocument, default_text
from console.ui.lab.exchange import PullDialog, PushDialog
from console.ui.lab.policy_files import PolicyFiles
from console.ui.lab.policy_pane import FORM, TEXT, PolicyPane
from console.ui.lab.run_panel import Kind, RunPanel
from console.ui.lab.stream_panel import StreamPanel
from console.ui.lab.try_panel import TryPanel
from console.ui.lab.try_words import why_no_stream
from console.ui.lab.use_dialog import UseDialog
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.chip import Chip
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.tab_pane import TabPane
from console.ui.widgets.theme import style_sheet

SIZE = QSize(1480, 920)
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""


class LabWindow(QMainWindow):
    """Needs no sign-in: the engine judges here. A sign-in with a secret adds Stream's side."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        theme = context.theme
        self._leaving = False
        self._sheet = (resources() / "lab.qss").read_text(encoding="utf-8")
        self.setObjectName("lab")
        self.link = context.link
        self.document = PolicyDocument(self.link, self)
        self.policy = PolicyPane(self.document, self.link, theme)
        self.try_panel = TryPanel(self.document, self.link, theme)
        self.run_panel = RunPanel(Kind.RUN, self.document, self.link, theme)
        self.compare_panel = RunPanel(Kind.COMPARE, self.document, self.link, theme)
        self.calls_panel = RunPanel(Kind.CALLS, self.document, self.link, theme)
        self.stream_panel = StreamPanel(self.link, theme, lambda: self.run_panel.run_id)
        self.tabs = TabPane("What the policy does")
        self.tabs.add_page(self.try_panel, "Try")
        self.tabs.add_page(self.run_panel, "Run")
        self.tabs.add_page(self.compare_panel, "Compare")
        self.tabs.add_page(self.calls_panel, "Saved calls")
        self.tabs.add_page(self.stream_panel, "On Stream")
        self.pull_button = QPushButton("Pull…")
        self.push_button = QPushButton("Push…")
        self._place_buttons()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.policy)
        self.split.addWidget(self.tabs)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 41)
        self.split.setStretchFactor(1, 59)
        self.setCentralWidget(self.split)
        self.message = ElidedLabel(ink="dim")
        self.place = PlainLabel(ink="dim")
        self.engine_chip = Chip(theme, "", "")
        self.stream_chip = Chip(theme, "", "")
        self._status_bar()
        self.files = PolicyFiles(self.document, context.settings, self.say, self)
        self.actions_by_id = build_actions(self, self._handlers())
        self._use_keys()
        self._connect()
        self._dress()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.split.setSizes([self.width() * 41 // 100, self.width() * 59 // 100])
        self._restore()
        self.document.begin(default_text())
        self._show_sign_in(context.session.state)
        self._show_engine()
        self._ask_live()
        self.policy.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_policy(self, path: Path | str) -> None:
        """Show another policy, once the one here is saved or given up."""
        self.files.open(path)

    def say(self, words: str, ink: str = "dim") -> None:
        """One sentence in the status bar."""
        self.message.show_text(words)
        self.message.set_ink(ink)

    def show_panel(self, panel: QWidget) -> None:
        """One of the tabs, with the keyboard on what comes first there."""
        self.tabs.show_page(panel)
        first: QWidget | None = self.try_panel.text if panel is self.try_panel else None
        if panel is self.stream_panel:
            first = self.stream_panel.what
        if isinstance(panel, RunPanel):
            first = panel.source.path if panel.kind is not Kind.CALLS else panel.source.calls.list
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        editor, files = self.policy.editor, self.files
        return {
            "new": lambda: files.when_saved(lambda: self.document.begin(default_text())),
            "open": lambda: files.when_saved(files.choose),
            "save": files.save,
            "save_as": files.save_as,
            "use": self._use_live,
            "close": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "find": self.policy.begin_find,
            "line": self._ask_line,
            "complete": self._complete,
            "comment": editor.toggle_comment,
            "problem": self.policy.go_to_next_problem,
            "text": lambda: self.policy.show_view(TEXT),
            "form": lambda: self.policy.show_view(FORM),
            "try": lambda: self.show_panel(self.try_panel),
            "run": lambda: self.show_panel(self.run_panel),
            "compare": lambda: self.show_panel(self.compare_panel),
            "calls": lambda: self.show_panel(self.calls_panel),
            "stream": lambda: self.show_panel(self.stream_panel),
            "start": self._start,
            "stop": self._stop,
            "next_pane": self._other_side,
            "palette": self._show_palette,
            "keys": self._show_keys,
            "export": self._export,
            "ask": self.try_panel.ask_stream,
            "pull": self._pull,
            "push": self._push,
            "theme": self._toggle_theme,
            "larger": lambda: editor.zoomIn(1),
            "smaller": lambda: editor.zoomOut(1),
        }

    def _undo(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QPlainTextEdit) and not focus.isReadOnly():
            focus.undo()
        else:
            self.policy.editor.undo()

    def _redo(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QPlainTextEdit) and not focus.isReadOnly():
            focus.redo()
        else:
            self.policy.editor.redo()

    def _show_entry(self, rule: str, entry: str) -> None:
        if not self.policy.show_entry(rule, entry):
            self.say(f"“{entry}” is not in the text of this policy as it is now.", "warn")

    def _complete(self) -> None:
        self.policy.show_view(TEXT)
        self.policy.editor.offer_completion()

    def _ask_line(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Go to line")
        dialog.setLabelText("Line")
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, max(1, self.policy.editor.blockCount()))
        dialog.setIntValue(self.policy.editor.textCursor().blockNumber() + 1)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.intValueSelected.connect(self._go_to_line)
        dialog.open()

    def _go_to_line(self, line: int) -> None:
        self.policy.show_view(TEXT)
        self.policy.editor.go_to(line)

    def _start(self) -> None:
        panel = self.tabs.page()
        if not isinstance(panel, RunPanel | StreamPanel):
            panel = self.run_panel
            self.tabs.show_page(panel)
        panel.start()

    def _stop(self) -> None:
        panel = self.tabs.page()
        if isinstance(panel, RunPanel | StreamPanel) and panel.running:
            panel.cancel()

    def _other_side(self) -> None:
        page = self.tabs.page()
        if self.policy.isAncestorOf(QApplication.focusWidget() or self) and page is not None:
            self.show_panel(page)
        else:
            self.policy.show_view(self.policy.views.key())

    def _show_palette(self) -> None:
        dialog = PaletteDialog(
            self.context.keymap, self.context.theme, self._why_not, LAB_COMMANDS, self
        )
        dialog.chosen.connect(lambda id_: self.actions_by_id[short(id_)].trigger())
        dialog.open()

    def _show_keys(self) -> None:
        KeysDialog(self.context.keymap, self, LAB).open()

    def _why_not(self, command: Command) -> str:
        if self.actions_by_id[short(command.id)].isEnabled():
            return ""
        if command.id in ("lab.undo", "lab.redo"):
            return "Nothing was changed."
        return why_no_stream(self.context.session.state)

    def _export(self) -> None:
        panel = self.tabs.page()
        if isinstance(panel, RunPanel) and panel.results.export.isEnabled():
            panel.results.choose_export()

    def _use_live(self) -> None:
        document = self.document
        dialog = UseDialog(
            self.link, document.policy(), lambda: document.good, self.context.theme, self
        )
        dialog.said.connect(self.say)
        dialog.used.connect(self._ask_live)
        dialog.open()

    def _ask_live(self) -> None:
        self.link.ask(
            AskPolicyInUse(new_id()),
            lambda answer: self.policy.show_live(None if answer.sentence else answer.text),
        )

    def _push(self) -> None:
        dialog = PushDialog(self.link, self.document.policy(), self.context.theme, self)
        dialog.said.connect(self.say)
        dialog.open()

    def _pull(self) -> None:
        dialog = PullDialog(self.link, self.document.text, self.context.theme, self)
        dialog.pulled.connect(self._use_pulled)
        dialog.open()

    def _use_pulled(self, key: str, text: str) -> None:
        self.document.text_wanted.emit(text)
        self.document.check()
        self.say(f"The text is the app's policy {key} now. Undo brings the earlier one back.")

    def _toggle_theme(self) -> None:
        self.context.settings["theme"] = self.context.theme.toggle()

    def _place_buttons(self) -> None:
        for button in (self.pull_button, self.push_button):
            self.tabs.buttons.addWidget(button)
        self.pull_button.clicked.connect(self._pull)
        self.push_button.clicked.connect(self._push)
        self.policy.use.clicked.connect(self._use_live)
        self.pull_button.setAccessibleName("Pull a policy from Stream")
        self.push_button.setAccessibleName("Push this policy to Stream")

    def _status_bar(self) -> None:
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.message, 1)
        bar.addPermanentWidget(self.place)
        bar.addPermanentWidget(self.engine_chip)
        bar.addPermanentWidget(self.stream_chip)
        bar.setContentsMargins(8, 0, 8, 0)
        self.setStatusBar(bar)

    def _connect(self) -> None:
        context = self.context
        editor = self.policy.editor
        editor.place_changed.connect(
            lambda line, column: self.place.show_text(f"Line {line}, column {column}")
        )
        self.tabs.page_changed.connect(self._on_page)
        self.document.trouble_found.connect(lambda words: self.say(words, "bad"))
        self.document.file_changed.connect(self._show_title)
        self.document.checked.connect(self._show_engine)
        for panel in (self.run_panel, self.compare_panel, self.calls_panel):
            panel.said.connect(self.say)
            panel.results.entry_wanted.connect(self._show_entry)
        for name, can in (("undo", editor.undoAvailable), ("redo", editor.redoAvailable)):
            self.actions_by_id[name].setEnabled(False)
            can.connect(self.actions_by_id[name].setEnabled)
        recent = self.actions_by_id["recent"].menu()
        assert isinstance(recent, QMenu)
        recent.aboutToShow.connect(lambda: self.files.fill_recent(recent))
        context.session.state_changed.connect(self._show_sign_in)
        context.engine.started.connect(lambda _pid: self._show_engine())
        context.engine.died.connect(lambda _sentence: self._show_engine())
        context.theme.changed.connect(self._dress)
        context.keymap.changed.connect(self._use_keys)

    def _on_page(self) -> None:
        if self.tabs.page() is self.calls_panel:
            self.calls_panel.source.calls.refresh()
        elif self.tabs.page() is self.stream_panel:
            self.stream_panel.refresh()

    def _dress(self) -> None:
        theme = self.context.theme
        self.setStyleSheet(style_sheet(self._sheet, theme.tokens))
        self.setWindowIcon(theme.icon("logo", "accent"))

    def _use_keys(self) -> None:
        show_keys(self.actions_by_id, self.context.keymap.keys(LAB))

    def _show_title(self) -> None:
        mark = "• " if self.document.modified else ""
        self.setWindowTitle(f"{mark}{self.document.name} – Policy lab")

    def _show_sign_in(self, state: EngineState) -> None:
        self.try_panel.show_sign_in(state)
        why = why_no_stream(state)
        self.stream_panel.show_sign_in(why)
        for button in (self.pull_button, self.push_button):
            button.setEnabled(not why)
            button.setToolTip(tip(why or "Shows the difference first."))
        for name in ("pull", "push", "ask"):
            self.actions_by_id[name].setEnabled(not why)
        if why:
            self.stream_chip.show_state("plug", "Stream not asked", "text_faint", why)
        else:
            self.stream_chip.show_state(
                "live", "Stream", "good", "Signed in with the app's secret."
            )

    def _show_engine(self) -> None:
        if self.context.engine.running:
            self.engine_chip.show_state("bolt", "engine ready", "good", "Judges on this machine.")
        else:
            self.engine_chip.show_state(
                "hourglass", "engine starting", "warn", "Results appear as soon as it runs."
            )

    def _restore(self) -> None:
        saved = self.context.settings["lab_geometry"]
        if saved:
            self.restoreGeometry(
                QByteArray.fromBase64(QByteArray(saved.encode("ascii", "replace")))
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and isinstance(focus, QAbstractButton) and self.isAncestorOf(focus):
            if not event.isAutoRepeat():  # Qt's buttons know only the space bar outside of dialogs
                focus.click()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.document.modified and not self._leaving:
            event.ignore()
            self.files.when_saved(self._leave)
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.context.settings["lab_geometry"] = geometry
        super().closeEvent(event)

    def _leave(self) -> None:
        self._leaving = True
        self.close()
        self._leaving = False
