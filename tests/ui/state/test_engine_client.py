import itertools
import json
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from console.domain.act import ReceiptState
from console.domain.sign_in import Method, Profile
from console.protocol.acts import RequestAct, RetryAct
from console.protocol.connection import SignIn, SignOut
from console.protocol.people import AskPerson
from console.protocol.to_engine import Focus
from console.protocol.to_window import Problem
from console.ui.state import engine_client
from console.ui.state.engine_client import EngineClient

DOUBLE = Path(__file__).parents[1] / "engine_double.py"
PROFILE = Profile(name="main", api_key="key", method=Method.SECRET)
SIGN_IN = SignIn(profile=PROFILE, secret="hush")


@pytest.fixture
def start(qtbot, recorder, monkeypatch):
    monkeypatch.setattr(engine_client, "BACKOFF_SECONDS", (0.02, 0.05))
    clients = []

    def start(**options):
        client = EngineClient([sys.executable, str(DOUBLE), json.dumps(options)])
        clients.append(client)
        recorder.watch(
            message=client.message_received,
            started=client.started,
            died=client.died,
            refused=client.refused,
        )
        client.start()
        return client

    yield start
    for client in clients:
        client.stop()


@pytest.fixture
def wait(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=15_000)


def heard(recorder):
    """What the engine says it was sent, in order."""
    return [message.place for message in recorder.of("message") if isinstance(message, Problem)]


def ran(recorder, n=1):
    return lambda: len(recorder.of("started")) == n


def test_it_starts_speaks_and_ends(start, recorder, wait):
    client = start()
    client.send(SIGN_IN)
    client.send(AskPerson("r", cid="a:1", user_id="ann"))
    wait(lambda: heard(recorder) == ["SignIn", "AskPerson"])
    pid = client.pid
    assert recorder.of("started") == [pid]
    assert client.running
    client.stop()
    assert not psutil.pid_exists(pid)
    assert client.pid == 0
    assert recorder.of("died") == []


@pytest.mark.expects_errors
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_engine_is_started_again_and_told_all(start, recorder, wait, make):
    client = start()
    client.send(SIGN_IN)
    client.send(Focus(cid="a:1"))
    client.send(RequestAct(act=make.act()))
    wait(lambda: heard(recorder) == ["SignIn", "Focus", "RequestAct"])
    os.kill(client.pid, signal.SIGKILL)
    wait(ran(recorder, 2))
    wait(lambda: heard(recorder)[3:] == ["SignIn", "Focus", "RequestAct"])
    assert recorder.of("died") == ["The engine crashed."]
    assert client.restarts == 1


@pytest.mark.expects_errors
def test_an_answered_act_is_not_sent_again(start, recorder, wait, make):
    client = start(answer=True)
    client.send(RequestAct(act=make.act()))
    wait(lambda: len(client._unanswered) == 0 and "RequestAct" in heard(recorder))
    client.send(RetryAct(act_id="exit"))
    wait(ran(recorder, 2))
    client.send(RetryAct(act_id="none"))
    wait(lambda: heard(recorder) == ["RequestAct", "RetryAct", "RetryAct"])
    assert recorder.of("died") == ["The engine ended with code 3."]


@pytest.mark.expects_errors
def test_what_is_sent_while_there_is_no_engine_waits(start, recorder, wait):
    client = start()
    wait(ran(recorder))
    client.send(RetryAct(act_id="exit"))
    wait(lambda: len(recorder.of("died")) == 1)
    client.send(AskPerson("r", cid="a:1", user_id="ann"))
    client.send(SIGN_IN)
    assert not client.running
    wait(lambda: heard(recorder) == ["RetryAct", "SignIn", "AskPerson"])


def test_acts_that_nobody_answered_are_asked_for_again_after_a_sign_in(start, recorder, wait, make):
    client = start()
    client.send(SIGN_IN)
    client.send(RequestAct(act=make.act()))
    wait(lambda: heard(recorder) == ["SignIn", "RequestAct"])
    client.send(SIGN_IN)
    wait(lambda: heard(recorder)[2:] == ["SignIn", "RequestAct"])


def test_acts_never_cross_accounts(start, recorder, wait, make):
    client = start()
    client.send(SIGN_IN)
    client.send(RequestAct(act=make.act()))
    client.send(SIGN_IN)
    assert len(client._unanswered) == 1
    other = Profile(name="other", api_key="key", method=Method.TOKEN)
    client.send(SignIn(profile=other, secret="hush"))
    assert len(client._unanswered) == 0
    client.send(RequestAct(act=make.act()))
    client.send(SignOut())
    assert len(client._unanswered) == 0


