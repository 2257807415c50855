"""Who comes back under another name is told of, and who comes with the name of somebody banned."""

import pytest

from console.domain.impersonation import SHUT_OUT
from console.domain.item import NAME, Name
from console.domain.raised import RaisedState
from console.domain.verdict import Severity
from console.engine.services.names.other_names import OtherNames
from console.protocol.people import AskPerson, PersonCard
from console.protocol.sanctions import SanctionsChanged
from tests.engine.test_names import CID, begin, names, rename, states


class Clock:
    at = 100.0

    def now(self):
        return self.at

    def monotonic(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


def test_another_name_is_told_and_another_spelling_is_not(clock):
    others = OtherNames(clock)
    assert others.seen(CID, "bo", "Bo Lind", came=True) is None
    assert others.seen(CID, "bo", "BO  LIND", came=False) is None
    notice = others.seen(CID, "bo", "Gus Pike", came=False)
    assert notice is not None
    assert (notice.text, notice.user_ids) == ("BO  LIND is called Gus Pike now.", ("bo",))
    clock.at += 60
    back = others.seen(CID, "bo", "Bo Lind", came=True)
    assert back is not None
    assert back.text == "Bo Lind is back, and was called Gus Pike before."
    assert others.seen("other:call", "bo", "Bo", came=True) is None


def test_a_name_that_shows_nothing_is_told_as_the_id(clock):
    others = OtherNames(clock)
    others.seen(CID, "bo", "Bo Lind", came=True)
    notice = others.seen(CID, "bo", "\u200b \u2060", came=False)
    assert notice is not None
    assert notice.text == "Bo Lind is called bo now."


def test_who_changes_their_name_over_and_over_is_told_of_now_and_then(clock):
    others = OtherNames(clock)
    told = []
    for number in range(200):
        told.append(others.seen(CID, "bo", f"Name {number}", came=False))
        clock.at += 0.5
    assert len([notice for notice in told if notice]) == 10


async def test_a_change_of_name_is_told_in_the_call(sandbox, console):
    await begin(sandbox, console, "ann")
    await console.until(lambda: console.pulse.names_judged == 2)
    rename(sandbox, "ann", "Gus Pike")
    await console.until(lambda: any("is called Gus Pike now" in n.text for n in console.notices))


async def test_the_name_of_somebody_banned_under_another_id_is_raised_as_low(sandbox, console):
    await begin(sandbox, console, "ann")
    sandbox.world.add_user("bo", "Dorian Pike")
    sandbox.world.sanctions.ban("bo", reason="Spam")
    await console.until(lambda: any(change.changed for change in console.of(SanctionsChanged)))
    sandbox.world.add_user("bo2", "D0rian  Pike")
    sandbox.join(CID, "bo2")

    await console.until(lambda: states(console) == {"bo2": RaisedState.OPEN})
    (item,) = [line for line in console.lines if line.kind == NAME]
    assert item.body == Name("D0rian  Pike", "Dorian Pike", SHUT_OUT)
    verdict = console.verdicts[0]
    assert (verdict.severity, verdict.labels) == (Severity.LOW, ("BAN_EVASION",))


async def test_nobody_is_like_themself_and_a_lift_ends_it(sandbox, console):
    await begin(sandbox, console)
    sandbox.world.add_user("bo", "Dorian Pike")
    sandbox.world.sanctions.block(CID, "bo", "ann")
    sandbox.world.sanctions.unblock(CID, "bo")
    sandbox.join(CID, "bo")
    sandbox.world.add_user("bo2", "Dorian Pike")
    sandbox.join(CID, "bo2")
    await console.until(lambda: console.pulse.names_judged == 3)
    assert names(console) == []


async def test_the_card_has_the_names_under_which_somebody_spoke(sandbox, console):
    await begin(sandbox, console)
    sandbox.join(CID, "ann")
    chat = sandbox.world.chat
    await console.until(lambda: console.calls[CID].chat_cid)
    await console.until(lambda: console.pulse.names_judged == 2)
    chat.write("videocall:one", "ann", "good evening")
    await console.until(lambda: console.texts == ["good evening"])
    rename(sandbox, "ann", "Gus Pike")
    await console.until(lambda: any("is called Gus Pike now" in n.text for n in console.notices))
    chat.write("videocall:one", "ann", "me again")
    await console.until(lambda: "me again" in console.texts)

    console.router.answer(AskPerson("1", cid=CID, user_id="ann"))
    await console.until(lambda: console.of(PersonCard))
    assert console.of(PersonCard)[-1].names == ("Gus Pike", "Ann")
