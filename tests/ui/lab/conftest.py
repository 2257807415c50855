"""A lab with a real engine, and a link whose questions are kept in a list."""

import pytest

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.results import Judgement
from console.protocol.lab_runs import RunRow
from console.ui.acts.acts_model import ActsModel
from console.ui.calls.calls_model import CallsModel
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.lab.window import LabWindow
from console.ui.people.people_model import PeopleModel
from console.ui.shell.app import engine_program
from console.ui.state.controller import WindowController
from console.ui.state.engine_client import EngineClient
from console.ui.state.engine_link import EngineLink
from console.ui.state.meters import Meters
from console.ui.state.profiles import Profiles
from console.ui.state.settings import Settings
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.theme import Theme
from tests.ui.slots_at_once import SlotsAtOnce


@pytest.fixture
def asked(sent):
    return sent


@pytest.fixture
def theme(qapp):
    return Theme("dark")


@pytest.fixture
def row():
    def make(index=0, text="hello", action="keep", **fields):
        return RunRow(index=index, line=index + 1, text=text, a=Judgement(action=action), **fields)

    return make


def make_parts(session, clock, home, program):
    paths = Paths.under(home)
    paths.create()
    settings = Settings(paths.config / "settings.json")
    settings.load()
    keymap = Keymap(paths.config / "keys.json")
    transcript = TranscriptModel(session)
    engine = EngineClient(program)
    engine.message_received.connect(session.apply)
    link = EngineLink(engine)
    return WindowContext(
        clock=clock,
        session=session,
        engine=engine,
        link=link,
        controller=WindowController(session, link, clock),
        commands=CommandSet(keymap.keys()),
        keymap=keymap,
        settings=settings,
        theme=Theme("dark"),
        profiles=Profiles(paths.config / "profiles.json", Secrets("moderator-console-test")),
        meters=Meters(session, transcript, clock),
        calls=CallsModel(session, clock),
        people=PeopleModel(session, clock),
        transcript=transcript,
        acts=ActsModel(session),
        slots=SlotsAtOnce(),
    )


@pytest.fixture
def lab(qtbot, session, clock, tmp_path):
    """A lab window whose engine judges in a process of its own."""
    parts = make_parts(session, clock, tmp_path, engine_program(tmp_path))
    window = LabWindow(parts)
    qtbot.addWidget(window, before_close_func=lambda each: each.document.set_text(""))
    with qtbot.waitExposed(window):
        window.show()
    parts.engine.start()
    qtbot.waitUntil(lambda: window.document.good, timeout=20_000)
    yield window
    window._leaving = True
    parts.engine.stop()
