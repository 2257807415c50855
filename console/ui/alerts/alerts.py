"""Tells of raised lines: decides with ``decide``, and lets sounds and the desktop do it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from console.domain.raised import RaisedItem
from console.domain.verdict import Severity
from console.ui.alerts.alert_rows import RowKey, Subject, Way, read_rows, write_rows
from console.ui.alerts.alert_words import (
    WAY_WORDS,
    alert_body,
    alert_title,
    row_words,
    snooze_words,
)
from console.ui.alerts.announcements import Announcements
from console.ui.alerts.decide import Alert, Decider, Looking
from console.ui.state.settings_table import ALERT_SETTINGS
from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import count
from console.ui.widgets.timers import one_shot

SNOOZE_S = 600.0
TELL_HELD_MS = 60_000
COMES_MS = 1000
"""How often it is looked whether a snooze is over."""


class Reach(Protocol):
    """What can reach somebody who looks elsewhere; see ``console.ui.alerts.desktop``."""

    def play(self, *, critical: bool) -> None:
        """Make a sound."""

    def ask_attention(self) -> None:
        """Let the taskbar or dock show that the window wants to be looked at."""

    def notify(
        self, title: str, body: str, *, critical: bool, show: Callable[[], object] | None = None
    ) -> None:
        """Show a notification of the desktop; ``show`` shows what it is about, at a press."""

    def announce(self, words: str, *, urgent: bool) -> None:
        """Let a screen reader say it."""


class Alerts(QObject):
    """Belongs to one window.

    Signals:
        snoozes_changed: what is silent for a while, or the rows, are others now.
    """

    snoozes_changed = Signal()

    def __init__(
        self,
        context: WindowContext,
        reach: Reach,
        looking: Callable[[], Looking],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._reach, self._looking = context, reach, looking
        self._decider = Decider()
        self._began = False
        self._announcements = Announcements(context, self._announce, self)
        self._held = one_shot(TELL_HELD_MS, self)
        self._held.timeout.connect(self._tell_held)
        session = context.session
        session.raised.changed.connect(self._on_raised)
        session.cleared.connect(self._forget)
        context.settings.changed.connect(self._on_setting)

    @property
    def rows(self) -> dict[RowKey, frozenset[Way]]:
        """What alerts in which ways: the severities, and what was set for others."""
        settings = self._context.settings
        own = read_rows(settings["alert_rows"])
        grave = {
            RowKey(Subject.SEVERITY, severity): frozenset(map(Way, settings[name]))
            for name, severity in ALERT_SETTINGS.items()
        }
        return {**grave, **own}

    def set_ways(self, key: RowKey, ways: Iterable[Way]) -> None:
        """Let what ``key`` is about alert in these ways."""
        settings, kept = self._context.settings, [str(way) for way in Way if way in set(ways)]
        name = next((each for each, grave in ALERT_SETTINGS.items() if grave == key.name), "")
        if key.subject is Subject.SEVERITY:
            settings[name] = kept
        else:
            settings["alert_rows"] = {**settings["alert_rows"], key.text: kept}

    def remove(self, key: RowKey) -> None:
        """What ``key`` is about alerts by its label or severity again."""
        rows = read_rows(self._context.settings["alert_rows"])
        rows.pop(key, None)
        self._context.settings["alert_rows"] = write_rows(rows)

    def snoozed(self) -> dict[RowKey | Way, float]:
        """What is silent now, and until when (unix seconds)."""
        return self._decider.snoozes.running(self._context.clock.now())

    def snooze(self, what: RowKey | Way, seconds: float = SNOOZE_S) -> None:
        """Be silent about it for so long, and say so; 0.0 ends it."""
        now = self._context.clock.now()
        if seconds <= 0.0:
            self._decider.snoozes.end(what)
        else:
            self._decider.snoozes.snooze(what, now + seconds)
            self._context.controller.say(f"{snooze_words(self.called(what), now + seconds)}.")
        self.snoozes_changed.emit()

    def toggle(self, what: RowKey | Way) -> None:
        """Snooze it, or end that."""
        self.snooze(what, 0.0 if what in self.snoozed() else SNOOZE_S)

    def end_snoozes(self) -> None:
        """Nothing is silent any more."""
        for what in self.snoozed():
            self._decider.snoozes.end(what)
        self.snoozes_changed.emit()

    def called(self, what: RowKey | Way) -> str:
        """How a row or a way is called, safe to look at."""
        if isinstance(what, Way):
            return WAY_WORDS[what]
        call = self._context.session.call(what.name) if what.subject is Subject.CALL else None
        return row_words(what, call.name if call is not None else "")

    def show(self, raised: RaisedItem) -> None:
        """Go to the line of an alert, in its call."""
        self._context.controller.show_line(raised.item.cid, raised.item_id)

    def _on_raised(self, ids: tuple[str, ...]) -> None:
        raised = self._context.session.raised
        if not ids and not self._began:
            self._began = True
            self._decider.note(raised)  # they were open before this window was
            self._announcements.note(raised)
            return
        found = (raised.find(item_id) for item_id in ids) if ids else iter(raised)
        items = [each for each in found if each is not None]
        settings, now = self._context.settings, self._context.clock.now()
        most = settings["alerts_a_minute"]
        given = self._decider.alerts(items, self.rows, self._looking(), now, most)
        self._give(given)
        self._announce_raised(items)
        if self._decider.pace.held and not self._held.isActive():
            self._held.start()

    def _give(self, given: list[Alert]) -> None:
        """Several that come at once are one sound, and as many notifications as there are."""
        for alert in given:
            if Way.NOTIFICATION in alert.ways:
                cid = alert.raised.item.cid
                call = self._context.session.call(cid)
                body = alert_body(alert, call.name if call is not None else cid)
                show = partial(self.show, alert.raised)
                title = alert_title(alert)
                self._reach.notify(title, body, critical=alert.critical, show=show)
        ways = frozenset[Way]().union(*(alert.ways for alert in given))
        if Way.SOUND in ways:
            loud = [alert for alert in given if Way.SOUND in alert.ways]
            self._reach.play(critical=any(alert.critical for alert in loud))
        if Way.ATTENTION in ways:
            self._reach.ask_attention()

    def _announce_raised(self, items: list[RaisedItem]) -> None:
        least = Severity(self._context.settings["announce_from"]).rank
        self._announcements.raised(
            each for each in items if each.is_open and each.verdict.severity.rank >= least
        )

    def _announce(self, words: str, urgent: bool) -> None:
        self._reach.announce(words, urgent=urgent)

    def _tell_held(self) -> None:
        held = self._decider.pace.held
        if held:
            most = self._context.settings["alerts_a_minute"]
            words = f"{count(held, 'alert')} held back: more than {most} came in a minute."
            self._context.controller.say(words, "warn")

    def _on_setting(self, name: str) -> None:
        if name == "alert_rows" or name in ALERT_SETTINGS:
            self.snoozes_changed.emit()

    def _forget(self) -> None:
        self._began = False
        self._decider.clear()
