"""The policy lab: a policy at the left, what it does at the right."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QInputDialog,
    QMenu,
    QPlainTextEdit,
    QStatusBar,
    QWidget,
)

from console.base.paths import resources
from console.protocol.lab import AskPolicyInUse
from console.protocol.to_window import EngineState
from console.ui.command_table.commands import Command, CommandSet
from console.ui.command_table.keymap import LAB
from console.ui.lab.commands import FILE, PANEL_COMMANDS
from console.ui.lab.document import PolicyDocument, default_text
from console.ui.lab.exchange import PullDialog, PushDialog
from console.ui.lab.policy_files import PolicyFiles
from console.ui.lab.policy_pane import FORM, TEXT, PolicyPane
from console.ui.lab.progress_panel import ProgressPanel
from console.ui.lab.run_panel import Kind, RunPanel
from console.ui.lab.stream_panel import StreamPanel
from console.ui.lab.try_panel import TryPanel
from console.ui.lab.try_words import why_no_stream
from console.ui.lab.use_dialog import UseDialog
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.chip import Chip
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, split
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.tab_pane import TabPane
from console.ui.widgets.theme import style_sheet

LEAST_WIDTHS = (420, 520)
"""Of the policy and of what it does, so that both fit beside the rail of a small window."""


class LabPanel(Panel):
    """Needs no sign-in: the engine judges here. A sign-in with a secret adds Stream's side.

    Signals:
        title_changed: the name of the policy, with a mark while it is not saved.
    """

    title_changed = Signal(str)
    commands: CommandSet

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.context = context
        theme = context.theme
        self._given_up = False
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
        self._pages: dict[str, QWidget] = {
            "lab.try": self.try_panel,
            "lab.run": self.run_panel,
            "lab.compare": self.compare_panel,
            "lab.calls": self.calls_panel,
            "lab.stream": self.stream_panel,
        }
        titles = ("Try", "Run", "Compare", "Saved calls", "On Stream")
        for page, title in zip(self._pages.values(), titles, strict=True):
            self.tabs.add_page(page, title)
        self.pull_button = push_button("Pull…", self._pull, spoken="Pull a policy from Stream")
        self.push_button = push_button("Push…", self._push, spoken="Push this policy to Stream")
        self.tabs.buttons.addWidget(self.pull_button)
        self.tabs.buttons.addWidget(self.push_button)
        self.policy.use.clicked.connect(self._use_live)
        self.split = split(Qt.Orientation.Horizontal, (self.policy, 41), (self.tabs, 59))
        self.policy.setMinimumWidth(LEAST_WIDTHS[0])
        self.tabs.setMinimumWidth(LEAST_WIDTHS[1])
        self.message = ElidedLabel(ink="dim")
        self.place = PlainLabel(ink="dim")
        self.engine_chip = Chip(theme, "", "")
        self.stream_chip = Chip(theme, "", "")
        in_column((self.split, 1), self._status_bar(), owner=self)
        self.files = PolicyFiles(self.document, context.settings, self.say, self)
        self.commands = CommandSet(PANEL_COMMANDS, self)
        for command_id, handler in self._handlers().items():
            self.commands.on(command_id, handler)
        self.addActions(self.commands.actions())
        self._recent = QMenu("Open recent", self)
        self._recent.aboutToShow.connect(lambda: self.files.fill_recent(self._recent))
        self._use_keys()
        self._connect()
        self._dress()
        self.split.setSizes([410, 590])
        self.document.begin(default_text())
        self._show_sign_in(context.session.state)
        self._show_engine()
        self._ask_live()

    def open_policy(self, path: Path | str) -> None:
        """Show another policy, once the one here is saved or given up."""
        self.files.open(path)

    def say(self, words: str, ink: str = "dim") -> None:
        """One sentence in the status bar."""
        self.message.show_text(words)
        self.message.set_ink(ink)

    def edit(self) -> None:
        """Put the keyboard into the policy."""
        self.policy.show_view(self.policy.views.key())

    def menus_filled(self, menus: Mapping[str, QMenu]) -> None:
        menus[FILE].insertMenu(self.commands.action("lab.save"), self._recent)

    def may_close(self, then: Callable[[], object]) -> bool:
        if self._given_up or not self.document.modified:
            return True

        def leave() -> None:
            self._given_up = True
            then()
            self._given_up = False

        self.files.when_saved(leave)
        return False

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

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        editor, files = self.policy.editor, self.files
        return {
            "lab.new": lambda: files.when_saved(lambda: self.document.begin(default_text())),
            "lab.open": lambda: files.when_saved(files.choose),
            "lab.save": files.save,
            "lab.save_as": files.save_as,
            "lab.use": self._use_live,
            "lab.undo": lambda: self._writing().undo(),
            "lab.redo": lambda: self._writing().redo(),
            "lab.find": self.policy.begin_find,
            "lab.line": self._ask_line,
            "lab.complete": self._complete,
            "lab.comment": editor.toggle_comment,
            "lab.problem": self.policy.go_to_next_problem,
            "lab.text": lambda: self.policy.show_view(TEXT),
            "lab.form": lambda: self.policy.show_view(FORM),
            **{name: partial(self.show_panel, page) for name, page in self._pages.items()},
            "lab.start": self._start,
            "lab.stop": self._stop,
            "lab.next_pane": self._other_side,
            "lab.export": self._export,
            "lab.ask": self.try_panel.ask_stream,
            "lab.pull": self._pull,
            "lab.push": self._push,
            "lab.wrap": editor.toggle_wrap,
            "lab.larger": lambda: editor.zoomIn(1),
            "lab.smaller": lambda: editor.zoomOut(1),
        }

    def _writing(self) -> QPlainTextEdit:
        """The text that is being written."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QPlainTextEdit) and not focus.isReadOnly():
            return focus
        return self.policy.editor

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
        if not isinstance(panel, ProgressPanel):
            panel = self.run_panel
            self.tabs.show_page(panel)
        panel.start()

    def _stop(self) -> None:
        panel = self.tabs.page()
        if isinstance(panel, ProgressPanel) and panel.running:
            panel.cancel()

    def _other_side(self) -> None:
        page = self.tabs.page()
        if self.policy.isAncestorOf(QApplication.focusWidget() or self) and page is not None:
            self.show_panel(page)
        else:
            self.policy.show_view(self.policy.views.key())

    def why_not(self, command: Command) -> str:
        if self.commands.action(command.id).isEnabled():
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

    def _status_bar(self) -> QStatusBar:
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.message, 1)
        bar.addPermanentWidget(self.place)
        bar.addPermanentWidget(self.engine_chip)
        bar.addPermanentWidget(self.stream_chip)
        bar.setContentsMargins(8, 0, 8, 0)
        return bar

    def _connect(self) -> None:
        context = self.context
        editor = self.policy.editor
        editor.place_changed.connect(
            lambda line, column: self.place.show_text(f"Line {line}, column {column}")
        )
        self.tabs.page_changed.connect(self._on_page)
        self.document.trouble_found.connect(lambda words: self.say(words, "bad"))
        self.document.file_changed.connect(self._tell_title)
        self.document.checked.connect(self._show_engine)
        for panel in (self.run_panel, self.compare_panel, self.calls_panel):
            panel.said.connect(self.say)
            panel.results.entry_wanted.connect(self._show_entry)
        for name, can in (("lab.undo", editor.undoAvailable), ("lab.redo", editor.redoAvailable)):
            self.commands.action(name).setEnabled(False)
            can.connect(self.commands.action(name).setEnabled)
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
        self.setStyleSheet(style_sheet(self._sheet, self.context.theme.tokens))

    def _use_keys(self) -> None:
        self.commands.set_keys(self.context.keymap.keys(LAB))

    def title(self) -> str:
        """The name of the policy, with a mark while it is not saved."""
        return f"{'• ' if self.document.modified else ''}{self.document.name}"

    def _tell_title(self) -> None:
        self.title_changed.emit(self.title())

    def _show_sign_in(self, state: EngineState) -> None:
        self.try_panel.show_sign_in(state)
        why = why_no_stream(state)
        self.stream_panel.show_sign_in(why)
        for button in (self.pull_button, self.push_button):
            button.setEnabled(not why)
            button.setToolTip(tip(why or "Shows the difference first."))
        for name in ("lab.pull", "lab.push", "lab.ask"):
            self.commands.action(name).setEnabled(not why)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and isinstance(focus, QAbstractButton) and self.isAncestorOf(focus):
            if not event.isAutoRepeat():  # Qt's buttons know only the space bar outside of dialogs
                focus.click()
        elif pressed and focus is self:
            self.edit()
        elif event.key() == Qt.Key.Key_Escape:  # from here a number key changes the workspace
            self.take_focus()
        else:
            super().keyPressEvent(event)
