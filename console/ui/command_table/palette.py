"""Every command in one searchable list (Ctrl+K), with its key and why it cannot be done now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from console.ui.command_table.commands import Command, Table
from console.ui.command_table.fuzzy import score
from console.ui.command_table.keymap import Keymap
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.roles import Index
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.theme import Theme

_ID = Qt.ItemDataRole.UserRole + 1
_KEY = Qt.ItemDataRole.UserRole + 2
_WHY = Qt.ItemDataRole.UserRole + 3
_COMMAND = Qt.ItemDataRole.UserRole + 4
_AIM = Qt.ItemDataRole.UserRole + 5


def matching(typed: str, commands: Table) -> list[Command]:
    """The commands that fit, best first; all of them in their order when nothing is typed."""
    found = [(score(typed, command.title), command) for command in commands.values()]
    if not typed.strip():
        return [command for _, command in found]
    found = [
        (max(points, score(typed, f"{command.group} {command.title}") - 5), command)
        for points, command in found
    ]
    best = sorted((pair for pair in found if pair[0] > 1), key=lambda pair: -pair[0])
    return [command for _, command in best]


class PaletteDialog(PlainDialog):
    """Type, choose, Enter.

    ``why_not`` says why a command cannot be done now, "" when it can. ``find`` gives what else fits
    the typed text; it comes first. ``aim`` says whom an act would be for.

    Signals:
        chosen: the id of the command.
    """

    chosen = Signal(str)

    def __init__(
        self,
        keymap: Keymap,
        theme: Theme,
        why_not: Callable[[Command], str],
        commands: Table,
        parent: QWidget | None = None,
        *,
        find: Callable[[str], Sequence[Command]] = lambda _typed: (),
        aim: Callable[[Command], str] = lambda _command: "",
    ) -> None:
        super().__init__("All commands", parent)
        self._find = find
        self._aim = aim
        self._commands = commands
        self.setObjectName("palette")
        self._keymap = keymap
        self._why_not = why_not
        self.typed = QLineEdit()
        self.typed.setObjectName("palette-typed")
        self.typed.setPlaceholderText("What do you want to do?")
        self.typed.setAccessibleName("Search commands")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setProperty("framed", "true")
        self.list.setItemDelegate(_CommandDelegate(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = PlainLabel("Nothing is called that.", ink="dim")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.typed)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.nothing, 1)
        self.typed.textChanged.connect(self._fill)
        self.typed.returnPressed.connect(self._choose)
        self.typed.installEventFilter(self)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.add_button("Close", self.reject)
        self.resize(560, 460)
        self._fill("")

    def _fill(self, typed: str) -> None:
        self.list.clear()
        found = self._find(typed)
        for command in (*found, *matching(typed, self._commands)):
            own = command.id in self._commands
            why = self._why_not(command) if own else ""
            key = self._keymap.key(command.id) if own else ""
            item = QListWidgetItem(f"{command.group}: {command.title}")
            item.setData(_ID, command.id)
            item.setData(_COMMAND, command)
            item.setData(_KEY, key)
            item.setData(_AIM, "" if why else self._aim(command))
            item.setData(_WHY, why)
            item.setToolTip(tip(why or command.help))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                ", ".join(filter(None, (command.title, item.data(_AIM), key, why))),
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.nothing.setVisible(self.list.count() == 0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is None or item.data(_WHY):
            return
        self.accept()
        self.chosen.emit(item.data(_ID))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            moves = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 10,
                Qt.Key.Key_PageUp: -10,
            }
            by = moves.get(Qt.Key(event.key()))
            if by is not None:
                row = self.list.currentRow() + by
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)


class _CommandDelegate(RowDelegate):
    """Group and title at the left, reason or key at the right."""

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        theme = self.theme
        command: Command = index.data(_COMMAND)
        why, key = str(index.data(_WHY) or ""), str(index.data(_KEY) or "")
        aim = str(index.data(_AIM) or "")
        group = QRect(rect.left() + 12, rect.top(), 76, rect.height())
        paint_text(painter, group, command.group, fonts.small, theme.color("text_faint"))
        key_width = fonts.small_strong_metrics.horizontalAdvance(key) + 12
        key_at = QRect(rect.right() - key_width, rect.top(), key_width, rect.height())
        paint_text(painter, key_at, key, fonts.small_strong, theme.color("text_dim"))
        left = group.right() + 8
        title = QRect(left, rect.top(), key_at.left() - left - 8, rect.height())
        ink = theme.color("text_faint" if why else "text")
        width = paint_text(painter, title, command.title, fonts.body, ink)
        if why or aim:
            note = title.adjusted(width + 12, 0, 0, 0)
            ink = theme.color("text_faint" if why else "text_dim")
            paint_text(painter, note, why or aim, fonts.small, ink)
