"""The window's engine: a child process, started, spoken to, and started again when it dies."""

import logging
import sys
import time
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, Signal

from console.base.plain_text import visible
from console.domain.act import Receipt, ReceiptState
from console.protocol.acts import ActProgress, ActsChanged, RequestAct
from console.protocol.codec import LineReader, LineRefusedError, encode, window_reader
from console.protocol.connection import SignIn, SignOut
from console.protocol.to_engine import Focus, Shutdown, ToEngine
from console.protocol.to_window import VERSION, Hello, Problem, ToWindow
from console.ui.widgets.timers import one_shot

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (0.2, 1.0, 2.0, 5.0)
"""Before each start after a death; the last one repeats."""

HEALTHY_SECONDS = 30.0
"""An engine that lived so long begins with the first pause again."""

SILENCE_SECONDS = 30.0
"""An engine that is silent for so long hangs: it sends its pulse every second."""

DOUBT_SECONDS = 6.0
"""An engine that is silent for so long may hang: what it told last is not what is so."""

DRAIN_SECONDS = 0.008
"""How long messages may be handled at a stretch before the window gets a turn."""

STOP_MS = 5000
"""How long an engine may take to end by itself, longer than it gives itself; then it has a second
for each harder word."""

MAX_QUEUED = 1000

NOT_SENT = "You signed out before there was an engine to send it."


def _failed(act_id: str) -> Receipt:
    return Receipt(act_id=act_id, state=ReceiptState.FAILED, reason=NOT_SENT)


