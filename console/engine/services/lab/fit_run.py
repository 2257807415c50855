"""One fitting in the process of a worker: labels and lines are looked at in short turns."""

import time
from collections import deque
from collections.abc import Callable

from console.base.errors import WorldError
from console.domain.given_label import GivenLabel
from console.domain.spoken_language import NO_GUESSES, LanguageIdentifier
from console.engine.services.lab.run_worker_messages import (
    BeginFit,
    FedLabels,
    FedLines,
    FromWorker,
    RunLine,
    ToWorker,
    Wanted,
)
from console.policy.coverage import ModelsFor, no_models
from console.policy.fitting.fitting import Fitting
from console.policy.loader import read_policy_text
from console.policy.toml.edit import EditError
from console.protocol.label_fits import FitFinished, FitProgress

TURN_S = 0.03
TELL_EVERY_S = 0.1


class FitRun:
    """Answers the messages of a worker that fits; asks for what it looks at with Wanted."""

    def __init__(
        self,
        tell: Callable[[FromWorker], None],
        models_for: ModelsFor = no_models,
        identifier: LanguageIdentifier = NO_GUESSES,
    ) -> None:
        self._tell = tell
        self._models_for = models_for
        self._identifier = identifier
        self._begin: BeginFit | None = None
        self._fitting: Fitting | None = None
        self._waiting: deque[GivenLabel | RunLine] = deque()
        self._last = False
        self._settled = False
        self._done = 0
        self._told_at = 0.0

    @property
    def busy(self) -> bool:
        """Whether there is something to look at now."""
        return self._fitting is not None and bool(self._waiting or self._last)

    def answer(self, message: ToWorker) -> None:
        """Do what ``message`` asks."""
        match message:
            case BeginFit():
                self._start(message)
            case FedLabels(labels=labels, last=last):
                self._take(labels, last=last)
            case FedLines(lines=lines, last=last, sentence=sentence):
                if sentence:
                    self._end(sentence)
                else:
                    self._take(lines, last=last)
            case _:
                pass  # a fitting has no rows

    def take_a_turn(self) -> None:
        """Look at lines for a short while."""
        fitting, begin = self._fitting, self._begin
        if fitting is None or begin is None:
            return
        until = time.perf_counter() + TURN_S
        while self._waiting and time.perf_counter() < until:
            match self._waiting.popleft():
                case GivenLabel() as given:
                    fitting.add_label(given)
                case line:
                    fitting.add_line(line.text, line.language, line.speaker, line.call)
            self._done += 1
        self._tell_progress(begin)
        if self._waiting:
            return
        if not self._last:
            self._tell(Wanted())
        elif not self._settled:
            self._settle(fitting, begin)
        else:
            self._finish(fitting, begin)

    def _take(self, more: tuple[GivenLabel, ...] | tuple[RunLine, ...], *, last: bool) -> None:
        self._waiting += more
        self._last = last

    def _start(self, begin: BeginFit) -> None:
        self._begin = begin
        request = begin.request
        read = read_policy_text(request.policy.text, request.policy.place)
        if read.policy is None:
            self._end(f"The policy has errors. First: {read.errors[0]}")
            return
        try:
            models = self._models_for(read.policy)
            self._fitting = Fitting(
                read.policy, request.policy.text, models, self._identifier, request.precision
            )
        except WorldError as error:
            self._end(error.sentence)
            return
        self._tell(Wanted())

    def _settle(self, fitting: Fitting, begin: BeginFit) -> None:
        fitting.settle()
        self._settled = True
        self._last = not begin.lines
        if begin.lines:
            self._tell(Wanted())

    def _finish(self, fitting: Fitting, begin: BeginFit) -> None:
        try:
            fit = fitting.result()
        except EditError as error:
            self._end(str(error))
            return
        self._fitting = None
        self._tell(FitFinished(fit_id=begin.request.fit_id, fit=fit))

    def _end(self, sentence: str) -> None:
        self._fitting = None
        if self._begin is not None:
            self._tell(FitFinished(fit_id=self._begin.request.fit_id, sentence=sentence))

    def _tell_progress(self, begin: BeginFit) -> None:
        if time.perf_counter() - self._told_at >= TELL_EVERY_S:
            self._told_at = time.perf_counter()
            total = begin.labels + begin.lines
            self._tell(FitProgress(fit_id=begin.request.fit_id, done=self._done, total=total))
