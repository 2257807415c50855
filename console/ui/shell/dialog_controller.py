"""Opens the dialogs, one at a time, and hands on what was decided in them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.acts.ban import BAN
from console.domain.acts.table import spec_of
from console.domain.given_label import Says
from console.domain.phase import Phase
from console.domain.preset_times import read_times
from console.domain.sign_in import Profile
from console.ui.acts.ban_dialog import BanDialog
from console.ui.acts.timed_dialog import TimedDialog
from console.ui.command_table.commands import Command
from console.ui.command_table.keys_dialog import KeysDialog
from console.ui.command_table.palette import PaletteDialog
from console.ui.evidence.evidence_dialog import EvidenceDialog
from console.ui.labels.label_dialog import LabelDialog
from console.ui.settings.retention_dialog import RetentionDialog
from console.ui.settings.settings_dialog import SettingsDialog
from console.ui.shell.about_dialog import AboutDialog
from console.ui.shell.palette_finds import PaletteFinds
from console.ui.shell.problems_dialog import ProblemsDialog
from console.ui.shell.sign_in import SignInDialog
from console.ui.shell.words_dialog import WordsDialog
from console.ui.state.feature import Panel
from console.ui.state.health import Health, all_words
from console.ui.state.labelling import JudgedLine
from console.ui.state.meters import Meters
from console.ui.state.settings_table import times_of
from console.ui.state.targets import Target, clipped
from console.ui.state.window_context import WindowContext
from console.ui.team.handover_dialog import HandoverDialog
from console.ui.transcript.speech_plugin_dialog import SpeechPluginDialog


class DialogController(QObject):
    """Belongs to one window."""

    def __init__(
        self,
        context: WindowContext,
        window: QWidget,
        meters: Meters,
        stage: Callable[[], Panel],
        guard_keys: Callable[[QWidget], None],
    ) -> None:
        """
        Args:
            stage: gives the panel on the stage, which may have commands of its own.
            guard_keys: is handed the forms of acts, in which typing must not act.
        """
        super().__init__(window)
        self._context = context
        self._window = window
        self._meters = meters
        self._stage = stage
        self._guard_keys = guard_keys
        self.open_dialog: QDialog | None = None
        """The dialog that is open now."""

    def ask_details(self, kind: str, targets: Sequence[Target]) -> None:
        """Ask what ``kind`` needs before it is requested."""
        spec = spec_of(kind)
        settings = self._context.settings
        form = BanDialog if kind == BAN else TimedDialog
        times = read_times(settings[times_of(kind)])
        first = settings["times_chosen"].get(kind, "")
        dialog = form(spec, targets, times, first, self._window)
        dialog.decided.connect(self._decided)
        self._guard_keys(dialog)
        self._open(dialog)

    def show_sign_in(self) -> None:
        """Profiles, and the way in."""
        context = self._context
        dialog = SignInDialog(
            context.profiles,
            context.controller,
            context.tasks,
            context.settings["profile"],
            self._window,
        )
        dialog.signed_in.connect(self._remember)
        self._open(dialog)

    def show_palette(self) -> None:
        """All commands."""
        context = self._context
        table = context.commands.table
        own = self._stage().commands
        if own is not None:
            table = {**own.table, **table}
        finds = PaletteFinds(context.session, context.controller)
        dialog = PaletteDialog(
            context.keymap,
            context.theme,
            self.why_not,
            table,
            self._window,
            find=finds.find,
            aim=finds.aim,
        )
        dialog.chosen.connect(partial(self._run_found, finds))
        self._open(dialog)

    def show_keys(self) -> None:
        """Change keys."""
        self._open(KeysDialog(self._context.keymap, self._context.theme, self._window))

    def show_settings(self) -> None:
        """Search and change settings."""
        self._open(SettingsDialog(self._context.settings, self._window))

    def show_retention(self) -> None:
        """How long what is kept."""
        self._open(RetentionDialog(self._context, self._window))

    def show_speech_plugin(self) -> None:
        """What writes speech down in place of Whisper."""
        self._open(SpeechPluginDialog(self._context, self._window))

    def show_handover(self) -> None:
        """What the next shift has to know."""
        self._open(HandoverDialog(self._context, self._window))

    def ask_label(self, line: JudgedLine) -> None:
        """Which label a line should have had."""
        context = self._context
        entry = context.session.history.line(line.item_id)
        text = clipped(entry.item.text) if entry is not None else ""
        chosen = partial(context.labelling.say, Says.OTHER, line)
        known = context.session.labels.known
        self._open(LabelDialog(text, known, lambda label: chosen(label), self._window))

    def show_evidence(self, about: dict[str, str]) -> None:
        """What was known when acts were wanted: of an act, a person or an item."""
        self._open(EvidenceDialog(self._context, about, self._window))

    def show_words(self) -> None:
        """What the words and signs of the window mean."""
        self._open(WordsDialog(self._window))

    def show_problems(self) -> None:
        """What went wrong, and what was counted."""
        context = self._context
        dialog = ProblemsDialog(context.session, all_words(self._health()), self._window)
        dialog.clear_wanted.connect(context.controller.clear_problems)
        self._open(dialog)

    def _health(self) -> Health:
        context, meters = self._context, self._meters
        now = context.clock.now()
        return Health(
            pulse=context.session.pulse,
            tally=context.session.history.tally,
            restarts=context.engine.restarts,
            refused_lines=context.engine.refused_lines,
            spoken_to_shown=meters.spoken_to_shown.recent(now),
            shown_to_judged=meters.shown_to_judged.recent(now),
        )

    def _run_found(self, finds: PaletteFinds, command_id: str) -> None:
        if not finds.run(command_id):
            self._run(command_id)

    def _run(self, command_id: str) -> None:
        own = self._stage().commands
        commands = self._context.commands
        (commands if own is None or command_id in commands.table else own).run(command_id)

    def show_about(self) -> None:
        """Versions."""
        self._open(AboutDialog(self._context.theme, self._window))

    def show(self, dialog: QDialog) -> None:
        """Show a dialog that was made elsewhere, in the place of the one that is open."""
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        if self.open_dialog is not None:
            self.open_dialog.reject()
        self.open_dialog = dialog
        dialog.finished.connect(lambda _code: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        if self.open_dialog is dialog:
            self.open_dialog = None

    def _decided(self, kind: str, targets: Sequence[Target], details: dict[str, Any]) -> None:
        if "minutes" in details:
            chosen = self._context.settings["times_chosen"]
            self._context.settings["times_chosen"] = {**chosen, kind: details["minutes"]}
        self._context.controller.request_act(kind, targets, confirmed=True, **details)

    def _remember(self, profile: Profile) -> None:
        self._context.settings["profile"] = profile.name

    def why_not(self, command: Command) -> str:
        """Why a command cannot be done now, in one sentence; "" when it can."""
        controller = self._context.controller
        own = self._stage().commands
        if own is not None and command.id in own.table:
            return self._stage().why_not(command)
        if not self._context.commands.action(command.id).isEnabled():
            return "Not in this workspace."
        if command.act is not None:
            return controller.why_none(command.act, controller.aimed_at(command.act))
        signed_out = self._context.session.state.phase is Phase.SIGNED_OUT
        return "You are signed out." if command.id == "session.sign_out" and signed_out else ""
