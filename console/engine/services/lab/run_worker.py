"""The run worker: one run, or one fitting of thresholds, in a process of its own.

Live moderation never waits for it.

``run_worker_process`` starts it with pipes; one JSON line is one message of
``run_worker_messages``. It judges in short turns, looks for messages between them, and ends when
its input closes.
"""

import contextlib
import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from console.base.paths import resources
from console.domain.spoken_language import NO_GUESSES, LanguageIdentifier
from console.engine.services.lab.fit_run import FitRun
from console.engine.services.lab.run import Run
from console.engine.services.lab.run_worker_messages import BeginFit, FromWorker, ToWorker
from console.models.language_guesses import language_identifier
from console.models.model_registry import ModelRegistry
from console.policy.coverage import ModelsFor, when_wanted
from console.protocol.codec import LineReader, LineRefusedError
from console.protocol.lab_runs import AskRows, ExportRun

_encode = msgspec.json.Encoder().encode
_CHUNK = 1 << 16
_MOST_WAITING = 64

Inbox = queue.Queue["ToWorker | None"]


def main(own_models: Path) -> int:
    """Serve one run on standard input and output. ``own_models``: as for ModelRegistry."""
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(2)  # what people say now comes before what they said once
    inbox: Inbox = queue.Queue(_MOST_WAITING)
    threading.Thread(target=_listen, args=(inbox,), name="stdin", daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        shelf = ModelRegistry(own_models, resources() / "models")
        serve(
            inbox,
            lambda message: _write(output, _encode(message) + b"\n"),
            when_wanted(lambda: shelf.take().models, lambda: shelf.take_image().models),
            language_identifier(resources() / "models"),
        )
    return 0


def serve(
    inbox: Inbox,
    tell: Callable[[FromWorker], None],
    models_for: ModelsFor,
    identifier: LanguageIdentifier = NO_GUESSES,
) -> None:
    """Answer what comes in until None comes."""
    run: Run | FitRun = Run(tell, models_for, identifier)
    while True:
        messages = _take(inbox, wait=not run.busy)
        if None in messages:
            return
        for message in _without_overtaken([each for each in messages if each is not None]):
            if isinstance(message, BeginFit):
                run = FitRun(tell, models_for, identifier)
            run.answer(message)
        if run.busy:
            run.take_a_turn()


def _take(inbox: Inbox, *, wait: bool) -> list[ToWorker | None]:
    """Everything that is there; with ``wait`` at least one."""
    taken: list[ToWorker | None] = []
    if wait:
        taken.append(inbox.get())
    with contextlib.suppress(queue.Empty):
        while True:
            taken.append(inbox.get_nowait())
    return taken


def _without_overtaken(messages: list[ToWorker]) -> list[ToWorker]:
    """Of the window's questions for rows only the last; stopping comes before every question."""
    asked = [each for each in messages if isinstance(each, AskRows) and each.run_id]
    wanted = [each for each in messages if each not in asked[:-1]]
    return sorted(wanted, key=lambda each: isinstance(each, AskRows | ExportRun))


def _listen(inbox: Inbox) -> None:
    reader: LineReader[ToWorker] = LineReader(ToWorker)
    while data := os.read(sys.stdin.fileno(), _CHUNK):
        for message in reader.feed(data):
            if isinstance(message, LineRefusedError):
                sys.stderr.write(f"a message was refused: {message}\n")
                continue
            inbox.put(message)
    inbox.put(None)


def _write(output: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(output, view) :]


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
