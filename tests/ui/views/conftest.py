"""A whole window whose engine is a list: what it would have sent is kept in ``window.sent``."""

import gc

import pytest
import shiboken6

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.sign_in import Method
from console.protocol.to_window import EngineState, Phase
from console.ui.shell.assembly import assemble
from console.ui.shell.main_window import MainWindow
from tests.ui.slots_at_once import SlotsAtOnce


class WatchedWindow(MainWindow):
    def __init__(self, context):
        super().__init__(context)
        self.sent = context.engine.sent

    def __getattr__(self, name):
        """The panels by the ids of their features."""
        panels = self.__dict__.get("panels", {})
        if name not in panels:
            raise AttributeError(name)
        return panels[name]


@pytest.fixture
def parts(qapp, clock, tmp_path, engine):
    paths = Paths.under(tmp_path)
    paths.create()
    secrets = Secrets("moderator-console-test")
    made = assemble(paths, engine, SlotsAtOnce(), clock=clock, secrets=secrets, theme="dark")
    yield made
    # Cycles that hold timers must not be left for the collector to find in another thread.
    shiboken6.delete(made.engine)
    del made
    gc.collect(1)


@pytest.fixture
def session(parts):
    return parts.session


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
def window(live, qtbot, qapp):
    live.theme.apply(qapp)
    made = WatchedWindow(live)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.reset_layout()
    with qtbot.waitExposed(made):
        made.show()
    live.controller.choose_call("default:hall")
    return made


@pytest.fixture
def say(window, live, make, qtbot):
    """Lets ``count`` lines be said and waits until they are rows, or wait to be."""
    numbers = iter(range(1, 1_000_000))

    def speak(count=1, speaker="ben", **fields):
        keys = [f"line{next(numbers)}" for _ in range(count)]
        said = [
            make.said(key, author_id=speaker, author_name=speaker.title(), **fields) for key in keys
        ]
        live.session.apply(make.heard(*said, verdicts=[make.local(key) for key in keys]))
        model = window.transcript.model
        if not model.held:
            qtbot.waitUntil(lambda: model.row_of_line(keys[-1]) >= 0, timeout=2000)
        return keys

    return speak
