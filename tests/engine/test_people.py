"""Cards, notes and watch marks, against the served sandbox."""

import itertools

import pytest

from console.domain.about_person import MAX_NOTE
from console.domain.act import Act, ReceiptState
from console.protocol.acts import RequestAct
from console.protocol.ask import Answer
from console.protocol.people import (
    AskPerson,
    AskPersonSession,
    NotesChanged,
    PersonCard,
    PersonSessionLines,
    Remembered,
    RemoveNote,
    WatchedChanged,
    WatchPerson,
    WriteNote,
)
from console.sandbox.world import MODERATOR_ID

CID = "default:one"


class Asker:
    """Asks one console, and waits for the answer."""

    def __init__(self, console):
        self._console = console
        self._numbers = itertools.count()

    def new_id(self):
        return f"q{next(self._numbers)}"

    async def __call__(self, answer, ask, *fields):
        request_id = self.new_id()
        self._console.router.answer(ask(request_id, *fields))
        found: list[Answer] = []

        def answered():
            found[:] = [a for a in self._console.of(answer) if a.request_id == request_id]
            return found

        await self._console.until(answered)
        return found[0]

    async def card(self, user_id):
        return await self(PersonCard, AskPerson, CID, user_id)


@pytest.fixture
def ask(console):
    return Asker(console)


async def hear(sandbox, console, presence, text):
    sandbox.say(presence, text)
    await console.until(lambda: text in console.texts)


async def test_this_session_stands_apart_from_earlier_ones(sandbox, console, ask):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await hear(sandbox, console, ann, "Before the break.")
    before = console.calls[CID].session_id
    sandbox.world.attendance.leave(CID, ann.user_session_id)
    await console.until(lambda: not console.calls[CID].session_id)

    late = await ask.card("ann")
    assert (late.session_id, [j.item.text for j in late.items]) == (before, ["Before the break."])

    back = sandbox.join(CID, "ann")
    await console.until(
        lambda: console.calls[CID].session_id not in ("", before) and console.calls[CID].captioning
    )
    await hear(sandbox, console, back, "After the break.")
    card = await ask.card("ann")
    assert [j.item.text for j in card.items] == ["After the break."]
    assert card.session_id == console.calls[CID].session_id
    assert [(s.session_id, s.lines) for s in card.sessions] == [(card.session_id, 1), (before, 1)]
    assert {s.call_name for s in card.sessions} == {"Call one"}
    earlier = await ask(PersonSessionLines, AskPersonSession, CID, "ann", before)
    assert [j.item.text for j in earlier.items] == ["Before the break."]


async def test_a_person_on_two_devices_has_one_card(sandbox, console, ask):
    sandbox.call("one", "ann")
    sandbox.join(CID, "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.focus(CID)
    await console.until(lambda: len(console.people) == 2)
    card = await ask.card("ann")
    assert len(card.devices) == 2
    assert card.calls == (CID,)


async def test_a_sanction_is_a_strike_until_it_is_taken_back(sandbox, console, ask):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    assert ((await ask.card("ann")).strikes.count) == 0
    act_id = revoke(console, sandbox.world.state.now())
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    strikes = (await ask.card("ann")).strikes
    assert strikes.count == 1


def revoke(console, now):
    """An act of ``now``: those that the console of the fixture sends are from 1970."""
    act = Act(
        act_id="r1",
        kind="revoke_audio",
        cid=CID,
        requested_at=now,
        session_id=console.calls[CID].session_id,
        user_ids=("ann",),
        names=("Ann",),
        by=MODERATOR_ID,
    )
    console.router.answer(RequestAct(act=act))
    return act.act_id


async def test_a_note_is_kept_shown_and_taken_back(sandbox, console, ask):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    assert not (await ask(Remembered, WriteNote, "ann", "  Sells tickets.  ")).sentence
    (note,) = (await ask.card("ann")).notes
    assert (note.text, note.by) == ("Sells tickets.", MODERATOR_ID)
    assert note.at > 0
    assert console.of(NotesChanged)[-1].user_ids == ("ann",)
    assert not (await ask(Remembered, RemoveNote, note.note_id)).sentence
    assert (await ask.card("ann")).notes == ()


@pytest.mark.parametrize(
    ("text", "why"), [("  ", "A note needs a word."), ("x" * (MAX_NOTE + 1), "at most 2,000")]
)
async def test_a_note_that_cannot_be_kept_says_why(sandbox, console, ask, text, why):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    assert why in (await ask(Remembered, WriteNote, "ann", text)).sentence
    assert "not known" in (await ask(Remembered, RemoveNote, "nothing")).sentence


async def test_a_watch_mark_survives_the_engine(sandbox, console, ask):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await ask(Remembered, WatchPerson, "ann", "Ann", True)
    (mark,) = console.of(WatchedChanged)[-1].changed
    assert (mark.user_id, mark.name, mark.by, mark.on) == ("ann", "Ann", MODERATOR_ID, True)
    assert (await ask.card("ann")).mark == mark

    console.router.answer(sandbox.sign_in())  # another sign-in reads it from the store
    await console.until(lambda: console.of(WatchedChanged)[-1].whole)
    assert console.of(WatchedChanged)[-1].changed == (mark,)
    await ask(Remembered, WatchPerson, "ann", "Ann", False)
    assert not console.of(WatchedChanged)[-1].changed[0].on
