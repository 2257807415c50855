"""What was written in a chat before the sign-in is read back when it is asked for."""

from console.domain.item import MESSAGE
from console.domain.raised import RaisedState
from console.domain.sign_in import Method
from console.domain.verdict import KEEP
from console.engine.services import older_messages
from console.protocol.chat import AskOlderMessages, OlderMessages
from console.protocol.raised import RaisedChanged
from console.protocol.to_window import Heard
from tests.engine.sources.test_messages import CHANNEL, CID

POLICY = """
key = "chat"
[block_list_config]
rules = [{ name = "insults", action = "flag" }]
[[blocklists]]
name = "insults"
words = ["blockhead"]
"""


async def before_the_sign_in(sandbox, console, number):
    sandbox.call("one", "ann")
    for each in range(number):
        sandbox.world.chat.write(CHANNEL, "ann", f"line {each}")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)


async def ask(console, number):
    console.router.answer(AskOlderMessages(str(number), CID))

    def answered():
        return next((a for a in console.of(OlderMessages) if a.request_id == str(number)), None)

    await console.until(answered)
    return answered()


def shown(console):
    return [one.item.text for heard in console.of(Heard) if heard.older for one in heard.items]


async def test_it_comes_page_by_page_until_the_chat_begins(sandbox, console):
    await before_the_sign_in(sandbox, console, 230)
    assert not [line for line in console.lines if line.kind == MESSAGE]

    first = await ask(console, 1)
    await console.until(lambda: len(shown(console)) == 100)
    assert (first.found, first.end) == (100, "")
    assert set(shown(console)) == {f"line {n}" for n in range(130, 230)}
    await ask(console, 2)
    last = await ask(console, 3)
    await console.until(lambda: len(shown(console)) == 230)
    assert (last.found, last.end) == (30, "The chat begins here: nothing was written before.")
    assert (await ask(console, 4)).found == 0
    assert console.pulse.messages == 0, "none of them is new"


async def test_what_was_heard_already_is_skipped(sandbox, console):
    await before_the_sign_in(sandbox, console, 5)
    for each in range(150):
        sandbox.world.chat.write(CHANNEL, "ann", f"new {each}")
    await console.until(lambda: "new 149" in console.texts)

    answer = await ask(console, 1)
    await console.until(lambda: shown(console))
    assert answer.found == 5
    assert shown(console) == [f"line {each}" for each in range(5)]


async def test_no_more_than_so_many_are_read_and_that_is_said(sandbox, console, monkeypatch):
    monkeypatch.setattr(older_messages, "MOST_OLDER", 100)
    await before_the_sign_in(sandbox, console, 230)
    answer = await ask(console, 1)
    assert answer.end.startswith("Older messages are not loaded: no more than")
    assert (await ask(console, 2)).found == 0


async def test_they_are_judged_and_raised(sandbox, console, tmp_path):
    folder = tmp_path / "config"
    folder.mkdir(exist_ok=True)
    (folder / "policy.toml").write_text(POLICY)
    sandbox.call("one", "ann")
    sandbox.world.chat.write(CHANNEL, "ann", "You blockhead.")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)
    await ask(console, 1)

    await console.until(lambda: any(change.changed for change in console.of(RaisedChanged)))
    (raised,) = [one for change in console.of(RaisedChanged) for one in change.changed]
    assert (raised.item.text, raised.handling.state) == ("You blockhead.", RaisedState.OPEN)
    assert raised.verdict.action != KEEP


async def test_a_call_without_a_chat_says_so(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.calls[CID].custom["channel_cid"] = "messaging:nowhere"
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    assert (await ask(console, 1)).sentence == "No chat of this call was found."
