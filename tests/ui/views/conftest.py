"""A whole window whose engine is a list: what it would have sent is kept in ``window.sent``."""

import gc

import pytest
import shiboken6

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.sign_in import Method
from console.protocol.to_window import EngineState, Phase
from console.ui.acts.acts_model import ActsModel
from console.ui.calls.calls_model import CallsModel
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.people.people_model import PeopleModel
from console.ui.shell.main_window import MainWindow
from console.ui.state.controller import WindowController
from console.ui.state.meters import Meters
from console.ui.state.profiles import Profiles
from console.ui.state.settings import Settings
from console.ui.state.window_context import WindowContext
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.theme import Theme
from tests.ui.slots_at_once import SlotsAtOnce


class WatchedWindow(MainWindow):
    def __init__(self, parts, sent):
        super().__init__(parts)
        self.sent = sent


@pytest.fixture
def parts(qapp, session, clock, tmp_path, engine, link):
    paths = Paths.under(tmp_path)
    paths.create()
    settings = Settings(paths.config / "settings.json")
    keymap = Keymap(paths.config / "keys.json")
    transcript = TranscriptModel(session)
    controller = WindowController(session, link, clock)
    made = WindowContext(
        clock=clock,
        session=session,
        engine=engine,
        link=link,
        controller=controller,
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
    controller.call_chosen.connect(transcript.set_cid)
    made.commands.act_wanted.connect(controller.request_act)
    made.commands.on("undo", controller.undo_last)
    yield made
    # Cycles that hold timers must not be left for the collector to find in another thread.
    for part in (made.calls, made.people, made.transcript, made.acts, made.meters, made.engine):
        shiboken6.delete(part)
    del made, part
    gc.collect()


@pytest.fixture
def live(parts, make):
    """Signed in, one call with three people."""
    session = parts.session
    session.apply(
        EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod", directory_complete=True)
    )
    session.apply(make.calls(make.call(captioning=True), make.call("default:yard"), whole=True))
    people = [make.person(name) for name in ("ann", "ben", "cleo")]
    session.apply(make.people(*people, whole=True))
    return parts


@pytest.fixture
def window(live, qtbot, qapp, sent):
    live.theme.apply(qapp)
    made = WatchedWindow(live, sent)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.reset_layout()
    with qtbot.waitExposed(made):
        made.show()
    live.controller.choose_call("default:hall")
    return made


@pytest.fixture
def say(live, make, qtbot):
    """Lets ``count`` lines be said and waits until they are rows, or wait to be."""
    numbers = iter(range(1, 1_000_000))

    def speak(count=1, speaker="ben", **fields):
        keys = [f"line{next(numbers)}" for _ in range(count)]
        said = [
            make.said(key, author_id=speaker, author_name=speaker.title(), **fields) for key in keys
        ]
        live.session.apply(make.heard(*said, verdicts=[make.local(key) for key in keys]))
        model = live.transcript
        if not model.held:
            qtbot.waitUntil(lambda: model.row_of_line(keys[-1]) >= 0, timeout=2000)
        return keys

    return speak
