"""Which calls need captions turned on, and how refusals are taken."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from console.base.clock import SystemClock
from console.base.tasks import Tasks
from console.domain.call import Call
from console.domain.sign_in import Method
from console.engine.services.caption_control import (
    CAPABILITY,
    CaptionControl,
    CaptionPlan,
    plan_captions,
)
from console.engine.wire.refusals import RateLimitedError, RefusedError
from tests.patience import patient

CALL = Call(
    cid="default:a",
    type="default",
    id="a",
    name="A",
    session_id="s",
    captions_mode="available",
    own_capabilities=frozenset({CAPABILITY}),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, CaptionPlan(start=True)),
        ({"captioning": True}, CaptionPlan()),
        ({"session_id": ""}, CaptionPlan()),
        ({"ended_at": 1.0}, CaptionPlan()),
        ({"captions_mode": "auto-on"}, CaptionPlan()),
        ({"captions_mode": "disabled"}, CaptionPlan()),
    ],
)
def test_what_a_call_needs(changes, expected):
    assert plan_captions(replace(CALL, **changes), Method.TOKEN) == expected


def test_only_a_user_token_needs_the_capability():
    without = replace(CALL, own_capabilities=frozenset())
    assert plan_captions(without, Method.SECRET) == CaptionPlan(start=True)
    assert CAPABILITY in plan_captions(without, Method.TOKEN).obstacle


class Calls:
    def calls(self):
        return (CALL,)

    def language(self, cid):
        return "fr"


class NoActs:
    """The store of an engine that is the first one."""

    async def recent_acts(self, limit):
        return []


class Stream:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.news = asyncio.Event()

    async def start_captions(self, cid, language=""):
        self.asked.append((cid, language))
        self.news.set()
        if self.answers:
            raise self.answers.pop(0)


async def ask(stream, times):
    problems = []
    tasks = Tasks()
    context: Any = SimpleNamespace(
        gateway=stream,
        store=NoActs(),
        directory=Calls(),
        clock=SystemClock(),
        profile=SimpleNamespace(method=Method.SECRET),
        channel=SimpleNamespace(problem=lambda *what: problems.append(what)),
        keep_running=lambda part, name: tasks.spawn(part(), name=name),
    )
    control = CaptionControl(context)
    await control.start()
    try:
        async with asyncio.timeout(patient(5)):
            while len(stream.asked) < times:
                stream.news.clear()
                await stream.news.wait()
        for _ in range(5):
            control.on_swept("connection")
            await asyncio.sleep(0)
    finally:
        await tasks.close()
    return problems


async def test_asked_once_while_the_answer_settles():
    stream = Stream()
    assert await ask(stream, 1) == []
    assert stream.asked == [("default:a", "fr")]


async def test_a_refusal_is_told_once_and_not_repeated():
    stream = Stream(RefusedError(17, 403, "Not allowed.", retryable=False))
    problems = await ask(stream, 1)
    sentence = "Captions could not be turned on: Stream does not allow this."
    assert problems == [("captions of default:a", sentence)]
    assert len(stream.asked) == 1


async def test_a_rate_limit_is_waited_for():
    stream = Stream(RateLimitedError(0.05))
    assert await ask(stream, 2) == []
    assert len(stream.asked) == 2
