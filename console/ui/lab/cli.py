"""``moderator-console lab``: the policy lab alone, with an engine; no sign-in, no network."""

import argparse
import sys
from pathlib import Path

from console.base import log
from console.base.paths import Paths


def main(options: argparse.Namespace) -> int:
    """Show the lab until it is closed; returns the exit code."""
    paths = Paths.under(options.home) if options.home else Paths.of_platform()
    paths.create()
    log.configure("lab", paths.logs, to_stderr=True)
    # Qt only from here on, so that --help and errors in options cost nothing.
    from console.ui.lab.window import LabWindow
    from console.ui.shell.app import Console, build_application, engine_program
    from console.ui.state import aio
    from console.ui.state.window_context import WindowContext

    app = build_application([sys.argv[0]])
    made: list[Console] = []
    policy: Path | None = options.policy

    def build(context: WindowContext) -> LabWindow:
        window = LabWindow(context)
        if policy is not None:
            window.panel.open_policy(policy.absolute())
        return window

    def start(slots: aio.Slots) -> None:
        console = Console(paths, engine_program(options.home), slots)
        made.append(console)
        console.context.theme.apply(app)
        console.start(build)

    async def close() -> None:
        for console in made:
            await console.close()

    return aio.run(app, start, close)