class EngineClient(QObject):
    """Owns the engine process.

    What must survive an engine is kept here and sent again to the next one: the sign-in, the focus,
    and every act that no receipt has answered (the outbox keeps one row per act id).

    Signals:
        message_received: one ToWindow message, in order.
        started: the pid of an engine that said hello.
        silent: one sentence; the engine tells nothing, and may yet.
        died: one sentence; it is started again unless ``refused`` follows.
        refused: one sentence; this engine cannot be used and is not started again.
    """

    message_received = Signal(object)
    started = Signal(int)
    silent = Signal(str)
    died = Signal(str)
    refused = Signal(str)

    def __init__(self, program: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = list(program)
        self._process: QProcess | None = None
        self._reader: LineReader[ToWindow] = window_reader()
        self._ready = False
        self._stopping = False
        self._hung = False
        self._born = 0.0
        self._failures = 0
        self._sign_in: SignIn | None = None
        self._focus = Focus(cid="")
        self._unanswered: dict[str, RequestAct] = {}
        self._queue: deque[ToEngine] = deque(maxlen=MAX_QUEUED)
        self._inbox: deque[ToWindow] = deque()
        self.restarts = 0
        self.refused_lines = 0
        self._again = one_shot(0, self)
        self._again.timeout.connect(self._launch)
        self._patience = one_shot(int(SILENCE_SECONDS * 1000), self)
        self._patience.timeout.connect(self._lose_patience)
        self._doubt = one_shot(int(DOUBT_SECONDS * 1000), self)
        self._doubt.timeout.connect(self._begin_to_doubt)
        self.quiet = False
        """Whether the engine should have told something long ago."""
        self._next = one_shot(0, self)
        self._next.timeout.connect(self._drain)

    @property
    def pid(self) -> int:
        """The engine's process id; 0 when there is none."""
        return int(self._process.processId()) if self._process else 0

    @property
    def running(self) -> bool:
        """Whether an engine said hello and lives."""
        return self._ready

    def start(self) -> None:
        """Start the engine; nothing when one lives."""
        if self._process is None and not self._again.isActive():
            self._stopping = False
            self._launch()

    def start_now(self) -> None:
        """Do not wait: start a dead or refused engine again, end one that is silent."""
        if self._process is None:
            self._again.stop()
            self._stopping = False
            self._launch()
        elif self.quiet:
            self._hung = True
            self._process.kill()

    def stop(self) -> None:
        """End the engine: ask, then close its input, then terminate, then kill; at most 8 s."""
        self._stopping = True
        self._again.stop()
        self._patience.stop()
        self._doubt.stop()
        process = self._process
        if process is None:
            return
        process.write(encode(Shutdown()))
        process.waitForBytesWritten(500)
        process.closeWriteChannel()
        if process.waitForFinished(STOP_MS):
            return
        log.warning("the engine did not end by itself")
        process.terminate()
        if process.waitForFinished(1000):
            return
        process.kill()
        process.waitForFinished(1000)

    def send(self, message: ToEngine) -> None:
        """Hand a message to the engine, or keep it for the next one."""
        if self._remember(message) or self._ready:
            if self._ready:
                self._write(message)
            if self._ready and isinstance(message, SignIn):
                # The sign-in that it ends may have dropped what it was asked last.
                for request in self._unanswered.values():
                    self._write(request)
            return
        if len(self._queue) == MAX_QUEUED:
            log.warning("too much is asked of an engine that is not there; the oldest is dropped")
        self._queue.append(message)

    def _remember(self, message: ToEngine) -> bool:
        """Keep what every new engine has to hear; whether it was such a message."""
        match message:
            case SignIn():
                if self._sign_in is None or self._sign_in.profile != message.profile:
                    self._give_up_unanswered()  # never act in another account
                self._sign_in = message
            case SignOut():
                self._sign_in = None
                self._focus = Focus(cid="")
                self._give_up_unanswered()
            case Focus():
                self._focus = message
            case RequestAct(act=act):
                self._unanswered[act.act_id] = message
            case _:
                return False
        return True

    def _give_up_unanswered(self) -> None:
        """No engine gets these acts any more. One that lives tells itself what became of them."""
        given_up, self._unanswered = self._unanswered, {}
        if given_up and not self._ready:
            self.message_received.emit(
                ActsChanged(
                    tuple(
                        ActProgress(act=request.act, receipt=_failed(request.act.act_id))
                        for request in given_up.values()
                    )
                )
            )

    def _launch(self) -> None:
        self._reader = window_reader()
        self._ready = False
        self._hung = False
        process = QProcess(self)
        process.setProgram(self._program[0])
        process.setArguments(self._program[1:])
        _give_own_session(process)
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._born = time.monotonic()
        self._patience.start()
        process.start()

    def _write(self, message: ToEngine) -> None:
        if self._process is not None:
            self._process.write(encode(message))

    def _greet(self, hello: Hello) -> None:
        if hello.version != VERSION:
            self._stopping = True
            sentence = (
                f"The engine speaks version {hello.version} of the protocol, "
                f"this window version {VERSION}."
            )
            if self._process is not None:
                self._process.kill()
            log.error("%s", sentence)
            self.refused.emit(sentence)
            return
        self._ready = True
        if self._sign_in is not None:
            self._write(self._sign_in)
        if self._focus.cid:
            self._write(self._focus)
        for message in (*self._unanswered.values(), *self._queue):
            self._write(message)
        self._queue.clear()
        self.started.emit(hello.pid)

    def _on_output(self) -> None:
        if self._process is None:
            return
        self.quiet = False
        self._patience.start()
        self._doubt.start()
        for message in self._reader.feed(bytes(self._process.readAllStandardOutput().data())):
            if isinstance(message, LineRefusedError):
                self._refuse_line(message)
            else:
                self._inbox.append(message)
        if not self._next.isActive():
            self._drain()

    def _drain(self) -> None:
        until = time.perf_counter() + DRAIN_SECONDS
        while self._inbox:
            self._take(self._inbox.popleft())
            if time.perf_counter() > until:
                self._next.start()
                return

    def _take(self, message: ToWindow) -> None:
        match message:
            case Hello():
                self._greet(message)
            case ActsChanged(acts=acts):
                for progress in acts:
                    self._unanswered.pop(progress.act.act_id, None)
        self.message_received.emit(message)

    def _refuse_line(self, refused: LineRefusedError) -> None:
        self.refused_lines += 1
        log.error("the engine wrote a line that is no message: %s", refused)
        self._inbox.append(
            Problem(
                place="engine protocol",
                sentence="The engine wrote a line the window does not understand.",
                at=time.time(),
                count=self.refused_lines,
            )
        )

    def _on_error_output(self) -> None:
        if self._process is None:
            return
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in filter(str.strip, text.splitlines()):
            log.info("the engine wrote: %s", visible(line))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._bury(f"The engine could not be started: {self._process.errorString()}.")

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._on_error_output()
        if self._hung:
            self._bury("The engine hung and was ended.")
        elif status is QProcess.ExitStatus.CrashExit:
            self._bury("The engine crashed.")
        else:
            self._bury(f"The engine ended with code {code}.")

    def _bury(self, sentence: str) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self._ready = self.quiet = False
        self._patience.stop()
        self._doubt.stop()
        if self._stopping:
            return
        while self._inbox:
            self._take(self._inbox.popleft())
        if time.monotonic() - self._born >= HEALTHY_SECONDS:
            self._failures = 0
        pause = BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]
        self._failures += 1
        self.restarts += 1
        log.error("%s Starting it again in %.1f s.", sentence, pause)
        self._again.start(int(pause * 1000))
        self.died.emit(sentence)

    def _begin_to_doubt(self) -> None:
        if self._process is None or not self._ready:
            return
        if self._process.bytesAvailable():
            self._on_output()
            return
        self.quiet = True
        self.silent.emit("The engine has stopped answering.")

    def _lose_patience(self) -> None:
        if self._process is None:
            return
        if self._process.bytesAvailable():  # the window itself was held up, not the engine
            self._on_output()
            return
        self._hung = True
        self._process.kill()


def _give_own_session(process: QProcess) -> None:
    """Ctrl+C in a terminal is for the window, which then ends its engine."""
    if sys.platform != "win32":
        parameters = QProcess.UnixProcessParameters()
        parameters.flags = QProcess.UnixProcessFlag.CreateNewSession
        process.setUnixProcessParameters(parameters)
