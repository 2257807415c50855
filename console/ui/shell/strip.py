"""The strip at the bottom: the connection, the last act with its outcome, and what is heard."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QStatusBar, QToolButton

from console.domain.acts.table import spec_of
from console.domain.phase import Phase, Way
from console.protocol.acts import ActProgress
from console.ui.automation.countdown_bar import CountdownBar
from console.ui.shell.armed_bar import ArmedBar, key_of
from console.ui.shell.full_sentence import FullSentence
from console.ui.shell.strip_words import (
    Said,
    connection_said,
    hearing_said,
    idle_said,
    press_said,
    with_handled,
)
from console.ui.state.armed import Armed, armed_sentence
from console.ui.state.window_context import WindowContext
from console.ui.state.wording import LEAVE, asks_for_a_choice, repair_word
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import count, short_key
from console.ui.widgets.timers import one_shot, ticking

REFRESH_MS = 1000
SAID_MS = 6000
COUNT_MS = 250
STOP = "Stop"
_INKS = {"good": "good", "warn": "warn", "bad": "bad", "idle": "faint"}


class Strip(QStatusBar):
    """Shows one sentence for some seconds, and otherwise the last act.

    Signals:
        log_wanted: the act log should be shown, or hidden where it is shown.
        problems_wanted: the list of problems should be shown.
        silence_over: alerts should be silent no longer.
    """

    log_wanted = Signal()
    problems_wanted = Signal()
    silence_over = Signal()

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._act_id = self._told = ""
        self._armed: Armed | None = None
        self._to_say: tuple[str, str] | None = None
        self._log_open = False
        self._dot = PlainLabel()
        self.connection = PlainLabel()
        self.sign_in = self._link("Sign in…", "strip-sign-in")
        self.sign_in.clicked.connect(lambda: context.commands.run("session.sign_in"))
        self.try_now = self._link("Try now", "strip-try-now")
        self.try_now.clicked.connect(lambda: context.commands.run("session.try_now"))
        self.new_store = self._link("Begin a new store", "strip-new-store")
        self.new_store.clicked.connect(lambda: context.commands.run("session.new_store"))
        self.said = _Sentence()
        self.said.setObjectName("said")
        self._whole = FullSentence(self, self.said)
        self.repair = self._link("", "strip-repair")
        self.repair.clicked.connect(self._on_repair)
        self.leave = self._link(LEAVE, "strip-leave")
        self.leave.clicked.connect(self._on_leave)
        self.log = QToolButton()
        self.log.setText("Act log")
        self.log.setObjectName("strip-log")
        self.log.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.log.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.log.clicked.connect(self.log_wanted)
        self.hearing = PlainLabel()
        self.hearing.setObjectName("hearing")
        self.silence = self._link("", "strip-silence")
        self.silence.clicked.connect(self.silence_over)
        self.silence.hide()
        self.problems = self._link("", "problems")
        self.problems.clicked.connect(self.problems_wanted)
        rule = QFrame()
        rule.setProperty("surface", "rule-upright")
        body = QFrame()
        ways = (self.sign_in, self.try_now, self.new_store)
        left = in_row(self._dot, self.connection, *ways, spacing=6)
        self.countdown = CountdownBar(context)
        said = in_row(self.said, self.repair, self.leave, None, spacing=6)
        act = in_row((said, 1), self.log, spacing=6)
        right = in_row(self.silence, self.hearing, self.problems, spacing=10)
        row = in_row(left, rule, (act, 1), right, spacing=12)
        in_column(self.countdown, row, owner=body, margins=(10, 2, 14, 2))
        self.addWidget(body, 1)
        self._countdown = ticking(COUNT_MS, self)
        self._countdown.timeout.connect(self._show_armed)
        self._quiet = one_shot(SAID_MS, self)
        self._quiet.timeout.connect(self._show_act)
        self._timer = ticking(REFRESH_MS, self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        session, controller = context.session, context.controller
        session.state_changed.connect(self.refresh)
        session.problem_found.connect(self.refresh)
        session.problems_cleared.connect(self.refresh)
        session.acts_changed.connect(self._on_acts)
        session.raised.changed.connect(lambda _items: self._on_acts())
        session.automation.proposals_changed.connect(lambda _ids: self._on_done())
        session.cleared.connect(self._forget)
        controller.said.connect(self.say)
        controller.arming.changed.connect(self._on_armed)
        ArmedBar(self, self.said, context)
        controller.act_refused.connect(self._on_refused)
        context.theme.changed.connect(self._redraw)
        self._redraw()
        self._show_act()

    def say(self, words: str, token: str = "") -> None:
        """Show one sentence for some seconds in the place of the last act."""
        if self._armed is not None:
            self._to_say = (words, token)  # what would be done stands there until it is over
            return
        self._show(self.said, Said(words, token, words))
        self._offer("")
        self._quiet.start()

    def show_log_open(self, open_now: bool) -> None:
        """Say with the arrow whether a press opens the act log or closes it."""
        self._log_open = open_now
        name = "chevron-down" if open_now else "chevron-up"
        self.log.setIcon(self._context.theme.icon(name))
        self.log.setAccessibleName("Close the act log" if open_now else "Open the act log")

    def show_silence(self, words: str, what: str) -> None:
        """Say that alerts are silent, and what of them; "" for nothing. A press ends it."""
        self.silence.setText(words)
        self.silence.setAccessibleName(f"{words}: {what}. Press to end it.")
        self.silence.setToolTip(tip(f"{what}\nPress to hear of them again."))
        self.silence.setVisible(bool(words))

    def refresh(self) -> None:
        """Show the state of now."""
        session, theme = self._context.session, self._context.theme
        connection = connection_said(
            session.state, engine_up=session.engine_up, now=self._context.clock.now()
        )
        self._show(self.connection, connection)
        token = {"idle": "text_faint"}.get(connection.token, connection.token or "text_faint")
        self._dot.setPixmap(theme.pixmap("dot", token, 10, self.devicePixelRatioF()))
        ways = self._ways()
        self.sign_in.setVisible(Way.SIGN_IN in ways)
        self.try_now.setVisible(Way.TRY_NOW in ways)
        self.new_store.setVisible(Way.NEW_STORE in ways)
        hearing = hearing_said(
            session.calls.values(), session.state, session.pulse, heard_until=session.heard_until
        )
        self._show(self.hearing, hearing)
        kinds, many = len(session.problems), sum(each.count for each in session.problems)
        self.problems.setVisible(bool(kinds))
        self.problems.setText(count(kinds, "problem"))
        self.problems.setAccessibleName(self.problems.text())
        # The same once more is no other problem: how often it happened stands in the list.
        self.problems.setToolTip(tip(f"{many:,} times altogether") if many > kinds else "")

    def _ways(self) -> tuple[Way, ...]:
        """What helps now."""
        session = self._context.session
        if session.state.phase is Phase.SIGNED_OUT:
            return (Way.SIGN_IN,) if session.engine_up else ()
        trouble = session.trouble
        return trouble.ways if trouble is not None else ()

    def _link(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("tone", "link")
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

    def _last(self) -> ActProgress | None:
        """The newest act, or the one that it takes back."""
        acts = self._context.session.acts
        shown = (each.act.undo_of or each.act.act_id for each in reversed(acts.values()))
        return next((acts[act_id] for act_id in shown if act_id in acts), None)

    def _newest(self) -> str:
        """The newest act, be it an undo."""
        return next(reversed(self._context.session.acts), "")

    def _on_acts(self) -> None:
        last = self._last()
        if (
            self._armed is None
            and last is not None
            and (not self._quiet.isActive() or self._newest() != self._told)
        ):
            self._quiet.stop()
            self._show_act()

    def _on_done(self) -> None:
        """Automation did something, and there is no act to tell of."""
        if self._armed is None and not self._quiet.isActive() and self._last() is None:
            self._show_act()

    def _show_act(self) -> None:
        session, last = self._context.session, self._last()
        if last is None:
            self._show(self.said, idle_said(session.automation.newest_done()))
            self._offer("")
            return
        self._act_id, self._told = last.act.act_id, self._newest()
        acts = session.acts.of_one_press(self._act_id)
        handled = session.raised.handled_by(each.act.act_id for each in acts)
        said = press_said(acts, signed_out=session.acts.signed_out)
        self._show(self.said, with_handled(said, handled))
        undoable = session.acts.undoable_together(self._act_id)
        self._offer(
            "Undo" if undoable else repair_word(last.receipt),
            leave=LEAVE if asks_for_a_choice(last.receipt) else "",
        )

    def _offer(self, words: str, *, leave: str = "") -> None:
        """What can be done about the last act, or about the armed one; "" for nothing."""
        which = "the last act" if self._armed is None else self._armed.words
        for button, text in ((self.repair, words), (self.leave, leave)):
            button.setText(text)
            button.setAccessibleName(f"{text}: {which}")
            button.setVisible(bool(text))
        why = "" if self._armed is not None else self._context.session.acts.why_not_now
        for button in (self.repair, self.leave):
            button.setEnabled(not why)
            button.setToolTip(why)

    def _on_armed(self) -> None:
        """Say whom the armed act would hit, for as long as it is armed."""
        self._armed = self._context.controller.arming.shown
        self._countdown.stop()
        if self._armed is not None:
            self._show_armed()
            if self._armed.due:
                self._countdown.start()
            return
        said, self._to_say = self._to_say, None
        if said is not None:
            self.say(*said)
        else:
            self._quiet.stop()
            self._show_act()

    def _show_armed(self) -> None:
        armed, context = self._armed, self._context
        if armed is None:
            return
        key = key_of(armed, context)
        words = armed_sentence(armed, short_key(key), context.clock.monotonic())
        self._show(self.said, Said(words, "bad", f"{words}\n{armed.consequence}".strip()))
        self._offer("" if armed.due else armed.title, leave=STOP)

    def _on_repair(self) -> None:
        controller = self._context.controller
        if self._armed is not None:
            controller.arming.click_again()
        elif self.repair.text() == "Undo":
            controller.undo_press(self._act_id)
        else:
            controller.retry(self._act_id)

    def _on_leave(self) -> None:
        controller = self._context.controller
        if self._armed is not None:
            controller.arming.stop()
        else:
            controller.leave(self._act_id)

    def _on_refused(self, kind: str, sentence: str) -> None:
        self.say(f"{spec_of(kind).title}: {sentence}", "warn")

    def _tell_whole(self, said: Said) -> None:
        """What went wrong is said to its end; what is armed has a bar of its own."""
        wrong = said.token in ("warn", "bad") and self._armed is None
        self._whole.tell(said.words if wrong else "", _INKS.get(said.token, ""))

    def _redraw(self) -> None:
        self.show_log_open(self._log_open)
        self.refresh()

    def _forget(self) -> None:
        self._act_id = self._told = ""
        self._show_act()
        self.refresh()

    def _show(self, label: PlainLabel, said: Said) -> None:
        label.show_text(said.words)
        if label is self.said:
            self._tell_whole(said)
        label.set_ink(_INKS.get(said.token, "dim"))
        label.setToolTip(tip(said.help or said.words))


class _Sentence(ElidedLabel):
    """As wide as its sentence where there is room."""

    def __init__(self) -> None:
        super().__init__(ink="dim")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.accessibleName()) + 2
        return QSize(width, super().sizeHint().height())

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self.updateGeometry()
