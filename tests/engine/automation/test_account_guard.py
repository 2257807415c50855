"""An account that acts far above its normal rate by hand: this one is asked, others are told of."""

import time

from console.domain.automation.book import Limits
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged
from console.protocol.automation import ColleagueIsFast, GoOnByHand, HandPace
from tests.engine.automation.conftest import CID

TWO = Limits(hand_least=2, factor=2.0)


def pace(console):
    return next(reversed(console.of(HandPace)), HandPace())


async def mute(console, *people, **more):
    act_id = console.act("mute_audio", CID, *people, **more)
    await console.until(
        lambda: any(p.act.act_id == act_id for m in console.of(ActsChanged) for p in m.acts)
    )


async def test_acts_by_hand_ask_from_the_limit_on_and_not_after_going_on(sandbox, console, desk):
    await desk.use(limits=TWO)
    await mute(console, "ann", "bob", requested_at=time.time())
    assert not pace(console).asks_until  # over two people, and yet one press
    console.act("unblock", CID, "bob", requested_at=time.time())  # lifting is no part of it
    await mute(console, "bob", requested_at=time.time())
    await console.until(lambda: pace(console).asks_until)
    assert (pace(console).acts, pace(console).usual) == (2, 0.0)
    assert pace(console).asks_from == 0.0

    until = time.time() + 600
    console.router.answer(GoOnByHand(until))
    await console.until(lambda: pace(console).asks_from == until)


async def test_what_was_done_before_a_restart_counts(sandbox, console, desk):
    await desk.use(limits=TWO)
    for _ in range(2):
        await mute(console, "ann", requested_at=time.time())
    await console.until(lambda: pace(console).asks_until)
    before = len(console.of(HandPace))
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.until(lambda: len(console.of(HandPace)) > before)
    assert pace(console).acts == 2
    await console.live(CID)


async def test_a_colleague_whom_events_show_is_told_of_once(sandbox, console, desk):
    await desk.use(limits=TWO)
    for who in ("ann", "bob"):
        sandbox.world.sanctions.mute(CID, [who], ["audio"], by="host")
    await console.until(lambda: console.of(ColleagueIsFast))
    sandbox.world.sanctions.mute(CID, ["ann"], ["audio"], by="host")
    await desk.use(limits=TWO)  # what came before this was heard
    (told,) = console.of(ColleagueIsFast)
    assert (told.user_id, told.acts, told.usual) == ("host", 2, 0.0)
