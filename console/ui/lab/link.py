"""The lab's line to the engine: questions out, answers in, each question answered at most once."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.protocol.lab import CheckPolicy, TryImage, TryText
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import RunDropped, RunProgress
from console.protocol.lab_stream import StreamRunFinished, StreamRunProgress

Answered = Callable[[Any], None]

_NEWEST_ONLY = (CheckPolicy, TryText, TryImage)
_RUN_NEWS = (RunProgress, RunFinished, RunDropped, StreamRunProgress, StreamRunFinished)


def new_id() -> str:
    """An id for a question or a run."""
    return uuid.uuid4().hex


class LabLink(QObject):
    """``send`` hands one message to the engine.

    Signals:
        run_news: RunProgress, RunFinished, RunDropped and their likes on Stream.
        restarted: another engine is there; what was asked is lost and may be asked again.
    """

    run_news = Signal(object)
    restarted = Signal()

    def __init__(self, send: Callable[[Any], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send = send
        self._waiting: dict[str, Answered] = {}
        self._newest: dict[type, str] = {}
        self._lost = False

    @property
    def waiting(self) -> int:
        """How many questions are not answered."""
        return len(self._waiting)

    def tell(self, message: object) -> None:
        """Send what has no answer of its own."""
        self._send(message)

    def ask(self, question: Any, answered: Answered) -> str:
        """Send ``question``; ``answered`` gets its answer. Returns its request_id."""
        request_id: str = question.request_id
        kind = type(question)
        if kind in _NEWEST_ONLY:
            self._waiting.pop(self._newest.get(kind, ""), None)
            self._newest[kind] = request_id
        self._waiting[request_id] = answered
        self._send(question)
        return request_id

    def forget(self, request_id: str) -> None:
        """Whatever answers this question is of no interest any more."""
        self._waiting.pop(request_id, None)

    def take(self, message: object) -> None:
        """One message of the engine; those that are not the lab's are left alone."""
        if isinstance(message, _RUN_NEWS):
            self.run_news.emit(message)
            return
        answered = self._waiting.pop(getattr(message, "request_id", ""), None)
        if answered is not None:
            answered(message)

    def lose_engine(self) -> None:
        """The engine died: nothing that was asked will be answered."""
        self._lost = True
        self._waiting.clear()
        self._newest.clear()

    def greet(self) -> None:
        """An engine is there. What was asked before the first one started is answered by it."""
        if self._lost:
            self._lost = False
            self.restarted.emit()
