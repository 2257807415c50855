"""``moderator-console``: the window."""

import argparse
import sys

from console.base import log
from console.base.paths import Paths


def main(options: argparse.Namespace) -> int:
    """Show the window until it is closed; returns the exit code."""
    paths = Paths.under(options.home) if options.home else Paths.of_platform()
    paths.create()
    log.configure("window", paths.logs, to_stderr=True)
    # Qt only from here on, so that --help and errors in options cost nothing.
    from console.ui.shell.app import Console, build_application, engine_program
    from console.ui.shell.main_window import MainWindow
    from console.ui.state import aio

    app = build_application([sys.argv[0]])
    made: list[Console] = []

    def start(slots: aio.Slots) -> None:
        console = Console(paths, engine_program(options.home), slots)
        made.append(console)
        console.context.theme.apply(app)
        console.start(MainWindow)

    async def close() -> None:
        for console in made:
            await console.close()

    return aio.run(app, start, close)