def test_who_signs_out_while_there_is_no_engine_reads_that_nothing_was_sent(qapp, recorder, make):
    client = EngineClient(["never-started"])
    recorder.watch(message=client.message_received)
    client.send(SIGN_IN)
    client.send(RequestAct(act=make.act("a1")))
    assert recorder.of("message") == []
    client.send(SignOut())
    ((progress,),) = (message.acts for message in recorder.of("message"))
    assert progress.act.act_id == "a1"
    assert progress.receipt.state is ReceiptState.FAILED
    assert progress.receipt.reason == engine_client.NOT_SENT


@pytest.mark.expects_errors
def test_an_engine_of_another_version_is_refused(start, recorder, wait):
    client = start(version=99)
    wait(lambda: len(recorder.of("refused")) == 1)
    wait(lambda: client.pid == 0)
    assert "version 99" in recorder.of("refused")[0]
    assert recorder.of("died") == []
    assert client.restarts == 0


@pytest.mark.expects_errors
def test_lines_that_are_no_messages_cost_nothing_else(start, recorder, wait):
    client = start()
    client.send(RetryAct(act_id="babble"))
    client.send(AskPerson("r", cid="a:1", user_id="ann"))
    wait(lambda: heard(recorder)[-1:] == ["AskPerson"])
    assert heard(recorder) == ["RetryAct", "engine protocol", "engine protocol", "AskPerson"]
    assert client.refused_lines == 2


class Watch:
    """Each look at it takes a tenth of what may be handled at a stretch."""

    def __init__(self):
        self._looks = itertools.count()

    def perf_counter(self):
        return next(self._looks) * engine_client.DRAIN_SECONDS / 10

    def __getattr__(self, name):
        return getattr(time, name)


def test_a_flood_leaves_the_window_its_turns(start, recorder, wait, monkeypatch):
    client = start()
    wait(ran(recorder))
    monkeypatch.setattr(engine_client, "time", Watch())
    flood = [Problem(place="flood", sentence="", at=0.0)] * 50
    client._inbox.extend(flood)
    handled = []
    while client._inbox:
        client._drain()
        handled.append(heard(recorder).count("flood"))
    assert 5 <= len(handled) <= 6
    assert handled[-1] == 50


def test_a_flood_is_told_whole(start, recorder, wait):
    client = start()
    wait(ran(recorder))
    client.send(RetryAct(act_id="flood"))
    wait(lambda: heard(recorder).count("flood") == 5_000)
    assert client.running


@pytest.mark.expects_errors
def test_a_program_that_is_not_there_is_told(qtbot, recorder, monkeypatch):
    monkeypatch.setattr(engine_client, "BACKOFF_SECONDS", (0.02, 0.05))
    client = EngineClient(["/nowhere/engine"])
    recorder.watch(died=client.died)
    client.start()
    qtbot.waitUntil(lambda: len(recorder.of("died")) == 2, timeout=5000)
    client.stop()
    assert recorder.of("died")[0].startswith("The engine could not be started: ")


@pytest.mark.expects_errors
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_silent_engine_is_replaced(qtbot, recorder, monkeypatch):
    monkeypatch.setattr(engine_client, "SILENCE_SECONDS", 0.2)
    monkeypatch.setattr(engine_client, "BACKOFF_SECONDS", (0.02,))
    client = EngineClient([sys.executable, "-c", "import time; time.sleep(60)"])
    recorder.watch(died=client.died)
    client.start()
    qtbot.waitUntil(lambda: len(recorder.of("died")) == 1, timeout=5000)
    client.stop()
    assert client.pid == 0


@pytest.mark.expects_errors
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_engine_that_hangs_is_replaced(start, recorder, wait, monkeypatch):
    monkeypatch.setattr(engine_client, "SILENCE_SECONDS", 1.5)
    client = start()
    wait(ran(recorder))
    os.kill(client.pid, signal.SIGSTOP)
    wait(ran(recorder, 2))
    assert recorder.of("died") == ["The engine hung and was ended."]


@pytest.mark.expects_errors
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_engine_that_hangs_is_doubted_long_before_and_can_be_replaced(
    start, recorder, wait, monkeypatch
):
    monkeypatch.setattr(engine_client, "DOUBT_SECONDS", 0.3)
    client = start()
    recorder.watch(silent=client.silent)
    wait(ran(recorder))
    os.kill(client.pid, signal.SIGSTOP)
    wait(lambda: client.quiet)
    assert recorder.of("silent") == ["The engine has stopped answering."]
    client.start_now()
    wait(ran(recorder, 2))
    assert recorder.of("died") == ["The engine hung and was ended."]


def test_a_stubborn_engine_is_ended_all_the_same(start, recorder, wait, monkeypatch):
    monkeypatch.setattr(engine_client, "STOP_MS", 100)
    client = start(stubborn=True)
    wait(ran(recorder))
    pid = client.pid
    client.stop()
    assert not psutil.pid_exists(pid)
