"""A service that fails costs its own feature and nothing else."""

import asyncio

import pytest

from console.engine import session
from console.engine.services.registry import SERVICES
from console.engine.services.service import Service
from console.protocol.connection import SignIn
from console.protocol.people import AskPerson, PersonCard
from console.protocol.to_window import Problem

CID = "default:one"


class Broken(Service):
    async def on_event(self, received):
        raise ValueError("on_event")

    def on_items(self, heard):
        raise ValueError("on_items")

    def on_focus(self, cid):
        raise ValueError("on_focus")

    def numbers(self, now):
        raise ValueError("numbers")

    async def close(self):
        raise ValueError("close")


class NeverBegins(Service):
    async def start(self):
        raise ValueError("start")


class Clumsy(Service):
    handles = (AskPerson,)

    async def answer(self, message):
        raise ValueError("answer")


def with_first(monkeypatch, *services):
    monkeypatch.setattr(session, "SERVICES", (*services, *SERVICES))


@pytest.mark.expects_errors
async def test_the_others_go_on_and_the_failure_is_said(sandbox, console, monkeypatch):
    with_first(monkeypatch, Broken, NeverBegins)
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.focus(CID)
    sandbox.say(ann, "Can you hear me?")
    await console.until(lambda: console.texts == ["Can you hear me?"])
    await console.until(lambda: console.person("ann"))
    await console.until(lambda: console.pulse.heard == 1)
    places = {problem.place for problem in console.of(Problem)}
    assert {"broken", "neverbegins", "event call.closed_caption"} <= places


@pytest.mark.expects_errors
async def test_a_question_that_fails_is_refused(sandbox, console, monkeypatch):
    with_first(monkeypatch, Clumsy)
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    console.router.answer(AskPerson("1", CID, "ann"))
    await console.until(lambda: console.of(PersonCard))
    assert console.of(PersonCard) == [
        PersonCard("1", sentence="This part failed (ValueError); see the log.")
    ]


async def test_a_question_without_a_sign_in_is_refused(console):
    console.router.answer(AskPerson("1", CID, "ann"))
    await console.until(lambda: console.of(PersonCard))
    assert console.of(PersonCard) == [PersonCard("1", sentence="You are not signed in.")]


async def test_what_is_asked_of_a_sign_in_that_fails_is_refused(sandbox, console):
    profile = sandbox.profile()
    console.router.answer(SignIn(profile=profile, secret=""))
    console.router.answer(AskPerson("1", CID, "ann"))
    await console.until(lambda: console.of(PersonCard))
    (card,) = console.of(PersonCard)
    assert "not signed in" in card.sentence


async def test_what_begins_while_the_sign_in_ends_does_not_go_on(sandbox, console, monkeypatch):
    """Else a service of a sign-in that is over would go on asking, or acting."""
    starting, may_start = asyncio.Event(), asyncio.Event()
    begun: list[Service] = []

    class Late(Service):
        async def start(self):
            starting.set()
            await may_start.wait()
            self.context.keep_running(self.run, "late")

        async def run(self):
            begun.append(self)

    class Later(Service):
        async def start(self):
            begun.append(self)

    monkeypatch.setattr(session, "SERVICES", (*SERVICES, Late, Later))
    console.router.answer(sandbox.sign_in())
    await starting.wait()
    beginning = next(task for task in asyncio.all_tasks() if task.get_name() == "session")

    await console.engine.session.close()
    may_start.set()
    await beginning

    assert begun == []
