"""Every message between window and engine has something that handles it, on both sides."""

from typing import get_args

import pytest

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.engine.engine import Engine
from console.engine.router import Router
from console.engine.services.registry import SERVICES
from console.engine.window_channel import WindowChannel
from console.protocol.ask import Answer, Ask
from console.protocol.to_engine import ToEngine
from console.protocol.to_window import ToWindow
from console.ui.state.engine_link import RUN_NEWS
from console.ui.state.session_state import SessionState


class Nowhere:
    pending = 0

    def write(self, data):
        pass


@pytest.fixture
async def router(tmp_path):
    clock = SystemClock()
    channel = WindowChannel(Nowhere(), clock)
    engine = Engine(Paths.under(tmp_path), channel, clock)
    made = Router(engine, channel, clock, leave=lambda: None)
    yield made
    await made.close()
    await engine.close()


async def test_the_engine_handles_every_message_of_the_window(router):
    assert set(router.handlers) == set(get_args(ToEngine))


def test_the_window_handles_every_message_of_the_engine(qapp):
    answers = {kind for kind in get_args(ToWindow) if issubclass(kind, Answer)}
    by_state = set(SessionState(SystemClock()).handlers)
    by_link = answers | set(RUN_NEWS)
    assert by_state | by_link == set(get_args(ToWindow))
    assert not by_state & by_link


def test_every_question_has_one_class_of_answers():
    asks = [kind for kind in get_args(ToEngine) if issubclass(kind, Ask)]
    answered = [ask for kind in get_args(ToWindow) if issubclass(kind, Answer) for ask in kind.asks]
    assert sorted(answered, key=str) == sorted(asks, key=str)


@pytest.mark.parametrize("kind", [k for k in get_args(ToWindow) if issubclass(k, Answer)])
def test_every_answer_can_be_a_refusal(kind):
    assert kind("r", sentence="No.").sentence == "No."


def test_no_message_is_handled_by_two_services():
    handled = [kind for service in SERVICES for kind in service.handles]
    assert len(handled) == len(set(handled))
