"""The panels around the stage: where they stand at first, and where the user put them."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QTabBar

from console.ui.state.feature import Area, Feature, Panel, Workspace
from console.ui.widgets.dock import Dock
from console.ui.widgets.theme import Theme

LAYOUT_VERSION = 2
"""Layouts that were saved with another one are not used."""

LEAST_STAGE = 400
"""Where the stage is narrower, the panels at its sides give way."""

LEAST_FOR_LIST = 900
"""Where the window is narrower, its list is a drawer."""

LEAST_FOR_INSPECTOR = 1100
"""Where the window is narrower, its inspectors are drawers; the keys of acts need none."""

LEAST_INSPECTOR = 350
"""Where an inspector is narrower, its buttons are cut: it gets its width back if there is room."""

LEAST_FOR_TWO = 600
"""Where the window is lower, two inspectors share one place, the lower one in front."""

_PLACES = {
    Area.LIST: Qt.DockWidgetArea.LeftDockWidgetArea,
    Area.INSPECTOR: Qt.DockWidgetArea.RightDockWidgetArea,
    Area.STRIP: Qt.DockWidgetArea.BottomDockWidgetArea,
}


def as_text(state: QByteArray) -> str:
    """A layout as Qt saves it, as a text for the settings."""
    return bytes(state.toBase64().data()).decode("ascii")


def from_text(text: str) -> QByteArray:
    """The layout that ``as_text`` made this text of."""
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "replace")))


class Docks(QObject):
    """The docks of ``window``, one for each feature that is not a stage.

    Every workspace has a layout of its own. ``layouts``: those of an earlier run by workspace id.
    In a narrow window lists and inspectors are drawers: put away until they are asked for.

    Signals:
        drawers_changed: other panels are drawers now, or one was opened or closed.
    """

    drawers_changed = Signal()

    def __init__(self, window: QMainWindow, theme: Theme, layouts: Mapping[str, object]) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._layouts = {id_: text for id_, text in layouts.items() if isinstance(text, str)}
        self._features: list[Feature] = []
        self._put_away: set[Dock] = set()
        self._opened: set[Dock] = set()
        self._sharing: list[Dock] = []
        self.by_id: dict[str, Dock] = {}
        window.setDockNestingEnabled(True)
        window.setAnimated(False)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)

    def add(self, feature: Feature, panel: Panel) -> None:
        """Give ``panel`` a dock."""
        dock = Dock(f"dock-{feature.id}", feature.title, panel, self._theme, self._window)
        panel.note_changed.connect(dock.show_note)
        self._features.append(feature)
        self.by_id[feature.id] = dock

    def remember(self, workspace: Workspace) -> dict[str, str]:
        """Keep where the panels of ``workspace`` are now; returns all layouts."""
        for area in (Area.LIST, Area.INSPECTOR):
            for dock in self._put_away & set(self._of(workspace, area)):
                dock.show()  # it was closed for want of room, not by the user
        self._put_below_each_other(workspace)
        self._layouts[workspace.id] = as_text(self._window.saveState(LAYOUT_VERSION))
        return dict(self._layouts)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show the panels of ``workspace`` where they were last."""
        self._opened.clear()
        self.reset(workspace)
        if workspace.id in self._layouts:
            self._window.restoreState(from_text(self._layouts[workspace.id]), LAYOUT_VERSION)
        self.hide_others(workspace)
        self._name_tabs()

    def hide_others(self, workspace: Workspace) -> None:
        """Hide the panels that do not belong to ``workspace``."""
        for feature in self._features:
            dock, inside = self.by_id[feature.id], feature in workspace.features
            dock.toggleViewAction().setVisible(inside)
            if not inside:
                dock.hide()

    def reset(self, workspace: Workspace) -> None:
        """Put every panel of ``workspace`` where it was at first."""
        for feature in self._features:
            dock = self.by_id[feature.id]
            dock.setFloating(False)
            self._window.addDockWidget(_PLACES[feature.area], dock)
            dock.setVisible(feature in workspace.panels)
        for first, second in pairwise(self._of(workspace, Area.STRIP)):
            self._window.tabifyDockWidget(first, second)
        self._sharing = []
        for upper, lower in pairwise(self._of(workspace, Area.INSPECTOR)):
            self._window.splitDockWidget(upper, lower, Qt.Orientation.Vertical)
        self._size_sides(workspace)
        self._size_inspectors(workspace)
        self._name_tabs()

    def bring_to_front(self, feature: Feature) -> None:
        """Show the dock of a feature that belongs to the workspace; a stage has none."""
        dock = self.by_id.get(feature.id)
        if dock is None:
            return
        opened = dock.isHidden()
        if feature.area is Area.INSPECTOR and self._is_narrow(Area.INSPECTOR):
            self._opened.add(dock)
        dock.show()
        dock.raise_()
        self.drawers_changed.emit()
        if opened and feature.area is Area.STRIP:
            height = max(dock.height(), min(280, self._window.height() * 32 // 100))
            self._window.resizeDocks([dock], [height], Qt.Orientation.Vertical)
        self._name_tabs()

    def make_room(self, workspace: Workspace) -> None:
        """Narrow the panels at the sides where they leave the stage too little.

        A narrow window puts its list and its inspectors away, and a wider one shows them again.
        """
        for area in (Area.INSPECTOR, Area.LIST):
            self._make_drawers(workspace, area)
        self.drawers_changed.emit()
        if self._window.height() < LEAST_FOR_TWO:
            self._put_behind_each_other(workspace)
        else:
            self._put_below_each_other(workspace)
        stage = self._window.centralWidget()
        inspectors = self._of(workspace, Area.INSPECTOR)
        cut = any(
            not dock.isHidden() and not dock.isFloating() and dock.width() < LEAST_INSPECTOR
            for dock in inspectors
        )
        if stage is not None and (stage.width() < LEAST_STAGE or cut):
            self._size_sides(workspace)

    def drawers(self, workspace: Workspace) -> dict[str, bool]:
        """The panels of ``workspace`` that are drawers now: whether each is open, by feature id."""
        found: dict[str, bool] = {}
        for feature in self._features:
            dock = self.by_id[feature.id]
            inside = feature in workspace.features and not dock.isFloating()
            shown = not dock.isHidden()
            if inside and self._is_narrow(feature.area) and (shown or dock in self._put_away):
                found[feature.id] = shown
        return found

    def close_drawer(self, feature: Feature) -> None:
        """Put the panel of ``feature`` away until it is asked for, or there is room."""
        dock = self.by_id[feature.id]
        self._opened.discard(dock)
        self._put_away.add(dock)
        dock.hide()
        self.drawers_changed.emit()

    def _is_narrow(self, area: Area) -> bool:
        width = self._window.width()
        if area is Area.LIST:
            open_beside = any(not dock.isHidden() for dock in self._opened)
            return width < (LEAST_FOR_INSPECTOR if open_beside else LEAST_FOR_LIST)
        return area is Area.INSPECTOR and width < LEAST_FOR_INSPECTOR

    def _make_drawers(self, workspace: Workspace, area: Area) -> None:
        narrow, focused = self._is_narrow(area), self._window.focusWidget()
        for dock in self._of(workspace, area):
            used = dock.isFloating() or (focused is not None and dock.isAncestorOf(focused))
            if narrow and not used and dock not in self._opened and not dock.isHidden():
                self._put_away.add(dock)
                dock.hide()
            elif not narrow and dock in self._put_away:
                self._put_away.discard(dock)
                dock.show()
            if not narrow:
                self._opened.discard(dock)

    def _put_behind_each_other(self, workspace: Workspace) -> None:
        """Two inspectors share one place where both together would be too low to be used."""
        inspectors = [
            dock
            for dock in self._of(workspace, Area.INSPECTOR)
            if not (dock.isFloating() or dock.isHidden())
        ]
        if self._sharing or len(inspectors) < 2:
            return
        if self._window.tabifiedDockWidgets(inspectors[0]):
            return  # the user put them there
        for upper, lower in pairwise(inspectors):
            self._window.tabifyDockWidget(upper, lower)
        inspectors[-1].raise_()
        self._sharing = inspectors
        self._name_tabs()

    def _put_below_each_other(self, workspace: Workspace) -> None:
        sharing, self._sharing = self._sharing, []
        if any(dock.isFloating() or dock.isHidden() for dock in sharing):
            return
        # Qt splits no place that several panels share: each has to be put there anew.
        for dock in sharing:
            self._window.removeDockWidget(dock)
        for dock in sharing:
            self._window.addDockWidget(_PLACES[Area.INSPECTOR], dock, Qt.Orientation.Vertical)
            dock.show()
        if sharing:
            self._size_sides(workspace)
            self._size_inspectors(workspace)

    def lift_detached(self) -> None:
        """Put detached panels above the window again."""
        # The desktop does not keep a panel above this window that was shown before the window.
        for dock in self.by_id.values():
            handle = dock.windowHandle()
            if dock.isFloating() and not dock.isHidden() and handle is not None:
                dock.hide()
                handle.setTransientParent(self._window.windowHandle())
                dock.show()

    def _size_sides(self, workspace: Workspace) -> None:
        width = self._window.width()
        wanted = {
            Area.LIST: max(212, min(288, width // 5)),
            Area.INSPECTOR: max(364, min(384, width // 4)),
        }
        for area, room in wanted.items():
            docks = self._of(workspace, area)[:1]
            self._window.resizeDocks(docks, [room][: len(docks)], Qt.Orientation.Horizontal)

    def _size_inspectors(self, workspace: Workspace) -> None:
        inspectors, height = self._of(workspace, Area.INSPECTOR), self._window.height()
        if len(inspectors) > 1:
            lowest = max(360, height * 56 // 100)
            heights = [max(140, height - lowest - 80), lowest]
            self._window.resizeDocks(inspectors[-2:], heights, Qt.Orientation.Vertical)

    def _of(self, workspace: Workspace, area: Area) -> list[Dock]:
        return [
            self.by_id[feature.id]
            for feature in self._features
            if feature.area is area and feature in workspace.features
        ]

    def _name_tabs(self) -> None:
        for bar in self._window.findChildren(QTabBar):  # Qt makes one where panels share a place
            if not bar.accessibleName():
                bar.setAccessibleName("Panels that share this place")
