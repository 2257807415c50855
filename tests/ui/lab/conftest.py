"""A lab with a real engine, and a link whose questions are kept in a list."""

import pytest

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.results import Judgement
from console.protocol.lab_runs import RunRow
from console.ui.lab.commands import LAB_COMMANDS
from console.ui.lab.window import LabWindow
from console.ui.shell.app import engine_program
from console.ui.shell.assembly import assemble
from console.ui.state.engine_client import EngineClient
from tests.ui.tasks_at_once import TasksAtOnce


@pytest.fixture
def asked(sent):
    return sent


@pytest.fixture
def row():
    def make(index=0, text="hello", action="keep", **fields):
        return RunRow(index=index, line=index + 1, text=text, a=Judgement(action=action), **fields)

    return make


class WatchedLab(LabWindow):
    def __getattr__(self, name):
        """What the panel has."""
        if "panel" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.panel, name)

    def action(self, command_id):
        return self._set_of(LAB_COMMANDS[command_id]).action(command_id)


def make_parts(clock, home, program):
    """The product's own context, with an engine process of ``program``."""
    paths = Paths.under(home)
    paths.create()
    secrets = Secrets("moderator-console-test")
    engine = EngineClient(program)
    return assemble(paths, engine, TasksAtOnce(), clock=clock, secrets=secrets, theme="dark")


@pytest.fixture
def lab(qtbot, clock, tmp_path, warm_python):
    """A lab window whose engine judges in a process of its own."""
    parts = make_parts(clock, tmp_path, [warm_python, *engine_program(tmp_path)[1:]])
    window = WatchedLab(parts)
    qtbot.addWidget(window, before_close_func=lambda each: each.document.set_text(""))
    with qtbot.waitExposed(window):
        window.show()
    parts.engine.start()
    qtbot.waitUntil(lambda: window.document.good, timeout=20_000)
    yield window
    window.panel._given_up = True
    parts.engine.stop()
