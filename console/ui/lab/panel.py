"""The policy lab: a policy at the left, what it does at the right."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from console.base.paths import resources
from console.protocol.lab import AskPolicyInUse
from console.protocol.to_window import EngineState
from console.ui.command_table.commands import Command, CommandSet
from console.ui.command_table.keymap import LAB
from console.ui.lab.commands import FILE, PANEL_COMMANDS
from console.ui.lab.document import PolicyDocument, default_text
from console.ui.lab.line_dialog import ask_line
from console.ui.lab.pages import FORM, OPENING, PAGE_COMMANDS, PAGES, TEXT, first_of, join_results
from console.ui.lab.part_steps import PartSteps
from console.ui.lab.parts import LabParts
from console.ui.lab.policy_files import PolicyFiles
from console.ui.lab.sides import LEAST, POLICY, RESULTS, Sides
from console.ui.lab.status import LabStatus
from console.ui.lab.try_words import why_no_stream
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.tab_pane import TabPane
from console.ui.widgets.theme import style_sheet

if TYPE_CHECKING:
    from console.ui.lab.policy_pane import PolicyPane
    from console.ui.lab.progress_panel import ProgressPanel
    from console.ui.lab.run_panel import RunPanel
    from console.ui.lab.stream_panel import StreamPanel
    from console.ui.lab.try_panel import TryPanel


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
        self.parts = LabParts(self.document, self.link, theme)
        self.parts.made.connect(self._on_made)
        self.tabs = TabPane("What the policy does")
        for title in PAGES.values():
            self.tabs.add_late(title)
        self.pull_button = push_button("Pull…", self._pull, spoken="Pull a policy from Stream")
        self.push_button = push_button("Push…", self._push, spoken="Push this policy to Stream")
        self.tabs.buttons.addWidget(self.pull_button)
        self.tabs.buttons.addWidget(self.push_button)
        self._left = QStackedWidget()
        opening = BlankPage(theme)
        opening.show_blank(OPENING)
        self._left.addWidget(opening)
        self.sides = Sides(self._left, self.tabs)
        self.status = LabStatus(theme)
        self.message, self.place = self.status.message, self.status.place
        in_column(self.sides, (self.sides.body, 1), self.status, owner=self)
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
        self._show_sign_in(context.session.state)
        self._show_engine()
        self.document.begin(default_text())
        self._steps = PartSteps(self.parts, self.tabs)

    @property
    def policy(self) -> "PolicyPane":
        """The policy as text and as a form; made now where it is asked for before its time."""
        return self.parts.policy

    @property
    def try_panel(self) -> "TryPanel":
        """What the policy makes of one text."""
        return self.parts.try_panel

    @property
    def run_panel(self) -> "RunPanel":
        """What it makes of a file of texts."""
        return self.parts.run_panel

    @property
    def compare_panel(self) -> "RunPanel":
        """Where it differs from another policy."""
        return self.parts.compare_panel

    @property
    def calls_panel(self) -> "RunPanel":
        """What it makes of calls in the store."""
        return self.parts.calls_panel

    @property
    def stream_panel(self) -> "StreamPanel":
        """The lists and policies of the app on Stream."""
        return self.parts.stream_panel

    def open_policy(self, path: Path | str) -> None:
        """Show another policy, once the one here is saved or given up."""
        self.files.open(path)

    def say(self, words: str, ink: str = "dim") -> None:
        """One sentence in the status bar."""
        self.message.show_text(words)
        self.message.set_ink(ink)

    def edit(self) -> None:
        """Put the keyboard into the policy."""
        self._to_policy().show_view(self.policy.views.key())

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
        self.sides.show_side(RESULTS)
        self.tabs.show_page(panel)
        first_of(panel).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        files = self.files
        return {
            "lab.new": lambda: files.when_saved(lambda: self.document.begin(default_text())),
            "lab.open": lambda: files.when_saved(files.choose),
            "lab.save": files.save,
            "lab.save_as": files.save_as,
            "lab.use": self._use_live,
            "lab.undo": lambda: self._writing().undo(),
            "lab.redo": lambda: self._writing().redo(),
            "lab.find": lambda: self._to_policy().begin_find(),
            "lab.line": self._ask_line,
            "lab.complete": self._complete,
            "lab.comment": lambda: self._to_policy().editor.toggle_comment(),
            "lab.problem": lambda: self._to_policy().go_to_next_problem(),
            "lab.text": lambda: self._to_policy().show_view(TEXT),
            "lab.form": lambda: self._to_policy().show_view(FORM),
            **{PAGE_COMMANDS[name]: partial(self._show_named, name) for name in PAGES},
            "lab.start": self._start,
            "lab.stop": self._stop,
            "lab.next_pane": self._other_side,
            "lab.export": self._export,
            "lab.ask": lambda: self.try_panel.ask_stream(),
            "lab.pull": self._pull,
            "lab.push": self._push,
            "lab.wrap": lambda: self.policy.editor.toggle_wrap(),
            "lab.larger": lambda: self.policy.editor.zoomIn(1),
            "lab.smaller": lambda: self.policy.editor.zoomOut(1),
        }

    def _to_policy(self) -> "PolicyPane":
        """The policy, in sight."""
        self.sides.show_side(POLICY)
        return self.policy

    def _writing(self) -> QPlainTextEdit:
        """The text that is being written."""
        focus = QApplication.focusWidget()
        writes = isinstance(focus, QPlainTextEdit) and not focus.isReadOnly()
        return focus if writes else self.policy.editor  # type: ignore[return-value]

    def _show_entry(self, rule: str, entry: str) -> None:
        if not self._to_policy().show_entry(rule, entry):
            self.say(f"“{entry}” is not in the text of this policy as it is now.", "warn")

    def _complete(self) -> None:
        self._to_policy().show_view(TEXT)
        self.policy.editor.offer_completion()

    def _ask_line(self) -> None:
        editor = self.policy.editor
        here = editor.textCursor().blockNumber() + 1
        ask_line(self, max(1, editor.blockCount()), here, self._go_to_line)

    def _go_to_line(self, line: int) -> None:
        self._to_policy().show_view(TEXT)
        self.policy.editor.go_to(line)

    def _shown_progress(self) -> "ProgressPanel | None":
        from console.ui.lab.progress_panel import ProgressPanel

        panel = self.tabs.page()
        return panel if isinstance(panel, ProgressPanel) else None

    def _start(self) -> None:
        panel = self._shown_progress() or self.run_panel
        self.tabs.show_page(panel)
        panel.start()

    def _stop(self) -> None:
        panel = self._shown_progress()
        if panel is not None and panel.running:
            panel.cancel()

    def _other_side(self) -> None:
        name = list(PAGES)[self.tabs.bar.currentIndex()]
        if self.policy.isAncestorOf(QApplication.focusWidget() or self):
            self._show_named(name)
        else:
            self.edit()

    def why_not(self, command: Command) -> str:
        if self.commands.action(command.id).isEnabled():
            return ""
        if command.id in ("lab.undo", "lab.redo"):
            return "Nothing was changed."
        return why_no_stream(self.context.session.state)

    def _export(self) -> None:
        panel = self.tabs.page()
        from console.ui.lab.run_panel import RunPanel

        if isinstance(panel, RunPanel) and panel.results.export.isEnabled():
            panel.results.choose_export()

    def _use_live(self) -> None:
        from console.ui.lab.use_dialog import UseDialog

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
        from console.ui.lab.exchange import PushDialog

        dialog = PushDialog(self.link, self.document.policy(), self.context.theme, self)
        dialog.said.connect(self.say)
        dialog.open()

    def _pull(self) -> None:
        from console.ui.lab.exchange import PullDialog

        dialog = PullDialog(self.link, self.document.text, self.context.theme, self)
        dialog.pulled.connect(self._use_pulled)
        dialog.open()

    def _use_pulled(self, key: str, text: str) -> None:
        self.document.text_wanted.emit(text)
        self.document.check()
        self.say(f"The text is the app's policy {key} now. Undo brings the earlier one back.")

    def _show_named(self, name: str) -> None:
        self.sides.show_side(RESULTS)
        self._steps.show(name, lambda made: self.show_panel(getattr(self.parts, made)))

    def _on_made(self, name: str, part: Any) -> None:
        if name == "policy":
            self._on_policy_made(part)
            return
        self.tabs.put(list(PAGES).index(name), part)
        if name == "try_panel":
            part.show_sign_in(self.context.session.state)
        elif name == "stream_panel":
            part.show_sign_in(why_no_stream(self.context.session.state))
        else:
            join_results(part, self.say, self._show_entry, self.context.commands.run)
        self._on_page()

    def _on_policy_made(self, policy: "PolicyPane") -> None:
        editor = policy.editor
        self._left.addWidget(policy)
        self._left.setCurrentWidget(policy)
        policy.use.clicked.connect(self._use_live)
        editor.place_changed.connect(
            lambda line, column: self.place.show_text(f"Line {line}, column {column}")
        )
        for name, can in (("lab.undo", editor.undoAvailable), ("lab.redo", editor.redoAvailable)):
            can.connect(self.commands.action(name).setEnabled)
        self._ask_live()

    def _connect(self) -> None:
        context = self.context
        self.tabs.page_changed.connect(self._on_page)
        self.document.trouble_found.connect(lambda words: self.say(words, "bad"))
        self.document.file_changed.connect(self._tell_title)
        self.document.checked.connect(self._show_engine)
        for name in ("lab.undo", "lab.redo"):
            self.commands.action(name).setEnabled(False)
        context.session.state_changed.connect(self._show_sign_in)
        context.engine.started.connect(lambda _pid: self._show_engine())
        context.engine.died.connect(lambda _sentence: self._show_engine())
        context.theme.changed.connect(self._dress)
        context.keymap.changed.connect(self._use_keys)

    def _on_page(self) -> None:
        shown = list(PAGES)[self.tabs.bar.currentIndex()]
        if not self.parts.was_made(shown):
            return
        if shown == "calls_panel":
            self.calls_panel.source.calls.refresh()
        elif shown == "stream_panel":
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
        why = why_no_stream(state)
        if self.parts.was_made("try_panel"):
            self.try_panel.show_sign_in(state)
        if self.parts.was_made("stream_panel"):
            self.stream_panel.show_sign_in(why)
        for button in (self.pull_button, self.push_button):
            button.setEnabled(not why)
            button.setToolTip(tip(why or "Shows the difference first."))
        for name in ("lab.pull", "lab.push", "lab.ask"):
            self.commands.action(name).setEnabled(not why)
        self.status.show_stream(why)

    def _show_engine(self) -> None:
        self.status.show_engine(running=self.context.engine.running)

    def minimumSizeHint(self) -> QSize:
        # One side is enough: for both the stage would scroll.
        return QSize(LEAST[RESULTS], super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sides.fit(self.width())

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
