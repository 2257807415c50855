"""What reaches somebody outside of the window: sounds, taskbar or dock, notifications, speech."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from console.base.plain_text import visible
from console.base.tasks import Tasks
from console.ui.alerts.notification_bus import Note, NotificationBus
from console.ui.alerts.sound import Sounds

NO_PLACE = (
    "There are no desktop notifications: this desktop has neither a service for them (D-Bus) nor a"
    " system tray."
)
SHOWN_MS = 10_000

_SIGNS = str.maketrans({"<": "‹", ">": "›", "&": "+"})
"""Some desktops read markup in notifications."""


def harmless(text: str) -> str:
    """What a desktop may show: nothing in it is read as markup, nothing deceives."""
    return "\n".join(visible(line) for line in text.split("\n")).translate(_SIGNS)


class Desktop:
    """Acts for one window.

    Args:
        address: of the session's D-Bus; "" where there is none.
        opened: called before what belongs to a notification that somebody presses.
        failed: told once, in a sentence, that there are no notifications.
    """

    def __init__(
        self,
        window: QWidget,
        sounds: Sounds,
        tasks: Tasks,
        address: str,
        opened: Callable[[], object],
        failed: Callable[[str], object],
    ) -> None:
        self._window = window
        self.sounds = sounds
        self._opened, self._on_failed = opened, failed
        self._bus = NotificationBus(address, tasks, self._not_by_bus)
        self._why_not = ""
        self._tray: QSystemTrayIcon | None = None
        self._last: Callable[[], object] = opened
        """What a press in the tray opens: it does not say which notification was pressed."""

    @property
    def why_no_notification(self) -> str:
        """Why there can be no notification, in one sentence; "" where there can, or may be."""
        if _has_tray():
            return ""
        return self._why_not if self._bus.possible else NO_PLACE

    def troubles(self) -> list[str]:
        """Why something of this cannot work here, one sentence each."""
        self.sounds.look()
        return [why for why in (self.sounds.why_silent, self.why_no_notification) if why]

    def play(self, *, critical: bool) -> None:
        """Play the sound of a raised line, or of a critical one."""
        self.sounds.play(critical=critical)

    def ask_attention(self) -> None:
        """Let the taskbar or dock show that the window wants to be looked at, until it is."""
        QApplication.alert(self._window)

    def notify(
        self, title: str, body: str, *, critical: bool, show: Callable[[], object] | None = None
    ) -> None:
        """Show a notification of the desktop; ``show`` shows what it is about, at a press."""

        def opened() -> None:
            self._opened()
            if show is not None:
                show()

        note = Note(harmless(title), harmless(body), critical, opened)
        if self._bus.possible:
            self._why_not = ""
            self._bus.show(note)
        else:
            self._by_tray(note)

    def announce(self, words: str, *, urgent: bool) -> None:
        """Let a screen reader say ``words``, at once where they are ``urgent``."""
        event = QAccessibleAnnouncementEvent(self._window, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)

    def _not_by_bus(self, note: Note, why: str) -> None:
        if _has_tray():
            self._by_tray(note)
            return
        self._why_not = f"A desktop notification could not be shown: {why}"
        self._on_failed(self._why_not)

    def _by_tray(self, note: Note) -> None:
        if not _has_tray():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self._window)
            self._tray.setToolTip(self._window.windowTitle())
            self._tray.messageClicked.connect(lambda: self._last())
            self._tray.activated.connect(lambda _reason: self._opened())
            self._tray.show()
        self._last = note.opened
        icon = QSystemTrayIcon.MessageIcon
        kind = icon.Critical if note.critical else icon.Warning
        self._tray.showMessage(note.title, note.body, kind, SHOWN_MS)


def _has_tray() -> bool:
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
