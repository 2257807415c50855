"""The commands that show a window with its engine until it is closed: the console, the lab."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.base import log
from console.base.early_signals import EarlySignals, early_signals
from console.base.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from console.base.tasks import Tasks
    from console.ui.state.window_context import WindowContext

# Qt is imported when a window is shown, so that --help and errors in options cost nothing.


def main(options: argparse.Namespace) -> int:
    """Show the window until it is closed; returns the exit code."""

    def build(context: "WindowContext") -> "QWidget":
        from console.ui.shell.main_window import MainWindow

        return MainWindow(context)

    with early_signals() as early:
        return _show(options, "window", build, early)


def lab(options: argparse.Namespace) -> int:
    """Show the policy lab alone until it is closed: no sign-in, no network."""

    def build(context: "WindowContext") -> "QWidget":
        from console.ui.lab.window import LabWindow

        window = LabWindow(context)
        if options.policy is not None:
            window.panel.open_policy(options.policy.absolute())
        return window

    with early_signals() as early:
        return _show(options, "lab", build, early)


def _show(
    options: argparse.Namespace,
    log_name: str,
    build: "Callable[[WindowContext], QWidget]",
    early: EarlySignals,
) -> int:
    paths = Paths.under(options.home) if options.home else Paths.of_platform()
    paths.create()
    log.configure(log_name, paths.logs, to_stderr=True)
    from console.ui.shell.app import Console, build_application, engine_program
    from console.ui.state import aio

    app = build_application([sys.argv[0]])
    made: list[Console] = []

    def start(tasks: "Tasks") -> None:
        console = Console(paths, engine_program(options.home), tasks)
        made.append(console)
        console.context.theme.apply(app)
        console.start(build)

    async def close() -> None:
        for console in made:
            await console.close()

    return aio.run(app, start, close, early)
