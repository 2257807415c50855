"""The window: one workspace at a time, with its panels around the stage."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QTabBar

from console.ui.command_table.commands import VIEW
from console.ui.command_table.menus import fill_menu_bar
from console.ui.shell.commands import MENUS
from console.ui.shell.dialog_controller import DialogController
from console.ui.shell.features import FEATURES, WORKSPACES
from console.ui.shell.navigation import Navigation
from console.ui.shell.status_line import StatusLine
from console.ui.state.feature import Area, Feature, Panel, Workspace
from console.ui.state.meters import Meters
from console.ui.state.window_context import WindowContext
from console.ui.widgets.dock import Dock

LAYOUT_VERSION = 2
SIZE = QSize(1440, 900)
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""

_PLACES = {
    Area.LIST: Qt.DockWidgetArea.LeftDockWidgetArea,
    Area.INSPECTOR: Qt.DockWidgetArea.RightDockWidgetArea,
    Area.STRIP: Qt.DockWidgetArea.BottomDockWidgetArea,
}


class MainWindow(QMainWindow):
    """Shows the features and workspaces of ``console.ui.shell.features``."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("main")
        self.setWindowTitle("Moderator Console")
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.meters = Meters(context.session, context.clock, self)
        self.panels: dict[str, Panel] = {}
        self.docks: dict[str, Dock] = {}
        self.workspace = WORKSPACES[0]
        self.lab: QMainWindow | None = None
        self._layouts: dict[str, str] = context.settings["layouts"]
        self._stages = QStackedWidget()
        self.setCentralWidget(self._stages)
        self.status = StatusLine(context, self.meters)
        self.setStatusBar(self.status)
        self.dialogs = DialogController(context, self, self.status.health)
        self.navigation = Navigation(self, lambda: self.panel(self.workspace.stage))
        for feature in FEATURES:
            if feature.area in _PLACES:
                self._add_dock(feature)
        self.addActions(context.commands.actions())
        menus = fill_menu_bar(self.menuBar(), context.commands, MENUS)
        self._dock_menu(menus[VIEW])
        self._connect()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        if context.settings["window_geometry"]:
            self.restoreGeometry(_bytes(context.settings["window_geometry"]))
        self._draw_icon()
        self._arrange(self.workspace)
        self.panel(self.workspace.stage).take_focus()

    def panel(self, feature: Feature) -> Panel:
        """The panel of a feature; made when it is asked for the first time."""
        made = self.panels.get(feature.id)
        if made is None:
            made = self.panels[feature.id] = feature.panel(self.context)
            made.wanted.connect(lambda: self.bring_to_front(feature))
            for command_id, handler in made.handlers().items():
                self.context.commands.on(command_id, handler)
        return made

    def show_workspace(self, workspace: Workspace) -> None:
        """Change to ``workspace``; the layout of the one before is remembered."""
        if workspace is not self.workspace:
            self._layouts[self.workspace.id] = _text(self.saveState(LAYOUT_VERSION))
            self.workspace = workspace
            self._arrange(workspace)
            self.panel(workspace.stage).take_focus()

    def bring_to_front(self, feature: Feature) -> None:
        """Show the panel of ``feature``, in this workspace if it belongs here."""
        if feature not in self.workspace.features:
            self.show_workspace(next(each for each in WORKSPACES if feature in each.features))
        dock = self.docks.get(feature.id)
        if dock is not None:
            opened = dock.isHidden()
            dock.show()
            dock.raise_()
            if opened and feature.area is Area.STRIP:
                height = max(dock.height(), min(280, self.height() * 32 // 100))
                self.resizeDocks([dock], [height], Qt.Orientation.Vertical)
            self._name_tabs()

    def show_feature(self, feature: Feature) -> None:
        """Show the panel of ``feature`` and give it the keyboard."""
        self.bring_to_front(feature)
        self.panel(feature).take_focus()

    def reset_layout(self) -> None:
        """Put every panel of the workspace where it was at first."""
        workspace = self.workspace
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        by_area: dict[Area, list[Dock]] = {area: [] for area in _PLACES}
        for feature in FEATURES:
            dock = self.docks.get(feature.id)
            if dock is not None:
                dock.setFloating(False)
                self.addDockWidget(_PLACES[feature.area], dock)
                dock.setVisible(feature in workspace.panels)
                if feature in workspace.features:
                    by_area[feature.area].append(dock)
        for first, second in pairwise(by_area[Area.STRIP]):
            self.tabifyDockWidget(first, second)
        width, height = self.width(), self.height()
        inspectors = by_area[Area.INSPECTOR]
        for first, second in pairwise(inspectors):
            self.splitDockWidget(first, second, Qt.Orientation.Vertical)
        sides = [*by_area[Area.LIST][:1], *inspectors[:1]]
        widths = [max(212, min(288, width // 5)), max(308, min(344, width // 4))]
        self.resizeDocks(sides, widths[-len(sides) :], Qt.Orientation.Horizontal)
        if len(inspectors) > 1:
            lowest = max(360, height * 56 // 100)
            heights = [max(140, height - lowest - 80), lowest]
            self.resizeDocks(inspectors[-2:], heights, Qt.Orientation.Vertical)
        self._name_tabs()

    def save_layout(self) -> None:
        """Remember where the panels of every workspace are."""
        settings = self.context.settings
        settings["window_geometry"] = _text(self.saveGeometry())
        settings["layouts"] = self._layouts | {
            self.workspace.id: _text(self.saveState(LAYOUT_VERSION))
        }

    def createPopupMenu(self) -> QMenu:
        menu = QMenu(self)
        for feature in self.workspace.features:
            if feature.id in self.docks:
                menu.addAction(self.docks[feature.id].toggleViewAction())
        return menu

    def _add_dock(self, feature: Feature) -> None:
        panel = self.panel(feature)
        dock = Dock(f"dock-{feature.id}", feature.title, panel, self.context.theme, self)
        panel.note_changed.connect(dock.show_note)
        self.docks[feature.id] = dock

    def _arrange(self, workspace: Workspace) -> None:
        stage = self.panel(workspace.stage)
        if self._stages.indexOf(stage) < 0:
            self._stages.addWidget(stage)
        self._stages.setCurrentWidget(stage)
        self.reset_layout()
        if workspace.id in self._layouts:
            self.restoreState(_bytes(self._layouts[workspace.id]), LAYOUT_VERSION)
        for feature in FEATURES:
            inside = feature in workspace.features
            for command in feature.commands:
                self.context.commands.action(command.id).setEnabled(inside)
            if feature.id in self.docks:
                self.docks[feature.id].toggleViewAction().setVisible(inside)
                if not inside:
                    self.docks[feature.id].hide()

    def _dock_menu(self, menu: QMenu) -> None:
        menu.addSeparator()
        for dock in self.docks.values():
            menu.addAction(dock.toggleViewAction())

    def _name_tabs(self) -> None:
        for bar in self.findChildren(QTabBar):  # Qt makes one where two panels share a place
            if not bar.accessibleName():
                bar.setAccessibleName("Panels that share this place")

    def _connect(self) -> None:
        context = self.context
        context.controller.details_wanted.connect(self.dialogs.ask_details)
        context.theme.changed.connect(self._draw_icon)
        self.status.problems_wanted.connect(self.dialogs.show_problems)
        for command_id, handler in self._handlers().items():
            context.commands.on(command_id, handler)

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        dialogs = self.dialogs
        return {
            **self.navigation.handlers(),
            **{each.command.id: partial(self.show_workspace, each) for each in WORKSPACES},
            **{each.show.id: partial(self.show_feature, each) for each in FEATURES if each.show},
            "view.palette": dialogs.show_palette,
            "view.theme": self._toggle_theme,
            "view.reset_layout": self.reset_layout,
            "view.keys": dialogs.show_keys,
            "view.problems": dialogs.show_problems,
            "view.about": dialogs.show_about,
            "session.sign_in": dialogs.show_sign_in,
            "session.sign_out": self.context.controller.sign_out,
            "session.quit": self._quit,
            "view.lab": self.show_lab,
        }

    def show_lab(self) -> None:
        """The policy lab, a window of its own; made when first asked for."""
        if self.lab is None:
            from console.ui.lab.window import LabWindow

            self.lab = LabWindow(self.context)
        self.lab.show()
        self.lab.raise_()
        self.lab.activateWindow()

    def _quit(self) -> None:
        if self.lab is None or self.lab.close():  # it may ask about an unsaved policy
            self.close()

    def _toggle_theme(self) -> None:
        self.context.settings["theme"] = self.context.theme.toggle()

    def _draw_icon(self) -> None:
        self.setWindowIcon(self.context.theme.icon("logo", "accent"))

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
            self.meters.frames.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        self.meters.frames.stop()
        super().closeEvent(event)


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "replace")))
