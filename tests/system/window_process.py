"""Run as a program: the real window on a real X server, which also says where things are.

Standard input: first a JSON line with the sandbox's address, then one question a line; standard
output: one JSON answer a line. Questions: ``ready``, ``row TEXT`` (a transcript row), ``widget
OBJECT-NAME`` (visible and enabled, or null), ``acts``, ``chosen``, ``engine`` (its pid), ``lines``,
``shot FILE``, ``quit``.
"""

import asyncio
import json
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from console.base.paths import Paths
from console.base.tasks import Tasks
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.ui.demo.sandbox_process import SandboxAddress
from console.ui.demo.scripted_moderator import transcript_of
from console.ui.shell.app import Console, build_application, engine_program
from console.ui.shell.main_window import MainWindow
from console.ui.state import aio
from console.ui.state.entries import ItemEntry


def on_screen(widget: QWidget, rect: QRect) -> dict[str, int]:
    middle = widget.mapToGlobal(QPoint(rect.left() + rect.width() // 3, rect.center().y()))
    return {"x": middle.x(), "y": middle.y()}


class Answers:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.context = console.context
        assert console.window is not None
        self.transcript = transcript_of(console.window)

    def ready(self, _rest: str) -> bool:
        state = self.context.session.state
        window = self.console.window
        captioning = [call.captioning for call in self.context.session.calls.values()]
        return bool(
            state.phase is Phase.LIVE
            and state.directory_complete
            and captioning
            and all(captioning)
            and window is not None
            and window.isActiveWindow()
        )

    def row(self, text: str) -> dict[str, int] | None:
        transcript = self.transcript
        window = self.console.window
        rows = window.findChild(QAbstractItemView, "transcript") if window else None
        for number in range(transcript.rowCount()):
            entry = transcript.entry(number)
            if rows and isinstance(entry, ItemEntry) and text in entry.item.text:
                rect = rows.visualRect(transcript.index(number))
                if rows.viewport().rect().contains(rect.center()):
                    return on_screen(rows.viewport(), rect)
        return None

    def widget(self, name: str) -> dict[str, int] | None:
        for top in QApplication.topLevelWidgets():
            for found in top.findChildren(QWidget, name):
                if found.isVisible() and found.isEnabled():
                    return on_screen(found, found.rect())
        return None

    def acts(self, _rest: str) -> list[dict[str, object]]:
        return [
            {
                "kind": progress.act.kind,
                "users": progress.act.user_ids,
                "state": progress.receipt.state,
                "minutes": progress.act.minutes,
            }
            for progress in self.context.session.acts.values()
        ]

    def chosen(self, _rest: str) -> str:
        return self.context.controller.target.user_id if self.context.controller.target else ""

    def engine(self, _rest: str) -> int:
        return self.context.engine.pid

    def lines(self, _rest: str) -> dict[str, int]:
        session = self.context.session
        return {
            "heard": session.history.tally.lines,
            "duplicated": session.history.tally.duplicated,
            "waiting": session.history.waiting(),
        }

    def shot(self, file: str) -> bool:
        return bool(self.console.window and self.console.window.grab().save(file))


def main() -> int:
    address = msgspec.json.decode(sys.stdin.readline(), type=SandboxAddress)
    home = Path(sys.argv[1])
    app = build_application(["moderator-console"])
    made: list[Console] = []
    profile = Profile(
        name="Sandbox",
        api_key=address.api_key,
        method=Method.SECRET,
        user_id=address.user_id,
        base_url=address.base_url,
        ws_url=address.ws_url,
    )

    async def answer(console: Console) -> None:
        answers = Answers(console)
        while True:
            line = (await asyncio.to_thread(sys.stdin.readline)).strip()
            if line in ("", "quit"):
                app.exit(0)
                return
            question, _, rest = line.partition(" ")
            sys.stdout.write(json.dumps(getattr(answers, question)(rest)) + "\n")
            sys.stdout.flush()

    def start(tasks: Tasks) -> None:
        paths = Paths.under(home)
        paths.create()
        console = Console(paths, engine_program(home), tasks)
        made.append(console)
        console.context.theme.apply(app)
        console.start(MainWindow, (profile, address.api_secret))
        if console.window is not None:
            console.window.activateWindow()
        tasks.spawn(answer(console), name="answers")

    async def close() -> None:
        for console in made:
            await console.close()

    return aio.run(app, start, close)


if __name__ == "__main__":
    raise SystemExit(main())
