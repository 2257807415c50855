"""Raised items as work, against the served sandbox."""

import pytest

from console.domain.raised import Decision, RaisedItem, RaisedState, Step
from console.domain.sign_in import Method
from console.protocol.raised import (
    Around,
    AskAround,
    Decide,
    Decided,
    RaisedChanged,
    UndoDecision,
)
from console.protocol.to_window import Pulse
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Console

CID = "default:one"
INSULT = "you are an idiot"
POLICY = {"block_list_config": {"enabled": True, "rules": [{"name": "insults", "action": "flag"}]}}
NAMES = iter(range(10**6))


class Desk:
    """What a window would show of the raised items."""

    def __init__(self, console):
        self.console = console

    @property
    def items(self):
        found: dict[str, RaisedItem] = {}
        for change in self.console.of(RaisedChanged):
            if change.whole:
                found.clear()
            for item_id in change.forgotten:
                found.pop(item_id, None)
            found |= {one.item_id: one for one in change.changed}
        return found

    @property
    def states(self):
        """State by what was said, in the order of arrival."""
        return {one.item.text: one.state for one in self.items.values()}

    def ids(self, *texts):
        return tuple(one.item_id for one in self.items.values() if one.item.text in texts)

    async def until(self, **states):
        """Until these raised items are in these states: letter of the speaker's text to state."""
        await self.console.until(
            lambda: {key: str(self.states.get(f"{INSULT} {key}", "")) for key in states} == states
        )

    async def decide(self, step, *letters, decision_id="", note=""):
        decision_id = decision_id or f"d{next(NAMES)}"
        ids = self.ids(*(f"{INSULT} {letter}" for letter in letters))
        decision = Decision(
            decision_id=decision_id, step=step, item_ids=ids, by=MODERATOR_ID, at=7.0, note=note
        )
        return await self.ask(Decide(f"r{next(NAMES)}", decision)), decision_id

    async def undo(self, decision_id):
        return await self.ask(UndoDecision(f"r{next(NAMES)}", decision_id))

    async def ask(self, question):
        self.console.router.answer(question)

        def answers():
            return [a for a in self.console.of(Decided) if a.request_id == question.request_id]

        await self.console.until(answers)
        return answers()[-1]

    async def counted(self):
        seen = len(self.console.of(Pulse))
        await self.console.until(lambda: len(self.console.of(Pulse)) > seen)
        counts = self.console.pulse.desk
        assert counts.raised == counts.handled + counts.dismissed + counts.open
        return counts


@pytest.fixture(autouse=True)
def raising(sandbox):
    """Stream raises what the local policy does."""
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": [INSULT.split()[-1]]}, new=True)
    judging.put_config("custom:captions", POLICY)


async def desk_of(console, sandbox, method=Method.SECRET, cid=CID):
    console.router.answer(sandbox.sign_in(method))
    await console.live(cid)
    return Desk(console)


def insult(sandbox, presence, *letters):
    for letter in letters:
        sandbox.say(presence, f"{INSULT} {letter}")


@pytest.mark.parametrize("method", list(Method))
async def test_what_is_raised_is_open_and_one_word_ends_it(sandbox, console, method):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox, method)
    insult(sandbox, ann, "a", "b", "c")
    sandbox.say(ann, "good morning")
    await desk.until(a="open", b="open", c="open")
    await console.until(lambda: "good morning" in console.texts)
    assert len(desk.items) == 3
    assert len({one.handling.incident for one in desk.items.values()}) == 1

    answer, _ = await desk.decide(Step.HANDLE, "a")
    assert (answer.sentence, answer.changed) == ("", 1)
    await desk.decide(Step.DISMISS, "b")
    await desk.decide(Step.TAKE, "c")

    assert desk.states == {
        f"{INSULT} a": RaisedState.HANDLED,
        f"{INSULT} b": RaisedState.DISMISSED,
        f"{INSULT} c": RaisedState.OPEN,
    }
    (taken,) = (one for one in desk.items.values() if one.is_open)
    assert taken.handling.holder == MODERATOR_ID
    counts = await desk.counted()
    assert (counts.handled, counts.dismissed, counts.open, counts.taken) == (1, 1, 1, 1)
    assert counts.oldest_open_at == taken.handling.raised_at


