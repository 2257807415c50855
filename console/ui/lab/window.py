"""The policy lab in a window of its own."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from console.ui.command_table.commands import Command, CommandSet
from console.ui.command_table.keymap import LAB
from console.ui.command_table.keys_dialog import KeysDialog
from console.ui.command_table.menus import fill_menus
from console.ui.command_table.palette import PaletteDialog
from console.ui.lab.commands import LAB_COMMANDS, LAB_WINDOW_COMMANDS
from console.ui.lab.panel import LabPanel
from console.ui.settings.settings_dialog import SettingsDialog
from console.ui.state.window_context import WindowContext
from console.ui.widgets.held_keys import HeldKeys

SIZE = QSize(1480, 920)
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""


class LabWindow(QMainWindow):
    """Holds a panel.

    ``take_back`` gets the panel when the window is closed; without it the panel ends with the
    window, which asks first whether the policy is to be saved.
    """

    def __init__(
        self,
        context: WindowContext,
        panel: LabPanel | None = None,
        take_back: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.panel = panel or LabPanel(context)
        self._take_back = take_back
        self.commands = CommandSet(LAB_WINDOW_COMMANDS, self)
        self.setObjectName("lab")
        HeldKeys(self).watch(self)
        self.setCentralWidget(self.panel)
        self.panel.show()
        self.addActions(self.commands.actions())
        self.panel.menus_filled(fill_menus(self.menuBar(), LAB_COMMANDS, self._set_of))
        for command_id, handler in (
            ("lab.close", self.close),
            ("lab.palette", self._show_palette),
            ("lab.settings", lambda: SettingsDialog(context.settings, self).open()),
            ("lab.keys", lambda: KeysDialog(context.keymap, context.theme, self, LAB).open()),
            ("lab.theme", self._toggle_theme),
        ):
            self.commands.on(command_id, handler)
        self._use_keys()
        self._draw_icon()
        self._show_title(self.panel.title())
        context.keymap.changed.connect(self._use_keys)
        context.theme.changed.connect(self._draw_icon)
        self.panel.title_changed.connect(self._show_title)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        saved = context.settings["lab_geometry"]
        if saved:
            self.restoreGeometry(
                QByteArray.fromBase64(QByteArray(saved.encode("ascii", "replace")))
            )
        self.panel.edit()

    def _set_of(self, command: Command) -> CommandSet:
        return self.commands if command.id in self.commands.table else self.panel.commands

    def _show_palette(self) -> None:
        context = self.context
        dialog = PaletteDialog(context.keymap, context.theme, self._why_not, LAB_COMMANDS, self)
        dialog.chosen.connect(lambda id_: self._set_of(LAB_COMMANDS[id_]).run(id_))
        dialog.open()

    def _why_not(self, command: Command) -> str:
        return "" if command.id in self.commands.table else self.panel.why_not(command)

    def _toggle_theme(self) -> None:
        self.context.settings["theme"] = self.context.theme.toggle()

    def _use_keys(self) -> None:
        self.commands.set_keys(self.context.keymap.keys(LAB))

    def _draw_icon(self) -> None:
        self.setWindowIcon(self.context.theme.icon("logo", "accent"))

    def _show_title(self, title: str) -> None:
        self.setWindowTitle(f"{title} – Policy lab")

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._take_back is None and not self.panel.may_close(self.close):
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.context.settings["lab_geometry"] = geometry
        super().closeEvent(event)
        if self._take_back is not None:
            self._take_back()
