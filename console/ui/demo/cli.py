"""``moderator-console demo``: the window, an engine and a sandbox, with people talking."""

import argparse
import json
import os
import sys
from pathlib import Path

from console.base import log
from console.base.clock import SystemClock
from console.base.early_signals import EarlySignals, early_signals
from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.scratch_folder import scratch_folder
from console.base.tasks import Tasks
from console.ui.demo.display import has_display

HEADLESS_SECONDS = 30.0


def main(options: argparse.Namespace) -> int:
    """Run the demo; returns the exit code.

    Raises:
        WorldError: the screenshot could never be saved; other errors of the world are one sentence
            on standard error.
    """
    shot: Path | None = options.screenshot
    if shot is not None and not shot.parent.is_dir():  # said now and not half a minute later
        raise WorldError(f"The folder {shot.parent} for the screenshot does not exist.")
    headless = options.headless
    if not headless and not has_display(os.environ):
        sys.stderr.write("There is no display: rendering offscreen, as with --headless.\n")
        headless = True
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        options.seconds = options.seconds or HEADLESS_SECONDS
    try:
        with early_signals() as early, scratch_folder("moderator-console-demo-") as home:
            return _run(options, home, early, headless=headless)
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(options: argparse.Namespace, scratch: Path, early: EarlySignals, *, headless: bool) -> int:
    # The data of a demo ends with it, unless it was told where to leave it; the layout of a window
    # that somebody arranged does not.
    home: Path = options.home or scratch
    lasting = options.home or Paths.of_platform().data / "demo"
    paths = Paths.under(home if headless else lasting)
    paths.create()
    log.configure("window", paths.logs, to_stderr=True)
    # Qt only from here on, so that --help and errors in options cost nothing.
    from console.ui.demo.run import PROFILE, Demo, DemoOptions
    from console.ui.demo.sandbox_process import SandboxProcess
    from console.ui.demo.summary import as_json, as_text
    from console.ui.shell.app import Console, build_application, engine_program
    from console.ui.shell.main_window import SIZE, MainWindow
    from console.ui.state import aio
    from console.ui.state.window_context import WindowContext

    def _at_full_size(context: WindowContext) -> MainWindow:
        window = MainWindow(context)  # it fits itself to the screen, and offscreen's is tiny
        window.resize(SIZE)
        window.reset_layout()
        return window

    app = build_application([sys.argv[0]])
    clock = SystemClock(*options.clock)
    sandbox = SandboxProcess(
        _sandbox_arguments(options, clock), paths.logs / "sandbox-output.log", home=home
    )
    demos: list[Demo] = []

    def start(tasks: Tasks) -> None:
        theme = options.theme or ("light" if headless else None)
        console = Console(paths, engine_program(home, clock), tasks, clock=clock, theme=theme)
        console.context.theme.apply(app)
        demo = Demo(
            console,
            sandbox,
            DemoOptions(
                scenario=Path(options.scenario).stem,
                seconds=options.seconds,
                scripted=headless,
                screenshot=options.screenshot,
            ),
        )
        demos.append(demo)
        # It takes seconds until the sandbox listens, and nobody is asked to sign in meanwhile.
        console.start(_at_full_size if headless else MainWindow, to_come=PROFILE)
        tasks.spawn(demo.play(app.exit), name="demo")

    async def close() -> None:
        for demo in demos:
            await demo.close()

    code = aio.run(app, start, close, early)
    for demo in demos:
        if demo.trouble:
            sys.stderr.write(f"{demo.trouble}\n")
        if demo.measured is not None:
            summary = as_json(demo.measured)
            sys.stdout.write(
                (json.dumps(summary) if options.json else as_text(demo.measured)) + "\n"
            )
    return code


def _sandbox_arguments(options: argparse.Namespace, clock: SystemClock) -> list[str]:
    arguments = ["--scenario", options.scenario, "--paused"]
    arguments += [f"--clock-speed={clock.speed}@{clock.origin}"]
    for name in ("seed", "speed", "rate"):
        value = getattr(options, name)
        if value is not None:
            arguments += [f"--{name}", str(value)]
    return arguments
