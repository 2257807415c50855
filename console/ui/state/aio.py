"""The one door to qasync: asyncio on Qt's event loop, and an orderly close.

qasync 0.28's own ``asyncSlot`` keeps no reference to its task and its ``asyncClose`` spins and
drops errors (docs/decisions/qasync-behind-one-module.md), so neither is used.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import qasync
import shiboken6
from PySide6.QtWidgets import QApplication

from console.base.early_signals import NUMBERS, EarlySignals
from console.base.tasks import Tasks
from console.ui.state.garbage_collector import collected_on_this_thread

log = logging.getLogger(__name__)

CLOSE_SECONDS = 8.0


def run(
    app: QApplication,
    start: Callable[[Tasks], None],
    close: Callable[[], Awaitable[None]],
    early: EarlySignals | None = None,
) -> int:
    """Run ``app`` with asyncio until it quits; returns its exit code.

    ``start`` runs first inside the loop; what it raises ends the program and is raised here. When
    the last window closes, ``app.exit`` is called or a signal asks to end, ``close`` is awaited
    for at most ``CLOSE_SECONDS``, then every task is cancelled. ``early`` says whether a signal
    asked before.
    """
    tasks = Tasks()
    failures: list[BaseException] = []

    def begin() -> None:
        try:
            start(tasks)
        except Exception as error:
            failures.append(error)
            app.exit(1)
        if early is not None and early.came:
            app.exit(0)

    async def end() -> None:
        try:
            await asyncio.wait_for(_awaited(close), CLOSE_SECONDS)
        except TimeoutError:
            log.exception("closing took longer than %.0f s", CLOSE_SECONDS)
        finally:
            await tasks.close()

    with (
        collected_on_this_thread(),
        _event_loop(app) as loop,
        _ended_by_signals(loop, lambda: app.exit(0)),
    ):
        loop.call_soon(begin)
        code: int = loop.run_forever()
        ending = loop.create_task(end())
        ending.add_done_callback(lambda _: loop.stop())
        while not ending.done():  # another quit while closing stops the loop, not the closing
            loop.run_forever()
        ending.result()
    if failures:
        raise failures[0]
    return code


@contextlib.contextmanager
def _event_loop(app: QApplication) -> Iterator[Any]:  # qasync has no types
    loop = qasync.QEventLoop(app)
    try:
        with loop:
            yield loop
    finally:
        # A closed loop is a cycle that still owns Qt timers, one for each deadline that was set.
        # They must end here, not in whichever thread the cycle is collected in.
        shiboken6.delete(loop._timer)


async def _awaited(close: Callable[[], Awaitable[None]]) -> None:
    await close()


@contextlib.contextmanager
def _ended_by_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> Iterator[None]:
    """Ctrl+C, a polite kill and a closed terminal end the program as closing its window does."""
    before = {number: signal.getsignal(number) for number in NUMBERS}
    for number in NUMBERS:
        try:
            loop.add_signal_handler(number, leave)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: leave())
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
