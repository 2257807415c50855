"""What stands in the team's channel is hostile: bounded, never an act, and the rest goes on."""

import pytest

from console.domain.raised import Step
from console.domain.sign_in import Method
from console.domain.team import Told, Took
from console.engine.team.envelope import FIELD
from console.protocol.people import NotesChanged, Remembered, WriteNote
from console.protocol.to_window import Problem, Pulse
from console.sandbox.world import MODERATOR_ID
from tests.engine.team.conftest import CHANNEL, CID, INSULT, SECOND


def say(desk, user_id, *words, console="made-up", v=1):
    custom = {FIELD: {"v": v, "console": console, "words": list(words)}}
    desk.world.chat.write(CHANNEL, user_id, "a message", custom=custom)


async def test_words_that_are_none_are_left_out_and_the_rest_counts(desk, team):
    first, _ = await team.pair()
    say(
        desk,
        SECOND,
        {"type": "nonsense"},
        7,
        {"type": "took", "item_ids": ["x" * 65]},
        {"type": "took", "item_ids": [str(n) for n in range(100)]},
        {"type": "wrote", "note_id": "n", "user_id": "ann", "text": "y" * 3_000},
        {"type": "wrote", "note_id": "m", "user_id": "ann", "text": "Kept.", "by": "host"},
    )
    say(desk, SECOND, {"type": "wrote", "note_id": "v", "user_id": "ann", "text": "v9"}, v=9)
    desk.world.chat.write(CHANNEL, SECOND, "a person writes", custom={FIELD: "what"})
    await first.until(lambda: first.of(NotesChanged))
    record = await first.services[0].context.store.people.record("ann")
    assert [(note.text, note.by) for note in record.notes] == [("Kept.", SECOND)]
    problems = [p for p in first.of(Problem) if "was left out" in p.sentence]
    assert problems
    assert first.team.joined


async def test_who_says_something_is_who_stream_says(desk, team):
    first, second = await team.pair()
    for console in (first, second):
        await console.live(CID)
    desk.say(desk.ann, f"{INSULT} a")
    for console in (first, second):
        await console.until(lambda c=console: c.state_of("a") == "open")
    item_id = first.raised[f"{INSULT} a"].item_id
    await first.decide(Step.TAKE, "a")
    await second.until(lambda: second.holder("a") == MODERATOR_ID)
    # A colleague cannot give back what another holds.
    say(desk, SECOND, {"type": "gave_back", "item_ids": [item_id]}, {"type": "marked"})
    say(desk, SECOND, {"type": "wrote", "note_id": "end", "user_id": "ann", "text": "end"})
    await first.until(lambda: first.of(NotesChanged))
    assert first.holder("a") == MODERATOR_ID


async def test_an_act_in_the_channel_acts_on_nobody(desk, team):
    first, _ = await team.pair()
    await first.live(CID)
    say(
        desk,
        SECOND,
        {
            "type": "acted",
            "act_id": "evil",
            "kind": "ban",
            "state": "queued",
            "cid": CID,
            "at": 9e18,
            "user_ids": ["ann"],
            "names": ["Ann", "too", "many"],
        },
    )
    await first.until(lambda: any(isinstance(told, Told) for told in first.told))
    assert not desk.world.state.banned(desk.world.state.users["ann"])
    assert first.receipt("evil") is None


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("livestream:desk", "Everybody may read channels of the type livestream"),
        ("messaging:one", "This is the channel of a call"),
        ("desk", "needs a type and an id"),
        ("messaging:elsewhere", "There is no channel messaging:elsewhere"),
    ],
)
async def test_a_channel_that_cannot_be_the_teams_is_refused(desk, team, channel, why):
    console = await team.sign_in(channel=channel)
    await console.until(lambda: why in console.team.sentence)
    assert not console.team.joined


async def test_nothing_more_is_told_once_a_call_has_the_id_of_the_channel(desk, team):
    first, second = await team.pair()
    desk.call("desk", "ben")  # whose chat would be messaging:desk in many an app
    for console in (first, second):
        await console.until(lambda c=console: "the channel of a call" in c.team.sentence)
    written = len(desk.world.chat.channel(CHANNEL).messages)
    first.router.answer(WriteNote("n1", "ben", "Not for the people of the call."))
    await first.until(lambda: first.of(Remembered))
    pulses = len(first.of(Pulse))
    await first.until(lambda: len(first.of(Pulse)) > pulses + 1)
    assert len(desk.world.chat.channel(CHANNEL).messages) == written


async def test_who_is_no_member_hears_nothing(desk, team):
    first = await team.sign_in(method=Method.SECRET)
    desk.world.add_user("stranger", "Stranger", role="moderator")
    stranger = await team.sign_in("stranger")
    await stranger.until(lambda: "you are no member of it" in stranger.team.sentence)
    await first.joined()
    assert stranger.told == []
    assert first.colleague("stranger") is None


async def test_members_who_are_no_moderators_are_named(desk, team):
    desk.world.chat.channel(CHANNEL).add(["ann"], 1.0)
    console = await team.sign_in()
    await console.until(lambda: console.team.outsiders == ("ann",))
    assert console.team.joined


async def test_what_was_missed_is_read_again(desk, team):
    first, second = await team.pair()
    for console in (first, second):
        await console.live(CID)
    desk.say(desk.ann, f"{INSULT} a")
    for console in (first, second):
        await console.until(lambda c=console: c.state_of("a") == "open")
    desk.world.state.faults.add("lose", "message.new")
    await first.decide(Step.TAKE, "a")
    await second.until(lambda: second.holder("a") == MODERATOR_ID, timeout=30)
    assert [t.by for t in second.told if isinstance(t.word, Took)] == [MODERATOR_ID]
