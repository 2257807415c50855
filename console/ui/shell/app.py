"""One window program from its start to its end."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from console.base.clock import Clock, SystemClock
from console.base.errors import WorldError
from console.base.paths import APP_NAME, Paths, resources
from console.base.secrets import Secrets
from console.base.tasks import Tasks
from console.domain.phase import Phase
from console.domain.sign_in import Profile
from console.protocol.to_window import EngineState
from console.ui.shell import qt_log
from console.ui.shell.assembly import assemble, report
from console.ui.state.engine_client import EngineClient
from console.ui.state.garbage_collector import set_program_aside
from console.ui.state.window_context import WindowContext
from console.ui.widgets.typeface import scale_text, use_typeface


def build_application(argv: Sequence[str]) -> QApplication:
    """The QApplication, named; an existing one is used as it is."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qt_log.install()
    app = QApplication(list(argv))
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("Moderator Console")
    app.setDesktopFileName(APP_NAME)
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, on=True)
    use_typeface(app, resources() / "fonts")
    return app


def engine_program(home: Path | None, clock: SystemClock | None = None) -> list[str]:
    """The command line of the engine child; ``clock`` unless it is the machine's own."""
    where = ["--home", str(home)] if home is not None else []
    time = [f"--clock-speed={clock.speed}@{clock.origin}"] if clock is not None else []
    return [sys.executable, "-m", "console", *where, "engine", *time]


def since_process_start() -> float:
    """Milliseconds since this process began."""
    # psutil ships no types.
    began: float = psutil.Process().create_time()  # type: ignore[no-untyped-call]
    return (time.time() - began) * 1000.0


class FirstPaint(QObject):
    """Calls once, right after a widget was painted for the first time."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)  # after the paint, not before it
        return False


class Console(QObject):
    """One window program: the context, the engine, and when they begin and end.

    ``start`` shows the window; the engine starts after the first paint.

    Attributes:
        first_paint_ms, ready_ms: milliseconds since the process began; 0.0 until it happened.
    """

    def __init__(
        self,
        paths: Paths,
        program: Sequence[str],
        tasks: Tasks,
        *,
        clock: Clock | None = None,
        secrets: Secrets | None = None,
        theme: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.engine = EngineClient(program, self)
        self.context = assemble(
            paths, self.engine, tasks, clock=clock, secrets=secrets, theme=theme, parent=self
        )
        self.window: QWidget | None = None
        self.first_paint_ms = 0.0
        self.ready_ms = 0.0
        self._first_sign_in: tuple[Profile, str] | None = None
        self._to_come = ""
        self.context.session.state_changed.connect(self._on_state_changed)

    def start(
        self,
        build_window: Callable[[WindowContext], QWidget],
        sign_in: tuple[Profile, str] | None = None,
        *,
        to_come: str = "",
    ) -> None:
        """Show the window, then start the engine.

        With ``sign_in`` the engine signs in with it; else with the profile used last, if its
        secret is known. ``to_come``: a profile with which the caller signs in soon instead.
        """
        self._first_sign_in, self._to_come = sign_in, to_come
        settings = self.context.settings
        last = settings["profile"] if settings["sign_in_at_start"] else ""
        if profile := sign_in[0].name if sign_in else to_come or last:
            self.context.session.begin(profile)
        scale_text(self.context.settings["text_size"])
        window = build_window(self.context)
        self.window = window
        FirstPaint(window, self._on_first_paint)
        window.show()

    async def close(self) -> None:
        """End the engine; the window is gone or about to."""
        if self.window is not None and self.window.isVisible():
            self.window.close()  # not hide: only a window that closes saves its layout
        self.engine.stop()

    def _on_first_paint(self) -> None:
        context = self.context
        self.first_paint_ms = since_process_start()
        set_program_aside()
        self.engine.start()
        if self._first_sign_in is not None:
            context.controller.sign_in(*self._first_sign_in)
            return
        try:
            context.profiles.load()
        except WorldError as error:
            report(context, "profiles", str(error))
        if context.settings["sign_in_at_start"] and not self._to_come:
            context.tasks.spawn(self._sign_in_again(), name="sign in again")

    async def _sign_in_again(self) -> None:
        context = self.context
        profile = context.profiles.find(context.settings["profile"])
        secret = await self._secret_of(profile) if profile is not None else None
        if profile is None or not secret:
            context.session.begin_nothing()
        elif context.session.beginning:  # nobody has signed in otherwise, or does not want to
            context.controller.sign_in(profile, secret)

    async def _secret_of(self, profile: Profile) -> str | None:
        try:
            return await self.context.profiles.secret(profile.name)
        except WorldError as error:
            report(self.context, "keyring", str(error))
            return None

    def _on_state_changed(self, state: EngineState) -> None:
        if state.phase is Phase.LIVE and state.directory_complete and not self.ready_ms:
            self.ready_ms = since_process_start()
