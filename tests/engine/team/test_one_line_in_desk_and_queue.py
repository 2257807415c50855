"""One line stands on the desk and in Stream's review queue, and is decided once."""

import pytest

from console.domain.raised import Step
from console.domain.review import ReviewDecision
from console.domain.sign_in import Method
from console.engine.sources.captions import ENTITY_TYPE
from console.protocol.review import LockItem, QueueItems, QueueQuery, SkipItem, WatchQueue
from console.sandbox.world import MODERATOR_ID
from tests.engine.team.conftest import CID, INSULT

pytestmark = pytest.mark.clock_speed(10)


class Both:
    """The lines a, b, ... of ann on the desk of a console, and as items of the queue."""

    def __init__(self, sandbox, console):
        self.sandbox, self.console = sandbox, console

    def item(self, letter):
        one = self.console.raised[f"{INSULT} {letter}"]
        return self.sandbox.world.judging.find_item(ENTITY_TYPE, one.item_id)

    def is_reviewed(self, letter):
        return bool(self.item(letter).reviewed_at)

    def decide(self, action, letter, **more):
        item = self.item(letter)
        review = ReviewDecision(
            item_id=item.id,
            entity_type=item.entity_type,
            entity_id=item.entity_id,
            known=tuple(action.id for action in item.actions),
        )
        return self.console.act(f"queue_{action}", CID, "ann", review=review, **more)


async def raise_lines(sandbox, *consoles, letters):
    for console in consoles:
        await console.live(CID)
    for letter in letters:
        sandbox.say(sandbox.ann, f"{INSULT} {letter}")
    for console in consoles:
        await console.until(lambda c=console: all(c.state_of(one) == "open" for one in letters))
    both = Both(sandbox, consoles[0])
    await consoles[0].until(lambda: all(both.item(letter) for letter in letters))
    return both


async def test_what_the_desk_decides_is_reviewed_in_the_queue_unless_undone(desk, team):
    first, second = await team.pair()
    both = await raise_lines(desk, first, second, letters="abcd")
    await first.decide(Step.HANDLE, "a")
    await first.undo(await first.decide(Step.DISMISS, "d"))
    await first.decide(Step.DISMISS, "b", note="quoted")
    await second.until(lambda: both.is_reviewed("a") and both.is_reviewed("b"), timeout=40)
    assert [both.is_reviewed(letter) for letter in "cd"] == [False, False]
    marks = [action for letter in "ab" for action in both.item(letter).actions]
    assert [action.type for action in marks] == ["mark_reviewed", "mark_reviewed"]
    assert {action.user_id for action in marks} == {MODERATOR_ID}
    assert marks[1].reason == "quoted"


async def test_an_act_on_the_person_clears_their_lines_from_the_queue(desk, team):
    console = await team.sign_in(method=Method.SECRET)
    both = await raise_lines(desk, console, letters="ab")
    console.act("revoke_audio", CID, "ann")
    await console.until(lambda: console.state_of("a") == console.state_of("b") == "handled")
    await console.until(lambda: both.is_reviewed("a") and both.is_reviewed("b"), timeout=40)


async def test_what_a_colleague_is_reviewing_is_left_to_them(desk, team):
    first, second = await team.pair()
    both = await raise_lines(desk, first, second, letters="ab")
    second.router.answer(WatchQueue(QueueQuery()))
    await second.until(lambda: second.of(QueueItems))
    second.router.answer(LockItem(both.item("a").id))
    await second.until(lambda: both.item("a").locked_by)
    await first.decide(Step.DISMISS, "a", "b")
    await first.until(lambda: both.is_reviewed("b"), timeout=40)
    assert not both.is_reviewed("a")


async def test_what_the_queue_decides_is_decided_on_the_desks_of_both(desk, team):
    first, second = await team.pair()
    both = await raise_lines(desk, first, second, letters="abcd")
    both.decide("mark_reviewed", "a")
    both.decide("restore", "b")
    escalated = both.decide("escalate", "c", reason="look")
    wanted = ["handled", "dismissed", "escalated", "open"]
    for console in (first, second):
        await console.until(lambda c=console: [c.state_of(one) for one in "abcd"] == wanted)
    assert second.raised[f"{INSULT} a"].handling.by == MODERATOR_ID
    await first.until(lambda: first.receipt(escalated).undoable)
    back = both.decide("de_escalate", "c", undo_of=escalated)
    await first.until(lambda: first.receipt(escalated).undone_by == back)
    assert first.state_of("c") == "open"
    for console in (first, second):
        await console.until(lambda c=console: c.state_of("c") == "open")


async def test_a_ban_from_the_queue_handles_every_line_of_the_person(desk, team):
    first, second = await team.pair()
    both = await raise_lines(desk, first, second, letters="ab")
    both.decide("ban", "a", minutes=60)
    for console in (first, second):
        await console.until(lambda c=console: c.state_of("a") == c.state_of("b") == "handled")
    await first.until(lambda: both.is_reviewed("b"), timeout=40)


async def test_who_passed_an_item_over_is_known_to_colleagues(desk, team):
    first, second = await team.pair()
    both = await raise_lines(desk, first, second, letters="a")
    second.router.answer(WatchQueue(QueueQuery()))
    await second.until(lambda: second.of(QueueItems))
    first.router.answer(SkipItem(both.item("a").id))

    def skipped_by():
        shown = [one for change in second.of(QueueItems) for one in change.changed]
        return {one.skipped_by for one in shown if one.item_id == both.item("a").id}

    await second.until(lambda: MODERATOR_ID in skipped_by())
