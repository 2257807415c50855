"""The window's questions to the engine: each is answered once, over a restart of the engine too."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from console.protocol.ask import Answer, Ask
from console.protocol.connection import TryNow
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import RunDropped, RunProgress
from console.protocol.lab_stream import StreamRunFinished
from console.protocol.label_fits import FitFinished, FitProgress
from console.protocol.to_engine import ToEngine
from console.protocol.to_window import refusal
from console.ui.state.engine_client import EngineClient

log = logging.getLogger(__name__)

Answered = Callable[[Any], None]

RUN_NEWS = (RunProgress, RunFinished, RunDropped, StreamRunFinished, FitProgress, FitFinished)


def new_id() -> str:
    """An id for a question or a run."""
    return uuid.uuid4().hex


@dataclass
class _Waiting:
    question: Ask
    answered: Answered
    sent: bool = False


class EngineLink(QObject):
    """The one link of a window program to its engine.

    A question that is asked while no engine runs waits for the next one.

    Signals:
        run_news: RunProgress, RunFinished, RunDropped, StreamRunFinished.
        restarted: another engine runs; it knows nothing of the runs of the one before.
    """

    run_news = Signal(object)
    restarted = Signal()

    def __init__(self, engine: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._waiting: dict[str, _Waiting] = {}
        self._lost = False
        engine.message_received.connect(self._on_message)
        engine.started.connect(self._on_started)
        engine.died.connect(self._on_died)
        engine.refused.connect(self._on_refused)

    @property
    def waiting(self) -> int:
        """How many questions are not answered."""
        return len(self._waiting)

    def tell(self, message: ToEngine) -> None:
        """Send what has no answer of its own."""
        self._engine.send(message)

    def try_now(self) -> None:
        """Let the engine make its next attempt now; start one where none runs."""
        if self._engine.running and not self._engine.quiet:
            self._engine.send(TryNow())
        else:
            self._engine.start_now()

    def ask(self, question: Any, answered: Answered) -> str:
        """Send ``question``; ``answered`` gets its answer. Returns its request_id.

        ``answered`` is not called where it is a method of a QObject that was deleted meanwhile.
        """
        kind = type(question)
        if kind.newest_only:
            older = [key for key, each in self._waiting.items() if type(each.question) is kind]
            for key in older:
                del self._waiting[key]
        waiting = self._waiting[question.request_id] = _Waiting(question, answered)
        if self._engine.running:
            self._send(waiting)
        return str(question.request_id)

    def forget(self, request_id: str) -> None:
        """Whatever answers this question is of no interest any more."""
        self._waiting.pop(request_id, None)

    def _send(self, waiting: _Waiting) -> None:
        waiting.sent = True
        question: Any = waiting.question
        self._engine.send(question)

    def _on_message(self, message: object) -> None:
        if isinstance(message, RUN_NEWS):
            self.run_news.emit(message)
        elif isinstance(message, Answer):
            waiting = self._waiting.pop(message.request_id, None)
            if waiting is not None:
                _answer(waiting.answered, message)

    def _on_started(self, _pid: int) -> None:
        for waiting in list(self._waiting.values()):
            self._send(waiting)
        if self._lost:
            self._lost = False
            self.restarted.emit()

    def _on_died(self, sentence: str) -> None:
        self._lost = True
        for key, waiting in list(self._waiting.items()):
            if waiting.sent and not waiting.question.repeatable:
                self._fail(key, sentence)
            waiting.sent = False

    def _on_refused(self, sentence: str) -> None:
        for key in list(self._waiting):
            self._fail(key, sentence)

    def _fail(self, request_id: str, sentence: str) -> None:
        waiting = self._waiting.pop(request_id)
        _answer(waiting.answered, refusal(waiting.question, sentence))


def _answer(answered: Answered, answer: object) -> None:
    owner = getattr(answered, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    try:
        answered(answer)
    except Exception:  # one answer that is mishandled must not cost the ones after it
        log.exception("an answer of the engine could not be taken in")
