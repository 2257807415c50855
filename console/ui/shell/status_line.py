"""The status bar: connection, delays, waiting lines, engine, problems. Numbers are measured."""

from msgspec import Struct
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStatusBar, QWidget

from console.base.percentiles import Percentiles
from console.base.plain_text import visible
from console.domain.acts.table import spec_of
from console.domain.sign_in import Method
from console.protocol.to_window import EngineState, Phase, Pulse
from console.ui.state.health import Health, all_words
from console.ui.state.meters import Meters
from console.ui.state.window_context import WindowContext
from console.ui.widgets.badge_words import count, milliseconds
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip

REFRESH_MS = 1000
SAID_MS = 6000
SLOW_WAIT_MS = 3000.0
"""From here on a growing wait for verdicts is coloured."""

_PHASES = {
    Phase.SIGNED_OUT: ("signed out", "idle"),
    Phase.CONNECTING: ("connecting", "warn"),
    Phase.LIVE: ("live", "good"),
    Phase.RECONNECTING: ("reconnecting", "warn"),
    Phase.REFUSED: ("refused", "bad"),
}
_INKS = {"good": "good", "warn": "warn", "bad": "bad", "idle": "faint"}


class Cell(Struct, frozen=True):
    """What one cell of the bar says: words, colour token and tooltip."""

    words: str
    token: str = ""
    help: str = ""


def connection_cell(state: EngineState) -> Cell:
    """The connection in one word, and who is signed in."""
    word, token = _PHASES[state.phase]
    who = f" · {visible(state.profile)}" if state.profile else ""
    help_text = f"{state.sentence} {state.advice}".strip()
    if state.user_id:
        help_text = f"{help_text}\nSigned in as {state.user_id}".strip()
    return Cell(f"{word}{who}", token, help_text)


def delay_cell(name: str, span: Percentiles) -> Cell:
    """A delay of the last minute."""
    if not span.n:
        return Cell(f"{name} –", "idle", "Nothing was measured in the last minute.")
    words = f"{name} {milliseconds(span.p50)} / {milliseconds(span.p95)}"
    help_text = (
        f"Half of the last minute's {count(span.n, 'line')} took at most "
        f"{milliseconds(span.p50)}, 95 of 100 at most {milliseconds(span.p95)}, "
        f"99 of 100 at most {milliseconds(span.p99)}."
    )
    return Cell(words, "", help_text)


def waiting_cell(pulse: Pulse | None, now: float) -> Cell:
    """Lines that wait for their deciding verdict; a growing wait is coloured and says so."""
    if pulse is None or not pulse.waiting:
        return Cell("0 waiting", "idle", "Every line has its deciding verdict.")
    words = f"{pulse.waiting:,} waiting"
    slow = pulse.oldest_waiting_ms >= SLOW_WAIT_MS
    if slow:
        words += f" · oldest {milliseconds(pulse.oldest_waiting_ms)}"
    help_text = f"{count(pulse.checks_in_flight, 'check')} under way."
    if pulse.limited_until > now:
        words += " · held back"
        help_text += f" Stream asked to hold back for {pulse.limited_until - now:.0f} s more."
    return Cell(words, "warn" if slow or pulse.limited_until > now else "", help_text)


def disagreements_cell(state: EngineState, pulse: Pulse | None) -> Cell:
    """How often Stream's verdict was another one than the policy's here."""
    many = pulse.disagreements if pulse is not None else 0
    words = count(many, "disagreement") if many else "No disagreements"
    if state.method is Method.TOKEN and not many:
        return Cell(words, "idle", "Without the app's secret only the policy here judges.")
    help_text = "Lines since the sign-in that Stream judged otherwise than the policy here."
    return Cell(words, "" if many else "idle", help_text)


def engine_cell(up: bool, health: Health) -> Cell:
    """Whether the engine runs, what it needs, and what was counted."""
    if not up:
        return Cell("engine down", "bad", f"The engine is being started.\n{all_words(health)}")
    memory = f" · {health.pulse.rss_mb:.0f} MB" if health.pulse and health.pulse.rss_mb else ""
    again = f" · {health.restarts:,}× restarted" if health.restarts else ""
    words = f"engine{memory}{again}"
    return Cell(words, "warn" if again else "", all_words(health))


