"""One window program put together: the parts, their wiring, and what is measured at the start."""

import logging
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
from console.domain.sign_in import Profile
from console.protocol.to_window import EngineState, Phase, Problem, ToWindow
from console.ui.acts.acts_model import ActsModel
from console.ui.calls.calls_model import CallsModel
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.people.people_model import PeopleModel
from console.ui.shell import qt_log
from console.ui.state.aio import Slots
from console.ui.state.controller import WindowController
from console.ui.state.engine_client import EngineClient
from console.ui.state.engine_link import EngineLink
from console.ui.state.garbage_collector import set_program_aside
from console.ui.state.meters import Meters
from console.ui.state.profiles import Profiles
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.theme import Theme
from console.ui.widgets.typeface import use_typeface

log = logging.getLogger(__name__)


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


def engine_program(home: Path | None) -> list[str]:
    """The command line of the engine child."""
    where = ["--home", str(home)] if home is not None else []
    return [sys.executable, "-m", "console", *where, "engine"]


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
    """Ties session, models, engine and window.

    ``start`` shows the window; the engine starts after the first paint.
    """

    def __init__(
        self,
        paths: Paths,
        program: Sequence[str],
        slots: Slots,
        *,
        clock: Clock | None = None,
        secrets: Secrets | None = None,
        theme: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        clock = clock or SystemClock()
        settings = Settings(paths.config / "settings.json", self)
        settings.load()
        keymap = Keymap(paths.config / "keys.json", self)
        keymap.load()
        session = SessionState(clock, parent=self)
        engine = EngineClient(program, self)
        link = EngineLink(engine, self)
        transcript = TranscriptModel(session, self)
        self.engine = engine
        self.window: QWidget | None = None
        self.parts = WindowContext(
            clock=clock,
            session=session,
            engine=engine,
            link=link,
            controller=WindowController(session, link, clock, self),
            commands=CommandSet(keymap.keys(), self),
            keymap=keymap,
            settings=settings,
            theme=Theme(theme or settings["theme"]),
            profiles=Profiles(paths.config / "profiles.json", secrets or Secrets(), self),
            meters=Meters(session, transcript, clock, self),
            calls=CallsModel(session, clock, self),
            people=PeopleModel(session, clock, self),
            transcript=transcript,
            acts=ActsModel(session, parent=self),
            slots=slots,
        )
        self._first_sign_in: tuple[Profile, str] | None = None
        self._wire()

    def start(
        self,
        build_window: Callable[[WindowContext], QWidget],
        sign_in: tuple[Profile, str] | None = None,
    ) -> None:
        """Show the window, then start the engine.

        With ``sign_in`` the engine signs in with it; else with the profile used last, if its
        secret is known.
        """
        self._first_sign_in = sign_in
        window = build_window(self.parts)
        self.window = window
        FirstPaint(window, self._on_first_paint)
        window.show()

    async def close(self) -> None:
        """End the engine; the window is gone or about to."""
        if self.window is not None and self.window.isVisible():
            self.window.close()  # not hide: a window that is told to end keeps its layout too
        self.parts.meters.frames.stop()
        self.engine.stop()

    def _wire(self) -> None:
        parts = self.parts
        session = parts.session
        self.engine.message_received.connect(self._on_message)
        self.engine.died.connect(session.engine_lost)
        self.engine.refused.connect(self._on_engine_refused)
        session.state_changed.connect(self._on_state_changed)
        parts.controller.call_chosen.connect(parts.transcript.set_cid)
        parts.commands.act_wanted.connect(parts.controller.request_act)
        parts.commands.on("undo", parts.controller.undo_last)
        parts.keymap.changed.connect(lambda: parts.commands.set_keys(parts.keymap.keys()))
        parts.calls.set_pinned(parts.settings["pinned_calls"])
        parts.calls.set_sort(parts.settings["calls_sort"])
        parts.calls.pins_changed.connect(self._on_pins_changed)
        parts.transcript.set_raised_only(parts.settings["raised_only"])
        parts.transcript.set_show_notices(parts.settings["show_notices"])
        parts.settings.changed.connect(self._on_setting_changed)

    def _on_message(self, message: ToWindow) -> None:
        # One message that we mishandle must not cost the ones after it.
        try:
            self.parts.session.apply(message)
        except Exception:
            log.exception("a message of the engine could not be taken in")
            self._tell("window", "The window could not take in a message of the engine.")

    def _on_first_paint(self) -> None:
        parts = self.parts
        parts.meters.first_paint_ms = since_process_start()
        set_program_aside()
        parts.meters.frames.start()
        self.engine.start()
        for source in (parts.settings, parts.keymap):
            if source.trouble:
                self._tell("settings", source.trouble)
        if self._first_sign_in is not None:
            parts.controller.sign_in(*self._first_sign_in)
            return
        try:
            parts.profiles.load()
        except WorldError as error:
            self._tell("profiles", str(error))
        if parts.settings["sign_in_at_start"]:
            parts.slots.spawn(self._sign_in_again(), "sign in again")

    async def _sign_in_again(self) -> None:
        parts = self.parts
        profile = parts.profiles.find(parts.settings["profile"])
        if profile is None:
            return
        secret = await parts.profiles.secret(profile.name)
        if secret:
            parts.controller.sign_in(profile, secret)

    def _on_state_changed(self, state: EngineState) -> None:
        meters = self.parts.meters
        if state.phase is Phase.LIVE and state.directory_complete and not meters.ready_ms:
            meters.ready_ms = since_process_start()
        if state.phase is Phase.LIVE and self.parts.profiles.find(state.profile) is not None:
            self.parts.settings["profile"] = state.profile

    def _on_engine_refused(self, sentence: str) -> None:
        session = self.parts.session
        session.engine_up = False
        session.apply(
            EngineState(
                phase=Phase.REFUSED, sentence=sentence, advice="Install the program once more."
            )
        )
        self._tell("engine", sentence)

    def _on_pins_changed(self, cids: tuple[str, ...]) -> None:
        self.parts.settings["pinned_calls"] = list(cids)

    def _on_setting_changed(self, name: str) -> None:
        parts = self.parts
        value = parts.settings[name]
        match name:
            case "theme":
                parts.theme.choose(value)
            case "calls_sort":
                parts.calls.set_sort(value)
            case "raised_only":
                parts.transcript.set_raised_only(value)
            case "show_notices":
                parts.transcript.set_show_notices(value)

    def _tell(self, place: str, sentence: str) -> None:
        parts = self.parts
        parts.session.report(Problem(place=place, sentence=sentence, at=parts.clock.now()))
