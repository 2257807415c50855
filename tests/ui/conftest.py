"""Examples of the product's words, a clock that moves only by hand, and the whole window."""

import asyncio
import gc

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.call import Call, Participant
from console.domain.item import CAPTION, Item, Text
from console.domain.phase import Phase
from console.domain.raised import Handling, RaisedItem
from console.domain.sign_in import Method
from console.domain.verdict import FLAG, JudgedItem, Severity, Source, Verdict
from console.protocol.acts import ActProgress
from console.protocol.raised import RaisedChanged
from console.protocol.requests import OpenRequest
from console.protocol.to_window import (
    CallsChanged,
    EngineState,
    Gap,
    Heard,
    Judged,
    Notice,
    NoticeKind,
    ParticipantsChanged,
)
from console.ui.shell.assembly import assemble
from console.ui.state.engine_link import EngineLink
from console.ui.state.session_state import SessionState
from console.ui.widgets.theme import Theme
from tests.patience import patient
from tests.ui.silent_engine import SilentEngine
from tests.ui.tasks_at_once import TasksAtOnce
from tests.ui.watched_window import WatchedWindow

CID = "default:hall"
START = 1_800_000_000.0


class StillClock:
    def __init__(self):
        self.time = START

    def now(self):
        return self.time

    def monotonic(self):
        return self.time

    async def sleep(self, seconds):
        self.time += seconds
        await asyncio.sleep(0)


class Examples:
    """Builds frozen examples; every field can be given."""

    cid = CID
    start = START

    def call(self, cid=CID, **fields):
        kind, _, name = cid.partition(":")
        fields.setdefault("name", name)
        fields.setdefault("session_id", f"session-{name}")
        fields.setdefault("people", 3)
        return Call(cid=cid, type=kind, id=name, **fields)

    def person(self, user_id="ann", **fields):
        fields.setdefault("cid", CID)
        fields.setdefault("user_session_id", f"{user_id}-1")
        fields.setdefault("name", user_id.title())
        return Participant(user_id=user_id, **fields)

    def said(self, key="u1", **fields):
        fields.setdefault("cid", CID)
        fields.setdefault("session_id", f"session-{fields['cid'].partition(':')[2]}")
        fields.setdefault("kind", CAPTION)
        fields.setdefault("author_id", "ann")
        fields.setdefault("author_name", fields["author_id"].title())
        fields.setdefault("text", f"words of {key}")
        fields.setdefault("start_time", START - 2)
        fields.setdefault("end_time", START - 1)
        fields.setdefault("received_at", START)
        text = Text(fields.pop("text"))
        fields.setdefault("body", text)
        return Item(item_id=key, **fields)

    def verdict(self, key="u1", action=FLAG, **fields):
        fields.setdefault("source", Source.STREAM)
        fields.setdefault("severity", Severity.NONE if action == "keep" else Severity.MEDIUM)
        fields.setdefault("labels", () if action == "keep" else ("scam",))
        return Verdict(item_id=key, action=action, **fields)

    def local(self, key="u1", action="keep", **fields):
        return self.verdict(key, action, source=Source.LOCAL, provisional=True, **fields)

    def notice(self, kind=NoticeKind.MUTED, **fields):
        fields.setdefault("cid", CID)
        fields.setdefault("at", START)
        fields.setdefault("text", f"Ann was {kind.value}.")
        fields.setdefault("user_ids", ("ann",))
        return Notice(kind=kind, **fields)

    def request(self, user_id="ann", **fields):
        fields.setdefault("cid", CID)
        fields.setdefault("name", user_id.title())
        fields.setdefault("permissions", ("send-audio",))
        fields.setdefault("since", START - 60)
        return OpenRequest(user_id=user_id, **fields)

    def gap(self, *cids):
        return Gap(cids=cids or (CID,), since=START - 9, until=START, reason="no connection")

    def act(self, act_id="a1", kind="revoke_audio", **fields):
        fields.setdefault("cid", CID)
        fields.setdefault("requested_at", START)
        fields.setdefault("user_ids", ("ann",))
        fields.setdefault("names", ("Ann",))
        return Act(act_id=act_id, kind=kind, **fields)

    def progress(self, act=None, state=ReceiptState.QUEUED, **fields):
        act = act or self.act()
        return ActProgress(act=act, receipt=Receipt(act_id=act.act_id, state=state, **fields))

    def calls(self, *calls, **fields):
        return CallsChanged(changed=calls, **fields)

    def people(self, *people, cid=CID, **fields):
        return ParticipantsChanged(cid=cid, session_id="session-hall", changed=people, **fields)

    def heard(self, *said, verdicts=(), replay=False):
        items = (
            JudgedItem(item, tuple(one for one in verdicts if one.item_id == item.item_id))
            for item in said
        )
        return Heard(tuple(items), replay=replay)

    def judged(self, *verdicts):
        return Judged(verdicts=verdicts)

    def raised_item(self, key="u1", *, said=None, verdict=None, **handling):
        handling.setdefault("incident", key)
        handling.setdefault("raised_at", START)
        return RaisedItem(
            item=said or self.said(key),
            verdict=verdict or self.verdict(key),
            handling=Handling(item_id=key, **handling),
        )

    def raised(self, *items, **fields):
        return RaisedChanged(changed=items, **fields)


@pytest.fixture
def make():
    return Examples()


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def session(request, qapp, clock):
    """The state of the whole window where a test has one, else one of its own."""
    if "parts" in request.fixturenames:
        return request.getfixturevalue("parts").session
    return SessionState(clock)


@pytest.fixture
def theme(qapp):
    return Theme("dark")


@pytest.fixture
def engine(qapp):
    return SilentEngine()


@pytest.fixture
def sent(engine):
    """What the engine was sent, in order."""
    return engine.sent


@pytest.fixture
def link(engine):
    return EngineLink(engine)


class PatientBot(QtBot):
    """pytest-qt's robot, whose limits are stretched where the machine is busy."""

    def waitUntil(self, callback, *, timeout=5000):
        super().waitUntil(callback, timeout=_patient(timeout))

    def waitSignal(self, signal, *, timeout=5000, **options):
        return super().waitSignal(signal, timeout=_patient(timeout), **options)

    def waitExposed(self, widget, *, timeout=5000):
        return super().waitExposed(widget, timeout=_patient(timeout))


def _patient(milliseconds):
    return int(patient(milliseconds))


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture
def collected_anywhere():
    """Python collects garbage in any thread, as it does where nobody says otherwise."""
    gc.enable()
    yield
    gc.disable()


class Recorder:
    """What signals carried, by name, in order."""

    def __init__(self):
        self.all = []

    def watch(self, **signals):
        for name, signal in signals.items():
            signal.connect(lambda *values, name=name: self.all.append((name, *values)))
        return self

    def of(self, name):
        return [
            entry[1] if len(entry) == 2 else entry[1:] for entry in self.all if entry[0] == name
        ]


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def parts(qapp, clock, tmp_path, engine):
    paths = Paths.under(tmp_path)
    paths.create()
    secrets = Secrets("moderator-console-test")
    made = assemble(paths, engine, TasksAtOnce(), clock=clock, secrets=secrets, theme="dark")
    yield made
    # Cycles that hold timers must not be left for the collector to find in another thread.
    shiboken6.delete(made.engine)
    del made
    gc.collect(1)


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
