"""Alerts in one window: what its reader looks at, its commands, and what its strip says of them."""

import os
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from console.base.paths import resources
from console.protocol.to_window import Problem
from console.ui.alerts.alert_rows import RowKey, Subject, Way
from console.ui.alerts.alerts import Alerts
from console.ui.alerts.alerts_dialog import AlertsDialog
from console.ui.alerts.commands import SHOW, SNOOZE_CALL, SNOOZE_SOUND
from console.ui.alerts.decide import Looking
from console.ui.alerts.desktop import Desktop
from console.ui.alerts.notification_bus import bus_address
from console.ui.alerts.sound import NO_SCREEN, Sounds
from console.ui.alerts.watched_alerts import WatchedAlerts
from console.ui.automation.tells import Tells
from console.ui.shell.dialog_controller import DialogController
from console.ui.shell.strip import Strip
from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import clock_minute
from console.ui.widgets.timers import ticking

LOOK_MS = 1000
"""How often it is looked whether a snooze is over, while there is one."""


class WindowAlerts(QObject):
    """Belongs to one window."""

    def __init__(
        self,
        context: WindowContext,
        window: QWidget,
        strip: Strip,
        dialogs: DialogController,
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._strip = context, window, strip
        self._dialogs = dialogs
        sounds = Sounds(resources() / "sounds", self)
        sounds.silent.connect(lambda why: self._report("sound", why))
        self.desktop = Desktop(
            window,
            sounds,
            context.tasks,
            bus_address(os.environ) if QGuiApplication.platformName() not in NO_SCREEN else "",
            self._open,
            lambda why: self._report("notifications", why),
        )
        self.alerts = Alerts(context, self.desktop, self.looking, self)
        self.tells = Tells(context, self.desktop, self)
        self.watched = WatchedAlerts(context, self.desktop, self.looking, self)
        self._look = ticking(LOOK_MS, self)
        self._look.timeout.connect(self._show_silence)
        self.alerts.snoozes_changed.connect(self._show_silence)
        strip.silence_over.connect(self.alerts.end_snoozes)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What does the commands of alerts."""
        return {
            SHOW: self.show_dialog,
            SNOOZE_SOUND: lambda: self.alerts.toggle(Way.SOUND),
            SNOOZE_CALL: self._snooze_call,
        }

    def looking(self) -> Looking:
        """What the reader has before them now."""
        active = QApplication.activeWindow() is not None
        seen, chosen = self._context.session.heat.seen_cids, self._context.desk.chosen
        return Looking(window=active, cids=seen, item_ids=frozenset(chosen))

    def show_dialog(self) -> None:
        """Show and change what alerts."""
        session, troubles = self._context.session, self.desktop.troubles()
        self._dialogs.show(AlertsDialog(self.alerts, session, troubles, self._window))

    def _snooze_call(self) -> str:
        target = self._context.controller.call_target()
        if target is None:
            return "Choose a call first."
        self.alerts.toggle(RowKey(Subject.CALL, target.cid))
        return ""

    def _show_silence(self) -> None:
        silent = self.alerts.snoozed()
        if silent:
            self._look.start()
        else:
            self._look.stop()
        what = ", ".join(self.alerts.called(each) for each in silent)
        until = clock_minute(max(silent.values())) if silent else ""
        self._strip.show_silence(f"Silent until {until}" if silent else "", what)

    def _open(self) -> None:
        """A notification was pressed: let the window be seen."""
        window = self._window
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _report(self, place: str, why: str) -> None:
        now = self._context.clock.now()
        self._context.session.report(Problem(place=place, sentence=why, at=now))
