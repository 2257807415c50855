"""Past sessions, against the served sandbox: listed, opened, read around a moment."""

from console.domain.act import ReceiptState
from console.domain.past import PastFilter
from console.protocol.past import (
    AskPastLines,
    AskPastSession,
    AskPastSessions,
    PastLines,
    PastSessionOpened,
    PastSessions,
)

CID = "default:one"


async def test_a_call_that_is_over_is_found_and_opens_with_what_was_done(
    sandbox, console, shared_clock, ask
):
    ann, ben = sandbox.call("one", "ann", "ben")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    for presence, text in ((ann, "Good morning."), (ben, "You idiot."), (ann, "Well.")):
        sandbox.say(presence, text)
        await console.until(lambda text=text: text in console.texts)
    session_id = console.calls[CID].session_id
    kick = console.act("kick", CID, "ben", requested_at=shared_clock.now())
    await console.until(
        lambda: (receipt := console.receipt(kick)) and receipt.state is ReceiptState.SEEN
    )
    running = await ask(PastSessions, AskPastSessions)
    assert [each.running for each in running.sessions] == [True]

    sandbox.world.control.end(CID, by="host")
    await console.until(lambda: CID not in console.calls or not console.calls[CID].session_id)
    (session,) = (await ask(PastSessions, AskPastSessions, PastFilter(text="ben"))).sessions
    assert (session.name, session.session_id, session.running) == ("Call one", session_id, False)
    assert (session.acts, session.people) == (1, 2)

    opened = await ask(PastSessionOpened, AskPastSession, CID, session_id)
    assert [each.act.act_id for each in opened.acts] == [kick]
    assert sum(opened.density) == session.lines
    lines = await ask(PastLines, AskPastLines, CID, session_id, at=session.since)
    texts = [each.item.text for each in lines.lines if each.item.kind == "caption"]
    assert texts == ["Good morning.", "You idiot.", "Well."]
    by_item = await ask(
        PastSessionOpened, AskPastSession, "", "", item_id=lines.lines[0].item.item_id
    )
    assert by_item.session == opened.session


async def test_what_is_not_in_the_store_is_said_so(sandbox, console, ask):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    answer = await ask(PastSessionOpened, AskPastSession, "default:gone", "s9")
    assert answer.sentence == "Nothing of this call is in the store any more."
