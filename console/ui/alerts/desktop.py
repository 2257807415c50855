"""What reaches somebody outside of the window: sounds, taskbar or dock, notifications, speech."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from console.ui.alerts.sound import Sounds

NO_TRAY = "There are no desktop notifications: this desktop has no place for them (a system tray)."
SHOWN_MS = 10_000


class Desktop:
    """Acts for one window. ``opened`` is called when somebody presses the last notification."""

    def __init__(self, window: QWidget, sounds: Sounds, opened: Callable[[], object]) -> None:
        self._window = window
        self.sounds = sounds
        self._opened = opened
        self._tray: QSystemTrayIcon | None = None

    @property
    def why_no_notification(self) -> str:
        """Why there can be no notification, in one sentence; "" where there can."""
        possible = QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()
        return "" if possible else NO_TRAY

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

    def notify(self, title: str, body: str, *, critical: bool) -> None:
        """Show a notification of the desktop; ``title`` and ``body`` are plain text."""
        if self.why_no_notification:
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self._window)
            self._tray.setToolTip(self._window.windowTitle())
            self._tray.messageClicked.connect(self._opened)
            self._tray.activated.connect(lambda _reason: self._opened())
            self._tray.show()
        icon = QSystemTrayIcon.MessageIcon
        kind = icon.Critical if critical else icon.Warning
        self._tray.showMessage(title, body, kind, SHOWN_MS)

    def announce(self, words: str, *, urgent: bool) -> None:
        """Let a screen reader say ``words``, at once where they are ``urgent``."""
        event = QAccessibleAnnouncementEvent(self._window, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