async def test_one_decision_about_several_is_one_undo_and_its_repetition_changes_nothing(
    sandbox, console
):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a", "b")
    await desk.until(a="open", b="open")

    _, decision_id = await desk.decide(Step.DISMISS, "a", "b")
    again, _ = await desk.decide(Step.DISMISS, "a", "b", decision_id=decision_id)
    assert (again.sentence, again.changed) == ("", 0)
    late, _ = await desk.decide(Step.HANDLE, "a")
    assert late.sentence == "It was dismissed already."
    undone = await desk.undo(decision_id)

    assert (undone.sentence, undone.changed) == ("", 2)
    await desk.until(a="open", b="open")
    assert "undone already" in (await desk.undo(decision_id)).sentence
    assert "not known" in (await desk.undo("never made")).sentence


async def test_an_act_on_the_person_handles_and_its_undo_opens_again(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    insult(sandbox, bob, "b")
    await desk.until(a="open", b="open")

    act_id = console.act("block", CID, "ann")
    await desk.until(a="handled", b="open")
    (handled,) = (one for one in desk.items.values() if not one.is_open)
    assert (handled.handling.act_id, handled.handling.by) == (act_id, MODERATOR_ID)
    await console.until(lambda: console.receipt(act_id).undoable)
    console.act("unblock", CID, "ann", undo_of=act_id)
    await desk.until(a="open", b="open")


async def test_an_act_that_fails_leaves_it_open(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    await desk.until(a="open")
    sandbox.between.add("/block", 403, b'{"code":17,"message":"no","StatusCode":403}')

    act_id = console.act("block", CID, "ann")

    await console.until(lambda: console.receipt(act_id) and console.receipt(act_id).settled)
    await desk.until(a="open")
    counts = await desk.counted()
    assert (counts.open, counts.handled) == (1, 0)


async def test_what_a_colleague_does_to_the_person_handles_it_too(sandbox, console):
    ann, bob, cleo = sandbox.call("one", "ann", "bob", "cleo")
    desk = await desk_of(console, sandbox)
    for presence, letter in ((ann, "a"), (bob, "b"), (cleo, "c")):
        insult(sandbox, presence, letter)
    await desk.until(a="open", b="open", c="open")

    sandbox.world.sanctions.kick(CID, "ann", "host")
    sandbox.world.sanctions.ban("bob", "host")
    sandbox.world.sanctions.mute(CID, ["cleo"], ["audio"])  # nobody did it: a rule of Stream's

    await desk.until(a="handled", b="handled", c="open")
    assert {one.handling.by for one in desk.items.values() if not one.is_open} == {"host"}


async def test_escalating_puts_it_into_the_review_queue_with_the_reason(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    await desk.until(a="open")

    await desk.decide(Step.ESCALATE, "a", note="third time this week")

    await desk.until(a="escalated")
    await console.until(lambda: all(one.handling.review_item_id for one in desk.items.values()))
    (one,) = desk.items.values()
    review = sandbox.world.judging.items[one.handling.review_item_id]
    assert (review.entity_id, review.entity_creator_id) == (one.item_id, "ann")
    flag = review.flags[-1]
    assert (flag.user_id, flag.reason) == (MODERATOR_ID, "third time this week")
    counts = await desk.counted()
    assert (counts.handled, counts.open, counts.to_be_flagged) == (1, 0, 0)


async def test_what_stream_does_not_take_into_its_queue_is_open_again_and_says_why(
    sandbox, console
):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    await desk.until(a="open")
    sandbox.between.add("/flag", 403, b'{"code":17,"message":"no","StatusCode":403}')

    await desk.decide(Step.ESCALATE, "a")

    await console.until(lambda: all(one.handling.trouble for one in desk.items.values()))
    (one,) = desk.items.values()
    assert one.is_open
    assert one.handling.trouble.startswith("Stream did not take it:")


async def test_an_act_handles_only_what_it_answers_and_its_undo_opens_that(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    await console.until(lambda: console.calls[CID].chat_cid)
    insult(sandbox, ann, "said")
    sandbox.world.chat.write("videocall:one", "ann", f"{INSULT} written")
    await desk.until(said="open", written="open")

    banned = console.act("chat_ban", CID, "ann")
    await desk.until(said="open", written="handled")
    await console.until(lambda: (told := console.receipt(banned)) and told.undoable)
    console.act("chat_unban", CID, "ann", undo_of=banned)
    await desk.until(said="open", written="open")

    camera = console.act("revoke_video", CID, "ann")
    warned = console.act("warn", CID, "ann")
    await console.until(lambda: all(map(console.receipt, (camera, warned))))
    spoken = next(line for line in console.lines if line.text == f"{INSULT} said")
    console.act("warn", CID, "ann", item=spoken)
    await desk.until(said="handled", written="open")
    console.act("kick", CID, "ann")
    await desk.until(said="handled", written="handled")


@pytest.mark.clock_speed(5)
async def test_a_flag_that_got_no_answer_is_sent_again(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    await desk.until(a="open")
    sandbox.between.add("/flag", 503, b"<html>down</html>")

    await desk.decide(Step.ESCALATE, "a")

    await console.until(lambda: all(one.handling.review_item_id for one in desk.items.values()))


async def test_another_engine_finds_it_all_as_it_was_left(sandbox, console, tmp_path, shared_clock):
    ann, bob = sandbox.call("one", "ann", "bob")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a", "b", "c")
    insult(sandbox, bob, "d")
    await desk.until(a="open", b="open", c="open", d="open")
    await desk.decide(Step.HANDLE, "a")
    _, dismissal = await desk.decide(Step.DISMISS, "b")
    await desk.decide(Step.TAKE, "c")
    console.act("kick", CID, "bob")
    await desk.until(d="handled")
    left = desk.items
    await console.close()

    second = Console(tmp_path, shared_clock)
    second.engine.start()
    try:
        desk = await desk_of(second, sandbox)
        await desk.until(a="handled", b="dismissed", c="open", d="handled")
        assert desk.items == left
        assert (await desk.undo(dismissal)).changed == 1
        counts = await desk.counted()
        assert (counts.handled, counts.dismissed, counts.open, counts.taken) == (2, 0, 2, 1)
    finally:
        await second.close()


async def test_what_was_said_around_an_item_is_read_from_the_store(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    desk = await desk_of(console, sandbox)
    sandbox.say(bob, "before")
    insult(sandbox, ann, "a")
    sandbox.say(bob, "after")
    await desk.until(a="open")
    await console.until(lambda: "after" in console.texts)
    (item_id,) = desk.items

    console.router.answer(AskAround("r", item_id))
    await console.until(lambda: console.of(Around))
    (answer,) = console.of(Around)
    assert [each.item.text for each in answer.lines] == ["before", f"{INSULT} a", "after"]
    console.router.answer(AskAround("s", "unknown"))
    await console.until(lambda: len(console.of(Around)) > 1)
    assert "not known here" in console.of(Around)[-1].sentence


async def test_what_stream_keeps_is_withdrawn_and_counts_for_nothing(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    desk = await desk_of(console, sandbox)
    insult(sandbox, ann, "a")
    await console.until(lambda: any(not v.provisional for v in console.verdicts))
    sandbox.world.judging.put_config("custom:captions", {})

    insult(sandbox, ann, "b")

    await desk.until(a="open", b="withdrawn")
    counts = await desk.counted()
    assert (counts.raised, counts.open) == (1, 1)
