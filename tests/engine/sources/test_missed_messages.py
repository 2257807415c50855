"""What happened in a chat while its socket was away is read afterwards, and said."""

import pytest

from console.domain.item import FOR_GOOD, SOFTLY
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.engine.sources import missed_messages
from tests.engine.sources.test_messages import CHANNEL, chatting


async def away(sandbox, console):
    await sandbox.down()
    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    await console.until(lambda: console.pulse.chat_lost_since > 0)


def told(console) -> str:
    texts = [n.text for n in console.notices if n.text.startswith("The chat was not heard")]
    return texts[-1] if texts else ""


def newest(console):
    return {item.source_id: item for item in console.lines}


@pytest.mark.clock_speed(5)
@pytest.mark.parametrize("method", list(Method))
async def test_what_was_changed_and_deleted_meanwhile_is_marked(sandbox, console, method):
    await chatting(sandbox, console, method)
    chat, ann = sandbox.world.chat, sandbox.world.state.users["ann"]
    kept, changed, softly, for_good = (
        chat.write(CHANNEL, "ann", text) for text in ("kept", "changed", "softly", "for good")
    )
    await console.until(lambda: len(console.lines) == 4)

    await away(sandbox, console)
    chat.edit(changed.id, "changed meanwhile", ann)
    chat.delete(softly.id, ann)
    chat.delete(for_good.id, ann, hard=True)
    written = chat.write(CHANNEL, "ann", "meanwhile")
    await sandbox.up()

    await console.until(lambda: told(console), timeout=20)
    await console.until(lambda: newest(console).get(for_good.id).deleted == FOR_GOOD)
    found = newest(console)
    assert (found[kept.id].text, found[kept.id].deleted) == ("kept", "")
    assert found[changed.id].text == "changed meanwhile"
    assert (found[softly.id].text, found[softly.id].deleted) == ("softly", SOFTLY)
    assert found[written.id].text == "meanwhile"
    assert told(console).endswith(" s: 1 written meanwhile was read afterwards, 2 were deleted.")


@pytest.mark.clock_speed(5)
async def test_more_than_one_page_is_read_back(sandbox, console):
    await chatting(sandbox, console, Method.TOKEN)
    await away(sandbox, console)
    for number in range(230):
        sandbox.world.chat.write(CHANNEL, "ann", f"line {number}")
    await sandbox.up()

    await console.until(lambda: len(set(console.texts)) == 230, timeout=20)
    await console.until(lambda: ": 230 written meanwhile were read" in told(console))


@pytest.mark.clock_speed(5)
async def test_what_is_too_much_to_be_read_back_is_told(sandbox, console, monkeypatch):
    monkeypatch.setattr(missed_messages, "MOST_PAGES", 1)
    await chatting(sandbox, console, Method.TOKEN)
    await away(sandbox, console)
    for number in range(230):
        sandbox.world.chat.write(CHANNEL, "ann", f"line {number}")
    await sandbox.up()

    await console.until(lambda: "of it was not read." in told(console), timeout=20)
    await console.until(lambda: len(set(console.texts)) == 200)


@pytest.mark.clock_speed(5)
async def test_a_deletion_that_no_event_told_is_found(sandbox, console):
    await chatting(sandbox, console, Method.TOKEN)
    message = sandbox.world.chat.write(CHANNEL, "ann", "gone soon")
    await console.until(lambda: console.texts == ["gone soon"])
    sandbox.world.state.faults.add("lose", "message.deleted", times=1)
    sandbox.world.chat.delete(message.id, message.user)

    await console.until(lambda: console.lines[-1].deleted == SOFTLY, timeout=20)
    assert not told(console), "nothing was away"
