"""The window: a rail of workspaces, and the stage and panels of the one that is shown."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from console.domain.phase import Phase
from console.ui.acts.act_log_panel import ActLogPanel
from console.ui.acts.feature import ACT_LOG
from console.ui.calls.heat_on_demand import HeatOnDemand
from console.ui.command_table.commands import NAVIGATE, VIEW, CommandSet
from console.ui.command_table.menus import fill_menus, grey_impossible
from console.ui.past_calls.feature import PAST_CALL
from console.ui.queue.feature import REVIEW
from console.ui.shell.call_visits import CallVisits
from console.ui.shell.call_windows import CallWindows
from console.ui.shell.commands import FRAME_COMMANDS, MENUS
from console.ui.shell.dialog_controller import DialogController
from console.ui.shell.docks import Docks, as_text, from_text
from console.ui.shell.features import ALL_OPEN, FEATURES, WORKSPACES
from console.ui.shell.item_commands import ITEM_COMMANDS
from console.ui.shell.key_guard import KeyGuard
from console.ui.shell.navigation import Navigation
from console.ui.shell.rail import Rail
from console.ui.shell.side_by_side import SideBySide
from console.ui.shell.stages import StageRoom, Stages
from console.ui.shell.stray_keys import StrayKeys
from console.ui.shell.strip import Strip
from console.ui.shell.tab_order import order_tabs
from console.ui.shell.window_alerts import WindowAlerts
from console.ui.state.feature import Area, Feature, Panel, Workspace
from console.ui.state.meters import Meters
from console.ui.state.window_context import WindowContext

SIZE = QSize(1440, 900)
ROW_MOVES = ("go.next", "go.previous")
FRAME = QSize(8, 40)
"""Room for the border and title the desktop adds, where the screen is small."""


class MainWindow(QMainWindow):
    """Shows the features and workspaces of ``console.ui.shell.features``."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("main")
        self.setWindowTitle("Moderator Console")
        self.meters = Meters(context.session, context.clock, self)
        self.panels: dict[str, Panel] = {}
        self.workspace = WORKSPACES[0]
        self._own_menus: dict[str, QMenu] = {}
        self.stages = Stages(context, self.panel)
        self.beside = SideBySide(context, self.stages)
        self.setCentralWidget(StageRoom(self.beside))
        self.rail = Rail(context, WORKSPACES)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.strip = Strip(context)
        self.setStatusBar(self.strip)
        self.key_guard = KeyGuard(self, context.controller, context.clock)
        context.commands.guard = self.key_guard.why_not
        self.dialogs = DialogController(
            context, self, self.meters, self._stage_panel, self.key_guard.watch
        )
        self.alerts = WindowAlerts(context, self, self.strip, self.dialogs)
        self.navigation = Navigation(self, self._stage_panel, self._walkers)
        self.visits = CallVisits(
            context, WORKSPACES[0], lambda: self.workspace, self.show_workspace, self
        )
        self.heat = HeatOnDemand(context, self)
        self.call_windows = CallWindows(context, self.key_guard, self)
        self.stray_keys = StrayKeys(context.commands, context.controller.say)
        self.docks = Docks(self, context.theme, context.settings["layouts"])
        for feature in FEATURES:
            if feature.area is not Area.STAGE:
                self.docks.add(feature, self.panel(feature))
                self.key_guard.watch(self.docks.by_id[feature.id])
        self.addActions(context.commands.actions())
        menus = fill_menus(
            self.menuBar(), context.commands.table, lambda _command: context.commands, MENUS
        )
        for menu in menus.values():
            grey_impossible(menu, context.commands, self.dialogs.why_not)
        menus[VIEW].addSeparator()
        menus[VIEW].addActions([dock.toggleViewAction() for dock in self.docks.by_id.values()])
        self._connect()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        if context.settings["window_geometry"]:
            self.restoreGeometry(from_text(context.settings["window_geometry"]))
        self._draw_icon()
        self._show(self.workspace)

    def panel(self, feature: Feature) -> Panel:
        """The panel of a feature; made when it is asked for the first time."""
        made = self.panels.get(feature.id)
        if made is None:
            made = self.panels[feature.id] = feature.panel(self.context)
            made.wanted.connect(partial(self.bring_to_front, feature))
            for command_id, handler in made.handlers().items():
                self.context.commands.on(command_id, self.beside.routed(command_id, handler))
        return made

    def show_workspace(self, workspace: Workspace) -> None:
        """Change to ``workspace`` and remember where the panels of the other one stand."""
        if workspace is not self.workspace:
            size = self.size()
            self.docks.remember(self.workspace)
            self._show(workspace)
            self._fit(size)
        else:
            self.stages.take_focus()

    def bring_to_front(self, feature: Feature) -> None:
        """Show the panel of ``feature``, in this workspace if it belongs here."""
        if feature not in self.workspace.features:
            self.show_workspace(next(each for each in WORKSPACES if feature in each.features))
        self.docks.bring_to_front(feature)

    def show_stage_of(self, stage: Feature) -> None:
        """Change to the workspace whose stage is ``stage``, if another one is shown."""
        if self.workspace.stage is not stage:
            self.show_workspace(next(each for each in WORKSPACES if each.stage is stage))

    def show_feature(self, feature: Feature) -> None:
        """Show the panel of ``feature`` and give it the keyboard."""
        self.bring_to_front(feature)
        self.panel(feature).take_focus()

    def reset_layout(self) -> None:
        """Put every panel of the workspace where it was at first."""
        size = self.size()
        self.docks.reset(self.workspace)
        self._fit(size)

    def _fit(self, size: QSize) -> None:
        """Back to ``size``: while panels came and went the window may have had to be larger."""

        def fit() -> None:
            self.docks.make_room(self.workspace)
            layout = self.layout()
            if layout is not None:
                layout.activate()  # what it asks for now, and not at the next event
            self.resize(size)

        QTimer.singleShot(0, self, fit)

    def createPopupMenu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions([dock.toggleViewAction() for dock in self.docks.by_id.values()])
        return menu

    def _stage_panel(self) -> Panel:
        return self.panel(self.workspace.stage)

    def _walkers(self) -> Iterator[Panel]:
        pane = self.beside.focused()
        if pane is not None:
            yield pane
        for feature in self.workspace.features:
            yield self.panel(feature)
        yield self.panel(ALL_OPEN)

    def _show(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.setUpdatesEnabled(False)
        self.docks.hide_others(workspace)  # or there would be no room for the next stage
        self.stages.show_stage(workspace.stage)
        self.docks.show_workspace(workspace)
        self.docks.make_room(workspace)
        self.beside.show_panes(shown=workspace is WORKSPACES[0])
        self.rail.show_current(workspace)
        self._offer_commands()
        docks = (self.docks.by_id[each.id] for each in FEATURES if each.area is not Area.STAGE)
        order_tabs((self.beside, *docks, self.rail, self.strip))
        self.setUpdatesEnabled(True)
        self.stages.take_focus()
        self.navigation.leave_hidden()

    def _offer_commands(self) -> None:
        """Enable the commands that work in this workspace; the keys of its stage come first."""
        workspace, commands = self.workspace, self.context.commands
        own = self._stage_panel().commands
        aims = any(feature.area is Area.INSPECTOR for feature in workspace.features)
        for command in commands.table.values():
            if command.act is not None:
                commands.action(command.id).setEnabled(aims)
        for feature in FEATURES:
            for command in feature.commands:
                commands.action(command.id).setEnabled(feature in workspace.features)
        for command in FRAME_COMMANDS:
            if command.group == NAVIGATE or command in ITEM_COMMANDS:
                in_lists = command.id in ROW_MOVES  # beside such a stage there may be a list
                commands.action(command.id).setEnabled(own is None or in_lists)
        if own is not None and workspace.id not in self._own_menus:
            self._own_menus[workspace.id] = self._menu_of(workspace, own)
        for workspace_id, menu in self._own_menus.items():
            menu.menuAction().setVisible(workspace_id == workspace.id)
        self._use_keys()

    def _menu_of(self, workspace: Workspace, own: CommandSet) -> QMenu:
        menu = self.menuBar().addMenu(f"&{workspace.title}")
        self._stage_panel().menus_filled(fill_menus(menu, own.table, lambda _command: own))
        return menu

    def _use_keys(self) -> None:
        own = self._stage_panel().commands
        taken = own.keys_in_use() if own is not None else frozenset()
        self.context.commands.set_keys(self.context.keymap.keys(), reserved=taken)

    def _connect(self) -> None:
        context = self.context
        context.controller.details_wanted.connect(self.dialogs.ask_details)
        context.past.opened.connect(partial(self.show_stage_of, PAST_CALL))
        context.labelling.other_wanted.connect(self.dialogs.ask_label)
        context.labelling.meant = lambda: self.navigation.panel().line_meant()
        context.theme.changed.connect(self._draw_icon)
        # After the stage has taken its new keys.
        context.keymap.changed.connect(self._use_keys, Qt.ConnectionType.QueuedConnection)
        self.rail.chosen.connect(self.show_workspace)
        self.rail.drawers.wanted.connect(self._use_drawer)
        self.docks.drawers_changed.connect(self._show_drawers)
        self.strip.problems_wanted.connect(self.dialogs.show_problems)
        self.strip.log_wanted.connect(partial(self._toggle, ACT_LOG))
        self.docks.by_id[ACT_LOG.id].visibilityChanged.connect(self.strip.show_log_open)
        context.commands.refused.connect(self._say_why_not)
        for command_id, handler in self._handlers().items():
            context.commands.on(command_id, handler)

    def _handlers(self) -> Mapping[str, Callable[[], object]]:
        dialogs = self.dialogs
        own = [(each, each.own_window) for each in FEATURES]
        return {
            **self.navigation.handlers(),
            **self.alerts.handlers(),
            **self.visits.handlers(),
            **{each.command.id: partial(self.show_workspace, each) for each in WORKSPACES},
            **{each.show.id: partial(self.show_feature, each) for each in FEATURES if each.show},
            **{way.command.id: partial(self.stages.open_window, each) for each, way in own if way},
            "go.heat": self._explain_heat,
            "call.beside": self._keep_beside,
            "call.close_beside": self.beside.close_one,
            "call.window": lambda: self.call_windows.open(self._calls_meant()),
            "view.palette": dialogs.show_palette,
            "view.theme": self._toggle_theme,
            "view.reset_layout": self.reset_layout,
            "view.settings": dialogs.show_settings,
            "view.retention": dialogs.show_retention,
            "view.speech_plugin": dialogs.show_speech_plugin,
            "help.words": dialogs.show_words,
            "view.keys": dialogs.show_keys,
            "view.problems": dialogs.show_problems,
            "view.clear_problems": self.context.controller.clear_problems,
            "view.about": dialogs.show_about,
            "session.sign_in": dialogs.show_sign_in,
            "session.handover": dialogs.show_handover,
            "evidence.show": lambda: dialogs.show_evidence(self._asked_about()),
            "session.new_store": self.context.controller.new_store,
            "session.try_now": self.context.controller.try_now,
            "session.sign_out": self._sign_out,
            "session.quit": self.close,
        }

    def _asked_about(self) -> dict[str, str]:
        """Of what evidence is wanted: where the keyboard is, then what is chosen."""
        context, held = self.context, self.navigation.panel()
        if isinstance(held, ActLogPanel) and (act_id := held.chosen_act()):
            return {"act_id": act_id}
        if context.desk.chosen:
            return {"item_id": context.desk.chosen[0]}
        queued = (context.session.queue.items.get(each) for each in context.controller.items)
        if self.workspace is REVIEW and (item := next(filter(None, queued), None)) is not None:
            return {"item_id": item.entity_id}
        target = context.controller.target
        return {"user_id": target.user_id} if target is not None else {}

    def _explain_heat(self) -> str:
        cid, place = self._stage_panel().call_meant()
        return self.heat.explain(cid or next(iter(self._calls_meant()), ""), place)

    def _calls_meant(self) -> tuple[str, ...]:
        controller = self.context.controller
        return self._stage_panel().calls_meant() or (controller.reading or controller.cid,)

    def _keep_beside(self) -> str:
        first, *others = cids = self._calls_meant()
        if others:
            self.visits.enter(first)
        elif first and self.workspace is not WORKSPACES[0]:
            self.visits.enter(self.context.controller.cid)
        return self.beside.keep(others or cids)

    def _toggle(self, feature: Feature) -> None:
        dock = self.docks.by_id[feature.id]
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            self.show_feature(feature)

    def _show_drawers(self) -> None:
        drawers = self.docks.drawers(self.workspace)
        self.rail.drawers.show_drawers(
            tuple((each, drawers[each.id]) for each in FEATURES if each.id in drawers)
        )

    def _use_drawer(self, feature: Feature) -> None:
        if self.docks.by_id[feature.id].isHidden():
            self.show_feature(feature)
            self.docks.make_room(self.workspace)
        else:
            self.docks.close_drawer(feature)
            self.stages.take_focus()

    def _say_why_not(self, title: str, sentence: str) -> None:
        self.context.controller.say(f"{title}: {sentence}", "warn")

    def _sign_out(self) -> str:
        if self.context.session.state.phase is Phase.SIGNED_OUT:
            return "You are signed out already."
        self.context.controller.sign_out()
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing else took: say why it does nothing here."""
        if not self.stray_keys.take(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Nothing here gives one; Qt would lay it over the strip, which tells what is done now.
        return event.type() is QEvent.Type.StatusTip or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.navigation.leave_hidden()

    def _toggle_theme(self) -> None:
        self.context.settings["theme"] = self.context.theme.toggle()

    def _draw_icon(self) -> None:
        self.setWindowIcon(self.context.theme.icon("logo", "accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self.docks.make_room(self.workspace))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            QTimer.singleShot(0, self, self.docks.lift_detached)
            self.meters.frames.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        settings = self.context.settings
        settings["window_geometry"] = as_text(self.saveGeometry())
        settings["layouts"] = self.docks.remember(self.workspace)
        if not all(panel.may_close(self.close) for panel in self.panels.values()):
            event.ignore()
            return
        self.stages.close_windows()
        self.call_windows.close_all()
        self.meters.frames.stop()
        super().closeEvent(event)
