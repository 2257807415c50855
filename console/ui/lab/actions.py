"""The table of everything the lab can be told to do; menus and keys come from it."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

FILE, EDIT, GO, STREAM, VIEW = "Policy", "Edit", "Go", "Stream", "View"
SEPARATOR = ""


class LabAction(Struct, frozen=True):
    """One thing the lab can do. ``key`` in Qt's portable notation."""

    id: str
    title: str
    menu: str
    key: str = ""


ACTIONS = (
    LabAction("new", "New from the built-in default", FILE, "Ctrl+N"),
    LabAction("open", "Open…", FILE, "Ctrl+O"),
    LabAction("recent", "Open recent", FILE),
    LabAction("save", "Save", FILE, "Ctrl+S"),
    LabAction("save_as", "Save as…", FILE, "Ctrl+Shift+S"),
    LabAction("use", "Use this policy live…", FILE, "Ctrl+U"),
    LabAction("close", "Close the lab", FILE, "Ctrl+W"),
    LabAction("undo", "Undo", EDIT, "Ctrl+Z"),
    LabAction("redo", "Redo", EDIT, "Ctrl+Shift+Z"),
    LabAction("find", "Find in the policy", EDIT, "Ctrl+F"),
    LabAction("line", "Go to line…", EDIT, "Ctrl+G"),
    LabAction("complete", "Complete", EDIT, "Ctrl+Space"),
    LabAction("comment", "Comment lines in or out", EDIT, "Ctrl+/"),
    LabAction("problem", "Next error", EDIT, "F8"),
    LabAction("text", "To the text", GO, "Ctrl+1"),
    LabAction("form", "To the form", GO, "Ctrl+2"),
    LabAction("try", "Try a text", GO, "Ctrl+3"),
    LabAction("run", "Run on lines", GO, "Ctrl+4"),
    LabAction("compare", "Compare", GO, "Ctrl+5"),
    LabAction("calls", "Saved calls", GO, "Ctrl+6"),
    LabAction("stream", "On Stream", GO, "Ctrl+7"),
    LabAction("start", "Start the run", GO, "Ctrl+R"),
    LabAction("export", "Export results…", GO, "Ctrl+E"),
    LabAction("ask", "Ask Stream about the text", STREAM, "Ctrl+Return"),
    LabAction("pull", "Pull a policy from Stream…", STREAM),
    LabAction("push", "Push this policy to Stream…", STREAM),
    LabAction("theme", "Change between light and dark", VIEW, "Ctrl+T"),
    LabAction("larger", "Larger text", VIEW, "Ctrl+="),
    LabAction("smaller", "Smaller text", VIEW, "Ctrl+-"),
)
_BREAK_BEFORE = {"save", "use", "close", "find", "problem", "try", "start", "pull", "larger"}


def build_actions(
    window: QMainWindow, handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """The QActions of ``window``, in its menu bar; ``recent`` is left to the window."""
    made: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for each in ACTIONS:
        menu = menus.get(each.menu)
        if menu is None:
            menu = menus[each.menu] = window.menuBar().addMenu(each.menu)
        if each.id in _BREAK_BEFORE:
            menu.addSeparator()
        if each.id == "recent":
            made[each.id] = menu.addMenu(each.title).menuAction()
            continue
        action = QAction(each.title, window)
        action.setObjectName(f"lab.{each.id}")
        action.setShortcut(QKeySequence(each.key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, do=handlers[each.id]: do())
        menu.addAction(action)
        window.addAction(action)
        made[each.id] = action
    return made
