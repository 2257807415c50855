"""Two consoles, one sandbox: what one does, the other knows."""

import pytest

from console.domain.act import ReceiptState
from console.domain.automation.book import RuleBook
from console.domain.raised import Decision, Step
from console.domain.sign_in import Method
from console.domain.team import Acted, Took
from console.domain.verdict import Source
from console.engine.services.team import Team
from console.protocol.automation import RulesSaved, SaveRules
from console.protocol.people import NotesChanged, WatchedChanged, WatchPerson, WriteNote
from console.protocol.raised import Decide
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
from tests.engine.team.conftest import CHANNEL, CID, INSULT, SECOND


async def raise_in_both(desk, first, second, *letters):
    await first.live(CID)
    await second.live(CID)
    for letter in letters:
        desk.say(desk.ann, f"{INSULT} {letter}")
    for console in (first, second):
        await console.until(lambda c=console: all(c.state_of(one) == "open" for one in letters))


async def test_off_where_the_profile_names_no_channel(desk, team):
    console = await team.sign_in(channel="")
    assert not console.team.joined
    assert console.of(Problem) == []
    assert desk.world.chat.channel(CHANNEL).messages == {}


async def test_who_looks_at_which_call_is_known_and_who_leaves_is_gone(desk, team):
    first, second = await team.pair()
    second.focus(CID)
    await first.until(lambda: first.colleague(SECOND).cid == CID)
    assert first.colleague(SECOND).name == "Second Moderator"
    assert (first.colleague(SECOND).shares, second.colleague(MODERATOR_ID).shares) == (False, True)
    await second.close()
    team.all.remove(second)
    await first.until(lambda: first.colleague(SECOND) is None)


