"""Above the tiles: the filter, saved views, and how many calls there are, are warm, not heard."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton

from console.ui.state.call_filter import HELP
from console.ui.state.settings_table import SETTINGS
from console.ui.state.window_context import WindowContext
from console.ui.wall.edges import totals
from console.ui.wall.view_menu import ViewMenu
from console.ui.widgets.chip import Chip
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.search_field import SearchField

ORDERS = (("name", "By name"), ("heat", "Hottest first"), ("people", "Most people first"))


class WallHeader(QFrame):
    """Signals:
    arrange_wanted: the order in which tiles should stand from now on, once.
    tidy_wanted: tiles that are over or do not fit any more should go.
    """

    arrange_wanted = Signal(str)
    tidy_wanted = Signal()

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        theme, self._context = context.theme, context
        self.setProperty("surface", "header")
        self.filter = SearchField("Filter calls", "Filter calls on the wall")
        self.filter.setObjectName("filter-wall")
        self.filter.setMinimumWidth(96)
        self.filter.setMaximumWidth(420)
        self.filter.setToolTip(tip(HELP))
        self.views = ViewMenu(context)
        self.arrange = self._menu_button("Tiles", "wall-arrange", "Order and size of tiles")
        self.arrange.setMenu(self._tiles_menu())
        self._calls = Chip(theme, "live", "")
        self._warm = Chip(theme, "heat", "", "warn")
        self._unheard = Chip(theme, "gap", "", "warn")
        self._trouble = PlainLabel(ink="warn", wrap=True)
        self._trouble.hide()
        row = in_row(
            (self.filter, 1),
            self.views,
            self.arrange,
            None,
            self._warm,
            self._unheard,
            self._calls,
            spacing=8,
        )
        in_column(row, self._trouble, owner=self, margins=(12, 8, 12, 8), spacing=6)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()

    def show_totals(self, *, calls: int, people: int, warm: int, unheard: int) -> None:
        """How many there are of each."""
        words, warm_words, unheard_words = totals(calls, people, warm, unheard)
        self._calls.show_state("live", words, "text_dim", words)
        self._warm.show_state("heat", warm_words, "warn", "Calls in which a line was raised lately")
        self._unheard.show_state("gap", unheard_words, "warn", "Calls that nobody listens to now")
        self._fit_chips()

    def show_trouble(self, sentence: str) -> None:
        """What of the filter was not understood; "" for nothing."""
        self._trouble.show_text(sentence)
        self._trouble.setVisible(bool(sentence))

    def _fit_chips(self) -> None:
        """What there is least need for goes first where the room is narrow."""
        room = self.width() - 24 - 120 - self.arrange.sizeHint().width() - 24
        room -= self.views.sizeHint().width()
        for chip in (self._unheard, self._warm, self._calls):
            width = chip.sizeHint().width() + 8
            fits = bool(chip.word()) and width <= room
            chip.setVisible(fits)
            room -= width if fits else 0

    def _menu_button(self, words: str, name: str, help_text: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setObjectName(name)
        button.setProperty("segment", "true")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(14, 14))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(help_text)
        button.setAccessibleName(help_text)
        return button

    def _tiles_menu(self) -> QMenu:
        menu, settings = QMenu(self), self._context.settings
        for order, words in ORDERS:
            action = menu.addAction(f"Arrange now: {words[:1].lower()}{words[1:]}")
            action.triggered.connect(lambda _on=False, order=order: self.arrange_wanted.emit(order))
        menu.addAction("Close the places of calls that are over").triggered.connect(
            lambda: self.tidy_wanted.emit()
        )
        menu.addSeparator()
        sizes = []
        for value, words in SETTINGS["wall_tiles"].choices:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(
                lambda _on=False, value=value: settings.__setitem__("wall_tiles", value)
            )
            sizes.append((value, action))

        def mark() -> None:
            for value, action in sizes:
                action.setChecked(value == settings["wall_tiles"])

        menu.aboutToShow.connect(mark)
        return menu

    def _draw_icons(self) -> None:
        self.arrange.setIcon(self._context.theme.icon("sort"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chips()

    def minimumSizeHint(self) -> QSize:
        return QSize(280, super().minimumSizeHint().height())