class StatusLine(QStatusBar):
    """Refreshes once a second and on every change of state.

    Signals:
        problems_wanted: somebody asked for the list of problems.
    """

    problems_wanted = Signal()

    def __init__(self, context: WindowContext, meters: Meters) -> None:
        super().__init__()
        self._context = context
        self._meters = meters
        theme = self._theme = context.theme
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._dot = PlainLabel()
        self.connection = PlainLabel()
        self.spoken = PlainLabel()
        self.judged = PlainLabel()
        self.waiting = PlainLabel()
        self.engine = PlainLabel()
        self.said = PlainLabel()
        self.said.setObjectName("said")
        self.problems = QPushButton("No problems")
        self.problems.setProperty("tone", "link")
        self.problems.setObjectName("problems")
        self.problems.clicked.connect(self.problems_wanted)
        self.disagreements = QPushButton()
        self.disagreements.setProperty("tone", "link")
        self.disagreements.setObjectName("disagreements-counter")
        self.disagreements.clicked.connect(lambda: context.commands.run("view.disagreements"))
        left = QWidget()
        in_row(
            self._dot,
            self.connection,
            self.said,
            None,
            owner=left,
            margins=(10, 0, 0, 0),
            spacing=6,
        )
        self.addWidget(left, 1)
        for label in (self.spoken, self.judged, self.waiting, self.engine):
            label.setContentsMargins(8, 0, 8, 0)
            self.addPermanentWidget(label)
        self.addPermanentWidget(self.disagreements)
        self.addPermanentWidget(self.problems)
        self._quiet = QTimer(self, interval=SAID_MS, singleShot=True)
        self._quiet.timeout.connect(lambda: self.say(""))
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        for signal in (context.session.state_changed, context.session.pulse_changed):
            signal.connect(self.refresh)
        context.session.problem_found.connect(self.refresh)
        context.controller.said.connect(self.say)
        context.controller.act_refused.connect(self._on_refused)
        context.controller.act_requested.connect(
            lambda act: self.say(f"{spec_of(act.kind).label}…")
        )
        theme.changed.connect(self.refresh)
        self.refresh()

    def say(self, words: str, token: str = "") -> None:
        """Show one sentence for some seconds."""
        self.said.show_text(f"—  {words}" if words else "")
        self.said.set_ink(_INKS.get(token, "dim"))
        if words:
            self._quiet.start()

    def _on_refused(self, kind: str, sentence: str) -> None:
        label = spec_of(kind).label.rstrip("…")
        self.say(f"{label}: {sentence}", "warn")

    def health(self) -> Health:
        """The counters of now."""
        context = self._context
        engine, session = context.engine, context.session
        return Health(
            pulse=session.pulse,
            tally=session.history.tally,
            restarts=engine.restarts,
            refused_lines=engine.refused_lines,
        )

    def refresh(self) -> None:
        """Show the numbers of now."""
        context = self._context
        now, session, meters = context.clock.now(), context.session, self._meters
        cell = connection_cell(session.state)
        self._show(self.connection, cell)
        token = {"idle": "text_faint"}.get(cell.token, cell.token or "text_faint")
        self._dot.setPixmap(self._theme.pixmap("dot", token, 10, self.devicePixelRatioF()))
        self._show(self.spoken, delay_cell("spoken→shown", meters.spoken_to_shown.recent(now)))
        self._show(self.judged, delay_cell("shown→judged", meters.shown_to_judged.recent(now)))
        self._show(self.waiting, waiting_cell(session.pulse, now))
        self._show(self.engine, engine_cell(session.engine_up, self.health()))
        cell = disagreements_cell(session.state, session.pulse)
        self.disagreements.setText(cell.words)
        self.disagreements.setAccessibleName(cell.words)
        self.disagreements.setToolTip(tip(cell.help))
        many = sum(problem.count for problem in session.problems)
        self.problems.setText(count(many, "problem") if many else "No problems")
        self.problems.setAccessibleName(self.problems.text())

    def _show(self, label: PlainLabel, cell: Cell) -> None:
        label.show_text(cell.words)
        label.set_ink(_INKS.get(cell.token, "dim"))
        label.setToolTip(tip(cell.help))