async def test_what_one_decides_stands_on_the_other(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a", "b", "c")
    await first.decide(Step.TAKE, "a")
    await second.until(lambda: second.holder("a") == MODERATOR_ID)
    dismissed = await second.decide(Step.DISMISS, "b", note="harmless here")
    await second.decide(Step.ESCALATE, "c")
    await first.until(
        lambda: (first.state_of("b"), first.state_of("c")) == ("dismissed", "escalated")
    )
    handling = first.raised[f"{INSULT} b"].handling
    assert (handling.by, handling.note) == (SECOND, "harmless here")
    await second.undo(dismissed)
    await first.until(lambda: first.state_of("b") == "open")
    await first.decide(Step.GIVE_BACK, "a")
    await second.until(lambda: second.holder("a") == "")
    # One escalated item is flagged by the console where that was decided, and by no other.
    await second.until(lambda: second.raised[f"{INSULT} c"].handling.review_item_id)
    assert not first.raised[f"{INSULT} c"].handling.review_item_id


async def test_two_who_take_at_once_have_one_holder(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a")
    first.router.answer(first_take := take(first, "a"))
    second.router.answer(second_take := take(second, "a"))
    assert first_take.request_id != second_take.request_id
    for console in (first, second):
        await console.until(lambda c=console: sum(isinstance(t.word, Took) for t in c.told) == 2)
    takes = [told for told in first.told if isinstance(told.word, Took)]
    assert [t.by for t in takes] == [t.by for t in second.told if isinstance(t.word, Took)]
    # On a slow machine the second may have heard of the first take, and taken it over.
    holder = takes[1].by if takes[1].word.over else takes[0].by
    for console in (first, second):
        await console.until(lambda c=console: c.holder("a") == holder)
    # Whoever sees that it is held, and takes it all the same, takes it over.
    other = second if holder == MODERATOR_ID else first
    await other.decide(Step.TAKE, "a")
    for console in (first, second):
        await console.until(lambda c=console: c.holder("a") == other.user_id)


def take(console, letter):
    decision = Decision(
        decision_id=f"take-{console.user_id}",
        step=Step.TAKE,
        item_ids=(console.raised[f"{INSULT} {letter}"].item_id,),
        by=console.user_id,
        at=7.0,
    )
    return Decide(f"take-{console.user_id}", decision)


@pytest.mark.clock_speed(10)
async def test_a_crash_frees_what_was_held_within_half_a_minute(desk, team, shared_clock):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a")
    await second.decide(Step.TAKE, "a")
    await first.until(lambda: first.holder("a") == SECOND)
    died = shared_clock.monotonic()
    await team.kill(second)
    await first.until(lambda: first.holder("a") == "", timeout=30)
    assert shared_clock.monotonic() - died <= 30.0
    assert first.colleague(SECOND) is None
    assert first.state_of("a") == "open"
    await first.decide(Step.TAKE, "a")
    assert first.holder("a") == MODERATOR_ID


@pytest.mark.clock_speed(10)
async def test_whoever_comes_back_after_a_crash_holds_nothing(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a")
    await second.decide(Step.TAKE, "a")
    await first.until(lambda: first.holder("a") == SECOND)
    await team.kill(second)
    again = await team.sign_in(SECOND, home="home-1")
    await again.until(lambda: again.state_of("a") == "open" and again.holder("a") == "")
    await first.until(lambda: first.holder("a") == "")


async def test_an_act_of_one_handles_on_the_other_and_its_undo_opens_again(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a")
    act_id = second.act("revoke_audio", CID, "ann", reason="again and again")
    await first.until(lambda: first.state_of("a") == "handled")
    handling = first.raised[f"{INSULT} a"].handling
    assert (handling.by, handling.act_id) == (SECOND, act_id)
    await first.until(lambda: any(isinstance(told.word, Acted) for told in first.told))
    acted = next(told for told in first.told if isinstance(told.word, Acted))
    assert (acted.by, acted.name) == (SECOND, "Second Moderator")
    assert (acted.word.kind, acted.word.reason) == ("revoke_audio", "again and again")
    assert first.receipt(act_id) is None  # it is in no outbox here
    record = await first.services[0].context.store.people.record("ann")
    assert [(one.act.by, one.act.reason) for one in record.acts] == [(SECOND, "again and again")]
    await second.until(lambda: second.receipt(act_id).state is ReceiptState.SEEN)
    second.act("grant_audio", CID, "ann", undo_of=act_id)
    await first.until(lambda: first.state_of("a") == "open")


async def test_what_was_done_while_a_console_was_away_it_learns_when_it_comes(desk, team):
    first = await team.sign_in(method=Method.SECRET)
    second = await team.sign_in(SECOND)
    await raise_in_both(desk, first, second, "a", "b")
    await second.close()
    team.all.remove(second)
    await first.joined()
    await first.decide(Step.DISMISS, "a")
    await first.until(lambda: any(told.ours for told in first.told))
    again = await team.sign_in(SECOND, home="home-1")
    await again.until(lambda: (again.state_of("a"), again.state_of("b")) == ("dismissed", "open"))


async def test_what_was_told_while_a_socket_was_gone_is_read_on_the_next(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a", "b")
    desk.sockets.drop(1011, SECOND)
    await first.decide(Step.DISMISS, "a")
    await first.decide(Step.TAKE, "b")
    await second.until(lambda: second.state_of("a") == "dismissed")
    await second.until(lambda: second.holder("b") == MODERATOR_ID)


async def test_notes_and_watch_marks_are_shared_and_taken_back(desk, team):
    first, second = await team.pair()
    first.router.answer(WriteNote("n1", "ann", "Sells <b>tickets</b>\u202e."))
    await second.until(lambda: second.of(NotesChanged))
    record = await second.services[0].context.store.people.record("ann")
    (note,) = record.notes
    assert (note.text, note.by) == ("Sells <b>tickets</b>\u202e.", MODERATOR_ID)
    second.router.answer(WatchPerson("w1", "ann", "Ann", True))
    await first.until(lambda: any(m.user_id == "ann" for m in marks(first)))
    assert [(mark.by, mark.on) for mark in marks(first)] == [(SECOND, True)]
    first.router.answer(WatchPerson("w2", "ann", "Ann", False))
    await second.until(lambda: any(not mark.on for mark in marks(second)))


def marks(console):
    return [mark for change in console.of(WatchedChanged) for mark in change.changed]


async def test_verdicts_of_the_console_with_the_secret_reach_the_one_without(desk, team):
    first, second = await team.pair()
    await first.live(CID)
    await second.live(CID)
    desk.say(desk.ann, f"{INSULT} a")
    desk.say(desk.ann, "good morning")
    await second.until(lambda: len(shared(second)) == 2)
    assert {verdict.action for verdict in shared(second)} == {"flag", "keep"}
    assert not any(verdict.provisional for verdict in shared(second))
    assert "Moderator" in shared(second)[0].why
    await second.until(lambda: second.state_of("a") == "open")
    assert shared(first) == []


def shared(console):
    return [verdict for verdict in console.verdicts if verdict.source is Source.SHARED]


async def test_nothing_of_the_team_reaches_the_watched_call(desk, team):
    first, second = await team.pair()
    await raise_in_both(desk, first, second, "a")
    told: list[str] = []
    desk.world.state.events.listen(
        lambda event: told.append(event.type) if event.cid == CID else None
    )
    await first.decide(Step.DISMISS, "a")
    first.router.answer(WriteNote("n1", "ann", "A note."))
    await second.until(lambda: second.state_of("a") == "dismissed" and second.of(NotesChanged))
    assert "custom" not in told
    channel = desk.world.chat.channel("videocall:one")
    assert channel.messages == {}


@pytest.mark.clock_speed(10)
async def test_a_console_that_was_cut_off_holds_again_what_nobody_took(desk, team, monkeypatch):
    first, second = await team.pair()
    second.router.answer(SaveRules("rules", RuleBook()))  # the seed would flag the item in time
    await second.until(lambda: second.of(RulesSaved))
    await raise_in_both(desk, first, second, "a")
    await second.decide(Step.TAKE, "a")
    await first.until(lambda: first.holder("a") == SECOND)
    (service,) = (one for one in second.services if isinstance(one, Team))
    socket = service._line._socket
    assert socket is not None
    socket.stop()  # nothing comes and goes any more, and nobody says goodbye
    monkeypatch.setattr(service._heart, "send", silence)
    await first.until(lambda: first.holder("a") == "", timeout=30)
    await service.on_history([], [])
    service.on_line("No connection.")
    service._unread_since -= 60.0
    await service.on_history([], [])
    await first.until(lambda: first.holder("a") == SECOND)


async def silence(**_fields):
    """A beat that nobody hears."""
