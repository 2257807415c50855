"""The button with the views of the wall: choose one, keep this one, remove one."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from console.ui.state.window_context import WindowContext
from console.ui.wall.views import (
    BUILT_IN,
    LONGEST_NAME,
    View,
    read_views,
    stored_views,
    view_of,
    why_no_name,
    with_view,
    without_view,
)
from console.ui.widgets.controls import line_field
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import menu_text, tip

TITLE = "Views"


class ViewMenu(QToolButton):
    """Keeps the user's views in the settings.

    Signals:
        chosen: the View that the wall should show.
    """

    chosen = Signal(object)

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._now = View("")
        self.setObjectName("wall-views")
        self.setProperty("segment", "true")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        context.theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.show_now(self._now)

    def show_now(self, now: View) -> None:
        """What the wall shows now; its name does not matter."""
        self._now = now
        view = view_of(now.filter, self.views())
        words = view.name if view is not None else TITLE
        if view == BUILT_IN[0]:
            words = TITLE
        self.setText(menu_text(words))
        self.setAccessibleName(f"Views of the wall, now: {view.name if view else 'none of them'}")
        self.setToolTip(tip("Views of the wall: a filter and its tiles under a name"))

    def views(self) -> tuple[View, ...]:
        """The user's own views."""
        return read_views(self._context.settings["wall_views"])

    def fill(self) -> None:
        """Write the menu anew."""
        menu, views = self._menu, self.views()
        menu.clear()
        current = view_of(self._now.filter, views)
        for at, view in enumerate((*BUILT_IN, *views)):
            if at == len(BUILT_IN):
                menu.addSeparator()
            action = menu.addAction(menu_text(view.name))
            action.setCheckable(True)
            action.setChecked(view == current)
            action.triggered.connect(partial(self._choose, view))
        menu.addSeparator()
        menu.addAction("Keep this view…").triggered.connect(lambda: self.ask_name())
        remove = menu.addMenu("Remove a view")
        remove.setEnabled(bool(views))
        for view in views:
            remove.addAction(menu_text(view.name)).triggered.connect(
                partial(self._remove, view.name)
            )

    def open_menu(self) -> None:
        """Show the menu as a press on the button does, for the keyboard."""
        # The button's own way would run an event loop within this one.
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self._menu.setActiveAction(self._menu.actions()[0])

    def ask_name(self) -> "ViewNameDialog":
        """Ask under which name the view of now should be kept."""
        named = view_of(self._now.filter, self.views())
        own = named.name if named is not None and named not in BUILT_IN else ""
        dialog = ViewNameDialog(own, self.views(), self.window())
        dialog.named.connect(self.keep)
        dialog.open()
        return dialog

    def keep(self, name: str) -> None:
        """Keep the view of now under ``name``."""
        now = self._now
        view = View(name.strip(), " ".join(now.filter.split()), now.tiles, now.order)
        self._store(with_view(self.views(), view))
        self._context.controller.say(f"The view “{view.name}” is kept.", "good")

    def _choose(self, view: View, _on: bool = False) -> None:
        self.chosen.emit(view)

    def _remove(self, name: str, _on: bool = False) -> None:
        self._store(without_view(self.views(), name))
        self._context.controller.say(f"The view “{name}” is removed.")

    def _store(self, views: tuple[View, ...]) -> None:
        self._context.settings["wall_views"] = stored_views(views)
        self.show_now(self._now)

    def _draw_icon(self) -> None:
        self.setIcon(self._context.theme.icon("filter"))


class ViewNameDialog(PlainDialog):
    """Signals:
    named: the name under which the view should be kept.
    """

    named = Signal(str)

    def __init__(self, name: str, views: tuple[View, ...], parent: QWidget | None) -> None:
        super().__init__("Keep this view", parent)
        self.setObjectName("view-name")
        self._views = views
        self.add_heading("Keep this view of the wall")
        self.add_sentence("Its filter, the size of its tiles and their order, on this machine.")
        self.field: QLineEdit = line_field("Name of the view", "such as Support, not heard")
        self.field.setText(name)
        self.field.setMaxLength(LONGEST_NAME)
        self.body.addWidget(self.field)
        self.trouble = self.add_sentence("", ink="warn")
        self.cancel = self.add_button("Cancel", self.reject)
        self.go = self.add_button("Keep", self._decide, tone="primary", name="keep")
        self.field.textChanged.connect(lambda _text: self._look())
        self.field.returnPressed.connect(self._decide)
        self.setMinimumWidth(380)
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._look()

    def _look(self) -> None:
        name = self.field.text()
        why = why_no_name(name, self._views)
        taken = name.strip() in {view.name for view in self._views}
        words = "It takes the place of the view of this name." if taken else ""
        self.trouble.show_text((why or words) if name else "")
        self.go.setEnabled(not why)

    def _decide(self) -> None:
        name = self.field.text()
        if not why_no_name(name, self._views):
            self.named.emit(name)
            self.accept()
